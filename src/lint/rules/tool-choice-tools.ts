import { isJsonArray, isJsonObject } from '../../model/json';
import { everyBlock, typeOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

export const toolChoiceTools: Rule = {
	id: 'tool-choice-tools',
	severity: 'rejected',
	title: 'A forced tool is among the tools',
	why: 'any and tool make the model call a tool, so there has to be one; the computer and browser toolsets have no name to ask for.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check({ request }) {
		const choice = request.tool_choice;
		const type = typeOf(choice);
		if (!isJsonObject(choice) || (type !== 'any' && type !== 'tool')) return [];
		const tools = toolsIn(request);
		// Tools also come from MCP servers, and in the middle of the conversation: those are not among `tools`.
		const fromElsewhere =
			isJsonArray(request.mcp_servers) ||
			tools.some(({ value }) => typeOf(value) === 'mcp_toolset') ||
			everyBlock(request).some((block) => block.type === 'tool_addition');
		if (fromElsewhere) return [];
		if (tools.length === 0 && type === 'any')
			return [
				{
					path: ['tool_choice'],
					message: 'tool_choice asks for a tool, but there are none.',
					apiMessage: 'tool_choice.any may only be specified while providing tools',
					fixes: [{ label: 'Remove tool_choice', changes: [{ kind: 'remove', path: ['tool_choice'] }] }],
				},
			];
		if (type === 'any' || typeof choice.name !== 'string') return [];
		if (tools.some(({ value }) => value.name === choice.name)) return [];
		return [
			{
				path: ['tool_choice', 'name'],
				message: `There is no tool “${choice.name}”.`,
				apiMessage: `Tool '${choice.name}' not found in provided tools`,
			},
		];
	},
};
