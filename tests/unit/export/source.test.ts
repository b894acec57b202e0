import { describe, expect, test } from 'vitest';
import { readSource } from '../../../src/export/source';

const reference = (digit: string) => `attachment:sha256-${digit.repeat(64)}`;
const base64 = (media_type: string, data: string) => ({ source: { type: 'base64', media_type, data } });

describe('readSource', () => {
	test.each(['', '{', '[]', 'null', '"text"', '{"a":1,}', '{"a":1} // no'])('has nothing to write of %j', (text) => {
		expect(readSource(text)).toBeNull();
	});

	test('keeps keys in their order and numbers in their spelling', () => {
		expect(readSource('{"b":1.50,"1":-0,"a":1E400}')?.root.members).toEqual([
			['b', { kind: 'number', spelling: '1.50' }],
			['1', { kind: 'number', spelling: '-0' }],
			['a', { kind: 'number', spelling: '1E400' }],
		]);
	});

	test('takes the last value of a key that is written twice, as JSON readers do', () => {
		expect(readSource('{"a":1,"b":2,"a":3}')?.root.members).toEqual([
			['a', { kind: 'number', spelling: '3' }],
			['b', { kind: 'number', spelling: '2' }],
		]);
	});

	test('names attachments by what they are, in their order, one that occurs twice once', () => {
		const content = [
			base64('image/jpeg', reference('a')),
			base64('application/pdf', reference('b')),
			base64('image/png', reference('c')),
			base64('image/jpeg', reference('a')),
			{ type: 'redacted_thinking', data: reference('d') },
			base64('image/../../etc', reference('e')),
		];
		const source = readSource(JSON.stringify({ messages: [{ content }] }));
		expect(source?.attachments.map(({ name, fileName, place }) => [name, fileName, place])).toEqual([
			['image-1', 'image-1.jpg', 'messages.0.content.0.source.data'],
			['document-1', 'document-1.pdf', 'messages.0.content.1.source.data'],
			['image-2', 'image-2.png', 'messages.0.content.2.source.data'],
			['data-1', 'data-1.bin', 'messages.0.content.4.data'],
			['image-3', 'image-3.bin', 'messages.0.content.5.source.data'],
		]);
	});

	test('takes for a reference only what is one', () => {
		const source = readSource(JSON.stringify({ data: `${reference('a')}b`, text: `see "${reference('b')}"` }));
		expect(source?.attachments).toEqual([]);
	});
});
