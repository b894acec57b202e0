import { CHECKED, docs, type Rule } from '../rule';

export const samplingPair: Rule = {
	id: 'sampling-pair',
	severity: 'rejected',
	title: 'temperature or top_p, not both',
	why: 'Models since Opus 4.1 and Sonnet 4.5 take only one of the two.',
	link: docs('api/messages'),
	checked: CHECKED,
	check({ request, model, apiVersion }) {
		// A top_p of -1 was accepted as none.
		const both = request.temperature !== undefined && request.top_p !== undefined && request.top_p !== -1;
		if (model?.bothSamplers !== false || !both || apiVersion !== '2023-06-01') return [];
		return [
			{
				path: ['top_p'],
				message: `${model.name} takes temperature or top_p, not both.`,
				apiMessage: '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
				fixes: [{ label: 'Remove top_p', changes: [{ kind: 'remove', path: ['top_p'] }] }],
			},
		];
	},
};
