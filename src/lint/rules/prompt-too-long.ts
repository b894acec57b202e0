import { CHECKED, docs, type Rule } from '../rule';

export const promptTooLong: Rule = {
	id: 'prompt-too-long',
	severity: 'surprising',
	title: 'A prompt fits into the context window',
	why: 'What is longer is refused. How many tokens it is, only the API can count exactly; this page estimates it.',
	link: docs('build-with-claude/context-windows'),
	checked: CHECKED,
	check({ tokens = 0, model }) {
		const window = model?.contextWindow ?? Infinity;
		if (tokens <= window) return [];
		return [
			{
				path: ['messages'],
				message: `The prompt is about ${tokens.toLocaleString('en')} tokens; the window of the model has ${window.toLocaleString('en')}.`,
				apiMessage: `prompt is too long: ${tokens} tokens > ${window} maximum`,
			},
		];
	},
};
