import { fitWithin, IMAGE_TIERS, type ImageFacts, type Size } from '../model/image';
import { isJsonObject, valueAt, writePath, type JsonObject } from '../model/json';
import { payloadOf } from './base64';
import { blocksIn, everyBlock, type Block } from './conversation';
import type { Context } from './rule';

/** An image that is larger than the model looks at. */
export interface LargeImage {
	readonly block: Block;
	readonly image: ImageFacts;
	/** The pixels it would be scaled down to. */
	readonly seen: Size;
	/** Whether the API refuses it instead of scaling it down. */
	readonly unscaled: boolean;
}

/** The images of the request that are larger than the model looks at, in their order; none while it is unknown how large that is. */
export function largeImagesIn(context: Context): LargeImage[] {
	const { request, model } = context;
	const tier = model?.imageTier;
	if (!tier) return [];
	const unscaled = placesOfUnscaled(request);
	return everyBlock(request).flatMap((block) => {
		const { type, value, path } = block;
		if (type !== 'image' || !isJsonObject(value.source) || typeof value.source.data !== 'string') return [];
		const image = payloadOf(value.source.data, context)?.image();
		const seen = image && fitWithin(image, IMAGE_TIERS[tier]);
		if (!image || !seen || seen.width === image.width) return [];
		return [{ block, image, seen, unscaled: unscaled.has(writePath(path)) }];
	});
}

/** Where the blocks stand that are not scaled down: in the results of toolsets, and where the request says so. */
function placesOfUnscaled(request: JsonObject): ReadonlySet<string> {
	const blocks = everyBlock(request);
	const shown = blocks.flatMap(({ type, value, path }) =>
		type === 'tool_result' && typeof value.toolset_name === 'string'
			? (blocksIn(value.content, [...path, 'content']) ?? [])
			: [],
	);
	const asked = blocks.filter(({ value }) => valueAt(value.transformations, ['oversized_image']) === 'error');
	return new Set([...shown, ...asked].map(({ path }) => writePath(path)));
}
