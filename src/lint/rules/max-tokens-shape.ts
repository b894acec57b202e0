import { CHECKED, docs, type Rule } from '../rule';
import { requiredKey, wholeNumber } from '../shape';

export const maxTokensShape: Rule = {
	id: 'max-tokens-shape',
	severity: 'rejected',
	title: 'max_tokens is a whole number',
	why: 'Every request says how long the answer may become; the API has no default. 0 only fills the prompt cache.',
	link: docs('api/messages'),
	checked: CHECKED,
	check: requiredKey('max_tokens', wholeNumber(0, 'must be greater than or equal to 0'), () => ({
		label: 'Set max_tokens to 1024',
		changes: [{ kind: 'set', path: ['max_tokens'], value: 1024 }],
	})),
};
