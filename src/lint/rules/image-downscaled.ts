import { IMAGE_TIERS, fitWithin } from '../../model/image';
import { writeSize } from '../../model/measures';
import { isJsonObject, writePath } from '../../model/json';
import { payloadOf } from '../base64';
import { everyBlock } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';
import { unscaledImages } from './image-oversized';

export const imageDownscaled: Rule = {
	id: 'image-downscaled',
	severity: 'changed',
	title: 'A large image is scaled down',
	why: 'The model looks at no more pixels than its tier allows; the API scales a larger image down first, and coordinates in the answer are those of the smaller one. With oversized_image “error” it refuses instead.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	check(context) {
		const { request, model } = context;
		const tier = model?.imageTier;
		if (!tier) return [];
		const unscaled = new Set(unscaledImages(request).map(({ path }) => writePath(path)));
		return everyBlock(request).flatMap(({ type, value: { source }, path }) => {
			if (type !== 'image' || unscaled.has(writePath(path))) return [];
			if (!isJsonObject(source) || typeof source.data !== 'string') return [];
			const image = payloadOf(source.data, context)?.image();
			const seen = image && fitWithin(image, IMAGE_TIERS[tier]);
			if (!image || !seen || seen.width === image.width) return [];
			return [{ path, message: `${model.name} sees this image of ${writeSize(image)} pixels as ${writeSize(seen)}.` }];
		});
	},
};
