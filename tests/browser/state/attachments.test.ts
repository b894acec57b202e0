import { afterEach, describe, expect, test } from 'vitest';
import { sha256Hex, toBase64 } from '../../../src/model/attachment';
import { examples, shippedPictures } from '../../../src/lessons/examples';
import type { Written } from '../../../src/model/saved';
import { Attachments } from '../../../src/state/attachments.svelte';
import { draw } from '../../fixtures/pictures';

/** A disk that answers `written` to every write, and remembers what it was given if that is "saved". */
function disk(written: Written = { kind: 'saved' }) {
	const blobs = new Map<string, Blob>();
	const loads: string[] = [];
	return {
		blobs,
		loads,
		keepAttachment: (sha256: string, blob: Blob) => {
			if (written.kind === 'saved') blobs.set(sha256, blob);
			return Promise.resolve(written);
		},
		loadAttachment: (sha256: string) => {
			loads.push(sha256);
			return Promise.resolve(blobs.get(sha256) ?? null);
		},
	};
}

const noFetch = () => Promise.reject(new Error('Nothing was to be fetched.'));
const attachmentsOn = (store: ReturnType<typeof disk>) => new Attachments({ store, shipped: [], fetch: noFetch });
const nobody = 'f'.repeat(64);

describe('Attachments', () => {
	const made: string[] = [];
	afterEach(() => made.splice(0).forEach((url) => URL.revokeObjectURL(url)));

	test('counts an attachment whose bytes the browser cannot read any more as missing', async () => {
		const store = disk();
		const lost = Object.assign(new Blob(['x']), {
			arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
		});
		store.blobs.set(nobody, lost);
		expect(await attachmentsOn(store).base64(nobody)).toBeNull();
	});

	test('gives back the bytes it was given, also to the next page', async () => {
		const store = disk();
		const bytes = await draw('image/png', 20, 10);
		const sha256 = await sha256Hex(bytes);
		await attachmentsOn(store).keep(sha256, bytes);
		const later = attachmentsOn(store);
		expect(await later.base64(sha256)).toBe(toBase64(bytes));
		expect((await later.blob(sha256))?.size).toBe(bytes.length);
	});

	test('are kept again when they are named anew after the disk has lost them', async () => {
		const store = disk();
		const attachments = attachmentsOn(store);
		await attachments.keep(nobody, new Uint8Array([1, 2, 3]));
		store.blobs.clear();
		await attachments.revive([nobody, '0'.repeat(64)]);
		expect([...store.blobs.keys()]).toEqual([nobody]);
	});

	test('are at hand from when they are held, also when the disk loses them before they are asked for', async () => {
		const store = disk();
		await store.keepAttachment(nobody, new Blob(['ant']));
		const attachments = attachmentsOn(store);
		attachments.hold([nobody]);
		store.blobs.clear();
		await attachments.revive([nobody]);
		expect(await store.blobs.get(nobody)?.text()).toBe('ant');
	});

	test('can be used before the disk has answered', async () => {
		const { promise, resolve } = Promise.withResolvers<Written>();
		const store = { ...disk(), keepAttachment: () => promise };
		const attachments = attachmentsOn(store);
		const kept = attachments.keep(nobody, new Uint8Array([1, 2, 3]));
		expect(await attachments.base64(nobody)).toBe('AQID');
		resolve({ kind: 'saved' });
		await kept;
	});

	test('can be used although the disk refused it, and says so until the disk takes it', async () => {
		const answers: Written[] = [
			{ kind: 'full' },
			{ kind: 'failed', reason: 'The disk is gone' },
			{ kind: 'saved' },
			{ kind: 'saved' },
		];
		const store = { ...disk(), keepAttachment: () => Promise.resolve(answers.shift()!) };
		const attachments = attachmentsOn(store);
		expect(attachments.problem).toBeNull();
		await attachments.keep(nobody, new Uint8Array([1]));
		expect(attachments.problem).toBe(
			'One attachment is kept only until this page is closed: the browser has no more room for this page.',
		);
		expect(await attachments.base64(nobody)).toBe('AQ==');
		expect(await attachments.keep('a'.repeat(64), new Uint8Array([2]))).toBe(false);
		expect(attachments.problem).toMatch(/^2 attachments are kept only/);
		expect(await attachments.keep(nobody, new Uint8Array([1]))).toBe(true);
		expect(attachments.problem).toBe('One attachment is kept only until this page is closed: The disk is gone.');
		await attachments.keep('a'.repeat(64), new Uint8Array([2]));
		expect(attachments.problem).toBeNull();
	});

	test('still has what was swept from the disk while the page was open', async () => {
		const store = disk();
		const attachments = attachmentsOn(store);
		await attachments.keep(nobody, new Uint8Array([1]));
		store.blobs.clear();
		expect(await attachments.base64(nobody)).toBe('AQ==');
	});

	test('reads the disk once, but looks again for what was not there', async () => {
		const store = disk();
		const attachments = attachmentsOn(store);
		expect(await attachments.base64(nobody)).toBeNull();
		expect(await attachments.describe(nobody)).toBeNull();
		store.blobs.set(nobody, new Blob(['here']));
		expect(await Promise.all([attachments.blob(nobody), attachments.blob(nobody)])).not.toContain(null);
		expect(await attachments.describe(nobody)).toMatchObject({ bytes: 4 });
		expect(store.loads).toHaveLength(3);
	});

	test('writes short bytes into the text and refers to long ones', async () => {
		const store = disk();
		const attachments = attachmentsOn(store);
		expect(await attachments.dataOf(new Uint8Array(768))).toBe('A'.repeat(1024));
		expect(store.blobs.size).toBe(0);
		const long = new Uint8Array(769);
		const sha256 = await sha256Hex(long);
		expect(await attachments.dataOf(long)).toBe(`attachment:sha256-${sha256}`);
		expect([...store.blobs.keys()]).toEqual([sha256]);
	});

	test('describes an image, with a small picture of it', async () => {
		const attachments = attachmentsOn(disk());
		const bytes = await draw('image/jpeg', 1200, 900);
		await attachments.keep(nobody, bytes);
		const description = await attachments.describe(nobody);
		expect(description).toMatchObject({ mediaType: 'image/jpeg', width: 1200, height: 900, bytes: bytes.length });
		made.push(description!.url!);
		const thumbnail = new Image();
		thumbnail.src = description!.url!;
		await thumbnail.decode();
		expect([thumbnail.naturalWidth, thumbnail.naturalHeight]).toEqual([192, 144]);
		expect(await attachments.describe(nobody)).toBe(description);
	});

	test.each([
		['%PDF-1.7', { mediaType: 'application/pdf', pdf: { pages: null, encrypted: false } }],
		['Hello', { mediaType: null }],
	])('describes %j without a picture', async (content, kind) => {
		const attachments = attachmentsOn(disk());
		await attachments.keep(nobody, new TextEncoder().encode(content));
		expect(await attachments.describe(nobody)).toEqual({
			...kind,
			width: null,
			height: null,
			bytes: content.length,
			url: null,
		});
	});

	test('lets the oldest pictures go once it holds more than a request can', async () => {
		const store = disk();
		const attachments = attachmentsOn(store);
		const ids = Array.from({ length: 1001 }, (_, index) => index.toString(16).padStart(64, '0'));
		await attachments.keep(ids[0]!, await draw('image/png', 8, 8));
		const oldest = await attachments.describe(ids[0]!);
		made.push(oldest!.url!);
		for (const id of ids.slice(1)) {
			store.blobs.set(id, new Blob(['x']));
			await attachments.describe(id);
		}
		await expect(fetch(oldest!.url!)).rejects.toThrow(TypeError);
		const again = await attachments.describe(ids[0]!);
		made.push(again!.url!);
		expect((await fetch(again!.url!)).ok).toBe(true);
	});
});

