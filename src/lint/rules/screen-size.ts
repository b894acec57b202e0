import { fitWithin, IMAGE_TIERS } from '../../model/image';
import { writeSize } from '../../model/measures';
import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

export const screenSize: Rule = {
	id: 'screen-size',
	severity: 'surprising',
	title: 'The model sees the whole screen as large as it is',
	why: 'A screenshot that is larger than the model looks at is scaled down first, and what it clicks on is counted in the smaller pixels. Scale it yourself, give that size, and multiply back.',
	link: docs('build-with-claude/vision-coordinates'),
	checked: CHECKED,
	check({ request, model }) {
		const tier = model?.imageTier;
		if (!model || !tier || model.imageTierUnsure) return [];
		return toolsIn(request).flatMap(({ value, index }) => {
			const { type, display_width_px: width, display_height_px: height } = value;
			if (typeof type !== 'string' || !/^computer_\d/.test(type)) return [];
			if (typeof width !== 'number' || typeof height !== 'number' || width <= 0 || height <= 0) return [];
			const seen = fitWithin({ width, height }, IMAGE_TIERS[tier]);
			if (seen.width === width) return [];
			const path = ['tools', index];
			return [
				{
					path: [...path, 'display_width_px'],
					message: `${model.name} sees a screen of ${writeSize({ width, height })} pixels as ${writeSize(seen)}.`,
					fixes: [
						{
							label: `Give ${writeSize(seen)}`,
							changes: [
								{ kind: 'set' as const, path: [...path, 'display_width_px'], value: seen.width },
								{ kind: 'set' as const, path: [...path, 'display_height_px'], value: seen.height },
							],
						},
					],
				},
			];
		});
	},
};
