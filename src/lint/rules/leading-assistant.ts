import { turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const leadingAssistant: Rule = {
	id: 'leading-assistant',
	severity: 'surprising',
	title: 'The conversation begins with the assistant',
	why: 'Until October 2024 the first message had to be the user’s; today the assistant’s is accepted, though models are used to being spoken to first.',
	link: docs('build-with-claude/working-with-messages'),
	checked: CHECKED,
	// The release notes of that day.
	since: '2024-10-08',
	check({ request }) {
		const [first, second] = turnsIn(request);
		return first?.index === 0 && first.role === 'assistant' && second
			? [{ path: first.path, message: 'The first message is the assistant’s.' }]
			: [];
	},
};
