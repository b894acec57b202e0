import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Library } from '../../../../src/state/library.svelte';
import { Settings } from '../../../../src/state/settings.svelte';
import { databaseName, indexedDatabase, memoryDatabase } from '../../../../src/store/database';
import { Store } from '../../../../src/store/store';
import LibraryPane from '../../../../src/ui/library/Library.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

const examples = [
	{ id: 'hello', title: 'Hello, Claude', text: '{}' },
	{ id: 'turns', title: 'Multiple turns', text: '{}' },
];

async function show({ words = [] as readonly string[], open = indexedDatabase } = {}) {
	const store = new Store(open(databaseName(`/test/${crypto.randomUUID()}/`)));
	let now = Date.parse('2026-11-22T12:00:00Z');
	const library = new Library({
		store,
		channel: new BroadcastChannel(store.name),
		newId: () => crypto.randomUUID(),
		now: () => now,
		after: () => () => {},
	});
	const ids = words.map((content) => {
		now += 1000;
		const text = JSON.stringify({ messages: [{ role: 'user', content }] });
		return library.create({ text, apiVersion: '2023-06-01', headers: [], target: { kind: 'simulated' } }).id;
	});
	await library.flush();
	await library.start();
	const settings = new Settings({ store });
	const called = { onopen: vi.fn(), onnew: vi.fn(), onexample: vi.fn() };
	const openId = ids.at(-1) ?? null;
	// As the page places it: a pane with a height of its own.
	const target = document.body.appendChild(document.createElement('div'));
	target.style.height = '600px';
	target.style.width = '252px';
	render(LibraryPane, { target, props: { library, settings, examples, openId, ...called } });
	return { library, settings, ids, target, ...called };
}

const saved = page.getByRole('list', { name: 'Saved conversations' });
const row = (title: string) => saved.getByRole('listitem').filter({ hasText: title });
const shownTitles = () =>
	saved
		.getByRole('listitem')
		.elements()
		.map((item) => item.querySelector('button')?.textContent?.trim());

async function choose(title: string, name: string) {
	await row(title).getByRole('button', { name: 'More' }).click();
	await page.getByRole('menuitem', { name }).click();
}

