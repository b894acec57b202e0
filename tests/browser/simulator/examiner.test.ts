import { describe, expect, test } from 'vitest';
import { examine } from '../../../src/simulator/examine';
import { examineElsewhere } from '../../../src/simulator/examiner';
import { workerStarter } from '../../../src/state/start-worker';

const headers = new Headers({ 'x-api-key': 'sk-ant-simulated', 'anthropic-version': '2023-06-01' });
const arrived = new Request('https://api.anthropic.com/v1/messages', { method: 'POST', headers });
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

describe('examineElsewhere', () => {
	let started = 0;
	const workers = () =>
		Promise.resolve({
			workerStarter: (name: string, url: string) => {
				const start = workerStarter(name, url);
				return () => {
					started++;
					return start();
				};
			},
		});

	test.each([
		['a request that is let in', bodyOf({ content: 'Hi' })],
		['one that the rules refuse', bodyOf({ content: 'Hi', extra: 1 })],
		['one that is no JSON', '{'],
	])('finds in a worker what is found here of %s', async (_, body) => {
		const before = started;
		expect(await examineElsewhere(arrived, body, today, workers)).toEqual(await examine(headers, body, today));
		expect(started).toBe(before + 1);
	});
});
