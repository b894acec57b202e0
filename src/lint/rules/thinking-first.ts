import { prefillOf, runsOf, turnsIn, typeOf, type Block } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

const THOUGHTS = ['thinking', 'redacted_thinking'];

export const thinkingFirst: Rule = {
	id: 'thinking-first',
	severity: 'rejected',
	title: 'With manual thinking, the answer to a question begins with thinking',
	why: 'While tools are being answered the model goes on with the thoughts it had, so their blocks have to come back first, unchanged; its later turns need none, unless it thinks between its calls. For the same reason nothing can be put into its mouth.',
	link: docs('build-with-claude/extended-thinking'),
	checked: CHECKED,
	check({ request }) {
		if (typeOf(request.thinking) !== 'enabled') return [];
		const runs = runsOf(turnsIn(request));
		const asked = runs.findLastIndex(
			(run) =>
				run[0]?.role === 'user' && !run.every(({ blocks }) => blocks.every(({ type }) => type === 'tool_result')),
		);
		const answers = runs.slice(asked + 1).map((run) => run.flatMap(({ blocks }) => blocks));
		const calling = answers[0]?.some(({ type }) => type === 'tool_use') ? answers[0] : [];
		const prefill = prefillOf(request) ? (answers.at(-1) ?? []) : [];
		const first = [calling, prefill].map(([block]) => block).find((block) => block && !THOUGHTS.includes(block.type));
		return first ? [faultAt(first, first === prefill[0])] : [];
	},
};

function faultAt({ type, path }: Block, isPrefill: boolean) {
	return {
		path,
		message: isPrefill
			? 'An answer that thinks first cannot be begun for it.'
			: 'This turn has to begin with the thinking it came with.',
		// Recorded in 2025, in several repositories.
		apiMessage: `messages.${path[1]}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${type}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks). We recommend you include thinking blocks from previous turns. To avoid this requirement, disable \`thinking\`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking`,
		fixes: [{ label: 'Remove thinking', changes: [{ kind: 'remove' as const, path: ['thinking'] }] }],
	};
}
