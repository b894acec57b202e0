import { turnsIn, wordsOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const imageAfterQuestion: Rule = {
	id: 'image-after-question',
	severity: 'surprising',
	title: 'Images come before the question about them',
	why: 'Any order is taken. Models answer better when they have seen an image or a document before they read what is asked of it.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	check: ({ request }) =>
		turnsIn(request).flatMap(({ role, path, blocks }) => {
			const last = blocks.at(-1);
			if (role !== 'user' || !last || (last.type !== 'image' && last.type !== 'document')) return [];
			// Several images may each have a word before them, and a screenshot follows the results of tools.
			const words = blocks.filter((block) => wordsOf(block) !== null);
			const asked = blocks.findIndex((block) => block === words[0]);
			if (words.length !== 1 || blocks.some(({ type }) => type === 'tool_result')) return [];
			const list = [...path, 'content'];
			return [
				{
					path: last.path,
					message: `The ${last.type} comes after the words about it; the other way round is answered better.`,
					fixes: [
						{
							label: 'Put the words last',
							changes: [{ kind: 'move' as const, path: list, from: asked, to: blocks.length - 1 }],
						},
					],
				},
			];
		}),
};
