import { render } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import Tabs from '../../../../src/ui/parts/Tabs.svelte';

const tabs = [
	{ id: 'a', name: 'Alpha' },
	{ id: 'b', name: 'Beta', badge: 3 },
	{ id: 'c', name: 'Gamma' },
];
const panel = createRawSnippet<[string]>((id) => ({ render: () => `<p>Panel ${id()}</p>` }));

function show(selected: string) {
	const onselect = vi.fn();
	render(Tabs, { label: 'Letters', tabs, selected, onselect, panel });
	return onselect;
}

describe('Tabs', () => {
	test('names the list, the chosen tab and its panel', async () => {
		show('b');
		await expect.element(page.getByRole('tablist', { name: 'Letters' })).toBeVisible();
		await expect.element(page.getByRole('tab', { name: 'Beta 3', selected: true })).toBeVisible();
		await expect.element(page.getByRole('tabpanel', { name: 'Beta 3' })).toHaveTextContent('Panel b');
		expect(page.getByRole('tab', { selected: false }).elements()).toHaveLength(2);
	});

	test('has one place in the order of the Tab key', () => {
		show('b');
		expect(
			page
				.getByRole('tab')
				.elements()
				.map((tab) => (tab as HTMLElement).tabIndex),
		).toEqual([-1, 0, -1]);
	});

	test('is chosen by a click', async () => {
		const onselect = show('a');
		await userEvent.click(page.getByRole('tab', { name: 'Gamma' }));
		expect(onselect).toHaveBeenCalledExactlyOnceWith('c');
	});

	test.each([
		['{ArrowRight}', 'c'],
		['{ArrowLeft}', 'a'],
		['{End}', 'c'],
		['{Home}', 'a'],
	])('goes with %s to %s, and takes the focus along', async (key, id) => {
		const onselect = show('b');
		page.getByRole('tab', { selected: true }).element().focus();
		await userEvent.keyboard(key);
		expect(onselect).toHaveBeenCalledExactlyOnceWith(id);
		expect(document.activeElement?.textContent).toContain(tabs.find((tab) => tab.id === id)?.name);
	});

	test('goes round at either end', async () => {
		const onselect = show('c');
		page.getByRole('tab', { selected: true }).element().focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(onselect).toHaveBeenCalledExactlyOnceWith('a');
	});
});
