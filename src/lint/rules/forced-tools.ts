import { typeOf } from '../conversation';
import { CHECKED, docs, type Fix, type Rule } from '../rule';

export const forcedTools: Rule = {
	id: 'forced-tools',
	severity: 'rejected',
	title: 'Forcing a tool needs a model that allows it, and no thinking',
	why: 'any and tool begin the answer with the call. The 5.1, 5.2 and 5.5 models refuse them, and no model takes them together with thinking.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check({ request, model }) {
		const type = typeOf(request.tool_choice);
		if (type !== 'any' && type !== 'tool') return [];
		const letIt: Fix = {
			label: 'Let the model choose',
			changes: [{ kind: 'set', path: ['tool_choice'], value: { type: 'auto' } }],
		};
		if (model?.forcedToolChoice === false)
			return [
				{
					path: ['tool_choice', 'type'],
					message: `${model.name} cannot be made to call a tool.`,
					apiMessage: 'tool_choice: type "tool" and "any" are not supported for this model.',
					fixes: [letIt],
				},
			];
		const thinking = typeOf(request.thinking);
		// The documentation says it of `enabled`; recordings of Opus 4.8 and Sonnet 4.6 show it for `adaptive` too.
		if (thinking !== 'enabled' && thinking !== 'adaptive') return [];
		return [
			{
				path: ['tool_choice', 'type'],
				message: 'A tool cannot be forced while the model thinks.',
				apiMessage: 'Thinking may not be enabled when tool_choice forces tool use.',
				fixes: [letIt, { label: 'Remove thinking', changes: [{ kind: 'remove', path: ['thinking'] }] }],
			},
		];
	},
};
