import { BETAS, betasOf, USELESS_BETAS } from '../betas';
import { CHECKED, docs, type Rule } from '../rule';

export const unknownBetas: Rule = {
	id: 'unknown-betas',
	severity: 'surprising',
	title: 'The value of anthropic-beta names a feature',
	why: 'The API refuses a value it does not know. New ones come faster than this page hears of them, so it can only wonder.',
	link: docs('api/beta-headers'),
	checked: CHECKED,
	check: ({ headers }) =>
		betasOf(headers)
			.filter((name) => !BETAS.includes(name) && !USELESS_BETAS.includes(name))
			.map((name) => ({
				path: [],
				message: `This page knows of no anthropic-beta: ${name}. If the API does not either, it refuses the request.`,
				apiMessage: `Unexpected value(s) \`${name}\` for the \`anthropic-beta\` header. Please consult our documentation at platform.claude.com/docs or try again without the header.`,
			})),
};
