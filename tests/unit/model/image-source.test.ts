import { describe, expect, test } from 'vitest';
import { imageSourceOf, isWebAddress } from '../../../src/model/image-source';
import type { JsonObject } from '../../../src/model/json';

const image = (source: JsonObject) => ({ type: 'image', source });
const sha256 = '0123456789abcdef'.repeat(4);

describe('imageSourceOf', () => {
	test('knows an attachment by its reference', () => {
		const source = { type: 'base64', media_type: 'image/png', data: `attachment:sha256-${sha256}` };
		expect(imageSourceOf(image(source))).toEqual({ kind: 'attachment', sha256, declared: 'image/png' });
	});

	test('reads bytes that stand in the text', () => {
		const source = { type: 'base64', media_type: 'image/gif', data: 'R0lG' };
		expect(imageSourceOf(image(source))).toMatchObject({
			kind: 'inline',
			bytes: new TextEncoder().encode('GIF'),
			data: 'R0lG',
		});
	});

	test('knows an address and an uploaded file', () => {
		expect(imageSourceOf(image({ type: 'url', url: 'https://a.example/ant.png' }))).toEqual({
			kind: 'url',
			url: 'https://a.example/ant.png',
		});
		expect(imageSourceOf(image({ type: 'file', file_id: 'file_1' }))).toEqual({ kind: 'file', id: 'file_1' });
	});

	test.each([
		null,
		'image',
		{ type: 'image' },
		image({}),
		image({ type: 'url' }),
		image({ type: 'file', file_id: 1 }),
		image({ type: 'base64', media_type: 'image/png' }),
		image({ type: 'base64', data: 'R0lG' }),
		image({ type: 'base64', media_type: 'image/png', data: 'not base64!' }),
		image({ type: 'base64', media_type: 'image/png', data: `see attachment:sha256-${sha256}` }),
		image({ type: 'hologram', url: 'https://a.example/' }),
	])('does not guess what %j is', (block) => {
		expect(imageSourceOf(block)).toEqual({ kind: 'unknown' });
	});
});

test.each([
	['https://a.example/ant.png', true],
	['http://localhost:8080/ant.png', true],
	['https://', false],
	['javascript:alert(1)', false],
	['data:image/png;base64,AAAA', false],
	['ant.png', false],
])('isWebAddress says of %s: %s', (url, is) => {
	expect(isWebAddress(url)).toBe(is);
});
