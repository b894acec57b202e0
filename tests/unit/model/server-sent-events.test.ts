import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEventReader, eventsOf } from '../../../src/model/server-sent-events';
import type { Chunk } from '../../../src/model/run';
import everyBlock from '../../fixtures/streams/every-block.sse?raw';

const encoder = new TextEncoder();

/** The bytes of `text` in pieces of these sizes, over and over, one arriving every millisecond. */
function cut(text: string, sizes: readonly number[]): Chunk[] {
	const bytes = encoder.encode(text);
	const chunks: Chunk[] = [];
	for (let start = 0; start < bytes.length;) {
		const end = start + (sizes[chunks.length % sizes.length] ?? 1);
		chunks.push({ at: chunks.length, bytes: bytes.slice(start, end) });
		start = end;
	}
	return chunks;
}

const read = (text: string) => eventsOf(cut(text, [text.length * 4]));
const untimed = (chunks: readonly Chunk[]) =>
	eventsOf(chunks).map(({ index, name, data, raw }) => ({ index, name, data, raw }));

describe('eventsOf', () => {
	test('reads names, data and JSON', () => {
		expect(read('event: ping\ndata: {"type": "ping"}\n\n')).toEqual([
			{
				index: 0,
				name: 'ping',
				data: '{"type": "ping"}',
				json: { type: 'ping' },
				raw: 'event: ping\ndata: {"type": "ping"}\n\n',
				at: 0,
			},
		]);
	});

	test.each([
		['LF', '\n'],
		['CR', '\r'],
		['CRLF', '\r\n'],
	])('ends lines at %s', (_, end) => {
		expect(read(['event: a', 'data: 1', '', 'event: b', 'data: 2', '', ''].join(end))).toMatchObject([
			{ name: 'a', data: '1' },
			{ name: 'b', data: '2' },
		]);
	});

	test('joins lines of data, takes one space off, and keeps the rest', () => {
		expect(read('data:a\ndata:  b\ndata\n\n')).toMatchObject([{ name: '', data: 'a\n b\n' }]);
	});

	test('passes over a byte order mark at the beginning, comments and unknown fields, and keeps them in the raw text', () => {
		const text = '\uFEFFevent: a\n: a comment\nid: 7\nretry: 10\ndata: 1\n\n';
		expect(read(text)).toMatchObject([{ name: 'a', data: '1', raw: text }]);
	});

	test('gives comments on their own, which would be lost otherwise', () => {
		expect(read(': keep-alive\n\nevent: a\ndata: 1\n\n')).toMatchObject([{ name: '', data: '' }, { name: 'a' }]);
	});

	test('gives the event that was left without its blank line', () => {
		expect(read('event: a\ndata: 1\n\nevent: b\ndata: {"x"')).toMatchObject([
			{ name: 'a' },
			{ name: 'b', data: '{"x"', json: undefined, raw: 'event: b\ndata: {"x"' },
		]);
	});

	test('has no event in nothing, nor in blank lines', () => {
		expect(eventsOf([])).toEqual([]);
		expect(read('\n\r\n\r\r')).toEqual([]);
	});

	test('dates an event by the chunk that completed it', () => {
		const chunks = cut('data: 1\n\ndata: 2\n\n', [8, 4, 6]);
		expect(eventsOf(chunks).map(({ at }) => at)).toEqual([1, 2]);
	});

	test.each([1, 2, 3, 7, 64])('reads the same events when the bytes arrive %i at a time', (size) => {
		for (const end of ['\n', '\r', '\r\n']) {
			const text = everyBlock.replaceAll('\n', end);
			expect(untimed(cut(text, [size]))).toEqual(untimed(cut(text, [text.length * 4])));
		}
	});

	test('reads the same events wherever the bytes are cut, and loses no character', () => {
		const line = fc.oneof(
			fc.constantFrom('', '', 'event: a', 'data: {"é": "🐜"}', 'data', ': hm', 'event:b', '\uFEFF', 'x: y'),
			fc.string({ unit: 'grapheme' }).map((text) => `data: ${text.replaceAll(/[\r\n\uFEFF]/g, '')}`),
		);
		const text = fc
			.array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 20 })
			.map((lines) => lines.flat().join(''));
		fc.assert(
			fc.property(text, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (text, sizes) => {
				const whole = untimed(cut(text, [text.length * 4 + 1]));
				expect(untimed(cut(text, sizes))).toEqual(whole);
				const raw = whole.map((event) => event.raw).join('');
				expect(text.startsWith(raw)).toBe(true);
				expect(text.slice(raw.length)).toMatch(/^[\r\n]*$/);
			}),
		);
	});
});

describe('createEventReader', () => {
	test('gives an event as soon as its blank line is there', () => {
		const reader = createEventReader();
		expect(reader.push({ at: 5, bytes: encoder.encode('data: 1\n') })).toEqual([]);
		expect(reader.push({ at: 9, bytes: encoder.encode('\n') })).toMatchObject([{ data: '1', at: 9 }]);
		expect(reader.end()).toEqual([]);
	});

	test('waits after a CR for no more than the next character', () => {
		const reader = createEventReader();
		expect(reader.push({ at: 5, bytes: encoder.encode('data: 1\r\r') })).toEqual([]);
		expect(reader.push({ at: 9, bytes: encoder.encode('d') })).toMatchObject([
			{ data: '1', raw: 'data: 1\r\r', at: 9 },
		]);
	});
});
