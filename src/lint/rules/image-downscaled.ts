import { IMAGE_TIERS, fitWithin, writeSize, type Size } from '../../model/image';
import { isJsonObject } from '../../model/json';
import { imageIn, isReference } from '../base64';
import { everyBlock } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

export const imageDownscaled: Rule = {
	id: 'image-downscaled',
	severity: 'changed',
	title: 'A large image is scaled down',
	why: 'The model looks at no more pixels than its tier allows; the API scales a larger image down first, and coordinates in the answer are those of the smaller one. With oversized_image “error” it refuses instead.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	check({ request, model }) {
		if (!model) return [];
		return everyBlock(request).flatMap(({ type, value: { source, transformations }, path }): Fault[] => {
			if (type !== 'image' || !isJsonObject(source) || typeof source.data !== 'string' || isReference(source.data))
				return [];
			const image = imageIn(source.data);
			const seen = image && fitWithin(image, IMAGE_TIERS[model.imageTier]);
			if (!image || !seen || seen.width === image.width) return [];
			const [size, smaller] = [writeSize(image), writeSize(seen)];
			if (!isJsonObject(transformations) || transformations.oversized_image !== 'error')
				return [{ path, message: `${model.name} sees this image of ${size} pixels as ${smaller}.` }];
			const [is, takes] = [asApiWrites(image), asApiWrites(seen)];
			return [
				{
					path,
					severity: 'rejected',
					message: `${model.name} would see this image of ${size} pixels as ${smaller}, which the request forbids.`,
					apiMessage: `${path.join('.')}: image dimensions ${is} exceed the maximum image size of a model named on this request and would be downsized to ${takes}; scale the image to at most ${takes} or set the image's oversized_image setting to "downsize"`,
				},
			];
		});
	},
};

function asApiWrites({ width, height }: Size): string {
	return `${width}x${height}`;
}
