import { runsOf, turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const emptyTurns: Rule = {
	id: 'empty-turns',
	severity: 'rejected',
	title: 'A user turn is not empty',
	why: 'Neighbouring user messages are read as one turn; a turn in which none of them says anything is refused. An assistant message may be empty.',
	link: docs('build-with-claude/working-with-messages'),
	checked: CHECKED,
	// The day after the newest recording of the older words, in which such a turn was refused, too. These are known from
	// 2026-03-26 on (NousResearch/hermes-agent#3149).
	since: '2026-01-31',
	check: ({ request }) =>
		runsOf(turnsIn(request)).flatMap((run) => {
			const first = run[0]!; // a run has at least one turn
			// String content "" says nothing; a text block without words is another rule's business.
			const empty = run.every(({ blocks, path }) =>
				blocks.every(({ value, path: at }) => at.length === path.length + 1 && value.text === ''),
			);
			if (first.role !== 'user' || !empty) return [];
			return [
				{
					path: [...first.path, 'content'],
					message: 'This user turn is empty.',
					apiMessage: `messages.${first.index}: user messages must have non-empty content`,
				},
			];
		}),
};
