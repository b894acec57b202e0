import { runsOf, turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

const THOUGHTS = ['thinking', 'redacted_thinking'];

export const thinkingBound: Rule = {
	id: 'thinking-bound',
	severity: 'surprising',
	title: 'Thinking holds only with what came before it',
	why: 'These models check that system, tools and every message before a thinking block are what they were when it came; accounts made since August 31, 2026 get a 400 where they are not. Thinking of earlier turns may be left out, but not while the tools it called are being answered.',
	link: docs('build-with-claude/preserved-thinking/prefix-checks'),
	checked: CHECKED,
	check({ request, model }) {
		if (!model?.bindsThinking) return [];
		const runs = runsOf(turnsIn(request)).map((run) => run.flatMap(({ blocks }) => blocks));
		const thoughts = runs.flatMap((blocks, index) => {
			const inLoop = index === runs.length - 2 && runs.at(-1)?.some(({ type }) => type === 'tool_result');
			return blocks.filter(({ type }) => THOUGHTS.includes(type)).map(({ path }) => ({ path, inLoop }));
		});
		const first = thoughts[0];
		if (!first) return [];
		const removable = thoughts.filter(({ inLoop }) => !inLoop).map(({ path }) => path);
		return [
			{
				path: first.path,
				message: 'If system, tools or a message before this thinking has changed since it came, the API may refuse it.',
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
