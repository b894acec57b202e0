import { valueAt, writePath } from '../../model/json';
import { writeSize } from '../../model/measures';
import { largeImagesIn } from '../large-images';
import { CHECKED, docs, type Rule } from '../rule';

export const imageOversized: Rule = {
	id: 'image-oversized',
	severity: 'rejected',
	title: 'An image that may not be scaled down fits the model',
	why: 'With oversized_image "error", and in the results of the computer and browser toolsets, whose coordinates have to hold, a larger image is refused instead.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	check: (context) =>
		largeImagesIn(context)
			.filter(({ unscaled }) => unscaled)
			.map(({ block: { value, path }, image, seen }) => {
				const most = `${seen.width}x${seen.height}`;
				const isAsked = valueAt(value.transformations, ['oversized_image']) === 'error';
				const setting = [...path, 'transformations', 'oversized_image'];
				return {
					path,
					...(context.model?.imageTierUnsure && { severity: 'surprising' as const }),
					message: `This image of ${writeSize(image)} pixels is larger than the ${writeSize(seen)} that ${context.model?.name} sees, and may not be scaled down.`,
					...(isAsked && {
						apiMessage: `${writePath(path)}: image dimensions ${image.width}x${image.height} exceed the maximum image size of a model named on this request and would be downsized to ${most}; scale the image to at most ${most} or set the image's oversized_image setting to "downsize"`,
						fixes: [
							{ label: 'Let it be scaled down', changes: [{ kind: 'set' as const, path: setting, value: 'downsize' }] },
						],
					}),
				};
			}),
};
