import { prefillOf, wordsOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const prefillSpace: Rule = {
	id: 'prefill-space',
	severity: 'rejected',
	title: 'A prefill does not end in a space',
	why: 'The next word brings its own space, so a space or line break at the end of the prefill is refused.',
	link: docs('build-with-claude/working-with-messages'),
	checked: CHECKED,
	check({ request }) {
		const end = prefillOf(request)?.blocks.at(-1);
		const words = end && wordsOf(end);
		if (!end || !words || words === words.trimEnd()) return [];
		return [
			{
				path: end.textPath,
				message: 'The prefill ends in a space or line break.',
				apiMessage: 'messages: final assistant content cannot end with trailing whitespace',
				fixes:
					words.trim() === ''
						? []
						: [{ label: 'Trim the prefill', changes: [{ kind: 'set', path: end.textPath, value: words.trimEnd() }] }],
			},
		];
	},
};
