import { createSimulator } from '../src/simulator/simulator';
import { workerStarter } from '../src/state/start-worker';
import { requestOf } from './app';
import { busyWorker } from './checking';
import { longestStandstill, type Bench } from './bench';

/** How long the page stands still while the simulated API takes a large request in, all of whose rules are asked, and answers. */
export const sendManyTurns: Bench = {
	what: 'send 20,000 messages to the simulated API: longest standstill',
	floor: 'a page that does nothing while a worker reads them',
	// It answers after 350 at the earliest: what is over before is not waited for.
	limit: { milliseconds: 200 },
	prepare() {
		const body = requestOf(20_001, 80).replace('{', '{"metadata": {"user_id": "someone"}, ');
		const simulator = createSimulator({
			now: () => Date.now(),
			wait: () => Promise.resolve(),
			workers: () => Promise.resolve({ workerStarter }),
		});
		const busy = busyWorker(body);
		const send = async () => {
			const headers = { 'x-api-key': 'sk-ant-simulated', 'anthropic-version': '2023-06-01' };
			const response = await simulator('https://api.anthropic.com/v1/messages', { method: 'POST', headers, body });
			if (!response.ok) throw new Error(await response.text());
			await response.text();
		};
		return Promise.resolve(async () => ({
			measured: await longestStandstill(send),
			floor: await longestStandstill(busy),
		}));
	},
};
