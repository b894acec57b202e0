import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	fromBase64,
	putBack,
	referencesIn,
	referenceTo,
	sha256Hex,
	takeApart,
	toBase64,
} from '../../../src/model/attachment';
import { applyEdits } from '../../../src/model/edit';

const bytesOf = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * seed * 7 + (i >> 8)) & 255);
const base64 = toBase64(bytesOf(3000));
const long = fc.integer({ min: 769, max: 2000 }).map((length) => toBase64(bytesOf(length, length)));

/** What a text becomes with its attachments taken out, and what it becomes again. */
async function thereAndBack(text: string) {
	const { edits, attachments } = await takeApart(text);
	const apart = applyEdits(text, edits);
	const back = putBack(apart, (sha256) => {
		const bytes = attachments.get(sha256);
		return bytes && toBase64(bytes);
	});
	return { apart, attachments, back: back.text };
}

describe('takeApart', () => {
	test('puts a reference in the place of long base64 and hands over the bytes', async () => {
		const { apart, attachments } = await thereAndBack(`{"source": {"type": "base64", "data" :\n"${base64}"}}`);
		const sha256 = await sha256Hex(bytesOf(3000));
		expect(apart).toBe(`{"source": {"type": "base64", "data" :\n"attachment:sha256-${sha256}"}}`);
		expect(attachments).toEqual(new Map([[sha256, bytesOf(3000)]]));
	});

	test('works on text that does not parse', async () => {
		expect((await thereAndBack(`{"data": "${base64}" "data":"${base64}", `)).attachments.size).toBe(1);
	});

	test.each([
		['base64 that is short enough', '"data": "' + toBase64(bytesOf(768)) + '"'],
		['base64 with a line break', `"data": "${base64.slice(0, 76)}\\n${base64.slice(76)}"`],
		['base64 with an escape', `"data": "\\u0041${base64.slice(1)}"`],
		['base64 without its padding', `"data": "${toBase64(bytesOf(3001)).replace(/=+$/, '')}"`],
		['base64 whose last bits are not zero', `"data": "${toBase64(bytesOf(3001)).replace(/.==$/, 'B==')}"`],
		['base64 for addresses', `"data": "${'ab_-'.repeat(1000)}"`],
		['words', `"data": "${'Hello, Claude. '.repeat(100)}"`],
		['base64 under another name', `"url": "${base64}"`],
		['a string that is not closed', `"data": "${base64}`],
	])('leaves %s as text', async (_, text) => {
		expect((await takeApart(text)).edits).toEqual([]);
	});

	test('comes back the same, whatever the text', async () => {
		const piece = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 10 }),
			fc.constantFrom('{', '"', '"data"', '"data":', '"data" : "', ',', '\\', '=', referenceTo('0'.repeat(64))),
			fc.constantFrom('\n', 'A', '"}').chain((end) => long.map((data) => `"data": "${data}${end}`)),
			long,
		);
		await fc.assert(
			fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
				const text = pieces.join('');
				expect((await thereAndBack(text)).back).toBe(text);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('putBack and referencesIn', () => {
	const [one, other] = ['1'.repeat(64), '2'.repeat(64)];
	const text = `{"data":"attachment:sha256-${one}","text":"attachment:sha256-${other}","x":"attachment:sha256-${one}"}`;

	test('name each attachment once', () => {
		expect(referencesIn(text)).toEqual([one, other]);
		expect(referencesIn(`an attachment:sha256-${one} within words, "attachment:sha256-12"`)).toEqual([]);
	});

	test('leave a reference to what is not there, and say so', () => {
		expect(putBack(text, (sha256) => (sha256 === one ? 'AAAA' : undefined))).toEqual({
			text: `{"data":"AAAA","text":"attachment:sha256-${other}","x":"AAAA"}`,
			missing: [other],
		});
	});
});

describe('base64', () => {
	test('is written and read as everyone does', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 100 }), (any) => {
				const bytes = Uint8Array.from(any);
				expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
				expect(fromBase64(toBase64(bytes))).toEqual(bytes);
			}),
		);
		expect(toBase64(bytesOf(100_000))).toBe(Buffer.from(bytesOf(100_000)).toString('base64'));
	});

	test.each(['A', 'AA', 'AA=', 'AB==', 'AA==A', ' AA==', 'AA==\n', 'é', '-_=='])(
		'%j is none that comes back',
		(text) => {
			expect(fromBase64(text)).toBeNull();
		},
	);
});

test('sha256Hex gives the digest as lower-case digits', async () => {
	expect(await sha256Hex(new TextEncoder().encode('abc'))).toBe(
		'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
	);
});
