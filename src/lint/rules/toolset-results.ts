import { turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const toolsetResults: Rule = {
	id: 'toolset-results',
	severity: 'rejected',
	title: "The result of a toolset's call names the toolset",
	why: 'Calls of the computer and browser toolsets carry toolset_name, and their results have to say it again.',
	link: docs('agents-and-tools/tool-use/handle-tool-calls'),
	checked: CHECKED,
	check({ request }) {
		const toolsets = new Map<unknown, string>();
		return turnsIn(request).flatMap(({ blocks }) =>
			blocks.flatMap(({ type, value, path }) => {
				if (type === 'tool_use' && typeof value.toolset_name === 'string') toolsets.set(value.id, value.toolset_name);
				const toolset = type === 'tool_result' ? toolsets.get(value.tool_use_id) : undefined;
				if (toolset === undefined || value.toolset_name === toolset) return [];
				const place = [...path, 'toolset_name'];
				return [
					{
						path: value.toolset_name === undefined ? path : place,
						message: `This result has to name its toolset, “${toolset}”.`,
						fixes: [
							{
								label: `Set toolset_name to ${toolset}`,
								changes: [{ kind: 'set' as const, path: place, value: toolset }],
							},
						],
					},
				];
			}),
		);
	},
};
