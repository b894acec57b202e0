import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Attachments } from '../../../../src/state/attachments.svelte';
import { CutOff } from '../../../../src/state/cut-off.svelte';
import type { Disk } from '../../../../src/state/disk.svelte';
import { Library } from '../../../../src/state/library.svelte';
import { Settings } from '../../../../src/state/settings.svelte';
import { Transfer } from '../../../../src/state/transfer.svelte';
import { databaseName, indexedDatabase, type Database } from '../../../../src/store/database';
import { memoryDatabase } from '../../../../src/store/memory-database';
import { Store } from '../../../../src/store/store';
import LibraryPane from '../../../../src/ui/library/Library.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

const examples = [
	{ id: 'hello', title: 'Hello, Claude', text: '{}' },
	{ id: 'turns', title: 'Multiple turns', text: '{}' },
];

const untroubled: Partial<Disk> = {};

const saying = (content: string) => JSON.stringify({ messages: [{ role: 'user', content }] });

async function show({
	words = [] as readonly string[],
	open = indexedDatabase,
	disk = untroubled,
	loadTransfer = null as (() => Promise<Transfer>) | null,
	startWorker = undefined as (() => Worker) | undefined,
} = {}) {
	const store = new Store(open(databaseName(`/test/${crypto.randomUUID()}/`)));
	let now = Date.parse('2026-11-22T12:00:00Z');
	const openLibrary = () =>
		new Library({
			store,
			channel: new BroadcastChannel(store.name),
			newId: () => crypto.randomUUID(),
			now: () => now,
			after: () => () => {},
		});
	const library = openLibrary();
	const ids = words.map((content) => {
		now += 1000;
		return library.create({
			text: saying(content),
			apiVersion: '2023-06-01',
			headers: [],
			target: { kind: 'simulated' },
		}).id;
	});
	await library.flush();
	await library.start();
	const settings = new Settings({ store });
	const transfer = new Transfer({
		database: store.database,
		library,
		attachments: new Attachments({ store, shipped: [], fetch: () => Promise.reject(new TypeError('offline')) }),
		keyRing: { read: () => null, state: { kind: 'none' } },
		disk: { protect: () => Promise.resolve() },
		locks: navigator.locks,
		clear: () => Promise.resolve(),
		recount: () => Promise.resolve(),
		now: () => now,
		newId: () => crypto.randomUUID(),
		...(startWorker && { startWorker }),
	});
	const called = { onopen: vi.fn(), onnew: vi.fn(), onexample: vi.fn(), onsettings: vi.fn() };
	const openId = ids.at(-1) ?? null;
	// As the page places it: a pane with a height of its own.
	const target = document.body.appendChild(document.createElement('div'));
	target.style.height = '600px';
	target.style.width = '252px';
	const props = {
		disk: { lost: 0, expected: 0, mishap: null, ...disk },
		library,
		settings,
		examples,
		openId,
		loadTransfer: loadTransfer ?? (() => Promise.resolve(transfer)),
		...called,
	};
	render(LibraryPane, { target, props });
	/** Edit a conversation in another tab. */
	const editElsewhere = async (id: string, content: string) => {
		const other = openLibrary();
		await other.load(id);
		now += 1000;
		other.edit(id, { text: saying(content) });
		await other.close();
	};
	return { library, settings, ids, target, transfer, editElsewhere, ...called };
}

const saved = page.getByRole('list', { name: 'Saved conversations' });
const search = page.getByRole('searchbox', { name: 'Search conversations' });
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

/** The files that the page hands to the browser to be saved while `act` runs: their names and texts. */
async function downloadsOf(act: () => Promise<void>) {
	const found: (readonly [string, Promise<string>])[] = [];
	const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
		found.push([this.download, fetch(this.href).then((response) => response.text())]);
	});
	await act();
	await expect.poll(() => found.length).toBe(1);
	click.mockRestore();
	return Promise.all(found.map(async ([name, text]) => ({ name, text: await text })));
}

