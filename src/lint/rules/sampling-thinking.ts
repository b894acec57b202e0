import { typeOf } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

export const samplingThinking: Rule = {
	id: 'sampling-thinking',
	severity: 'rejected',
	title: 'Thinking leaves no choice of sampling',
	why: 'While a model thinks, temperature has to be 1; manual thinking also wants top_p of 0.95 or more and no top_k.',
	link: docs('build-with-claude/extended-thinking'),
	checked: CHECKED,
	check({ request, apiVersion }) {
		const thinking = typeOf(request.thinking);
		if ((thinking !== 'enabled' && thinking !== 'adaptive') || apiVersion !== '2023-06-01') return [];
		const { temperature, top_p: topP, top_k: topK } = request;
		const manual = thinking === 'enabled';
		const faults: (Fault | false)[] = [
			typeof temperature === 'number' &&
				temperature !== 1 && {
					path: ['temperature'],
					message: 'While the model thinks, temperature has to be 1.',
					apiMessage: '`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.',
					fixes: [{ label: 'Remove temperature', changes: [{ kind: 'remove', path: ['temperature'] }] }],
				},
			manual &&
				typeof topP === 'number' &&
				topP >= 0 &&
				topP < 0.95 && {
					path: ['top_p'],
					message: 'While the model thinks, top_p has to be 0.95 or more.',
					apiMessage: '`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled',
					fixes: [{ label: 'Remove top_p', changes: [{ kind: 'remove', path: ['top_p'] }] }],
				},
			manual &&
				typeof topK === 'number' && {
					path: ['top_k'],
					message: 'While the model thinks, top_k has to be left out.',
					apiMessage: '`top_k` must be unset when thinking is enabled',
					fixes: [{ label: 'Remove top_k', changes: [{ kind: 'remove', path: ['top_k'] }] }],
				},
		];
		return faults.filter((fault) => fault !== false);
	},
};
