import { render } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RequestDocument } from '../../../../src/state/request-document.svelte';
import Dialog from '../../../../src/ui/parts/Dialog.svelte';
import History from '../../../../src/ui/request/History.svelte';
import { formOf } from './form-of';

const TEXT = '{"messages": [{"role": "user", "content": "Hi"}], "top_k": 5}';
const undo = '{Control>}z{/Control}';

let request: RequestDocument;
beforeEach(() => {
	request = formOf(TEXT);
	render(History, { history: request });
});

describe('undo', () => {
	test('takes back what was typed into a field of the form', async () => {
		await userEvent.fill(page.getByRole('textbox', { name: 'Text' }), 'Something else');
		await userEvent.keyboard(undo);
		expect(request.text).toBe(TEXT);
	});

	test('is at hand when the button that was pressed has gone, and the focus with it', async () => {
		await userEvent.click(page.getByRole('button', { name: 'Omit top_k' }));
		expect(request.request).not.toHaveProperty('top_k');
		await userEvent.keyboard(undo);
		expect(request.text).toBe(TEXT);
		await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
		expect(request.request).not.toHaveProperty('top_k');
		await userEvent.keyboard(`${undo}{Control>}y{/Control}`);
		expect(request.request).not.toHaveProperty('top_k');
	});

	test.each([
		['a header', 'textbox', 'Header 1 value'],
		['anything else', 'searchbox', 'Search'],
	] as const)('within the field of %s is the browser’s own', async (_what, role, name) => {
		await userEvent.click(page.getByRole('button', { name: 'Omit top_k' }));
		const { text } = request;
		const search = document.body.appendChild(Object.assign(document.createElement('input'), { type: 'search' }));
		search.ariaLabel = 'Search';
		await userEvent.click(page.getByRole(role, { name }));
		await userEvent.keyboard(`words${undo}`);
		search.remove();
		expect(request.text).toBe(text);
	});

	test('keeps out of dialogs', async () => {
		await userEvent.click(page.getByRole('button', { name: 'Omit top_k' }));
		const { text } = request;
		const children = createRawSnippet(() => ({ render: () => '<p>Read this.</p>' }));
		render(Dialog, { title: 'A dialog', open: true, onclose: () => {}, children });
		await userEvent.click(page.getByText('Read this.'));
		await userEvent.keyboard(undo);
		expect(request.text).toBe(text);
	});

	test('has buttons, which are of use only when there is something to do', async () => {
		const back = page.getByRole('button', { name: 'Take back edit' });
		const forth = page.getByRole('button', { name: 'Redo edit' });
		await expect.element(back).toBeDisabled();
		await expect.element(forth).toBeDisabled();
		await userEvent.click(page.getByRole('button', { name: 'Omit top_k' }));
		await userEvent.click(back);
		expect(request.text).toBe(TEXT);
		await expect.element(back).toBeDisabled();
		await userEvent.click(forth);
		expect(request.request).not.toHaveProperty('top_k');
		await expect.element(forth).toBeDisabled();
	});
});
