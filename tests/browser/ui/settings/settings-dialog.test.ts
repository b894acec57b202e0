import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { referenceTo, sha256Hex } from '../../../../src/model/attachment';
import type { Run } from '../../../../src/model/run';
import { Attachments } from '../../../../src/state/attachments.svelte';
import { Disk } from '../../../../src/state/disk.svelte';
import { Housekeeping } from '../../../../src/state/housekeeping.svelte';
import { Library } from '../../../../src/state/library.svelte';
import { Settings } from '../../../../src/state/settings.svelte';
import { Transfer } from '../../../../src/state/transfer.svelte';
import { databaseName, indexedDatabase, type Database } from '../../../../src/store/database';
import { memoryDatabase } from '../../../../src/store/memory-database';
import { Store } from '../../../../src/store/store';
import { sweep } from '../../../../src/store/sweep';
import FullNotice from '../../../../src/ui/settings/FullNotice.svelte';
import SettingsDialog from '../../../../src/ui/settings/SettingsDialog.svelte';
import run1 from '../../../fixtures/saved/run-1.json';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

async function prepared({ open = indexedDatabase }: { open?: (name: string) => Database } = {}) {
	const database = open(databaseName(`/test/${crypto.randomUUID()}/`));
	const store = new Store(database);
	const library = new Library({
		store,
		channel: new BroadcastChannel(store.name),
		newId: () => crypto.randomUUID(),
		now: () => 0,
		after: () => () => {},
	});
	await library.start();
	const attachments = new Attachments({ store, shipped: [], fetch: () => Promise.reject(new TypeError('offline')) });
	const create = (words: string, more = '') =>
		library.create({
			text: JSON.stringify({ messages: [{ role: 'user', content: words }], more }),
			apiVersion: '2023-06-01',
			headers: [],
			target: { kind: 'simulated' },
		}).id;
	const settings = new Settings({ store });
	const storage = {
		estimate: () => Promise.resolve({ usage: 12_300_000, quota: 600_000_000 }),
		persisted: () => Promise.resolve(false),
		persist: () => Promise.resolve(true),
	};
	const timers = new Set<() => void>();
	const housekeeping = new Housekeeping({
		database,
		library,
		attachments,
		keyRing: { read: () => null, state: { kind: 'none' }, load: () => Promise.resolve() },
		disk: new Disk({ name: store.name, storage, notes: null }),
		notes: { keys: [], read: () => null },
		locks: navigator.locks,
		now: () => 0,
		settle: () => Promise.resolve(),
		after: (_milliseconds, run) => {
			timers.add(run);
			return () => timers.delete(run);
		},
	});
	/** Let the time pass that something waits for. */
	const pass = () => {
		const due = [...timers];
		timers.clear();
		for (const run of due) run();
	};
	const show = () => render(SettingsDialog, { housekeeping, settings, library, open: true, onclose: vi.fn() });
	return { database, store, library, attachments, settings, housekeeping, create, show, pass, timers };
}

/** An IndexedDB whose disk is full while `disk.full` is true. */
function fullable() {
	const disk = { full: false };
	const open = (name: string): Database => {
		const database = indexedDatabase(name);
		const refuse = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
		return { ...database, write: (steps) => (disk.full ? refuse() : database.write(steps)) };
	};
	return { disk, open };
}

const dialog = page.getByRole('dialog', { name: 'Settings' });
const kept = dialog.getByRole('list', { name: 'What is kept' });

