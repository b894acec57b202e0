import { isJsonArray, isJsonObject } from '../../model/json';
import { toolsIn, typeOf } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

export const deferredTools: Rule = {
	id: 'deferred-tools',
	severity: 'rejected',
	title: 'Deferred tools are found by one that is not, and not cached',
	why: 'defer_loading hides a tool until the model has searched for it: one tool at least has to be in sight, and a cache marker cannot stand on one that is not.',
	link: docs('agents-and-tools/tool-use/tool-search-tool'),
	checked: CHECKED,
	check({ request }) {
		const tools = toolsIn(request);
		const deferred = tools.filter(({ value }) => value.defer_loading === true);
		const faults: Fault[] = deferred
			.filter(({ value }) => isJsonObject(value.cache_control))
			.map(({ index }) => {
				const path = ['tools', index, 'cache_control'];
				return {
					path,
					message: 'A deferred tool cannot be cached.',
					fixes: [{ label: 'Remove the marker', changes: [{ kind: 'remove', path }] }],
				};
			});
		const [first] = deferred;
		// The members of a toolset are deferred one by one, which is not looked into.
		const all = isJsonArray(request.tools) && deferred.length === request.tools.length;
		if (first && all && !tools.some(({ value }) => typeOf(value)?.includes('toolset')))
			faults.push({
				path: ['tools'],
				message: 'Every tool is deferred: one at least has to be in sight.',
				fixes: [
					{
						label: 'Show the first tool',
						changes: [{ kind: 'remove', path: ['tools', first.index, 'defer_loading'] }],
					},
				],
			});
		return faults;
	},
};
