import { render } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import Dialog from '../../../../src/ui/parts/Dialog.svelte';

const children = createRawSnippet(() => ({ render: () => '<p>What was sent</p>' }));

/** A dialog that is open, and the button that had the focus before. */
async function show() {
	const before = document.body.appendChild(document.createElement('button'));
	const onclose = vi.fn(() => view.rerender({ open: false }));
	const view = render(Dialog, { title: 'Request as sent', open: false, onclose, children });
	before.focus();
	await view.rerender({ open: true });
	return { before, onclose };
}

describe('Dialog', () => {
	test('is named by its title and holds nothing while it is closed', async () => {
		const { onclose } = await show();
		await expect.element(page.getByRole('dialog', { name: 'Request as sent' })).toBeVisible();
		await page.getByRole('button', { name: 'Close' }).click();
		expect(onclose).toHaveBeenCalledOnce();
		await expect.element(page.getByText('What was sent')).not.toBeInTheDocument();
	});

	test('closes by Escape, which nobody else hears, and gives the focus back', async () => {
		const { before, onclose } = await show();
		const heard = vi.fn();
		window.addEventListener('keydown', heard);
		await userEvent.keyboard('{Escape}');
		window.removeEventListener('keydown', heard);
		await expect.poll(() => document.activeElement).toBe(before);
		expect(onclose).toHaveBeenCalledOnce();
		expect(heard).not.toHaveBeenCalled();
	});

	test('closes by a click beside it', async () => {
		const { onclose } = await show();
		await userEvent.click(document.documentElement, { position: { x: 5, y: 5 } });
		await expect.poll(() => onclose.mock.calls.length).toBe(1);
	});
});
