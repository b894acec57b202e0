import { fitWithin, IMAGE_TIERS } from '../../model/image';
import { isJsonObject, valueAt, writePath, type JsonObject } from '../../model/json';
import { payloadOf } from '../base64';
import { blocksIn, everyBlock, type Block } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const imageOversized: Rule = {
	id: 'image-oversized',
	severity: 'rejected',
	title: 'An image that may not be scaled down fits the model',
	why: 'With oversized_image "error", and in the results of the computer and browser toolsets, whose coordinates have to hold, a larger image is refused instead.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	check(context) {
		const { request, model } = context;
		const tier = model?.imageTier;
		if (!tier) return [];
		return unscaledImages(request).flatMap(({ value: { source, transformations }, path }) => {
			if (!isJsonObject(source) || typeof source.data !== 'string') return [];
			const image = payloadOf(source.data, context)?.image();
			const seen = image && fitWithin(image, IMAGE_TIERS[tier]);
			if (!image || !seen || seen.width === image.width) return [];
			const most = `${seen.width}x${seen.height}`;
			const isAsked = valueAt(transformations, ['oversized_image']) === 'error';
			const setting = [...path, 'transformations', 'oversized_image'];
			return [
				{
					path,
					message: `This image of ${image.width} × ${image.height} pixels is larger than the ${seen.width} × ${seen.height} that ${model.name} sees, and may not be scaled down.`,
					...(isAsked && {
						apiMessage: `${writePath(path)}: image dimensions ${image.width}x${image.height} exceed the maximum image size of a model named on this request and would be downsized to ${most}; scale the image to at most ${most} or set the image's oversized_image setting to "downsize"`,
						fixes: [
							{ label: 'Let it be scaled down', changes: [{ kind: 'set' as const, path: setting, value: 'downsize' }] },
						],
					}),
				},
			];
		});
	},
};

/** The images of `request` that the API does not scale down. */
export function unscaledImages(request: JsonObject): Block[] {
	const blocks = everyBlock(request);
	const shown = blocks.flatMap(({ type, value, path }) =>
		type === 'tool_result' && typeof value.toolset_name === 'string'
			? (blocksIn(value.content, [...path, 'content']) ?? [])
			: [],
	);
	const asked = blocks.filter(({ value }) => valueAt(value.transformations, ['oversized_image']) === 'error');
	const places = new Set([...shown, ...asked].map(({ path }) => writePath(path)));
	return blocks.filter(({ type, path }) => type === 'image' && places.has(writePath(path)));
}
