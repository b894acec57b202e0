import { runsOf, turnsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const mergedTurns: Rule = {
	id: 'merged-turns',
	severity: 'changed',
	title: 'Neighbouring messages of one role become one turn',
	why: 'The API no longer insists that roles alternate: it reads neighbouring messages of the user, or of the assistant, as one turn.',
	link: docs('api/messages'),
	checked: CHECKED,
	// The release notes of that day.
	since: '2024-10-08',
	check: ({ request }) =>
		runsOf(turnsIn(request))
			.filter((run) => run[0]?.role !== 'system')
			.flatMap((run) =>
				run.slice(1).map(({ path, role }) => ({
					path,
					message: `This and the ${role} message before it are read as one turn.`,
				})),
			),
};
