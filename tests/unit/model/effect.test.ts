import { expect, test } from 'vitest';
import { effectOf } from '../../../src/model/effect';
import { eventsOf } from '../../../src/model/server-sent-events';
import everyBlock from '../../fixtures/streams/every-block.sse?raw';

const read = (text: string) => eventsOf([{ at: 0, bytes: new TextEncoder().encode(text) }]);

test('says what each event does to the message', () => {
	expect(read(everyBlock).map(effectOf)).toEqual([
		'id ← msg_01, usage.input_tokens ← 412',
		'content[0] ← thinking',
		'no effect',
		'append 9 characters to content[0].thinking',
		'append 10 characters to content[0].thinking',
		'content[0].signature ← 4 characters',
		'content[0] is complete',
		'content[1] ← text',
		'append 5 characters to content[1].text',
		'append 2 characters to content[1].text',
		'add a citation to content[1].citations',
		'content[1] is complete',
		'content[2] ← tool_use',
		'append nothing to the JSON of content[2].input',
		'append 14 characters to the JSON of content[2].input',
		'append 4 characters to the JSON of content[2].input',
		'content[2] is complete',
		'content[3] ← block_of_tomorrow',
		'delta_of_tomorrow on content[3]',
		'content[3] is complete',
		'unknown to this page: no effect',
		'stop_reason ← tool_use, usage.output_tokens ← 71',
		'the message is complete',
	]);
});

test.each([
	[': keep-alive\n\n', 'a comment'],
	['data: {}\n\n', 'no event: line, so clients pass over it'],
	['event: ping\n\n', 'no data'],
	['event: ping\ndata: {\n\n', 'not JSON'],
	['event: x\ndata: {"type":"content_block_delta"}\n\n', '? on content[?]'],
	[
		'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n',
		'overloaded_error: Overloaded',
	],
])('says of %j: %s', (text, effect) => {
	expect(read(text).map(effectOf)).toEqual([effect]);
});
