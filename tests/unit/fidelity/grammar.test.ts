import { describe, expect, test } from 'vitest';
import { faultsOfRecorded, grammarFaults } from '../../fidelity/grammar';

const event = (data: { type: string; [key: string]: unknown }) =>
	`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const start = event({ type: 'message_start', message: {} });
const block = (index: number) =>
	event({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } });
const delta = (index: number, type = 'text_delta') => event({ type: 'content_block_delta', index, delta: { type } });
const stop = (index: number) => event({ type: 'content_block_stop', index });
const end = event({ type: 'message_delta', delta: {} }) + event({ type: 'message_stop' });
const whole = { type: 'message_start', message: { content: [{ type: 'tool_use' }], stop_reason: 'tool_use' } };
const ping = 'event: ping\ndata: {"type": "ping"}\n\n';

describe('the grammar of a stream', () => {
	test.each([
		['blocks in a row', start + block(0) + ping + delta(0) + stop(0) + block(1) + stop(1) + end],
		['no block at all', start + end],
		['an answer that is there from the beginning', event(whole) + event({ type: 'message_stop' })],
		['an error last', start + block(0) + event({ type: 'error', error: {} })],
		['padding', start.replace('}\n', '   }\n') + end],
	])('has nothing against %s', (_, stream) => expect(grammarFaults(stream)).toEqual([]));

	test.each([
		['a stream that merely ends', start + block(0) + stop(0)],
		['an event after the end', start + end + ping.replace('ping', 'message_start').replace('ping', 'message_start')],
		['a skipped index', start + block(1) + stop(1) + end],
		['blocks inside each other', start + block(0) + block(1) + stop(1) + stop(0) + end],
		['a delta of another block', start + block(0) + delta(1) + stop(0) + end],
		['a delta of another kind', start + block(0) + delta(0, 'input_json_delta') + stop(0) + end],
		['an end without a reason', start + event({ type: 'message_stop' })],
		['a name that is not its type', start.replace('event: message_start', 'event: message_stop') + end],
		['data alone', start + 'data: {"type":"ping"}\n\n' + end],
		['an event that is not closed', (start + end).slice(0, -1)],
		['what is cut inside of its JSON', start + end.slice(0, 40)],
		['a name nobody knows', start + event({ type: 'future' }) + end],
		['a delta nobody knows', start + block(0) + delta(0, 'future_delta') + stop(0) + end],
		['other line ends', (start + end).replaceAll('\n', '\r\n')],
		['a usage that is never sent', event({ type: 'message_start', message: { usage: { iterations: [] } } }) + end],
		['an end that is never sent', start + event({ type: 'message_delta', delta: { diagnostics: null } }) + end],
	])('objects to %s', (_, stream) => expect(grammarFaults(stream)).not.toEqual([]));
});

describe('the grammar of a recorded stream', () => {
	test.each([
		['names nobody knows', start + event({ type: 'future' }) + end],
		['deltas nobody knows', start + block(0) + delta(0, 'future_delta') + stop(0) + end],
		['Windows line ends', (start + end).replaceAll('\n', '\r\n')],
		['no space behind the colon', (start + end).replaceAll(': ', ':')],
		['comments', `: keep-alive\n\n${start}${end}`],
		['an end without a blank line', (start + end).trim()],
		['several answers', start + end + start + end],
	])('has nothing against %s', (_, stream) => expect(faultsOfRecorded(stream)).toEqual([]));

	test.each([
		['a stream that merely ends', start + block(0) + stop(0)],
		['a first answer that merely ends', start + start + end],
		['a delta of another kind of block', start + block(0) + delta(0, 'input_json_delta') + stop(0) + end],
		['a name that is not its type', start.replace('event: message_start', 'event: message_stop') + end],
		['what is cut inside of its JSON', start + end.slice(0, 40)],
		['nothing', ''],
	])('objects to %s', (_, stream) => expect(faultsOfRecorded(stream)).not.toEqual([]));
});
