import { isJsonArray } from '../../model/json';
import { turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const thinkingLast: Rule = {
	id: 'thinking-last',
	severity: 'rejected',
	title: 'A conversation does not end with thinking',
	why: 'An answer that was cut off while it was thinking cannot be gone on with. Earlier in the conversation the same message was measured to be taken (July 2026).',
	link: docs('build-with-claude/extended-thinking'),
	checked: CHECKED,
	check({ request }) {
		const last = turnsIn(request).at(-1);
		const end = last?.blocks.at(-1);
		const isLast = isJsonArray(request.messages) && last?.index === request.messages.length - 1;
		if (!isLast || last.role !== 'assistant' || end?.type !== 'thinking') return [];
		return [
			{
				path: end.path,
				message: 'The last message cannot end with thinking.',
				apiMessage: `messages.${last.index}: The final block in an assistant message cannot be \`thinking\`.`,
				fixes: [{ label: 'Remove the message', changes: [{ kind: 'remove', path: last.path }] }],
			},
		];
	},
};
