import { formatIn } from '../answer-format';
import { typeOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const maxTokensZero: Rule = {
	id: 'max-tokens-zero',
	severity: 'rejected',
	title: 'max_tokens 0 only fills the cache',
	why: 'With 0 nothing is produced, so it goes with nothing that shapes an answer: no stream, no manual thinking, no format, no forced tool.',
	link: docs('build-with-claude/prompt-caching'),
	checked: CHECKED,
	check({ request }) {
		if (request.max_tokens !== 0) return [];
		const choice = typeOf(request.tool_choice);
		const clashes = [
			request.stream === true && ['stream'],
			typeOf(request.thinking) === 'enabled' && ['thinking'],
			formatIn(request),
			(choice === 'any' || choice === 'tool') && ['tool_choice'],
		];
		return clashes.flatMap((path) =>
			path ? [{ path, message: `${path.join('.')} asks for an answer, but max_tokens is 0.` }] : [],
		);
	},
};
