import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import type { Evidence, Outgoing, Send } from '../../../src/api/send';
import type { Ending, Run } from '../../../src/model/run';
import { Exchange } from '../../../src/state/exchange.svelte';

const outgoing: Outgoing = {
	target: { kind: 'simulated' },
	apiVersion: '2023-06-01',
	headers: [],
	text: '{}',
	body: '{}',
	apiKey: null,
};
const request = {
	method: 'POST',
	url: 'https://api.anthropic.com/v1/messages',
	headers: [],
	text: '{}',
	bytes: 2,
} as const;
const start = '{"type":"message_start","message":{"type":"message","content":[],"usage":{"input_tokens":12}}}';
const event = (name: string, data: string) => `event: ${name}\ndata: ${data}\n\n`;
const text = (words: string) =>
	event(
		'content_block_delta',
		JSON.stringify({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: words } }),
	);
const opening =
	event('message_start', start) +
	event('content_block_start', '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}');
const closing =
	event('message_delta', '{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":6}}') +
	event('message_stop', '{"type":"message_stop"}');

/** One call of a `send` made by hand: the test says what arrives and when it ends. */
interface Call {
	readonly signal: AbortSignal;
	readonly record: (evidence: Evidence) => void;
	readonly end: (ending: Ending) => void;
}

/** An exchange whose network, clock and frames are in the test's hands. */
function exchangeByHand() {
	const calls: Call[] = [];
	const ended: Run[] = [];
	let frames: (() => void)[] = [];
	let ids = 0;
	let time = Date.UTC(2026, 10, 22, 12);
	const send: Send = (_outgoing, record, signal) => {
		record({ kind: 'request', request });
		return new Promise((resolve) => calls.push({ signal, record, end: resolve }));
	};
	const exchange = new Exchange({
		send,
		now: () => time,
		newId: () => `run-${++ids}`,
		frame: (callback) => frames.push(callback),
		onended: (run) => ended.push(run),
	});
	return {
		exchange,
		calls,
		ended,
		pass: (milliseconds: number) => (time += milliseconds),
		frames: () => frames.length,
		paint: () => {
			for (const callback of frames.splice(0)) callback();
			frames = [];
			flushSync();
		},
	};
}

function respond({ record }: Call, contentType = 'text/event-stream', status = 200) {
	record({ kind: 'response', response: { at: 5, status, statusText: '', headers: [['content-type', contentType]] } });
}
function say({ record }: Call, words: string, at = 10) {
	record({ kind: 'chunk', chunk: { at, bytes: new TextEncoder().encode(words) } });
}
const shownText = (exchange: Exchange) => (exchange.message?.content as { text: string }[] | undefined)?.[0]?.text;

