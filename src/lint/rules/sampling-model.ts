import { CHECKED, docs, type Rule } from '../rule';
import { SAMPLING } from './sampling-removed';

export const samplingModel: Rule = {
	id: 'sampling-model',
	severity: 'rejected',
	title: 'Claude 4.7 and later take no sampling parameters',
	why: 'With version 2023-06-01 these models refuse temperature but for its default, 1, and every top_p and top_k.',
	link: docs('about-claude/model-deprecations'),
	checked: CHECKED,
	check({ request, model, apiVersion }) {
		if (model?.sampling !== false || apiVersion !== '2023-06-01') return [];
		// Only of temperature is the default taken when it is said: `top_p: 1` was refused in September 2026.
		return SAMPLING.filter((key) => request[key] !== undefined && !(key === 'temperature' && request[key] === 1)).map(
			(key) => ({
				path: [key],
				message: `${model.name} takes no ${key} but the default.`,
				apiMessage: `\`${key}\` is deprecated for this model.`,
				fixes: [{ label: `Remove ${key}`, changes: [{ kind: 'remove', path: [key] }] }],
			}),
		);
	},
};
