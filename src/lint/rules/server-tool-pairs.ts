import { isServerResult, runsOf, turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const serverToolPairs: Rule = {
	id: 'server-tool-pairs',
	severity: 'rejected',
	title: "A call of the server's own tools keeps its result",
	why: 'Both stand in the same answer and go back together. Only a call that the API has not answered yet may stand alone: at the end, or with nothing but tool results behind its turn.',
	link: docs('build-with-claude/handling-stop-reasons'),
	checked: CHECKED,
	check({ request }) {
		const runs = runsOf(turnsIn(request));
		const blocksOf = (at: number) => (runs[at] ?? []).flatMap(({ blocks }) => blocks);
		const answered = new Set(
			runs.flatMap((_, at) =>
				blocksOf(at).flatMap((block) => (isServerResult(block) ? [block.value.tool_use_id] : [])),
			),
		);
		return runs.flatMap((run, at) => {
			if (run[0]?.role !== 'assistant' || at === runs.length - 1) return [];
			const isWaiting = blocksOf(at + 1).every(({ type }) => type === 'tool_result');
			if (isWaiting) return [];
			const blocks = blocksOf(at);
			return blocks.flatMap(({ type, value: { id, name }, path }, index) => {
				if (type !== 'server_tool_use' || typeof id !== 'string' || typeof name !== 'string') return [];
				// What the API says of a result with a wrong id is not known.
				const next = blocks[index + 1];
				if (answered.has(id) || (next && isServerResult(next))) return [];
				const result = `${name.startsWith('tool_search_tool') ? 'tool_search' : name}_tool_result`;
				return [
					{
						path,
						message: `The result of this call of ${name} is missing.`,
						apiMessage: `\`${name}\` tool use with id \`${id}\` was found without a corresponding \`${result}\` block`,
						fixes: [{ label: 'Remove the call', changes: [{ kind: 'remove' as const, path }] }],
					},
				];
			});
		});
	},
};
