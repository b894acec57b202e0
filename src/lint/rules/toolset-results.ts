import { blocksIn, turnsIn, type Block } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

export const toolsetResults: Rule = {
	id: 'toolset-results',
	severity: 'rejected',
	title: "The result of a toolset's call names the toolset",
	why: 'Calls of the computer and browser toolsets carry toolset_name, and their results have to say it again. What became of the tabs is told once at most, in a result of the browser.',
	link: docs('agents-and-tools/tool-use/handle-tool-calls'),
	checked: CHECKED,
	check({ request }) {
		/** The toolsets of the calls so far; null for a call of another tool. */
		const toolsets = new Map<unknown, string | null>();
		return turnsIn(request).flatMap(({ blocks }) =>
			blocks.flatMap((block) => {
				const { type, value } = block;
				const named = typeof value.toolset_name === 'string' ? value.toolset_name : null;
				if (type === 'tool_use') toolsets.set(value.id, named);
				const toolset = type === 'tool_result' ? toolsets.get(value.tool_use_id) : undefined;
				return toolset === undefined ? [] : [...misnamed(block, toolset), ...misplacedStates(block, toolset)];
			}),
		);
	},
};

function misnamed({ value, path }: Block, toolset: string | null): Fault[] {
	if (toolset === null || value.toolset_name === toolset) return [];
	const place = [...path, 'toolset_name'];
	return [
		{
			path: value.toolset_name === undefined ? path : place,
			message: `This result has to name its toolset, “${toolset}”.`,
			fixes: [{ label: `Set toolset_name to ${toolset}`, changes: [{ kind: 'set', path: place, value: toolset }] }],
		},
	];
}

/** Source: @anthropic-ai/sdk 1.12.0 `BrowserStateBlockParam`. */
function misplacedStates({ value, path }: Block, toolset: string | null): Fault[] {
	const states = (blocksIn(value.content, [...path, 'content']) ?? []).filter(({ type }) => type === 'browser_state');
	const isOfBrowser = toolset === 'browser' && value.is_error !== true;
	return states.slice(isOfBrowser ? 1 : 0).map((state) => ({
		path: state.path,
		message: isOfBrowser
			? 'A result tells the state of the browser once.'
			: 'Only a result of the browser toolset that is no error tells its state.',
		fixes: [{ label: 'Remove the block', changes: [{ kind: 'remove', path: state.path }] }],
	}));
}
