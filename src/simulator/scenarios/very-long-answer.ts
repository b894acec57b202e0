import { ordinary } from './ordinary';
import type { Scenario } from './scenario';

const PARAGRAPHS = 200;
/** Each piece comes so much sooner than usual, since there are so many. */
const FASTER = 6;

export const veryLongAnswer: Scenario = {
	id: 'very-long-answer',
	title: 'Very long answer',
	about: 'Goes on for two hundred paragraphs, or until max_tokens ends it.',
	answer({ pace, ...exchange }) {
		const paragraphs = Array.from(
			{ length: PARAGRAPHS },
			(_, index) =>
				`Paragraph ${index + 1} of ${PARAGRAPHS} says nothing. It is here so that the answer grows long, the reader scrolls, and whoever reads along can see whether the page keeps up.`,
		);
		return ordinary.answer({
			...exchange,
			pace: { ...pace, delta: pace.delta / FASTER },
			remark: ['It is very long.', ...paragraphs].join('\n\n'),
		});
	},
};