/** Gives whether somebody took the files. */
function drop(target: Element, ...files: File[]): boolean {
	const dataTransfer = new DataTransfer();
	for (const file of files) dataTransfer.items.add(file);
	return !target.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
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

	test('finds titles and text as they are typed, and marks them as they were written', async () => {
		await show({ words: ['Café au lait', 'Latin for ant', `${'Many words. '.repeat(30)} And a café.`] });
		await search.fill('cafe');
		await expect.poll(() => shownTitles()?.[0]).toBe('Café au lait');
		await expect.element(page.getByText('2 conversations found')).toBeVisible();
		const marks = () => [...saved.element().querySelectorAll('mark')].map(({ textContent }) => textContent);
		await expect.poll(marks).toEqual(['Café', 'Café', 'café']);
		await expect
			.element(saved.getByRole('button', { name: 'Café au lait', exact: true }))
			.toHaveAccessibleDescription(/ Café au lait$/);
		await search.fill('ant latin');
		await expect.poll(shownTitles).toEqual(['Latin for ant']);
		await expect.element(page.getByText('1 conversation found')).toBeVisible();
	});

	test('says what was searched for when nothing is found, and Escape lists everything again', async () => {
		await show({ words: ['Café au lait', 'Latin for ant'] });
		await search.fill('bee');
		const told = page.getByText('No conversation has “bee” in its title or its text.');
		await expect.element(told).toBeVisible();
		expect(told.element().closest('[aria-live]')).not.toBeNull();
		const heard = vi.fn<(prevented: boolean) => void>();
		const onkeydown = (event: KeyboardEvent) => heard(event.defaultPrevented);
		window.addEventListener('keydown', onkeydown);
		await userEvent.keyboard('{Escape}');
		window.removeEventListener('keydown', onkeydown);
		expect(heard).toHaveBeenCalledExactlyOnceWith(true);
		await expect.element(search).toHaveValue('');
		await expect.poll(shownTitles).toEqual(['Latin for ant', 'Café au lait']);
		expect(saved.element().querySelectorAll('mark')).toHaveLength(0);
	});

	test('lets the arrow keys go from the search into what was found, through it, and back', async () => {
		const { onopen, ids } = await show({ words: ['ant one', 'ant two', 'bee'] });
		await search.fill('ant');
		await expect.poll(shownTitles).toEqual(['ant two', 'ant one']);
		await userEvent.keyboard('{ArrowDown}');
		await expect.element(saved.getByRole('button', { name: 'ant two', exact: true })).toHaveFocus();
		await userEvent.keyboard('{ArrowDown}{ArrowDown}');
		await expect.element(saved.getByRole('button', { name: 'ant one', exact: true })).toHaveFocus();
		await userEvent.keyboard('{Enter}');
		expect(onopen).toHaveBeenCalledExactlyOnceWith(ids[0], expect.any(Function));
		await userEvent.keyboard('{ArrowUp}{ArrowUp}');
		await expect.element(search).toHaveFocus();
	});

	test('keeps up with what is renamed and deleted among what was found', async () => {
		await show({ words: ['ant one', 'ant two'] });
		await search.fill('ant');
		await expect.poll(shownTitles).toEqual(['ant two', 'ant one']);
		await choose('ant one', 'Delete');
		await expect.poll(shownTitles).toEqual(['ant two']);
		await expect.element(page.getByText('1 conversation found')).toBeVisible();
		await choose('ant two', 'Rename');
		await userEvent.keyboard('Bees{Enter}');
		// The text still has the word.
		await expect.poll(shownTitles).toEqual(['Bees']);
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect.poll(shownTitles).toEqual(['ant one', 'Bees']);
	});

	test('draws only the rows in view of all that was found, and starts at the best for another query', async () => {
		await show({ words: Array.from({ length: 300 }, (_, n) => `conversation ${n}`), open: memoryDatabase });
		await search.fill('conversation');
		await expect.element(page.getByText('300 conversations found')).toBeVisible();
		const rows = saved.getByRole('listitem');
		await expect.element(rows.first()).toHaveAttribute('aria-setsize', '300');
		expect(rows.elements().length).toBeLessThan(40);
		const scroller = saved.element().parentElement!; // the list is inside it
		scroller.scrollTop = scroller.scrollHeight;
		await expect.element(saved.getByRole('button', { name: 'conversation 0', exact: true })).toBeVisible();
		await expect.poll(() => rows.last().element().querySelectorAll('mark').length).toBe(2);
		await search.fill('conversation 2');
		await expect.element(saved.getByRole('button', { name: 'conversation 2', exact: true })).toBeVisible();
		expect(scroller.scrollTop).toBe(0);
	});

	test('renames in place: Enter keeps the name, Escape the old one, and the focus comes back', async () => {
		const { library, ids } = await show({ words: ['Latin for ant'] });
		const given = vi.spyOn(library, 'rename');
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
		await expect.element(title).not.toBeInTheDocument();
		await expect.element(button).toHaveFocus();
		expect(heard).not.toHaveBeenCalled();
		// A title that is given up is not given later either, as its field goes.
		expect(given.mock.calls).toEqual([[ids[0], 'Insects']]);
	});

	test('leaves Enter and Escape to whoever composes a title of several keys', async () => {
		const { library } = await show({ words: ['Latin for ant'] });
		const given = vi.spyOn(library, 'rename');
		await choose('Latin for ant', 'Rename');
		const title = page.getByRole('textbox', { name: 'Title' });
		await title.fill('か');
		for (const key of ['Enter', 'Escape'])
			title
				.element()
				.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }));
		await expect.element(title).toHaveFocus();
		await userEvent.keyboard('き{Enter}');
		await expect.element(saved.getByRole('button', { name: 'かき', exact: true })).toHaveFocus();
		expect(given).toHaveBeenCalledOnce();
	});

	test('goes on renaming after a dialog, which takes the focus for as long as it is open', async () => {
		await show({ words: ['Latin for ant'] });
		await choose('Latin for ant', 'Rename');
		const title = page.getByRole('textbox', { name: 'Title' });
		await userEvent.keyboard('Insects');
		const dialog = document.body.appendChild(document.createElement('dialog'));
		dialog.append(document.createElement('button'));
		dialog.showModal();
		await expect.poll(() => document.activeElement).toBe(dialog.firstChild);
		dialog.close();
		dialog.remove();
		await expect.element(title).toHaveFocus();
		await expect.element(title).toHaveValue('Insects');
		await userEvent.keyboard('{Enter}');
		await expect.element(saved.getByRole('button', { name: 'Insects', exact: true })).toBeVisible();
	});

	test.each([
		['in a short list', 3],
		['that has left its place far behind', 300],
	])('goes on renaming a conversation that another tab edits, %s', async (_, many) => {
		const words = ['one uno', ...Array.from({ length: many - 1 }, (_, n) => `conversation ${n}`)];
		const { library, ids, editElsewhere } = await show({ words, open: memoryDatabase });
		const first = ids[0]!; // it was made
		await expect.poll(() => shownTitles()?.[0]).toBe(`conversation ${many - 2}`);
		const scroller = saved.element().parentElement!; // the list is inside it
		scroller.scrollTop = scroller.scrollHeight;
		await expect.element(row('one uno')).toBeInTheDocument();
		await choose('one uno', 'Rename');
		await userEvent.keyboard('Quarterly re');
		await userEvent.keyboard('{ArrowLeft}');
		await editElsewhere(first, 'uno one');
		await expect.poll(() => library.summaries[0]).toMatchObject({ id: first, title: 'uno one' });

		const title = page.getByRole('textbox', { name: 'Title' });
		await expect.element(title).toHaveFocus();
		await expect.element(title).toHaveValue('Quarterly re');
		await userEvent.keyboard('f');
		await expect.element(title).toHaveValue('Quarterly rfe');
		expect(library.titleOf(first)).toBe('uno one');
		await userEvent.keyboard('{Enter}');
		await expect.poll(() => library.titleOf(first)).toBe('Quarterly rfe');
	});

	test('gives the title that was typed when the focus goes elsewhere, and none where nothing was changed', async () => {
		const { library, ids, editElsewhere } = await show({ words: ['one uno'] });
		const id = ids[0]!; // it was made
		await choose('one uno', 'Rename');
		await editElsewhere(id, 'uno one');
		await expect.poll(() => library.titleOf(id)).toBe('uno one');
		await userEvent.keyboard('{Enter}');
		await editElsewhere(id, 'two dos');
		await expect.poll(() => library.titleOf(id)).toBe('two dos');

		await choose('two dos', 'Rename');
		await userEvent.keyboard('Numbers{Tab}');
		await expect.poll(() => library.titleOf(id)).toBe('Numbers');
		await choose('Numbers', 'Rename');
		await userEvent.keyboard('Digits');
		await page.getByRole('heading', { name: 'Examples' }).click();
		await expect.poll(() => library.titleOf(id)).toBe('Digits');
		await expect.element(page.getByRole('textbox', { name: 'Title' })).not.toBeInTheDocument();
	});

	test('gives the title that is being typed when its row goes, since it is found no more', async () => {
		const { library, ids, editElsewhere } = await show({ words: ['one uno', 'uno'] });
		const id = ids[0]!; // it was made
		await search.fill('uno');
		await expect.poll(shownTitles).toEqual(['uno', 'one uno']);
		await choose('one uno', 'Rename');
		await userEvent.keyboard('Numbers');
		await editElsewhere(id, 'two dos');
		await expect.poll(() => library.titleOf(id)).toBe('Numbers');
		await expect.poll(shownTitles).toEqual(['uno']);
	});

	test('names a conversation whose title is blank, as only others write it', async () => {
		const { library } = await show({ words: ['one uno'] });
		const [summary] = library.summaries;
		library.announce([{ id: 'blank', summary: { ...summary!, id: 'blank', title: ' ' } }]); // one was made
		await expect.element(saved.getByRole('button', { name: 'Without a title', exact: true })).toBeVisible();
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

	test('leaves the focus to whoever has gone on elsewhere before a deletion has ended', async () => {
		const { library } = await show({ words: ['one', 'two'] });
		const deleted = Promise.withResolvers<void>();
		const remove = library.remove.bind(library);
		vi.spyOn(library, 'remove').mockImplementation(async (id) => {
			await deleted.promise;
			await remove(id);
		});
		await choose('two', 'Delete');
		await search.click();
		deleted.resolve();
		await expect.poll(shownTitles).toEqual(['one']);
		await expect.element(page.getByText('Deleted “two”')).toBeVisible();
		await expect.element(search).toHaveFocus();
	});

	test('says that there was no room for what was to be undone, and does it when there is', async () => {
		const disk = { full: false };
		const open = (name: string): Database => {
			const database = memoryDatabase(name);
			const refuse = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
			return { ...database, write: (steps) => (disk.full ? refuse() : database.write(steps)) };
		};
		await show({ words: ['one', 'two'], open });
		await choose('two', 'Delete');
		await expect.element(page.getByText('Deleted “two”')).toBeVisible();
		disk.full = true;
		const undo = page.getByRole('button', { name: 'Undo' });
		await undo.click();
		await expect.element(page.getByText('No room for “two”')).toBeVisible();
		disk.full = false;
		await undo.click();
		await expect.poll(shownTitles).toEqual(['two', 'one']);
		await expect.element(undo).not.toBeInTheDocument();
	});

	test('exports everything, or one conversation, as a file', async () => {
		await show({ words: ['Latin for ant', 'Describe LLMs'] });
		const [all] = await downloadsOf(() => page.getByRole('button', { name: 'Export everything' }).click());
		expect(all?.name).toBe('messages-playground-2026-11-22.json');
		expect(JSON.parse(all?.text ?? '')).toMatchObject({
			conversations: [{ title: 'Describe LLMs' }, { title: 'Latin for ant' }],
		});
		await expect.element(page.getByText('Exported 2 conversations.')).toBeVisible();
		const [one] = await downloadsOf(() => choose('Latin for ant', 'Export'));
		expect(one?.name).toBe('Latin-for-ant.json');
		await expect.element(page.getByText('Exported 1 conversation.')).toBeVisible();
		await page.getByRole('button', { name: 'Dismiss' }).click();
		await expect.element(page.getByText('Exported 1 conversation.')).not.toBeInTheDocument();
	});

	test('imports exports and requests that are dropped on it, and leaves to the page what is pasted, and code', async () => {
		const { library, onopen } = await show({ words: ['Latin for ant'] });
		const pane = page.getByRole('navigation', { name: 'Library' }).element();
		drop(pane, new File(['[{"role": "user", "content": "dropped"}]'], 'messages.json'));
		await expect.element(row('dropped')).toBeVisible();
		expect(onopen).toHaveBeenCalledExactlyOnceWith(library.summaries.find(({ title }) => title === 'dropped')?.id);

		drop(pane, new File(['just words'], 'words.json'));
		await expect.element(page.getByText('“words.json” was not imported. It is not JSON.')).toBeVisible();
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', '{"messages": []}');
		const pasted = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData });
		row('dropped').element().dispatchEvent(pasted);
		expect(pasted.defaultPrevented).toBe(false);
		expect(drop(pane, new File(['curl https://api.anthropic.com/v1/messages'], 'command.sh'))).toBe(false);
	});

	test('opens the file dialog for an import', async () => {
		await show();
		const opened = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
			const transfer = new DataTransfer();
			transfer.items.add(new File(['{"messages": [{"role": "user", "content": "picked"}]}'], 'request.json'));
			this.files = transfer.files;
			this.dispatchEvent(new Event('change'));
		});
		await page.getByRole('button', { name: 'Import' }).click();
		opened.mockRestore();
		await expect.element(row('picked')).toBeVisible();
	});

	test('shows how far a long import is, and cancels it', async () => {
		// It never comes to an end.
		const reading = URL.createObjectURL(new Blob(['onmessage = () => {}']));
		const { library, transfer } = await show({ startWorker: () => new Worker(reading) });
		drop(page.getByRole('navigation', { name: 'Library' }).element(), new File(['[]'], 'slow.json'));
		await expect.element(page.getByRole('progressbar', { name: 'Importing' })).toBeVisible();
		await page.getByRole('button', { name: 'Cancel' }).click();
		await expect.element(page.getByRole('progressbar')).not.toBeInTheDocument();
		expect([transfer.phase.kind, library.summaries]).toEqual(['idle', []]);
	});

	test('says when the part that exports cannot be loaded', async () => {
		await show({ loadTransfer: () => Promise.reject(new TypeError('Failed to fetch')) });
		await page.getByRole('button', { name: 'Export everything' }).click();
		await expect.element(page.getByText('could not be loaded')).toBeVisible();
	});

	test('sets the theme', async () => {
		const { settings } = await show();
		await page.getByRole('combobox', { name: 'Theme' }).selectOptions('Dark');
		expect(settings.values.theme).toBe('dark');
	});

	test('keeps the way back in sight, however long the title of what was deleted', async () => {
		const { target } = await show({ words: ['A title that is wider than all the room this pane has for it'] });
		await choose('A title', 'Delete');
		const undo = page.getByRole('button', { name: 'Undo' });
		await expect.element(undo).toBeVisible();
		const dismiss = page.getByRole('button', { name: 'Dismiss' }).element();
		expect(dismiss.getBoundingClientRect().right).toBeLessThan(target.getBoundingClientRect().right);
	});

	test('is gone through by key, however long it is, and never loses the focus', async () => {
		const words = Array.from({ length: 300 }, (_, n) => `Conversation ${n}`);
		const { onopen, ids } = await show({ words, open: memoryDatabase });
		const focused = () => document.activeElement?.textContent?.trim();
		const press = (key: string) => userEvent.keyboard(`{${key}}`);
		const pressTo = async (key: string, title: string) => {
			await press(key);
			await expect.poll(focused).toBe(title);
			expect(document.activeElement).toBeVisible();
		};
		const first = saved.getByRole('button', { name: 'Conversation 299', exact: true });
		await expect.element(first).toBeVisible();
		first.element().focus();
		await pressTo('ArrowDown', 'Conversation 298');
		await pressTo('End', 'Conversation 0');
		await pressTo('ArrowUp', 'Conversation 1');
		await pressTo('Home', 'Conversation 299');
		const seen: number[] = [];
		for (let page = 0; page < 8; page++) {
			const before = focused();
			await press('PageDown');
			await expect.poll(focused).not.toBe(before);
			seen.push(Number(focused()?.split(' ')[1]));
		}
		expect(seen).toEqual(seen.map((_, page) => 299 - (page + 1) * (299 - seen[0]!))); // eight pages were turned
		await press('PageUp');
		await expect.poll(focused).toBe(`Conversation ${seen[6]}`);
		await press('Enter');
		expect(onopen).toHaveBeenCalledWith(ids[seen[6]!]);
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

	test('says when the browser has cleared away what was saved, and opens the settings', async () => {
		const { onsettings } = await show({ disk: { lost: 3, expected: 0 } });
		await expect.element(page.getByText('3 conversations were here at the last visit')).toBeVisible();
		await page.getByRole('button', { name: 'Settings' }).click();
		expect(onsettings).toHaveBeenCalledOnce();
	});

	test('says that what was saved cannot be opened, rather than that nothing is kept, and why', async () => {
		await show({
			open: (name) => memoryDatabase(name, 'UnknownError: Internal error opening backing store'),
			disk: { lost: 0, expected: 3 },
		});
		await expect
			.element(page.getByText('3 conversations of the last visit cannot be opened now, and were not deleted.'))
			.toHaveTextContent('The browser says: UnknownError: Internal error opening backing store');
		await expect.element(page.getByText('Load the page again.')).toBeVisible();
		await expect.element(page.getByText('This browser lets the page keep nothing')).not.toBeInTheDocument();
	});

	test.each([
		['Keep', 'What came in stays.'],
		['Remove', 'Nothing was removed: this was decided in another tab'],
	])('tells of an import that was cut off until “%s” is chosen, and keeps the focus', async (choice, outcome) => {
		const needs = {
			database: memoryDatabase('cut off'),
			library: { announce: vi.fn(), flush: () => Promise.resolve() },
			locks: navigator.locks,
			clear: () => Promise.resolve(),
		};
		await show({ disk: { mishap: new CutOff(needs, ['a'], 3) } });
		const told = page.getByText('An import was cut off before its end. 3 conversations had come in by then.');
		await expect.element(told).toBeVisible();
		await page.getByRole('button', { name: choice, exact: true }).click();
		await expect.element(page.getByText(outcome)).toBeVisible();
		await expect.element(told).not.toBeInTheDocument();
		await expect.element(page.getByRole('searchbox')).toHaveFocus();
		await page.getByRole('button', { name: 'Dismiss' }).click();
		await expect.element(page.getByText(outcome)).not.toBeInTheDocument();
		await expect.element(page.getByRole('searchbox')).toHaveFocus();
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
		await search.fill('llms');
		await expect.element(page.getByText('1 conversation found')).toBeVisible();
		violations.push(...(await axe.run(target)).violations);
		delete document.documentElement.dataset.theme;
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
	});
});
