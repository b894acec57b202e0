import { writeSize } from '../../model/measures';
import { largeImagesIn } from '../large-images';
import { CHECKED, docs, type Rule } from '../rule';

export const imageDownscaled: Rule = {
	id: 'image-downscaled',
	severity: 'changed',
	title: 'A large image is scaled down',
	why: 'The model looks at no more pixels than its tier allows; the API scales a larger image down first, and coordinates in the answer are those of the smaller one. With oversized_image “error” it refuses instead.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	check: (context) =>
		largeImagesIn(context)
			.filter(({ unscaled }) => !unscaled)
			.map(({ block: { path }, image, seen }) => ({
				path,
				message: `${context.model?.name} sees this image of ${writeSize(image)} pixels as ${writeSize(seen)}.`,
			})),
};
