import { render } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import Menu from '../../../../src/ui/parts/Menu.svelte';

function show() {
	const first = vi.fn();
	const last = vi.fn();
	const items = [
		{ name: 'Rename', run: first },
		{ name: 'Duplicate', run: vi.fn() },
		{ name: 'Delete', danger: true, run: last },
	];
	render(Menu, { label: 'More', items });
	const button = page.getByRole('button', { name: 'More' });
	return { first, last, button };
}

describe('Menu', () => {
	test('opens on its first item and runs what is chosen, once, with the focus back on the button', async () => {
		const { first, button } = show();
		await button.click();
		await expect.element(page.getByRole('menuitem', { name: 'Rename' })).toHaveFocus();
		await expect.element(button).toHaveAttribute('aria-expanded', 'true');
		await page.getByRole('menuitem', { name: 'Rename' }).click();
		expect(first).toHaveBeenCalledOnce();
		await expect.element(button).toHaveFocus();
		await expect.element(page.getByRole('menuitem')).not.toBeInTheDocument();
	});

	test('is walked with the arrow keys, round its ends', async () => {
		const { last, button } = show();
		button.element().focus();
		await userEvent.keyboard('{ArrowDown}');
		await expect.element(page.getByRole('menuitem', { name: 'Rename' })).toHaveFocus();
		await userEvent.keyboard('{ArrowUp}');
		await expect.element(page.getByRole('menuitem', { name: 'Delete' })).toHaveFocus();
		await userEvent.keyboard('{ArrowDown}{End}{Home}{ArrowDown}');
		await expect.element(page.getByRole('menuitem', { name: 'Duplicate' })).toHaveFocus();
		await userEvent.keyboard('{End}{Enter}');
		expect(last).toHaveBeenCalledOnce();
	});

	test('closes by Escape, which nobody else hears, and gives the focus back', async () => {
		const { button } = show();
		const heard = vi.fn();
		window.addEventListener('keydown', heard);
		await button.click();
		await expect.element(page.getByRole('menuitem', { name: 'Rename' })).toHaveFocus();
		await userEvent.keyboard('{Escape}');
		window.removeEventListener('keydown', heard);
		await expect.element(page.getByRole('menuitem')).not.toBeInTheDocument();
		await expect.element(button).toHaveFocus();
		expect(heard).not.toHaveBeenCalled();
	});

	test('closes by a click elsewhere and by a second click on its button', async () => {
		const { button } = show();
		await button.click();
		await expect.element(page.getByRole('menu')).toBeVisible();
		await userEvent.click(document.documentElement, { position: { x: 600, y: 600 } });
		await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
		await button.click();
		await expect.element(page.getByRole('menu')).toBeVisible();
		await button.click();
		await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
	});
});
