import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { toBase64 } from '../../../../src/model/attachment';
import type { JsonObject, JsonValue } from '../../../../src/model/json';
import { Attachments, type AttachmentDescription } from '../../../../src/state/attachments.svelte';
import ImageBlock from '../../../../src/ui/request/ImageBlock.svelte';
import { keepFileDialogsClosed } from '../../../fixtures/file-dialog';
import { draw } from '../../../fixtures/pictures';

const sha256 = 'a'.repeat(64);
const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
const ant: AttachmentDescription = { mediaType: 'image/png', width: 812, height: 640, bytes: 214_300, url: dot };
const block = (source: JsonObject) => ({ type: 'image', source });
const attached = block({ type: 'base64', media_type: 'image/png', data: `attachment:sha256-${sha256}` });

function show(value: JsonValue, description: AttachmentDescription | null = ant) {
	const told: unknown[] = [];
	const asked: string[] = [];
	const described = Promise.resolve(description);
	const shown = render(ImageBlock, {
		value,
		describe: (id: string) => {
			asked.push(id);
			return described;
		},
		tier: 'standard',
		onurl: (url: string) => told.push(url),
		onreplace: (files: File[]) => told.push(files.map(({ name }) => name)),
		onremove: () => told.push('remove'),
	});
	return { told, asked, ...shown };
}

let openFileDialogs: () => void;
beforeEach(() => {
	openFileDialogs = keepFileDialogsClosed();
});
afterEach(() => openFileDialogs());

describe('ImageBlock', () => {
	test('shows an attachment with its type, pixels, size and tokens', async () => {
		show(attached);
		const image = await screen.findByRole('img', { name: 'image/png, 812 × 640 pixels, 214 kB' });
		expect(image.getAttribute('src')).toBe(dot);
		expect(screen.getByText('812 × 640 · 214 kB · ≈ 667 tokens')).toBeDefined();
		expect(screen.queryByText(/declared as/)).toBeNull();
	});

	test('says what the model sees of an image that is larger than it looks at', async () => {
		show(attached, { ...ant, width: 1920, height: 1080 });
		expect(await screen.findByText(/≈ 1,560 tokens, read at 1456 × 819/)).toBeDefined();
	});

	test('says when the block declares another type than the bytes have', async () => {
		show(attached, { ...ant, mediaType: 'image/jpeg' });
		expect(await screen.findByText(', declared as image/png')).toBeDefined();
	});

	test('names an image that this browser cannot draw all the same', async () => {
		show(attached, { ...ant, url: null });
		expect(await screen.findByRole('img', { name: 'image/png, 812 × 640 pixels, 214 kB' })).toBeDefined();
	});

	test('stays as it is while the rest of the request is edited, and shows another attachment in its place', async () => {
		const { asked, rerender } = show(attached);
		const image = await screen.findByRole('img');
		await rerender({ value: structuredClone(attached) });
		expect(screen.getByRole('img')).toBe(image);
		const other = 'b'.repeat(64);
		await rerender({ value: block({ ...attached.source, data: `attachment:sha256-${other}` }) });
		expect(asked.at(-1)).toBe(other);
	});

	test('shows an attachment that was missing once it has come in, and goes on showing it', async () => {
		const kept = new Map<string, Blob>();
		const attachments = new Attachments({
			store: {
				keepAttachment: () => Promise.resolve({ kind: 'saved' }),
				loadAttachment: (id) => Promise.resolve(kept.get(id) ?? null),
			},
			shipped: [],
			fetch: () => Promise.reject(new TypeError('offline')),
		});
		const ignore = () => undefined;
		render(ImageBlock, {
			value: attached,
			describe: (id: string) => attachments.describe(id),
			...{ tier: 'standard', onurl: ignore, onreplace: ignore, onremove: ignore },
		});
		await screen.findByText(/The bytes of this image are not in this browser/);
		kept.set(sha256, new Blob([await draw('image/png', 3, 2)]));
		attachments.lookAgain();
		const image = await screen.findByRole('img', { name: /^image\/png, 3 × 2 pixels/ });
		attachments.lookAgain();
		await tick();
		expect(screen.getByRole('img')).toBe(image);
	});

	test('shows bytes that stand in the text', async () => {
		const png = await draw('image/png', 5, 4);
		show(block({ type: 'base64', media_type: 'image/png', data: toBase64(png) }));
		const image = screen.getByRole<HTMLImageElement>('img', { name: `image/png, 5 × 4 pixels, ${png.length} B` });
		await image.decode();
		expect(image.naturalWidth).toBe(5);
	});

	test('links to an image by URL in a new tab, and does not fetch it', () => {
		const url = 'https://a.example/ant.jpg';
		show(block({ type: 'url', url }));
		const link = screen.getByRole('link', { name: url });
		expect(link.getAttribute('href')).toBe(url);
		expect(link.getAttribute('target')).toBe('_blank');
		expect(link.getAttribute('rel')).toBe('noopener noreferrer');
		expect(document.querySelector('img')).toBeNull();
	});

	test('lets the address be written, and links to nothing that is not one', async () => {
		const { told } = show(block({ type: 'url', url: 'javascript:alert(1)' }));
		expect(screen.queryByRole('link')).toBeNull();
		await userEvent.fill(screen.getByRole('textbox', { name: 'Image URL' }), 'https://a.example/b.png');
		expect(told).toEqual(['https://a.example/b.png']);
	});

	test.each([
		[
			'no source this page knows',
			block({ type: 'hologram' }),
			ant,
			'No image source this page can read; it is sent as it stands.',
		],
		[
			'an attachment that is nowhere',
			attached,
			null,
			'The bytes of this image are not in this browser, and the request is not sent without them.',
		],
		[
			'an attachment that is no image the API takes',
			attached,
			{ ...ant, mediaType: 'application/pdf', width: null, height: null, url: null },
			'Not an image the API takes: application/pdf, 214 kB; it is sent as it stands.',
		],
		[
			'words in place of an image',
			block({ type: 'base64', media_type: 'image/png', data: 'SGVsbG8=' }),
			ant,
			'Not an image the API takes, 5 B; it is sent as it stands.',
		],
	])('says so and shows the JSON of %s', async (_what, value, description, reason) => {
		const { container } = show(value, description);
		expect(await screen.findByText(reason)).toBeDefined();
		expect(JSON.parse(container.querySelector('pre')?.textContent ?? '')).toEqual(value);
		expect(screen.queryByRole('img')).toBeNull();
	});

	test('can be replaced and removed', async () => {
		const { told } = show(attached);
		await userEvent.click(screen.getByRole('button', { name: 'Replace image' }));
		const input = document.querySelector<HTMLInputElement>('input[type=file]');
		expect(input).toMatchObject({ accept: 'image/*', multiple: false });
		await userEvent.upload(input!, new File(['x'], 'other.png'));
		await userEvent.click(screen.getByRole('button', { name: 'Remove block' }));
		expect(told).toEqual([['other.png'], 'remove']);
	});
});
