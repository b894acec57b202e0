import { CHECKED, docs, type Rule } from '../rule';
import { SAMPLING } from './sampling-removed';

export const samplingModel: Rule = {
	id: 'sampling-model',
	severity: 'rejected',
	title: 'Claude 4.7 and later take no sampling parameters',
	why: 'With version 2023-06-01 these models refuse every value of temperature, top_p and top_k but the default.',
	link: docs('about-claude/model-deprecations'),
	checked: CHECKED,
	check({ request, model, apiVersion }) {
		if (model?.sampling !== false || apiVersion !== '2023-06-01') return [];
		return SAMPLING.filter((key) => request[key] !== undefined && !(key !== 'top_k' && request[key] === 1)).map(
			(key) => ({
				path: [key],
				message: `${model.name} takes no ${key} but the default.`,
				apiMessage: `\`${key}\` is deprecated for this model.`,
				fixes: [{ label: `Remove ${key}`, changes: [{ kind: 'remove', path: [key] }] }],
			}),
		);
	},
};
