import { isJsonObject } from '../../model/json';
import { hasBeta } from '../betas';
import { CHECKED, docs, type Rule } from '../rule';
import { rootOf } from '../shape';

export const thinkingBudget: Rule = {
	id: 'thinking-budget',
	severity: 'rejected',
	title: 'The thinking budget is below max_tokens',
	why: 'Thinking counts as output, so max_tokens has to leave room for the answer after it.',
	link: docs('build-with-claude/extended-thinking'),
	checked: CHECKED,
	check(context) {
		const { thinking, max_tokens: most } = context.request;
		if (!isJsonObject(thinking) || thinking.type !== 'enabled') return [];
		const { budget_tokens: budget } = thinking;
		if (typeof budget !== 'number' || typeof most !== 'number' || budget < most) return [];
		// Thinking between tool calls may go on over several answers; whether there are tools is not asked.
		if (hasBeta(rootOf(context).betas, 'interleaved-thinking')) return [];
		return [
			{
				path: ['thinking', 'budget_tokens'],
				message: `The budget of ${budget} has to be below max_tokens, which is ${most}.`,
				// The address is that of the newest recording, February 2026.
				apiMessage:
					'`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size',
				fixes: [
					{
						label: `Set max_tokens to ${budget + 1024}`,
						changes: [{ kind: 'set', path: ['max_tokens'], value: budget + 1024 }],
					},
				],
			},
		];
	},
};