describe('the settings', () => {
	test('say how much is kept, and what of it is largest', async () => {
		const { library, create, show } = await prepared();
		create('small');
		create('large', 'x'.repeat(40_000));
		await library.keepRun({ ...run1, conversation: create('run'), chunks: [] } as unknown as Run); // JSON widens its literals
		show();
		await expect.element(dialog.getByText('12.3 MB of 600.0 MB are used by this site')).toBeVisible();
		await expect.element(dialog.getByText('The browser may clear it away')).toBeVisible();
		await expect.element(kept).toHaveTextContent('3 conversations 1 run 0 attachments, 0 B');
		const largest = dialog.getByRole('list', { name: 'Largest conversations' });
		await expect.element(largest.getByRole('listitem').first()).toHaveTextContent('large 40 kB Delete');

		await largest.getByRole('button', { name: 'Delete large' }).click();
		await expect.element(kept).toHaveTextContent('2 conversations');
		expect([library.summaries.length, library.removed?.title]).toEqual([2, 'large']);
	});

	test('let a deletion be undone while they are open', async () => {
		const { library, create, show } = await prepared();
		const id = create('ant');
		show();
		await dialog.getByRole('button', { name: 'Delete ant' }).click();
		await expect.element(kept).toHaveTextContent('0 conversations');
		await dialog.getByRole('button', { name: 'Undo' }).click();
		await expect.element(kept).toHaveTextContent('1 conversation ');
		await expect.element(dialog.getByRole('button', { name: 'Delete ant' })).toBeEnabled();
		await expect.element(dialog.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
		expect(document.activeElement?.closest('dialog')).not.toBeNull();
		expect(await library.load(id)).toMatchObject({ kind: 'found' });
	});

	test('set how many runs are kept, in whole numbers', async () => {
		const { settings, show } = await prepared();
		show();
		const runs = dialog.getByRole('spinbutton', { name: 'Runs kept per conversation' });
		await expect.element(runs).toHaveValue(50);
		await runs.fill('3');
		(runs.element() as HTMLElement).blur();
		await expect.poll(() => settings.values.runsKept).toBe(3);
		await runs.fill('0');
		(runs.element() as HTMLElement).blur();
		await expect.element(runs).toHaveAccessibleDescription('A whole number from 1 on.');
		expect(settings.values.runsKept).toBe(3);
	});

	test('begin anew each time they are opened, with what another tab has set', async () => {
		const { store, show } = await prepared();
		const { rerender } = show();
		const runs = dialog.getByRole('spinbutton', { name: 'Runs kept per conversation' });
		await runs.fill('0');
		(runs.element() as HTMLElement).blur();
		await expect.element(runs).toHaveAccessibleDescription('A whole number from 1 on.');
		await rerender({ open: false });
		await store.setSetting('runsKept', 7);
		await rerender({ open: true });
		await expect.element(runs).toHaveValue(7);
		await expect.element(runs).toHaveAccessibleDescription(/^With the next run/);
	});

	test('say when a setting could not be saved', async () => {
		const { disk, open } = fullable();
		const { show } = await prepared({ open });
		disk.full = true;
		show();
		const runs = dialog.getByRole('spinbutton', { name: 'Runs kept per conversation' });
		await runs.fill('3');
		(runs.element() as HTMLElement).blur();
		await expect.element(runs).toHaveAccessibleDescription(/could not save this/);
	});

	test('remove what nothing names, when asked to, and nothing else', async () => {
		const { library, attachments, store, create, show } = await prepared();
		const keep = async (size: number) => {
			const bytes = new Uint8Array(size);
			const sha256 = await sha256Hex(bytes);
			await attachments.keep(sha256, bytes);
			return sha256;
		};
		const [named, unnamed] = [await keep(2000), await keep(3000)];
		create('picture', referenceTo(named));
		await library.remove(create('deleted', referenceTo(unnamed)));
		show();
		await expect.element(dialog.getByText('1 attachment (3 kB), which nothing names any more')).toBeVisible();
		await dialog.getByRole('button', { name: 'Remove them now' }).click();
		await expect.element(kept).toHaveTextContent('1 attachment, 2 kB');
		await expect.element(dialog.getByRole('button', { name: 'Remove them now' })).not.toBeInTheDocument();
		await expect.element(dialog.getByRole('region', { name: 'Storage' })).toHaveFocus();
		expect(await store.loadAttachment(unnamed)).toBeNull();
		expect(await store.loadAttachment(named)).not.toBeNull();
		expect(library.removed).toBeNull();
	});

	test('list what cannot be read, and export it as it is, but for keys', async () => {
		const { database, show } = await prepared();
		const blob = new Blob([new Uint8Array([3, 4])], { type: 'image/png' });
		const bytes = new Uint8Array([1, 2]);
		const record = { version: 9, words: 'later', bytes, blob, again: [blob], key: 'sk-ant-api03-canary-0123456789' };
		const content = { type: 'image/png', base64: 'AwQ=' };
		const round: unknown[] = [['seven', 7n]];
		round.push(round);
		await database.write((records) => {
			records.put('conversation/later', record);
			records.put(7 as unknown as string, round); // whoever wrote it, not we
		});
		const texts: Promise<string>[] = [];
		const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
			texts.push(fetch(this.href).then((response) => response.text()));
		});
		show();
		await expect
			.element(dialog.getByRole('list', { name: 'Unreadable records' }))
			.toHaveTextContent('conversation/later');
		await dialog.getByRole('button', { name: 'Export unreadable records' }).click();
		await expect.poll(() => texts).toHaveLength(1);
		click.mockRestore();
		expect(JSON.parse(await texts[0]!)).toEqual({
			'conversation/later': {
				version: 9,
				words: 'later',
				bytes: [1, 2],
				blob: content,
				again: [content],
				key: 'sk-ant-…6789',
			},
			'(number) 7': [['seven', '7'], '(what it is part of)'],
		}); // it was clicked
	});

	test('delete what cannot be read, once that has been confirmed', async () => {
		const { database, library, create, show } = await prepared();
		create('ant');
		await library.flush();
		await database.write((records) => records.put('conversation/later', { version: 9 }));
		library.announce([
			{
				id: 'later',
				summary: { id: 'later', title: 'Unreadable conversation', pinned: false, changedAt: '', runs: 0 },
			},
		]);
		expect(library.summaries).toHaveLength(2);
		show();
		await dialog.getByRole('button', { name: 'Delete unreadable records' }).click();
		await expect.element(dialog.getByRole('button', { name: 'Keep them' })).toHaveFocus();
		await dialog.getByRole('button', { name: 'Keep them' }).click();
		await expect.element(dialog.getByText('conversation/later')).toBeVisible();
		await dialog.getByRole('button', { name: 'Delete unreadable records' }).click();
		await dialog.getByRole('button', { name: 'Delete for good' }).click();
		await expect.element(dialog.getByText('Unreadable records')).not.toBeInTheDocument();
		expect(library.summaries.map(({ title }) => title)).toEqual(['ant']);
		expect(await database.read((records) => records.keys('conversation/'))).toHaveLength(1);
	});

	test('are not needed for what can be read again: tidying up lists it by its title', async () => {
		const { database, library, create, housekeeping } = await prepared();
		const id = create('ant');
		await library.flush();
		const record = await database.read((records) => records.get(`conversation/${id}`));
		await database.write((records) => {
			records.put(`conversation/${id}`, { version: 9 });
			records.delete(`fresh/${id}`);
		});
		library.announce([{ id, summary: null }]);
		await housekeeping.sweep();
		const reading = new Library({
			store: new Store(database),
			channel: new BroadcastChannel(crypto.randomUUID()),
			newId: () => crypto.randomUUID(),
			now: () => 0,
			after: () => () => {},
		});
		await reading.start();
		expect(reading.summaries.map(({ title }) => title)).toEqual(['Unreadable conversation']);
		library.announce(reading.summaries.map((summary) => ({ id, summary })));
		await database.write((records) => records.put(`conversation/${id}`, record));
		await housekeeping.sweep();
		expect(library.summaries.map(({ title }) => title)).toEqual(['ant']);
	});

	test('save what there was no room for once something is deleted', async () => {
		const { disk, open } = fullable();
		const { store, library, attachments, create, show } = await prepared({ open });
		create('old');
		await library.flush();
		disk.full = true;
		const bytes = new Uint8Array(2000);
		const sha256 = await sha256Hex(bytes);
		await attachments.keep(sha256, bytes);
		const id = create('new', referenceTo(sha256));
		await library.flush();
		expect(library.saving).toMatchObject({ full: true });
		show();
		const deletion = dialog.getByRole('button', { name: 'Delete old' });
		await expect.element(deletion).toBeVisible();
		disk.full = false;
		await deletion.click();
		await expect.poll(() => [library.saving, attachments.problem]).toEqual(['saved', null]);
		expect(await store.loadConversation(id)).toMatchObject({ kind: 'found' });
		expect(await store.loadAttachment(sha256)).not.toBeNull();
	});

	test('say when nothing is kept, and when it cannot be looked at', async () => {
		const memory = await prepared({ open: memoryDatabase });
		memory.show();
		await expect.element(dialog.getByText('Nothing of this visit is kept')).toBeVisible();
		await expect.element(dialog.getByText('are used by this site')).not.toBeInTheDocument();
	});

	test('say when what is kept cannot be looked at', async () => {
		const broken = await prepared({
			open: (name) => ({ ...indexedDatabase(name), read: () => Promise.reject(new Error('gone')) }),
		});
		broken.show();
		await expect.element(dialog.getByRole('alert')).toHaveTextContent('cannot be looked after: Error: gone');
	});

	test.each(['light', 'dark'])('have nothing for axe to find in the %s theme', async (theme) => {
		document.documentElement.dataset.theme = theme;
		const { database, create, show } = await prepared();
		create('ant');
		await database.write((records) => records.put('conversation/later', { version: 9 }));
		const { container } = show();
		await expect.element(dialog.getByRole('list', { name: 'Unreadable records' })).toBeVisible();
		const { violations } = await axe.run(container);
		delete document.documentElement.dataset.theme;
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
	});
});

