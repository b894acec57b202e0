import { CHECKED, docs, type Rule } from '../rule';

export const duplicateNames: Rule = {
	id: 'duplicate-names',
	severity: 'surprising',
	title: 'A name stands once in an object',
	why: 'JSON leaves open what a name means that is written twice (RFC 8259, section 4). JSON.parse takes the last; what the API takes is not documented.',
	link: docs('api/messages/create'),
	checked: CHECKED,
	check: ({ duplicates = [] }) =>
		duplicates.map((path) => ({
			path,
			message: `The name ${JSON.stringify(path.at(-1))} is written more than once here. This page reads the last; the API may read another.`,
			fixes: [{ label: 'Keep only the last', changes: [{ kind: 'keep-last', path }] }],
		})),
};
