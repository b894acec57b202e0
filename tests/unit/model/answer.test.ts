import { describe, expect, test } from 'vitest';
import { answerOf, headerOf, messageOf, textOf } from '../../../src/model/answer';
import everyBlock from '../../fixtures/streams/every-block.sse?raw';
import { runWith, STREAM } from '../../fixtures/runs';

describe('answerOf', () => {
	test('is nothing before the status line', () => {
		expect(answerOf(runWith({ status: null }))).toEqual({ kind: 'none' });
	});

	test('reads a stream by its content type', () => {
		expect(
			answerOf(runWith({ headers: [['Content-Type', 'Text/Event-Stream']], body: 'event: ping\ndata: {}\n\n' })),
		).toMatchObject({
			kind: 'stream',
			events: [{ name: 'ping', at: 12 }],
		});
	});

	test('keeps the text of a body to the letter, JSON or not', () => {
		expect(answerOf(runWith({ body: '\uFEFF{"a": 1.0}' }))).toMatchObject({
			text: '\uFEFF{"a": 1.0}',
			json: undefined,
		});
		expect(answerOf(runWith({ body: ' {"a": 1.0} ' }))).toEqual({ kind: 'body', text: ' {"a": 1.0} ', json: { a: 1 } });
		expect(answerOf(runWith({ body: '<html>' }))).toEqual({ kind: 'body', text: '<html>', json: undefined });
	});
});

describe('messageOf', () => {
	test('finds the message of a plain answer and of a stream', () => {
		expect(messageOf(runWith({ body: '{"type":"message","content":[]}' }))).toEqual({ type: 'message', content: [] });
		expect(messageOf(runWith({ headers: STREAM, body: everyBlock }))).toMatchObject({ stop_reason: 'tool_use' });
	});

	test('finds none in an error', () => {
		expect(messageOf(runWith({ status: 400, body: '{"type":"error"}' }))).toBeNull();
	});
});

test('headerOf minds no case', () => {
	const { response } = runWith({ headers: [['Request-Id', 'req_1']] });
	expect(headerOf(response!, 'request-id')).toBe('req_1');
	expect(headerOf(response!, 'retry-after')).toBeNull();
});

test('textOf decodes characters cut between chunks', () => {
	const bytes = new TextEncoder().encode('🐜');
	expect(textOf([1, 2, 3, 4].map((at) => ({ at, bytes: bytes.slice(at - 1, at) })))).toBe('🐜');
});