describe('the library pane', () => {
	test('names what is saved and opens it', async () => {
		const { ids, onopen, onnew } = await show({ words: ['Latin for ant', 'Describe LLMs'] });
		await expect.element(page.getByRole('navigation', { name: 'Library' })).toBeVisible();
		await expect.poll(shownTitles).toEqual(['Describe LLMs', 'Latin for ant']);
		await expect
			.element(saved.getByRole('button', { name: 'Describe LLMs', exact: true }))
			.toHaveAttribute('aria-current', 'true');
		const ant = saved.getByRole('button', { name: 'Latin for ant', exact: true });
		await expect.element(ant).not.toHaveAttribute('aria-current');
		await ant.click();
		expect(onopen).toHaveBeenCalledExactlyOnceWith(ids[0]);
		await page.getByRole('button', { name: 'New conversation' }).click();
		expect(onnew).toHaveBeenCalledOnce();
	});

	test('opens an example', async () => {
		const { onexample } = await show();
		await page.getByRole('list', { name: 'Examples' }).getByRole('button', { name: 'Multiple turns' }).click();
		expect(onexample).toHaveBeenCalledExactlyOnceWith(examples[1]);
	});

	test('finds by title as it is typed, and says when nothing is found', async () => {
		await show({ words: ['Café au lait', 'Latin for ant'] });
		const search = page.getByRole('searchbox', { name: 'Search conversations' });
		await search.fill('cafe');
		expect(shownTitles()).toEqual(['Café au lait']);
		await search.fill('bee');
		await expect.element(page.getByText('No title has these words.')).toBeVisible();
	});

	test('renames in place: Enter keeps the name, Escape the old one, and the focus comes back', async () => {
		await show({ words: ['Latin for ant'] });
		await choose('Latin for ant', 'Rename');
		const title = page.getByRole('textbox', { name: 'Title' });
		await expect.element(title).toHaveFocus();
		await userEvent.keyboard('Insects{Enter}');
		const button = saved.getByRole('button', { name: 'Insects', exact: true });
		await expect.element(button).toHaveFocus();
		await choose('Insects', 'Rename');
		await title.fill('Birds');
		const heard = vi.fn();
		window.addEventListener('keydown', heard);
		await userEvent.keyboard('{Escape}');
		window.removeEventListener('keydown', heard);
		await expect.element(button).toHaveFocus();
		expect(heard).not.toHaveBeenCalled();
	});

	test('pins, and duplicates what it then opens', async () => {
		const { library, onopen } = await show({ words: ['Latin for ant', 'Describe LLMs'] });
		await choose('Latin for ant', 'Pin');
		await expect.poll(shownTitles).toEqual(['Latin for ant', 'Describe LLMs']);
		await expect.element(row('Latin for ant').getByText('Pinned')).toBeVisible();
		await choose('Latin for ant', 'Duplicate');
		await expect.element(row('Latin for ant (copy)')).toBeVisible();
		const copy = library.summaries.find(({ title }) => title === 'Latin for ant (copy)');
		expect(onopen).toHaveBeenCalledExactlyOnceWith(copy?.id);
	});

	test('deletes, goes on from the next one, and undoes it without anything moving', async () => {
		await show({ words: ['one', 'two', 'three'] });
		const theme = page.getByRole('combobox', { name: 'Theme' });
		const before = theme.element().getBoundingClientRect();
		await choose('two', 'Delete');
		await expect.element(saved.getByRole('button', { name: 'one', exact: true })).toHaveFocus();
		expect(shownTitles()).toEqual(['three', 'one']);
		await expect.element(page.getByText('Deleted “two”')).toBeVisible();
		expect(theme.element().getBoundingClientRect()).toEqual(before);
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect.poll(shownTitles).toEqual(['three', 'two', 'one']);
		await expect.element(page.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();

		await choose('three', 'Delete');
		await page.getByRole('button', { name: 'Dismiss' }).click();
		await expect.element(page.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
		for (const title of ['two', 'one']) await choose(title, 'Delete');
		await expect.element(page.getByRole('searchbox')).toHaveFocus();
	});

	test('sets the theme', async () => {
		const { settings } = await show();
		await page.getByRole('combobox', { name: 'Theme' }).selectOptions('Dark');
		expect(settings.values.theme).toBe('dark');
	});

	test('draws only the rows in view of a long list, and the others as they are scrolled to', async () => {
		await show({ words: Array.from({ length: 300 }, (_, n) => `conversation ${n}`), open: memoryDatabase });
		await expect.element(saved.getByRole('button', { name: 'conversation 299', exact: true })).toBeVisible();
		const rows = saved.getByRole('listitem');
		expect(rows.elements().length).toBeLessThan(40);
		await expect.element(rows.first()).toHaveAttribute('aria-setsize', '300');
		const scroller = saved.element().parentElement!; // the list is inside it
		scroller.scrollTop = scroller.scrollHeight;
		await expect.element(saved.getByRole('button', { name: 'conversation 0', exact: true })).toBeVisible();
		await expect.element(rows.last()).toHaveAttribute('aria-posinset', '300');
		expect(rows.elements().length).toBeLessThan(40);
	});

	test('says when this browser keeps nothing', async () => {
		await show({ open: memoryDatabase });
		await expect.element(page.getByText('This browser lets the page keep nothing')).toBeVisible();
	});

	test.each(['light', 'dark'])('has nothing for axe to find in the %s theme', async (theme) => {
		document.documentElement.dataset.theme = theme;
		const { target } = await show({ words: ['Latin for ant', 'Describe LLMs'] });
		await choose('Latin for ant', 'Delete');
		await expect.element(page.getByRole('button', { name: 'Undo' })).toBeVisible();
		const { violations } = await axe.run(target);
		delete document.documentElement.dataset.theme;
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
	});
});
