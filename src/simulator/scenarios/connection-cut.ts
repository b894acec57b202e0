import type { Step } from '../script';
import { firstHalf } from './breaking';
import { ordinary } from './ordinary';
import type { Scenario } from './scenario';

export const connectionCut: Scenario = {
	id: 'connection-cut',
	title: 'Connection cut in mid-stream',
	about: 'Breaks the connection off half way through the answer, in the middle of an event.',
	async answer(exchange) {
		const script = await ordinary.answer(exchange);
		const steps = firstHalf(script);
		return { ...script, steps: [...steps.slice(0, -1), ...steps.slice(-1).map(halved)], cut: true };
	},
};

function halved({ after, text }: Step): Step {
	return { after, text: text.slice(0, Math.ceil(text.length / 2)) };
}
