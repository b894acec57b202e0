import axe from 'axe-core';
import { render } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { sha256Hex, toBase64, referenceTo } from '../../../../src/model/attachment';
import CodeTab from '../../../../src/ui/code/CodeTab.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

const hello = JSON.stringify({
	model: 'claude-sonnet-4-5',
	max_tokens: 1024,
	messages: [{ role: 'user', content: 'Hello, Claude' }],
});

const picture = new Uint8Array(900).fill(7);
const base64 = toBase64(picture);

async function withPicture() {
	const sha256 = await sha256Hex(picture);
	const source = { type: 'base64', media_type: 'image/png', data: referenceTo(sha256) };
	return JSON.stringify({
		max_tokens: 1,
		model: 'm',
		messages: [{ role: 'user', content: [{ type: 'image', source }] }],
	});
}

function show(props: { text?: string; target?: string; images?: 'inline' | 'file'; stored?: string | null } = {}) {
	const onoptions = vi.fn();
	const onimport = vi.fn();
	const { text = hello, target = 'curl', images = 'inline', stored = base64 } = props;
	const { rerender } = render(CodeTab, {
		text,
		apiVersion: '2026-10-21',
		headers: [],
		baseUrl: 'https://api.anthropic.com',
		options: { target, images },
		onoptions,
		base64Of: () => Promise.resolve(stored),
		onimport,
	});
	return { onoptions, onimport, rerender };
}

const code = () => page.getByRole('region', { name: /^Request as code/ });

/** What the page hands to the clipboard and to the browser's downloads, instead of their getting it. */
let copied: string[];
let saved: { name: string; blob: Promise<Blob> }[];
beforeEach(() => {
	copied = [];
	saved = [];
	vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
		copied.push(text);
		return Promise.resolve();
	});
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
		saved.push({ name: this.download, blob: fetch(this.href).then((response) => response.blob()) });
	});
});
afterEach(() => vi.restoreAllMocks());

describe('CodeTab', () => {
	test('shows the request in the language that is chosen, and tells of another choice', async () => {
		const { onoptions } = show();
		await expect.element(code()).toHaveTextContent('curl https://api.anthropic.com/v1/messages');
		await expect.element(page.getByRole('radio', { name: 'Shell' })).toBeChecked();
		await page.getByRole('radio', { name: 'Python' }).click();
		expect(onoptions).toHaveBeenCalledExactlyOnceWith({ target: 'python', images: 'inline' });
	});

	test('is walked through by keyboard', async () => {
		const { onoptions } = show();
		page.getByRole('radio', { name: 'Shell' }).element().focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(onoptions).toHaveBeenCalledWith({ target: 'python', images: 'inline' });
		await userEvent.tab();
		await expect.element(page.getByRole('button', { name: 'Copy code' })).toHaveFocus();
		await userEvent.tab();
		await userEvent.tab();
		await expect.element(page.getByRole('button', { name: 'Paste a request' })).toHaveFocus();
		await userEvent.tab();
		await expect.element(code()).toHaveFocus();
	});

	test.each([
		['python', 'pip install "anthropic>=2"', 'import anthropic'],
		['typescript', 'npm install @anthropic-ai/sdk@1', "import Anthropic from '@anthropic-ai/sdk';"],
		['fetch', 'Nothing to install.', 'const response = await fetch('],
		['of a version to come', 'Nothing to install.', 'curl'],
	])('says what %s needs', async (target, install, beginning) => {
		show({ target });
		await expect.element(page.getByText(install)).toBeVisible();
		await expect.element(code()).toHaveTextContent(beginning);
	});

	test('copies the code that is shown', async () => {
		show({ target: 'typescript' });
		await page.getByRole('button', { name: 'Copy code' }).click();
		await expect.poll(() => copied).toEqual([code().element().textContent]);
		await expect.element(page.getByRole('button', { name: 'Copied' })).toBeVisible();
	});

	test('downloads it under a name its language knows', async () => {
		show({ target: 'python' });
		await page.getByRole('button', { name: 'Download request.py' }).click();
		await expect.poll(() => saved.map(({ name }) => name)).toEqual(['request.py']);
		expect(await (await saved[0]?.blob)?.text()).toBe(code().element().textContent);
	});

	test('offers no place for attachments where there are none', async () => {
		show();
		await expect.element(code()).toBeVisible();
		await expect.element(page.getByRole('radiogroup', { name: 'Attachments' })).not.toBeInTheDocument();
	});

	test('names an attachment instead of showing its base64, and copies the base64', async () => {
		show({ text: await withPicture() });
		await expect.element(code()).toHaveTextContent('"data":"base64 of image-1"');
		await page.getByRole('button', { name: 'Copy code' }).click();
		await expect.poll(() => copied).toHaveLength(1);
		expect(copied[0]).toContain(`"data":"${base64}"`);
	});

	test('gives the files that the code reads', async () => {
		const { onoptions } = show({ text: await withPicture(), target: 'python', images: 'file' });
		await expect.element(code()).toHaveTextContent('Path("image-1.png").read_bytes()');
		await page.getByRole('button', { name: 'Download image-1.png' }).click();
		await expect.poll(() => saved.map(({ name }) => name)).toEqual(['image-1.png']);
		expect(new Uint8Array((await (await saved[0]?.blob)?.arrayBuffer()) ?? [])).toEqual(picture);
		await page.getByRole('radio', { name: 'Base64 in the code' }).click();
		expect(onoptions).toHaveBeenCalledExactlyOnceWith({ target: 'python', images: 'inline' });
	});

	test.each(['inline', 'file'] as const)('says so when an attachment is not here (%s)', async (images) => {
		show({ text: await withPicture(), images, stored: null });
		await page.getByRole('button', { name: images === 'file' ? 'Download image-1.png' : 'Copy code' }).click();
		await expect.element(page.getByRole('alert')).toHaveTextContent('image-1');
		expect(saved).toEqual([]);
	});

	test.each(['{"max_tokens":', '[]', ''])('has nothing to copy of %j', async (text) => {
		show({ text });
		await expect.element(page.getByText(/JSON object again/)).toBeVisible();
		await expect.element(page.getByRole('button', { name: /Copy|Download/ })).not.toBeInTheDocument();
	});

	test.each([hello, ''])('takes a request in, whatever the document is (%j)', async (text) => {
		const { onimport } = show({ text });
		await page.getByRole('button', { name: 'Paste a request' }).click();
		expect(onimport).toHaveBeenCalledOnce();
	});

	test('shows a very long request without a colour for every word', async () => {
		const items = Array.from({ length: 12_000 }, (_, index) => index);
		show({ text: JSON.stringify({ items }), target: 'fetch' });
		await expect.element(code()).toHaveTextContent('11999');
		expect(code().element().querySelectorAll('span')).toHaveLength(0);
	});

	test('gives axe nothing to complain about, light or dark', async () => {
		show({ text: await withPicture(), target: 'typescript', images: 'file' });
		await expect.element(code()).toBeVisible();
		for (const theme of ['light', 'dark']) {
			document.documentElement.dataset['theme'] = theme;
			const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
			expect(violations.map(({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html) }))).toEqual([]);
		}
		delete document.documentElement.dataset['theme'];
	});
});
