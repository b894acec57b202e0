import type { ThinkingType } from '../../model/models';
import { typeOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

const refusals: Readonly<Record<ThinkingType, string>> = {
	enabled:
		'"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
	disabled:
		'"thinking.type.disabled" is not supported for this model. Thinking defaults to adaptive mode when not specified.',
	adaptive: 'adaptive thinking is not supported on this model',
	between_tools: '"thinking.type.between_tools" is not supported for this model.',
};

export const thinkingModel: Rule = {
	id: 'thinking-model',
	severity: 'rejected',
	title: 'The model takes this way of thinking',
	why: 'Claude 4.5 and earlier think within a budget (enabled), Claude 4.7 and later decide themselves (adaptive), 4.6 does either; some cannot be told not to think.',
	link: docs('build-with-claude/extended-thinking'),
	checked: CHECKED,
	check({ request, model }) {
		const type = typeOf(request.thinking);
		if (!model?.thinking || !type || !Object.hasOwn(refusals, type)) return [];
		const { types } = model.thinking;
		if (types.some((taken) => taken === type)) return [];
		const next = type !== 'disabled' && types.includes('adaptive') ? 'adaptive' : null;
		return [
			{
				path: ['thinking', 'type'],
				message: `${model.name} does not take thinking “${type}”; it takes ${types.join(', ')}.`,
				apiMessage: refusals[type as ThinkingType], // just seen to be one of them
				fixes: [
					next
						? { label: 'Use adaptive thinking', changes: [{ kind: 'set', path: ['thinking'], value: { type: next } }] }
						: { label: 'Remove thinking', changes: [{ kind: 'remove', path: ['thinking'] }] },
				],
			},
		];
	},
};
