import type { Step } from '../script';
import { firstHalf } from './breaking';
import { ordinary } from './ordinary';
import type { Scenario } from './scenario';

/** The words of Chromium's own fetch. */
const NETWORK_ERROR = 'network error';

export const connectionCut: Scenario = {
	id: 'connection-cut',
	title: 'Connection cut in mid-stream',
	about: 'Breaks the connection off half way through the answer, in the middle of an event.',
	async answer(exchange) {
		const script = await ordinary.answer(exchange);
		const steps = firstHalf(script);
		return { ...script, steps: [...steps.slice(0, -1), ...steps.slice(-1).map(halved)], cut: NETWORK_ERROR };
	},
};

function halved({ after, text }: Step): Step {
	return { after, text: text.slice(0, Math.ceil(text.length / 2)) };
}
