import type { Step } from '../script';
import { ordinary } from './ordinary';
import type { Scenario } from './scenario';

export const splitCharacter: Scenario = {
	id: 'split-character',
	title: 'Split inside a character',
	about:
		'Sends each piece that holds a character of several bytes (ä, €, 😀) in two, cut in the middle of that character.',
	async answer(exchange) {
		const script = await ordinary.answer({
			...exchange,
			remark: 'Here are characters of two, three and four bytes: ä, € and 😀.',
		});
		return { ...script, steps: script.steps.flatMap((step) => split(step, exchange.pace.delta)) };
	},
};

/** The step in two, the second `later` milliseconds behind the first; as it is when it is plain ASCII. */
function split(step: Step, later: number): Step[] {
	const bytes = typeof step.text === 'string' ? new TextEncoder().encode(step.text) : step.text;
	// A byte from 0xC0 on begins a character of several.
	const begins = bytes.findIndex((byte) => byte >= 0xc0);
	if (begins < 0) return [step];
	return [
		{ after: step.after, text: bytes.slice(0, begins + 1) },
		{ after: later, text: bytes.slice(begins + 1) },
	];
}
