import { typeOf } from '../conversation';
import { generationOf } from '../generation';
import { CHECKED, docs, type Fix, type Rule } from '../rule';

/** The last day on which adaptive thinking may have stood against it. */
const LAST_ADAPTIVE_REFUSAL = '2026-08-21';

export const forcedTools: Rule = {
	id: 'forced-tools',
	severity: 'rejected',
	title: 'Forcing a tool needs a model that allows it, and no thinking',
	why: 'any and tool begin the answer with the call. The 5.1, 5.2 and 5.5 models refuse them, and no model takes them together with a thinking budget.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check({ request, model, today }) {
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
		// The documentation says it of `enabled`. Recordings of Opus 4.8 and Sonnet 4.6 show it for `adaptive` too; since then
		// "adaptive thinking supports forced tool use" (define-tools, August 2026).
		const wasRefused = thinking === 'adaptive' && (generationOf(model) ?? Infinity) <= 408;
		if (thinking !== 'enabled' && !wasRefused) return [];
		return [
			{
				path: ['tool_choice', 'type'],
				...(wasRefused && today > LAST_ADAPTIVE_REFUSAL && { severity: 'surprising' as const }),
				message: 'A tool cannot be forced while the model thinks.',
				apiMessage: 'Thinking may not be enabled when tool_choice forces tool use.',
				fixes: [letIt, { label: 'Remove thinking', changes: [{ kind: 'remove', path: ['thinking'] }] }],
			},
		];
	},
};
