import { isJsonObject } from '../../model/json';
import { toolsIn, typeOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

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
		if (tools.length === 0)
			return [
				{
					path: ['tool_choice'],
					message: 'tool_choice asks for a tool, but there are none.',
					apiMessage: `tool_choice.${type} may only be specified while providing tools`,
					fixes: [{ label: 'Remove tool_choice', changes: [{ kind: 'remove', path: ['tool_choice'] }] }],
				},
			];
		if (type === 'any' || typeof choice.name !== 'string') return [];
		// The tools of an MCP server are not in the request.
		if (tools.some(({ value }) => value.name === choice.name || typeOf(value) === 'mcp_toolset')) return [];
		return [
			{
				path: ['tool_choice', 'name'],
				message: `There is no tool “${choice.name}”.`,
				apiMessage: `Tool '${choice.name}' not found in provided tools`,
			},
		];
	},
};
