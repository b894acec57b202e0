import { describe, expect, test } from 'vitest';
import { grammarFaults } from '../../fidelity/grammar';

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
	])('objects to %s', (_, stream) => expect(grammarFaults(stream)).not.toEqual([]));
});
