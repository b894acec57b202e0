import { render } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { setValue } from '../../../../src/model/lens';
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

	test('first takes back what never became a number', async () => {
		await userEvent.fill(page.getByRole('textbox', { name: 'Text' }), 'Something else');
		const edited = request.text;
		const field = page.getByRole('spinbutton', { name: 'top_k' });
		await userEvent.clear(field);
		await userEvent.keyboard(undo);
		await expect.element(field).toHaveValue(5);
		expect(request.text).toBe(edited);
		await userEvent.keyboard(undo);
		expect(request.text).toBe(TEXT);
	});

	test('first takes back what is no JSON yet', async () => {
		request.edit(setValue(request.text, ['brand_new'], { deep: 1 }));
		const edited = request.text;
		const field = page.getByRole('textbox', { name: 'brand_new', exact: true });
		await field.fill('{"deep":');
		await userEvent.keyboard(undo);
		await expect.element(field).toHaveValue('{"deep": 1}');
		expect(request.text).toBe(edited);
		await userEvent.keyboard(undo);
		expect(request.text).toBe(TEXT);
	});

	test('takes a number out again without its field having more to say', async () => {
		const warned = vi.spyOn(console, 'warn');
		await page.getByRole('button', { name: 'Set temperature' }).click();
		const field = page.getByRole('spinbutton', { name: 'temperature' });
		await field.clear();
		request.undo();
		await expect.element(field).not.toBeInTheDocument();
		expect(warned).not.toHaveBeenCalled();
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
