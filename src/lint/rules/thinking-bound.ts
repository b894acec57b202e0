import { runsOf, turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const thinkingBound: Rule = {
	id: 'thinking-bound',
	severity: 'surprising',
	title: 'Thinking holds only with what came before it',
	why: 'These models bind a thinking block to the conversation before it: once an earlier turn or the system prompt has changed, it is refused. Thinking of earlier turns may be left out, but not while the tools it called are being answered.',
	link: docs('build-with-claude/preserved-thinking'),
	checked: CHECKED,
	check({ request, model }) {
		if (!model?.bindsThinking) return [];
		const runs = runsOf(turnsIn(request)).map((run) => run.flatMap(({ blocks }) => blocks));
		const thoughts = runs.flatMap((blocks, index) => {
			const inLoop = index === runs.length - 2 && runs.at(-1)?.some(({ type }) => type === 'tool_result');
			return blocks.filter(({ type }) => type === 'thinking').map(({ path }) => ({ path, inLoop }));
		});
		const first = thoughts[0];
		if (!first) return [];
		const removable = thoughts.filter(({ inLoop }) => !inLoop).map(({ path }) => path);
		return [
			{
				path: first.path,
				message: 'If anything before this thinking has been changed since it came, the API refuses it.',
				apiMessage: `${first.path.join('.')}: Invalid \`signature\` in \`thinking\` block. The block is bound to a different conversation. Remove the block, or set \`thinking.block_binding.prefix_mismatch_behavior\` to "drop_block". That setting requires the \`thinking-binding-controls-2026-08-01\` value in the \`anthropic-beta\` header.`,
				fixes:
					removable.length > 0
						? [
								{
									label: 'Remove the thinking of earlier turns',
									// The last first, so that the others stay where they are.
									changes: removable.reverse().map((path) => ({ kind: 'remove' as const, path })),
								},
							]
						: [],
			},
		];
	},
};
