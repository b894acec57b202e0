import type { ThinkingType } from '../../model/models';
import { typeOf } from '../conversation';
import { CHECKED, docs, type Fix, type Rule } from '../rule';

const refusals: Readonly<Record<ThinkingType, string>> = {
	enabled:
		'"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
	disabled:
		'"thinking.type.disabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
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
		const { model: id } = request;
		if (!model?.thinking || typeof id !== 'string' || !type || !Object.hasOwn(refusals, type)) return [];
		const { types } = model.thinking;
		if (types.some((taken) => taken === type)) return [];
		const thinks = types.some((taken) => taken !== 'disabled');
		return [
			{
				path: ['thinking', 'type'],
				message: thinks
					? `${model.name} does not take thinking “${type}”; it takes ${types.join(', ')}.`
					: `${model.name} does not think.`,
				apiMessage: thinks ? refusalOf(type as ThinkingType, types) : `'${id}' does not support thinking.`, // just seen to be one of them
				fixes: [wayOut(type, types)],
			},
		];
	},
};

/** The documentation of September and October 2026 quotes what is said instead where there is another way. */
function refusalOf(type: ThinkingType, types: readonly ThinkingType[]): string {
	if (type !== 'disabled') return refusals[type];
	if (types.includes('between_tools'))
		return '"thinking.type.disabled" is not supported for this model. Use "thinking.type.between_tools" for the lowest thinking setting, or "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.';
	if (types.includes('enabled'))
		return '"thinking.type.disabled" is not supported for this model. Thinking defaults to adaptive mode when not specified; use "thinking.type.enabled" with "budget_tokens" for extended thinking.';
	return refusals.disabled;
}

function wayOut(type: string, types: readonly ThinkingType[]): Fix {
	const use = (label: string, next: ThinkingType): Fix => ({
		label,
		changes: [{ kind: 'set', path: ['thinking'], value: { type: next } }],
	});
	if (type === 'disabled' && types.includes('between_tools')) return use('Think between tools only', 'between_tools');
	if (type !== 'disabled' && types.includes('adaptive')) return use('Use adaptive thinking', 'adaptive');
	return { label: 'Remove thinking', changes: [{ kind: 'remove', path: ['thinking'] }] };
}
