import { flushSync } from 'svelte';
import { toStore } from 'svelte/store';
import { describe, expect, test } from 'vitest';
import { referenceTo, sha256Hex, toBase64 } from '../../../src/model/attachment';
import { insertItem, removeValue, setValue } from '../../../src/model/lens';
import { RequestDocument } from '../../../src/state/request-document.svelte';

const bytes = Uint8Array.from({ length: 3000 }, (_, i) => i & 255);
const base64 = toBase64(bytes);
const reference = referenceTo(await sha256Hex(bytes));

/** A document, what it was given to keep, and a hand on its clock. */
function open(text: string, keep: (sha256: string) => Promise<boolean> = () => Promise.resolve(true)) {
	const kept: string[] = [];
	const clock = { now: 0 };
	const document = new RequestDocument({
		text,
		now: () => clock.now,
		keepAttachment: (sha256) => {
			kept.push(referenceTo(sha256));
			return keep(sha256);
		},
	});
	return { document, kept, clock };
}

describe('RequestDocument', () => {
	test('reads its text, and remembers the last reading while it does not parse', () => {
		const { document } = open('{"max_tokens":1}');
		document.replace('{"max_tokens":1', { origin: 'editor' });
		expect(document.text).toBe('{"max_tokens":1');
		expect(document.request).toEqual({ max_tokens: 1 });
		expect(document.fault).toMatchObject({ offset: 15 });
		document.undo();
		expect(document.draft).toMatchObject({ kind: 'valid' });
		expect(document.fault).toBeNull();
	});

	test('is seen by whoever reads it', () => {
		const { document } = open('{}');
		const seen: [string, boolean][] = [];
		// A store made of a getter hears of it as a component would.
		const stop = toStore((): [string, boolean] => [document.text, document.canUndo]).subscribe((value) =>
			seen.push(value),
		);
		flushSync();
		document.edit(setValue(document.text, ['a'], 1));
		flushSync();
		document.undo();
		flushSync();
		stop();
		expect(seen).toEqual([
			['{}', false],
			['{\n  "a": 1\n}', true],
			['{}', false],
		]);
	});

	test('has one history for every view', () => {
		const { document } = open('{"a":1}');
		document.edit(setValue(document.text, ['a'], 2), { origin: 'form' });
		document.replace('{"a":2,"b":3}', { origin: 'editor' });
		document.undo();
		expect(document.text).toBe('{"a":2}');
		document.undo();
		expect(document.text).toBe('{"a":1}');
		expect([document.canUndo, document.canRedo]).toEqual([false, true]);
		document.redo();
		document.redo();
		expect(document.text).toBe('{"a":2,"b":3}');
	});

	test('undoes together what was typed in one go', () => {
		const { document, clock } = open('{"a":""}');
		for (const words of ['H', 'Hi', 'Hi!']) {
			clock.now += 500;
			document.edit(setValue(document.text, ['a'], words), { group: 'text a' });
		}
		clock.now += 5000;
		document.edit(setValue(document.text, ['a'], 'Hi!?'), { group: 'text a' });
		document.undo();
		expect(document.request).toEqual({ a: 'Hi!' });
		document.undo();
		expect(document.request).toEqual({ a: '' });
	});

	test('tells of every change as edits, and of none when nothing changes', () => {
		const { document } = open('{"a":1}');
		const heard: unknown[] = [];
		const stop = document.onedit((edits, origin) => heard.push([origin, edits, document.text]));
		document.edit(setValue(document.text, ['a'], 1));
		document.edit(setValue(document.text, ['a'], 2));
		document.undo();
		stop();
		document.redo();
		expect(heard).toEqual([
			['form', [{ offset: 5, length: 1, content: '2' }], '{"a":2}'],
			['history', [{ offset: 5, length: 1, content: '1' }], '{"a":1}'],
		]);
	});

	test('begins anew with another document', () => {
		const { document } = open('{"a":1}');
		document.edit(setValue(document.text, ['a'], 2));
		document.load('{"b":');
		expect([document.canUndo, document.canRedo]).toEqual([false, false]);
		expect(document.request).toEqual({});
	});
});

