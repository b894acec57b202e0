import { isJsonArray } from '../../model/json';
import { everyBlock, typeOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

export const toolReferences: Rule = {
	id: 'tool-references',
	severity: 'rejected',
	title: 'A tool that was found is among the tools',
	why: 'A tool_reference in a result is read as the definition of that tool, which has to be in tools, deferred or not.',
	link: docs('agents-and-tools/tool-use/tool-search-tool'),
	checked: CHECKED,
	check({ request }) {
		const tools = toolsIn(request);
		const names = new Set(tools.map(({ value }) => value.name));
		const blocks = everyBlock(request);
		// Tools also come from MCP servers, and in the middle of the conversation: those are not among `tools`.
		const fromElsewhere =
			isJsonArray(request.mcp_servers) ||
			tools.some(({ value }) => typeOf(value) === 'mcp_toolset') ||
			blocks.some(({ type }) => type === 'tool_addition');
		if (fromElsewhere) return [];
		return blocks.flatMap(({ type, value: { tool_name: name }, path }) =>
			type === 'tool_reference' && typeof name === 'string' && !names.has(name)
				? [
						{
							path: [...path, 'tool_name'],
							message: `There is no tool “${name}”.`,
							apiMessage: `Tool reference '${name}' not found in available tools`,
							fixes: [{ label: 'Remove the reference', changes: [{ kind: 'remove' as const, path }] }],
						},
					]
				: [],
		);
	},
};
