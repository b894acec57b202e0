import { describe, expect, test } from 'vitest';
import type { Recording } from '../../../src/model/recording';
import { replay } from '../../../src/simulator/replay';

const encoder = new TextEncoder();
const recording: Recording = {
	version: 1,
	id: 'one',
	name: 'One',
	recordedAt: '2026-11-22T12:00:00.000Z',
	api: 'https://api.anthropic.com',
	response: {
		at: 100,
		status: 529,
		statusText: 'Overloaded',
		headers: [
			['content-type', 'text/event-stream'],
			['request-id', 'req_1'],
		],
	},
	// The euro sign is cut in two.
	chunks: [
		{ at: 150, bytes: new Uint8Array([0xe2, 0x82]) },
		{ at: 150, bytes: new Uint8Array([0xac]) },
		{ at: 400, bytes: encoder.encode('end') },
	],
	ending: { kind: 'complete' },
	duration: 1000,
};

/** A clock that only waiting moves on, and too far by `late` each time; where it stood when each chunk came, and at the end. */
async function played(given: Recording, late = 0) {
	let time = 5000;
	const wait = async (milliseconds: number, signal: AbortSignal) => {
		signal.throwIfAborted();
		// Whoever reads has had the chunk before by then.
		await new Promise(setImmediate);
		time += milliseconds + late;
	};
	const response = await replay(given, { now: () => time, wait }, new AbortController().signal);
	const head = time - 5000;
	const chunks: { at: number; bytes: Uint8Array }[] = [];
	const ended = await (async () => {
		try {
			for await (const bytes of response.body ?? []) chunks.push({ at: time - 5000, bytes });
			return 'complete';
		} catch (error) {
			return String(error);
		}
	})();
	return { response, head, chunks, ended, duration: time - 5000 };
}

describe('a replay', () => {
	test('gives the status, the headers and every chunk as they were, each at its time', async () => {
		const { response, head, chunks, ended, duration } = await played(recording);
		expect([response.status, response.statusText]).toEqual([529, 'Overloaded']);
		expect([...response.headers]).toEqual(recording.response.headers);
		expect(head).toBe(100);
		expect(chunks).toEqual(recording.chunks);
		expect([ended, duration]).toEqual(['complete', 1000]);
	});

	test('makes up for waits that took too long', async () => {
		const { chunks, duration } = await played(recording, 20);
		expect(chunks.map(({ at }) => at)).toEqual([170, 170, 420]);
		expect(duration).toBe(1020);
	});

	test.each([
		[{ kind: 'broken', reason: 'network error' }, 'TypeError: network error'],
		[{ kind: 'stopped' }, 'TypeError: stopped by hand'],
	] as const)('breaks off where the answer did: %j', async (ending, error) => {
		const { chunks, ended } = await played({ ...recording, ending });
		expect(chunks).toEqual(recording.chunks);
		expect(ended).toBe(error);
	});

	test('has no body where the status allows none', async () => {
		const { response, chunks } = await played({
			...recording,
			response: { ...recording.response, status: 204 },
			chunks: [],
		});
		expect([response.status, response.body, chunks]).toEqual([204, null, []]);
	});

	test.each([
		[999, 'Request denied'],
		[0, ''],
		[1000, ''],
		[200, 'a\u0002b'],
		[200, '€'],
	])(
		'gives a status and a text that come over the wire, but no response can be made with: %i %j',
		async (status, statusText) => {
			const { response, chunks } = await played({
				...recording,
				response: { ...recording.response, status, statusText },
			});
			expect([response.status, response.statusText]).toEqual([status, statusText]);
			expect(chunks).toEqual(recording.chunks);
		},
	);

	test('leaves out what can be no header, rather than fail', async () => {
		const headers = [
			['no name', ''],
			['x-odd', 'a\u0001b'],
			['x-other', '€'],
		] as const;
		const { response } = await played({ ...recording, response: { ...recording.response, headers } });
		expect([...response.headers]).toEqual([['x-odd', 'a\u0001b']]);
	});

	test('ends with the reason when it is stopped, before and in the middle', async () => {
		const stop = new AbortController();
		const wait = (_: number, signal: AbortSignal) => Promise.resolve(signal.throwIfAborted());
		const response = await replay(recording, { now: () => 0, wait }, stop.signal);
		stop.abort(new Error('enough'));
		await expect(response.text()).rejects.toThrow('enough');
		await expect(replay(recording, { now: () => 0, wait }, stop.signal)).rejects.toThrow('enough');
	});
});
