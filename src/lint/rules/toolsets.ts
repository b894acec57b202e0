import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

export const toolsets: Rule = {
	id: 'toolsets',
	severity: 'rejected',
	title: 'One of each toolset, and no tool named as it',
	why: 'The computer toolset brings its members along under the name computer; given twice, or beside a tool of that name, calls could not be told apart.',
	link: docs('agents-and-tools/tool-use/computer-use-tool'),
	checked: CHECKED,
	check({ request }) {
		const tools = toolsIn(request);
		const remove = (index: number) => [
			{ label: 'Remove the tool', changes: [{ kind: 'remove' as const, path: ['tools', index] }] },
		];
		const seen = new Set<unknown>();
		const hasComputer = tools.some(({ value }) => value.type === 'computer_toolset_20260801');
		return tools.flatMap(({ value: { type = 'custom', name }, index }) => {
			const path = ['tools', index];
			if (typeof type === 'string' && /^(?:computer|browser)_toolset_/.test(type)) {
				if (seen.has(type)) return [{ path, message: 'This toolset is there already.', fixes: remove(index) }];
				seen.add(type);
			}
			if (!hasComputer || name !== 'computer' || (type !== 'custom' && type !== null)) return [];
			return [
				{
					path: [...path, 'name'],
					message: 'Beside the computer toolset no tool may be called “computer”.',
					fixes: remove(index),
				},
			];
		});
	},
};
