import { modelsThatPrefill } from '../../model/models';
import { prefillOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const prefillModel: Rule = {
	id: 'prefill-model',
	severity: 'rejected',
	title: 'Claude 4.6 and later continue no prefill',
	why: 'An assistant message at the end is the beginning of the answer. Only models up to Claude 4.5 continue one; later ones want the conversation to end with the user.',
	link: docs('api/errors'),
	checked: CHECKED,
	check({ request, model, models, today }) {
		const prefill = prefillOf(request);
		if (!prefill || model?.prefill !== false) return [];
		const next = modelsThatPrefill(today, models)[0];
		return [
			{
				path: prefill.path,
				message: `${model.name} does not continue an answer: the conversation has to end with the user.`,
				apiMessage:
					'This model does not support assistant message prefill. The conversation must end with a user message.',
				fixes: [
					...(next
						? [{ label: `Use ${next.id}`, changes: [{ kind: 'set' as const, path: ['model'], value: next.id }] }]
						: []),
					{ label: 'Remove the prefill', changes: [{ kind: 'remove', path: prefill.path }] },
				],
			},
		];
	},
};
