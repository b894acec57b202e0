import { isJsonArray } from '../../model/json';
import { blocksIn, runsOf, turnsIn, wordsOf, type Block } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

export const emptyText: Rule = {
	id: 'empty-text',
	severity: 'rejected',
	title: 'Text in the last user turn and the system prompt has words',
	why: 'A text block that is empty or only spaces is refused in the last user turn. Earlier in the conversation one was seen to be accepted. An empty block of the system prompt is refused as well.',
	link: docs('api/messages'),
	checked: CHECKED,
	check({ request }) {
		// With a marker on it, it is refused for that.
		const system = isJsonArray(request.system) ? (blocksIn(request.system, ['system']) ?? []) : [];
		const empty = system.filter((block) => wordsOf(block) === '' && (block.value.cache_control ?? null) === null);
		const run = runsOf(turnsIn(request)).findLast((turns) => turns[0]?.role === 'user') ?? [];
		const inTurn = run.flatMap(({ blocks, path }): Fault[] =>
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
		return [...inTurn, ...empty.map(emptyInSystem)];
	},
};

function emptyInSystem({ path, textPath }: Block): Fault {
	return {
		path: textPath,
		message: 'This text block is empty.',
		apiMessage: 'system: text content blocks must be non-empty',
		fixes: [{ label: 'Remove the block', changes: [{ kind: 'remove', path }] }],
	};
}