describe('Exchange', () => {
	test('shows nothing at first', () => {
		const { exchange } = exchangeByHand();
		expect(exchange.phase.kind).toBe('idle');
		expect(exchange).toMatchObject({ busy: false, run: null, message: null, outcome: null, status: '' });
	});

	test('shows the request at once, then the message as it grows, then how it ended', async () => {
		const { exchange, calls, paint, pass, ended } = exchangeByHand();
		const asked = exchange.ask(outgoing, 'conversation-1');
		expect(exchange).toMatchObject({
			busy: true,
			status: 'Run started',
			run: { request, startedAt: '2026-11-22T12:00:00.000Z' },
		});
		const [call] = calls as [Call];
		respond(call);
		say(call, opening + text('Hel'));
		paint();
		expect(shownText(exchange)).toBe('Hel');
		expect(exchange.events).toHaveLength(3);
		say(call, text('lo') + closing);
		paint();
		expect(exchange.busy).toBe(true);
		pass(40);
		call.end({ kind: 'complete' });
		const run = await asked;
		expect(shownText(exchange)).toBe('Hello');
		expect(exchange.outcome).toEqual({ kind: 'finished', stopReason: 'end_turn' });
		expect(exchange.status).toBe('Finished: end_turn, 12 in, 6 out');
		expect(run).toMatchObject({
			id: 'run-1',
			conversation: 'conversation-1',
			duration: 40,
			ending: { kind: 'complete' },
		});
		expect(run.chunks).toHaveLength(2);
		expect(exchange).toMatchObject({ busy: false, run });
		expect(ended).toEqual([run]);
	});

	test('paints once a frame, however much arrives', () => {
		const { exchange, calls, frames, paint } = exchangeByHand();
		void exchange.ask(outgoing, 'c');
		const [call] = calls as [Call];
		paint();
		respond(call);
		say(call, opening);
		for (let index = 0; index < 1000; index++) say(call, text('a'));
		expect(frames()).toBe(1);
		expect(exchange.events).toHaveLength(0);
		paint();
		expect(exchange.events).toHaveLength(1002);
		expect(shownText(exchange)).toHaveLength(1000);
	});

	test('shows the end without waiting for a frame, which a hidden page never gets', async () => {
		const { exchange, calls } = exchangeByHand();
		const asked = exchange.ask(outgoing, 'c');
		const [call] = calls as [Call];
		respond(call);
		say(call, opening + text('Hello') + closing);
		call.end({ kind: 'complete' });
		await asked;
		expect(shownText(exchange)).toBe('Hello');
	});

	test('shows a body that is no stream once it is whole', async () => {
		const { exchange, calls } = exchangeByHand();
		const asked = exchange.ask(outgoing, 'c');
		const [call] = calls as [Call];
		respond(call, 'application/json', 400);
		say(call, '{"type":"error","error":{"type":"invalid_request_error",');
		say(call, '"message":"max_tokens: Field required"}}');
		call.end({ kind: 'complete' });
		await asked;
		expect(exchange.outcome).toMatchObject({ kind: 'refused', status: 400, message: 'max_tokens: Field required' });
	});

	test('stops, and keeps what came', async () => {
		const { exchange, calls } = exchangeByHand();
		const asked = exchange.ask(outgoing, 'c');
		const [call] = calls as [Call];
		respond(call);
		say(call, opening + text('Hel'));
		exchange.stop();
		expect(call.signal.aborted).toBe(true);
		call.end({ kind: 'stopped' });
		await asked;
		expect(shownText(exchange)).toBe('Hel');
		expect(exchange).toMatchObject({ outcome: { kind: 'stopped' }, status: 'Stopped', busy: false });
	});

	test('stops a run that is replaced, and shows nothing of it, however late it speaks', async () => {
		const { exchange, calls, paint, ended } = exchangeByHand();
		const first = exchange.ask(outgoing, 'c');
		const second = exchange.ask(outgoing, 'c');
		const [old, current] = calls as [Call, Call];
		expect(old.signal.aborted).toBe(true);
		respond(current);
		say(current, opening + text('new'));
		paint();
		respond(old);
		say(old, opening + text('old'));
		paint();
		expect(shownText(exchange)).toBe('new');
		old.end({ kind: 'stopped' });
		await first;
		expect(exchange).toMatchObject({ busy: true, run: { id: 'run-2' } });
		current.end({ kind: 'complete' });
		await second;
		expect(ended.map(({ id, ending }) => [id, ending?.kind])).toEqual([
			['run-1', 'stopped'],
			['run-2', 'complete'],
		]);
	});

	test('shows an earlier run in place of the one under way, and announces nothing', async () => {
		const { exchange, calls } = exchangeByHand();
		const asked = exchange.ask(outgoing, 'c');
		const [call] = calls as [Call];
		respond(call);
		say(call, opening + text('kept') + closing);
		call.end({ kind: 'complete' });
		const earlier = await asked;
		const replaced = exchange.ask(outgoing, 'c');
		exchange.show(earlier);
		expect(calls[1]?.signal.aborted).toBe(true);
		calls[1]?.end({ kind: 'stopped' });
		await replaced;
		expect(shownText(exchange)).toBe('kept');
		expect(exchange).toMatchObject({ busy: false, status: '', run: { id: 'run-1' } });
		exchange.show(null);
		expect(exchange.phase.kind).toBe('idle');
	});
});