describe('the pictures that come with the page', () => {
	const [ant] = shippedPictures;
	const sha256 = ant!.sha256;

	test('are loaded when a request refers to them, once, and only then', async () => {
		const asked: string[] = [];
		const attachments = new Attachments({
			store: disk(),
			shipped: shippedPictures,
			fetch: (url) => {
				asked.push(url);
				return fetch(url);
			},
		});
		expect(asked).toEqual([]);
		expect(examples.some(({ text }) => text.includes(`"attachment:sha256-${sha256}"`))).toBe(true);
		expect(await attachments.describe(sha256)).toMatchObject({ mediaType: 'image/jpeg', width: 640, height: 480 });
		expect(await attachments.base64(sha256)).toMatch(/^\/9j\//);
		expect(asked).toEqual([ant!.url]);
	});

	test.each([
		['a page of the host instead', () => Promise.resolve(new Response('<h1>Not found</h1>'))],
		['nothing, being offline', () => Promise.reject(new TypeError('Failed to fetch'))],
	])('are missing, and looked for again, when the host sends %s', async (_what, broken) => {
		let answer: () => Promise<Response> = broken;
		const attachments = new Attachments({ store: disk(), shipped: shippedPictures, fetch: () => answer() });
		expect(await attachments.base64(sha256)).toBeNull();
		answer = () => fetch(ant!.url);
		expect(await attachments.base64(sha256)).not.toBeNull();
	});
});
