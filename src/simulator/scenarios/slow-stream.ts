import { ordinary } from './ordinary';
import type { Scenario } from './scenario';

/** How many times longer everything takes. */
const SLOWER = 12;

export const slowStream: Scenario = {
	id: 'slow-stream',
	title: 'Slow stream',
	about: 'The ordinary answer, but long in coming, and then hesitant: enough time to watch it, or to stop it.',
	answer({ pace, ...exchange }) {
		return ordinary.answer({ ...exchange, pace: { first: pace.first * SLOWER, delta: pace.delta * SLOWER } });
	},
};
