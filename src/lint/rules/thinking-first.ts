import { runsOf, turnsIn, typeOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

const THOUGHTS = ['thinking', 'redacted_thinking'];

export const thinkingFirst: Rule = {
	id: 'thinking-first',
	severity: 'rejected',
	title: 'With manual thinking, the turn that calls tools begins with its thinking',
	why: 'While tools are being answered the model goes on with the thoughts it had, so their blocks have to come back first, unchanged.',
	link: docs('build-with-claude/extended-thinking'),
	checked: CHECKED,
	check({ request }) {
		if (typeOf(request.thinking) !== 'enabled') return [];
		const runs = runsOf(turnsIn(request));
		const [calling, answering] = runs.slice(-2).map((run) => run.flatMap(({ blocks }) => blocks));
		const first = calling?.[0];
		if (!first || runs.at(-2)?.[0]?.role !== 'assistant' || THOUGHTS.includes(first.type)) return [];
		if (!calling.some(({ type }) => type === 'tool_use') || answering?.[0]?.type !== 'tool_result') return [];
		return [
			{
				path: first.path,
				message: 'This turn has to begin with the thinking it came with.',
				// The recorded text goes on from here.
				apiMessage: `${first.path.join('.')}.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first.type}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks).`,
				fixes: [{ label: 'Remove thinking', changes: [{ kind: 'remove', path: ['thinking'] }] }],
			},
		];
	},
};
