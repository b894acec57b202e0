import { turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

export const toolsDefined: Rule = {
	id: 'tools-defined',
	severity: 'rejected',
	title: 'Tools that were called are among the tools',
	why: 'Until early 2025 a conversation with tool calls had to come with tools, even where no more calls were wanted; by August 2025 it was seen to be taken without.',
	link: docs('agents-and-tools/tool-use/handle-tool-calls'),
	checked: CHECKED,
	// The day of the newest refusal that is known.
	until: '2025-02-26',
	check({ request }) {
		const blocks = turnsIn(request).flatMap((turn) => turn.blocks);
		const first = blocks.find(({ type }) => type === 'tool_use' || type === 'tool_result');
		if (!first || toolsIn(request).length > 0) return [];
		return [
			{
				path: first.path,
				message: 'A tool was called, but there are no tools.',
				apiMessage: 'Requests which include `tool_use` or `tool_result` blocks must define tools.',
			},
		];
	},
};
