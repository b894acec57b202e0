import { CHECKED, docs, type Rule } from '../rule';

export const inferenceGeoModel: Rule = {
	id: 'inference-geo-model',
	severity: 'rejected',
	title: 'Where to run can be chosen for Claude 4.6 and later',
	why: 'Earlier models have no choice of region and refuse inference_geo.',
	link: docs('about-claude/pricing'),
	checked: CHECKED,
	check({ request, model }) {
		// The models that continue a prefill are those before Claude 4.6.
		if (model?.prefill !== true || typeof request.inference_geo !== 'string') return [];
		return [
			{
				path: ['inference_geo'],
				message: `${model.name} takes no inference_geo.`,
				fixes: [{ label: 'Remove inference_geo', changes: [{ kind: 'remove', path: ['inference_geo'] }] }],
			},
		];
	},
};
