import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

/** Of the others of its time nothing is known. */
const WITHOUT = 'claude-3-haiku-20240307';

export const webModel: Rule = {
	id: 'web-model',
	severity: 'rejected',
	title: 'The model searches the web',
	why: 'Claude Haiku 3, which answered until April 2026, did not take the tool for it.',
	link: docs('agents-and-tools/tool-use/web-search-tool'),
	checked: CHECKED,
	check({ request, model }) {
		if (model?.id !== WITHOUT) return [];
		return toolsIn(request).flatMap(({ value: { type }, index }) =>
			typeof type === 'string' && type.startsWith('web_search_')
				? [
						{
							path: ['tools', index, 'type'],
							message: `${model.name} does not search the web.`,
							// Quoted in two repositories.
							apiMessage: `'${WITHOUT}' does not support tool types: ${type}`,
						},
					]
				: [],
		);
	},
};