describe('base64 that comes in', () => {
	const full = `{"data": "${base64}"}`;
	const apart = `{"data": "${reference}"}`;

	test('becomes an attachment, kept before the text refers to it', async () => {
		const { promise, resolve } = Promise.withResolvers<boolean>();
		const { document, kept } = open('{}', () => promise);
		document.replace(full, { origin: 'editor' });
		await expect.poll(() => kept).toEqual([reference]);
		expect(document.text).toBe(full);
		resolve(true);
		await document.settled;
		expect(document.text).toBe(apart);
	});

	test('is undone in one step with its taking apart', async () => {
		const { document } = open('{}');
		document.replace(full);
		await document.settled;
		document.undo();
		expect(document.text).toBe('{}');
		document.redo();
		expect(document.text).toBe(apart);
	});

	test('becomes an attachment in a text that is opened or loaded, and that cannot be undone', async () => {
		const { document, kept } = open(full);
		await document.settled;
		expect(document.text).toBe(apart);
		document.load(`[${full}]`);
		await document.settled;
		expect(document.text).toBe(`[${apart}]`);
		expect(kept).toEqual([reference, reference]);
		expect(document.canUndo).toBe(false);
	});

	test('is found where it stands by then', async () => {
		const { promise, resolve } = Promise.withResolvers<boolean>();
		const { document } = open('{}', () => promise);
		document.replace(full);
		document.edit([{ offset: 1, length: 0, content: '"model": "m", ' }]);
		resolve(true);
		await document.settled;
		expect(document.text).toBe(apart.replace('{', '{"model": "m", '));
	});

	test.each([
		['was changed', (document: RequestDocument) => document.edit([{ offset: 10, length: 4, content: '' }])],
		['was undone', (document: RequestDocument) => document.undo()],
		['gave way to another document', (document: RequestDocument) => document.load('{"b":2}')],
	])('is left alone when it %s meanwhile', async (_, change) => {
		const { promise, resolve } = Promise.withResolvers<boolean>();
		const { document } = open('{}', () => promise);
		document.replace(full);
		change(document);
		const { text } = document;
		resolve(true);
		await document.settled;
		expect(document.text).toBe(text);
	});

	test('stays in the text while the disk refuses it, beside what it took, and moves out once there is room', async () => {
		const small = new Uint8Array(2000).fill(7);
		const refused = new Set([await sha256Hex(bytes)]);
		const both = (first: string, second: string) => `{"a": {"data": "${first}"}, "b": {"data": "${second}"}}`;
		const taken = referenceTo(await sha256Hex(small));
		const { document } = open('{}', (sha256) => Promise.resolve(!refused.has(sha256)));
		document.replace(both(base64, toBase64(small)));
		await document.settled;
		expect(document.text).toBe(both(base64, taken));
		refused.clear();
		document.load(document.text);
		await document.settled;
		expect(document.text).toBe(both(reference, taken));
	});

	test('stays in the text when it cannot be kept', async () => {
		const { document } = open(full, () => Promise.reject(new Error('full')));
		await document.settled;
		expect(document.text).toBe(full);
	});
});

describe('what is typed for a value and is no JSON yet', () => {
	const held = (document: RequestDocument) => document.unfinishedAt(['b']);
	const holding = (text: string) => {
		const { document } = open(text);
		document.holdUnfinished(['b'], '[1,');
		expect([held(document), document.text]).toEqual(['[1,', text]);
		return document;
	};

	test.each([
		['is set before it', setValue('{"a":1,"b":2,"c":3}', ['a'], 'much longer')],
		['is set after it', setValue('{"a":1,"b":2,"c":3}', ['c'], 'much longer')],
		['is put in between', [{ offset: 7, length: 0, content: '"new":0,' }]],
		['follows at once', [{ offset: 12, length: 0, content: ',"new":0' }]],
	])('is kept while another value %s, and when that is undone', (_how, edits) => {
		const document = holding('{"a":1,"b":2,"c":3}');
		document.edit(edits);
		expect(held(document)).toBe('[1,');
		document.undo();
		expect(held(document)).toBe('[1,');
	});

	test('goes with its item when others are put above that', () => {
		const { document } = open('{"a":[1,2]}');
		document.holdUnfinished(['a', 1], '[');
		document.edit(insertItem(document.text, ['a'], 0, 0));
		expect([document.unfinishedAt(['a', 1]), document.unfinishedAt(['a', 2])]).toEqual([null, '[']);
	});

	test('is kept for a value that is missing', () => {
		const { document } = open('{"a":{"x":1}}');
		document.holdUnfinished(['a', 'b'], '[');
		expect(document.unfinishedAt(['a', 'b'])).toBe('[');
		expect(document.unfinishedAt(['a', 'x'])).toBeNull();
	});

	test.each([
		['set', (document: RequestDocument) => document.edit(setValue(document.text, ['b'], 3))],
		['taken out', (document: RequestDocument) => document.edit(removeValue(document.text, ['b']))],
		['replaced with the document', (document: RequestDocument) => document.load(document.text)],
	])('is forgotten when its value is %s', (_how, change) => {
		const document = holding('{"a":1,"b":2}');
		change(document);
		expect(held(document)).toBeNull();
		document.undo();
		expect(held(document)).toBeNull();
	});

	test('is forgotten when that is wanted', () => {
		const document = holding('{"b":2}');
		document.holdUnfinished(['b'], null);
		expect(held(document)).toBeNull();
	});

	test('waits while the text does not parse', () => {
		const document = holding('{"a":1,"b":2}');
		document.edit([{ offset: 0, length: 1, content: '' }]);
		document.edit([{ offset: 0, length: 0, content: '{' }]);
		expect(held(document)).toBe('[1,');
	});
});
