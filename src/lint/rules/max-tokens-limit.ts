import { CHECKED, docs, type Rule } from '../rule';

export const maxTokensLimit: Rule = {
	id: 'max-tokens-limit',
	severity: 'rejected',
	title: "max_tokens is within the model's maximum",
	why: 'Each model has a longest answer; asking for more is refused rather than cut.',
	link: docs('about-claude/models/overview'),
	checked: CHECKED,
	check({ request, model, headers }) {
		const { max_tokens: wanted, model: id } = request;
		const most = model?.maxOutput;
		if (!model || !most || typeof wanted !== 'number' || wanted <= most || typeof id !== 'string') return [];
		// Two beta features raise it. (What is said here must not bring the table of them along: see `PLAIN`.)
		if (headers.some(([, value]) => /\boutput-\d+k-/.test(value))) return [];
		return [
			{
				path: ['max_tokens'],
				message: `${model.name} answers with at most ${most.toLocaleString('en')} tokens.`,
				apiMessage: `max_tokens: ${wanted} > ${most}, which is the maximum allowed number of output tokens for ${id}`,
				fixes: [{ label: `Set max_tokens to ${most}`, changes: [{ kind: 'set', path: ['max_tokens'], value: most }] }],
			},
		];
	},
};
