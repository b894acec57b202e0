import { isJsonArray, isJsonObject } from '../../model/json';
import { typeOf } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

export const deferredTools: Rule = {
	id: 'deferred-tools',
	severity: 'rejected',
	title: 'Some tool is there from the start',
	why: 'defer_loading hides a tool until the tool search finds it: so not every tool may be hidden, nor the search itself, and what is not in the prompt cannot be cached.',
	link: docs('agents-and-tools/tool-use/tool-search-tool'),
	checked: CHECKED,
	check({ request }) {
		const tools = toolsIn(request);
		const deferred = tools.filter(({ value }) => value.defer_loading === true);
		const show = (index: number) => ({
			label: 'Do not defer it',
			changes: [{ kind: 'remove' as const, path: ['tools', index, 'defer_loading'] }],
		});
		const faults: Fault[] = deferred.flatMap(({ value, index }) => [
			...(typeof value.type === 'string' && value.type.startsWith('tool_search_tool')
				? [
						{
							path: ['tools', index, 'defer_loading'],
							message: 'The tool search cannot be deferred.',
							fixes: [show(index)],
						},
					]
				: []),
			...(isJsonObject(value.cache_control)
				? [
						{
							path: ['tools', index, 'cache_control'],
							message: 'A tool that is deferred cannot be cached.',
							fixes: [
								{
									label: 'Remove the marker',
									changes: [{ kind: 'remove' as const, path: ['tools', index, 'cache_control'] }],
								},
							],
						},
					]
				: []),
		]);
		const [first] = deferred;
		const isAll = isJsonArray(request.tools) && deferred.length === request.tools.length;
		// The members of a toolset are deferred one by one, which is not looked into.
		if (first && isAll && !tools.some(({ value }) => typeOf(value)?.includes('toolset')))
			faults.push({
				path: ['tools'],
				message: 'All tools are deferred, so none can be found.',
				apiMessage: 'At least one tool must have defer_loading=false. All tools cannot be deferred.',
				fixes: [show(first.index)],
			});
		return faults;
	},
};