describe('the notice of a full disk', () => {
	const notice = page.getByRole('alert');
	const nobody = 'f'.repeat(64);

	/** A page whose disk is full, and what shows the notice of it. */
	async function shown() {
		const { disk, open } = fullable();
		const rest = await prepared({ open });
		const { database, library, attachments, housekeeping } = rest;
		const transfer = new Transfer({
			...{ database, library, attachments, keyRing: { read: () => null, state: { kind: 'none' } } },
			...{
				disk: { protect: () => Promise.resolve() },
				locks: navigator.locks,
				clear: () => Promise.resolve(),
				recount: () => Promise.resolve(),
				now: () => 0,
				newId: () => crypto.randomUUID(),
			},
		});
		disk.full = true;
		const needs = {
			library,
			attachments,
			loadTransfer: () => Promise.resolve(transfer),
			loadHousekeeping: () => Promise.resolve(housekeeping),
			onroom: vi.fn(),
		};
		return { ...rest, disk, show: (more: Partial<typeof needs> = {}) => render(FullNotice, { ...needs, ...more }) };
	}

	test('has the browser ask before the page is closed', async () => {
		const { show } = await shown();
		const leave = () => {
			const leaving = new Event('beforeunload', { cancelable: true });
			window.dispatchEvent(leaving);
			return leaving.defaultPrevented;
		};
		expect(leave()).toBe(false);
		show();
		await expect.element(notice).toBeVisible();
		expect(leave()).toBe(true);
	});

	test('says so, and offers a copy and room', async () => {
		const { show, disk, library, create, attachments } = await shown();
		create('ant');
		await library.flush();
		const onroom = vi.fn();
		const saved: string[] = [];
		const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
			saved.push(this.download);
		});
		show({ onroom });
		await expect.element(notice).toHaveTextContent('The browser has no more room for this page.');
		await notice.getByRole('button', { name: 'Export a copy' }).click();
		await expect.poll(() => saved).toEqual(['messages-playground-1970-01-01.json']);
		click.mockRestore();
		await notice.getByRole('button', { name: 'Make room' }).click();
		expect(onroom).toHaveBeenCalledOnce();

		disk.full = false;
		await library.flush();
		disk.full = true;
		await attachments.keep(nobody, new Uint8Array(9));
		await expect.element(notice).toHaveTextContent('One attachment is kept only until');
	});

	test('has what was refused saved by itself once there is room, and gives the trying up with itself', async () => {
		const { show, disk, store, library, attachments, create, pass, timers } = await shown();
		await attachments.keep(nobody, new Uint8Array(9));
		const id = create('ant', referenceTo(nobody));
		await library.flush();
		const { unmount } = show();
		await expect.poll(() => timers.size).toBe(1);
		pass();
		await library.flush();
		expect(library.saving).toMatchObject({ full: true });
		disk.full = false;
		pass();
		await expect.poll(() => [library.saving, attachments.problem]).toEqual(['saved', null]);
		expect(await store.loadConversation(id)).toMatchObject({ kind: 'found' });
		expect(await store.loadAttachment(nobody)).not.toBeNull();
		unmount();
		await expect.poll(() => timers.size).toBe(0);
	});

	test('has words saved with an attachment that another tab has swept away meanwhile', async () => {
		const { show, disk, store, library, attachments, create, pass, timers } = await shown();
		disk.full = false;
		await attachments.keep(nobody, new Uint8Array(9));
		disk.full = true;
		const id = create('ant', referenceTo(nobody));
		await library.flush();
		disk.full = false;
		expect(await sweep(store.database, { now: 0, grace: 0 })).toBe(1);
		show();
		await expect.poll(() => timers.size).toBe(1);
		pass();
		await expect.poll(() => library.saving).toBe('saved');
		expect(await store.loadConversation(id)).toMatchObject({ kind: 'found' });
		expect(await store.loadAttachment(nobody)).not.toBeNull();
	});

	test('stays while somebody types on', async () => {
		const { library, create } = await shown();
		const id = create('ant');
		await library.flush();
		library.edit(id, { text: '{"more": 1}' });
		expect(library.saving).toMatchObject({ full: true });
		await library.flush();
		expect(library.saving).toMatchObject({ full: true });
	});

	test('says that the part that exports could not be loaded', async () => {
		const { show } = await shown();
		show({ loadTransfer: () => Promise.reject(new TypeError('offline')) });
		await notice.getByRole('button', { name: 'Export a copy' }).click();
		await expect.element(notice).toHaveTextContent('Check the connection, then try again.');
	});
});
