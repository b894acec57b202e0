import { afterEach, describe, expect, test } from 'vitest';
import { examine } from '../../../src/simulator/examine';
import { examineElsewhere } from '../../../src/simulator/examiner';
import { createSimulator } from '../../../src/simulator/simulator';
import { workerStarter } from '../../../src/state/start-worker';

const headers = { 'x-api-key': 'sk-ant-simulated', 'anthropic-version': '2023-06-01' };
const address = 'https://api.anthropic.com/v1/messages';
const arrived = new Request(address, { method: 'POST', headers });
const today = '2026-11-22';

/** 3000 messages, the last of them with `more`. */
function bodyOf(more: object): string {
	const messages = Array.from({ length: 3000 }, () => ({ role: 'user', content: 'Hi' }));
	return JSON.stringify({
		model: 'claude-sonnet-5',
		max_tokens: 1,
		messages: [...messages, { role: 'user', ...more }],
	});
}
const letIn = bodyOf({ content: 'Hi' });
const refused = bodyOf({ content: 'Hi', extra: 1 });

/** Every worker that was started, and those that were let go. */
const started: Worker[] = [];
const ended: Worker[] = [];
/** What is started in place of the page's own worker. */
let instead: (() => Worker) | null = null;
const workers = () =>
	Promise.resolve({
		workerStarter: (name: string, url: string) => {
			const own = workerStarter(name, url);
			return () => {
				const worker = (instead ?? own)();
				started.push(worker);
				const end = worker.terminate.bind(worker);
				worker.terminate = () => {
					ended.push(worker);
					end();
				};
				return worker;
			};
		},
	});

/** A worker that does no more than `source` says. */
function workerOf(source: string): Worker {
	return new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
}

afterEach(() => {
	instead = null;
	started.length = ended.length = 0;
});

describe('examineElsewhere', () => {
	test.each([
		['a request that is let in', letIn],
		['one that the rules refuse', refused],
		['one that is no JSON', '{'],
	])('finds in a worker what is found here of %s, and lets the worker go', async (_, body) => {
		const found = await examineElsewhere(arrived, body, today, workers);
		expect(found).toEqual(await examine(new Headers(headers), body, today));
		expect(started).toHaveLength(1);
		expect(ended).toEqual(started);
	});

	test.each<[string, () => Worker]>([
		[
			'may not be started',
			() => {
				throw new DOMException('Refused', 'SecurityError');
			},
		],
		['breaks', () => workerOf('throw new Error("broken")')],
		['could not load what it needs', () => workerOf('onmessage = () => postMessage(null)')],
	])('finds it here where a worker %s', async (_, start) => {
		instead = start;
		for (const body of [letIn, refused])
			expect(await examineElsewhere(arrived, body, today, workers)).toEqual(
				await examine(new Headers(headers), body, today),
			);
	});

	test.each(['while the worker is at it', 'before it is started'])('is given up with the request, %s', async (when) => {
		instead = () => workerOf('');
		const stop = new AbortController();
		const request = new Request(address, { method: 'POST', headers, signal: stop.signal });
		void examineElsewhere(request, letIn, today, workers);
		if (when === 'before it is started') stop.abort();
		await expect.poll(() => started.length).toBe(1);
		stop.abort();
		await expect.poll(() => ended).toContain(started[0]);
	});
});

describe('a simulated API with workers', () => {
	const api = createSimulator({ now: () => 0, wait: () => Promise.resolve(), workers });
	const sending = (body: string) => api(address, { method: 'POST', headers, body });

	test('has a large request looked into by one, and answers as it would itself', async () => {
		const alone = createSimulator({ now: () => 0, wait: () => Promise.resolve() });
		for (const body of [
			bodyOf({ content: 'Hi '.repeat(50_000) }),
			bodyOf({ content: 'Hi '.repeat(50_000), extra: 1 }),
		]) {
			const [answer, own] = [await sending(body), await alone(address, { method: 'POST', headers, body })];
			expect(answer.status).toBe(own.status);
			expect(await answer.text()).toBe(await own.text());
		}
		expect(started).toHaveLength(2);
	});

	test('looks into a small one itself', async () => {
		expect((await sending('{}')).status).toBe(400);
		expect(started).toEqual([]);
	});
});
