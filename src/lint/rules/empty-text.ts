import { runsOf, turnsIn, wordsOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const emptyText: Rule = {
	id: 'empty-text',
	severity: 'rejected',
	title: 'Text in the last user turn has words',
	why: 'A text block that is empty or only spaces is refused in the last user turn. Earlier in the conversation one was seen to be accepted.',
	link: docs('api/messages'),
	checked: CHECKED,
	check({ request }) {
		const run = runsOf(turnsIn(request)).findLast((turns) => turns[0]?.role === 'user') ?? [];
		return run.flatMap(({ blocks, path }) =>
			blocks.flatMap((block) => {
				const words = wordsOf(block);
				// Content that is the empty string is an empty turn, not an empty block.
				const isContent = block.path.length === path.length + 1;
				if (words === null || words.trim() !== '' || (words === '' && isContent)) return [];
				const said = words === '' ? 'must be non-empty' : 'must contain non-whitespace text';
				return [
					{
						path: block.textPath,
						message: words === '' ? 'This text block is empty.' : 'This text holds nothing but spaces.',
						apiMessage: `messages: text content blocks ${said}`,
						fixes: isContent
							? []
							: [{ label: 'Remove the block', changes: [{ kind: 'remove' as const, path: block.path }] }],
					},
				];
			}),
		);
	},
};
