import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

export const toolNames: Rule = {
	id: 'tool-names',
	severity: 'rejected',
	title: 'Tools have different names',
	why: 'A call names its tool, so no two may share a name.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check({ request }) {
		const seen = new Set<unknown>();
		return toolsIn(request).flatMap(({ value: { name }, index }) => {
			if (typeof name !== 'string') return [];
			if (!seen.has(name)) {
				seen.add(name);
				return [];
			}
			return [
				{
					path: ['tools', index, 'name'],
					message: `Another tool is called “${name}” already.`,
					apiMessage: 'tools: Tool names must be unique.',
				},
			];
		});
	},
};
