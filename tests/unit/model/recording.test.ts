import { describe, expect, test } from 'vitest';
import { textOf } from '../../../src/model/answer';
import { recordingIn, scenarioOf } from '../../../src/model/recorded-scenario';
import { canRecord, recordingOf } from '../../../src/model/recording';
import type { Run } from '../../../src/model/run';
import { runWith } from '../../fixtures/runs';

const KEY = 'sk-ant-api03-canary0canary1canary2canary3-Zq9w';
const question = JSON.stringify({ messages: [{ role: 'user', content: 'Hello, Claude' }] });

function asked(run: Run, text = question): Run {
	return { ...run, request: { ...run.request, text } };
}

function inPieces(text: string, size: number): Run['chunks'] {
	const bytes = new TextEncoder().encode(text);
	const places = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => index * size);
	return places.map((place) => ({ at: place, bytes: bytes.slice(place, place + size) }));
}

describe('a recording', () => {
	test('holds the answer as it came, and nothing of the request but its first words', () => {
		const run = asked(
			runWith({ body: '{"a":1}', headers: [['x-odd', '1']], ending: { kind: 'broken', reason: 'gone' } }),
		);
		expect(recordingOf(run, 'one', null)).toEqual({
			version: 1,
			id: 'one',
			name: 'Hello, Claude',
			recordedAt: run.startedAt,
			api: 'https://api.anthropic.com',
			response: run.response,
			chunks: run.chunks,
			ending: { kind: 'broken', reason: 'gone' },
			duration: 20,
		});
	});

	test('is told from others by the status where that is no good one', () => {
		expect(recordingOf(asked(runWith({ status: 429 })), 'one', null)?.name).toBe('Hello, Claude (429)');
	});

	test.each<[string, Partial<Run>]>([
		['the simulated API answered', { target: { kind: 'simulated' } }],
		['nobody answered', { response: null, ending: { kind: 'no-answer', cause: 'unreachable', reason: '' } }],
		['was never sent', { response: null, ending: { kind: 'not-sent', cause: 'key-missing', reason: '' } }],
		['is under way', { ending: null }],
	])('is not made of a run that %s', (_, change) => {
		const run = { ...runWith({}), ...change };
		expect(canRecord(run)).toBe(false);
		expect(recordingOf(run, 'one', null)).toBeNull();
	});

	test.each([1, 2, 7, 40, 1000])('hides a key in the answer, also when it comes %i bytes at a time', (size) => {
		const said = `{"text":"ä ${KEY} and my-own-secret, €"}`;
		const chunks = inPieces(said, size);
		const recording = recordingOf({ ...runWith({}), chunks }, 'one', 'my-own-secret');
		expect(textOf(recording!.chunks)).toBe(`{"text":"ä ${'*'.repeat(KEY.length - 4)}Zq9w and *********cret, €"}`);
		expect(recording!.chunks.map(({ at, bytes }) => [at, bytes.length])).toEqual(
			chunks.map(({ at, bytes }) => [at, bytes.length]),
		);
		expect(textOf(chunks)).toBe(said);
	});

	test('hides a key in its name and its headers', () => {
		const text = JSON.stringify({ messages: [{ role: 'user', content: `Is ${KEY} good?` }] });
		const recording = recordingOf(asked(runWith({ headers: [['x-echo', KEY]] }), text), 'one', null);
		expect(JSON.stringify(recording)).not.toContain(KEY);
		expect(recording?.name).toBe('Is sk-ant-…Zq9w good?');
	});
});

describe('the scenario of a recording', () => {
	test('is told from the others', () => {
		expect(recordingIn(scenarioOf('one'))).toBe('one');
		expect(recordingIn('ordinary')).toBeNull();
	});
});
