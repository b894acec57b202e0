import { MessageStream } from '@anthropic-ai/sdk/lib/MessageStream';
import { describe, expect, test } from 'vitest';
import {
	applyEvent,
	blocksToSend,
	emptyReply,
	messageOfReply,
	readCutJson,
	type Reply,
} from '../../../src/model/message';
import { eventsOf, type StreamEvent } from '../../../src/model/server-sent-events';
import everyBlock from '../../fixtures/streams/every-block.sse?raw';

const events = eventsOf([{ at: 0, bytes: new TextEncoder().encode(everyBlock) }]);
const replyTo = (some: readonly StreamEvent[]) => some.reduce(applyEvent, emptyReply);
/** The reply after the events up to the `count`th of this name. */
function replyAfter(name: string, count: number) {
	const index = events.filter((event) => event.name === name)[count - 1]?.index ?? -1;
	return replyTo(events.slice(0, index + 1));
}

describe('applyEvent', () => {
	test('builds the message the official SDK builds', async () => {
		const lines = events.filter(({ name }) => name !== 'ping').map(({ data }) => `${data}\n`);
		const theirs = await MessageStream.fromReadableStream(new Blob(lines).stream()).finalMessage();
		expect(messageOfReply(replyTo(events))).toEqual({ ...theirs, parsed_output: undefined, container: null });
	});

	test('replaces counts by later totals, and lets no null take one away', () => {
		expect(replyTo(events).message?.usage).toEqual({
			input_tokens: 412,
			cache_creation_input_tokens: 0,
			cache_read_input_tokens: 100,
			output_tokens: 71,
			output_tokens_details: { thinking_tokens: 22 },
			service_tier: 'standard',
		});
		const delta = {
			...events[0]!,
			name: 'message_delta',
			json: { type: 'message_delta', delta: {}, usage: { input_tokens: null } },
		};
		expect(applyEvent(replyTo(events), delta).message?.usage).toMatchObject({ input_tokens: 412 });
	});

	test('keeps the JSON of a tool input as text until its block closes', () => {
		expect(replyAfter('content_block_delta', 8).unfinished).toEqual(new Map([[2, '{"city": "Lisb']]));
		expect(replyAfter('content_block_stop', 3).unfinished).toEqual(new Map());
	});

	test('carries blocks it has never heard of', () => {
		expect(replyTo(events).message?.content).toContainEqual({ type: 'block_of_tomorrow', bytes: [1, 2] });
	});

	test.each(['', 'error', 'ping', 'event_of_tomorrow'])('is not moved by an event named %j', (name) => {
		const reply = replyAfter('content_block_start', 1);
		const json = name === '' ? { type: 'message_delta', delta: { stop_reason: 'end_turn' } } : { type: name };
		expect(applyEvent(reply, { ...events[0]!, name, json })).toBe(reply);
	});

	test('is not moved by a delta for a block that is not there, or before the message starts', () => {
		const delta = {
			...events[0]!,
			name: 'content_block_delta',
			json: { type: 'content_block_delta', index: 9, delta: { type: 'text_delta', text: 'x' } },
		};
		const reply = replyAfter('message_start', 1);
		expect(applyEvent(reply, delta)).toBe(reply);
		expect(applyEvent(emptyReply, delta)).toBe(emptyReply);
	});

	test('knows when the message has ended, and takes nothing that follows', () => {
		expect(replyAfter('message_delta', 1).ended).toBe(false);
		const ended = replyTo(events);
		expect(ended.ended).toBe(true);
		expect(events.reduce(applyEvent, ended)).toBe(ended);
	});

	test('changes no reply it was given', () => {
		const before = replyAfter('content_block_start', 2);
		const copy = structuredClone(before);
		events.reduce(applyEvent, before);
		expect(before).toEqual(copy);
	});
});

describe('messageOfReply', () => {
	test('completes a tool input that is still being written', () => {
		const content = messageOfReply(replyAfter('content_block_delta', 9))?.content;
		expect(content).toContainEqual(expect.objectContaining({ type: 'tool_use', input: { city: 'Lisboa' } }));
	});

	test('is null before the message starts', () => {
		expect(messageOfReply(emptyReply)).toBeNull();
	});
});

describe('readCutJson', () => {
	test.each([
		['{"a": [1, 2], "b": {"c": "d"}}', { a: [1, 2], b: { c: 'd' } }],
		['{"a": "b', {}],
		['{"a": "b", "c', { a: 'b' }],
		['{"a": "b", "c"', { a: 'b' }],
		['{"a": "b", "c":', { a: 'b' }],
		['{"a": 12', {}],
		['{"a": 12 ', { a: 12 }],
		['{"a": [1, 23', { a: [1] }],
		['{"a": tr', {}],
		['{"a": true', { a: true }],
		['{"a": ["x", "y"', { a: ['x', 'y'] }],
		['{"a": "\\"}", "b": {"c": "\\', { a: '"}', b: {} }],
		['["{", "}', ['{']],
		['{"a": nonsense}', undefined],
		['', undefined],
	])('reads %j', (text, value) => {
		expect(readCutJson(text)).toEqual(value);
	});
});

describe('blocksToSend', () => {
	test('leaves out what was cut off, and nothing else', () => {
		const types = (reply: Reply) => blocksToSend(reply).map(({ type }) => type);
		expect(types(replyTo(events))).toEqual(['thinking', 'text', 'tool_use', 'block_of_tomorrow']);
		expect(types(replyAfter('content_block_delta', 2))).toEqual([]);
		expect(types(replyAfter('content_block_start', 2))).toEqual(['thinking']);
		expect(types(replyAfter('content_block_delta', 8))).toEqual(['thinking', 'text']);
		expect(blocksToSend(emptyReply)).toEqual([]);
	});
});
