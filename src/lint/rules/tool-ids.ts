import { turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const toolIds: Rule = {
	id: 'tool-ids',
	severity: 'rejected',
	title: 'Each tool call has its own id',
	why: 'Results are matched to calls by id, over the whole conversation.',
	link: docs('agents-and-tools/tool-use/handle-tool-calls'),
	checked: CHECKED,
	check({ request }) {
		const seen = new Set<unknown>();
		return turnsIn(request).flatMap(({ index, blocks }) =>
			blocks.flatMap(({ type, value: { id }, path }) => {
				if (type !== 'tool_use' || typeof id !== 'string') return [];
				if (!seen.has(id)) {
					seen.add(id);
					return [];
				}
				return [
					{
						path: [...path, 'id'],
						message: `Another tool call has the id ${id} already.`,
						apiMessage: `messages.${index}.content.${String(path.at(-1))}: \`tool_use\` ids must be unique`,
					},
				];
			}),
		);
	},
};
