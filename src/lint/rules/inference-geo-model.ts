import { generationOf } from '../generation';
import { CHECKED, docs, type Rule } from '../rule';

/** The first models that can be told where to run. */
const SINCE = 406;

export const inferenceGeoModel: Rule = {
	id: 'inference-geo-model',
	severity: 'rejected',
	title: 'Where to run can be chosen from Claude 4.6 on',
	why: 'Models before Claude 4.6 refuse inference_geo; their answers say “not_available”.',
	link: docs('manage-claude/data-residency'),
	checked: CHECKED,
	check({ request, model }) {
		const generation = generationOf(model);
		if (typeof request.inference_geo !== 'string' || !model || generation === null || generation >= SINCE) return [];
		const path = ['inference_geo'];
		return [
			{
				path,
				message: `${model.name} cannot be told where to run.`,
				fixes: [{ label: 'Remove inference_geo', changes: [{ kind: 'remove', path }] }],
			},
		];
	},
};
