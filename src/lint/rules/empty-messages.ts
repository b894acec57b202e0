import { isJsonArray } from '../../model/json';
import { turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const emptyMessages: Rule = {
	id: 'empty-messages',
	severity: 'rejected',
	title: 'Every message but a last one of the assistant has content',
	why: 'Until early 2026 no message could be empty, whosever it was; since then only a whole user turn cannot.',
	link: docs('build-with-claude/working-with-messages'),
	checked: CHECKED,
	// The day of the newest recording of it.
	until: '2026-01-30',
	check({ request }) {
		const last = isJsonArray(request.messages) ? request.messages.length - 1 : -1;
		return turnsIn(request).flatMap(({ index, role, path, blocks }) => {
			const [only, ...more] = blocks;
			const empty = !only || (more.length === 0 && only.path.length === path.length + 1 && only.value.text === '');
			if (!empty || (role === 'assistant' && index === last)) return [];
			return [
				{
					path: [...path, 'content'],
					message: 'This message is empty.',
					apiMessage: `messages.${index}: all messages must have non-empty content except for the optional final assistant message`,
				},
			];
		});
	},
};
