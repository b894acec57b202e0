import { turnsIn } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

export const alternatingTurns: Rule = {
	id: 'alternating-turns',
	severity: 'rejected',
	title: 'The user begins, and roles alternate',
	why: 'Until October 2024 the first message had to be the user’s, and no two messages in a row could be of one role.',
	link: docs('release-notes/overview'),
	checked: CHECKED,
	// The release notes of 2024-10-08 lift both.
	until: '2024-10-07',
	check: ({ request }) =>
		turnsIn(request).flatMap(({ index, role, path }, at, turns): Fault[] => {
			if (index === 0 && role === 'assistant')
				return [
					{
						path,
						message: 'The first message has to be the user’s.',
						apiMessage: 'messages: first message must use the "user" role',
					},
				];
			if (turns[at - 1]?.role !== role) return [];
			return [
				{
					path,
					message: `The message before this one is the ${role}’s, too.`,
					apiMessage: `messages: roles must alternate between "user" and "assistant", but found multiple "${role}" roles in a row`,
				},
			];
		}),
};
