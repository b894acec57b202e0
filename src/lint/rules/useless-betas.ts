import { betasOf, USELESS_BETAS } from '../betas';
import { CHECKED, docs, type Rule } from '../rule';

export const uselessBetas: Rule = {
	id: 'useless-betas',
	severity: 'surprising',
	title: 'Some anthropic-beta values no longer do anything',
	why: 'What they switched on is there for everyone now; the header can go.',
	link: docs('api/beta-headers'),
	checked: CHECKED,
	check: ({ headers }) =>
		betasOf(headers)
			.filter((name) => USELESS_BETAS.includes(name))
			.map((name) => ({ path: [], message: `The header anthropic-beta: ${name} no longer does anything.` })),
};
