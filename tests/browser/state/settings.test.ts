import { describe, expect, test, vi } from 'vitest';
import { Settings } from '../../../src/state/settings.svelte';
import { databaseName } from '../../../src/store/database';
import { openStore, Store } from '../../../src/store/store';

const openNew = () => openStore({ name: databaseName(`/test/${crypto.randomUUID()}/`) });

describe('Settings', () => {
	test('are as they were left, on the next visit', async () => {
		const store = await openNew();
		const settings = new Settings({ store });
		await settings.load();
		expect(settings.values.theme).toBe('system');
		expect(await settings.set({ theme: 'dark', openConversation: 'a', paneWidths: { library: 240 } })).toBe(true);
		expect(settings.values.theme).toBe('dark');

		const next = new Settings({ store });
		await next.load();
		expect(next.values).toEqual({ ...settings.values });
		expect(next.values).toMatchObject({ theme: 'dark', openConversation: 'a', paneWidths: { library: 240 } });
	});

	test.each([
		['theme', 'pink'],
		['requestView', 3],
		['responseView', 'form'],
		['markdown', 'yes'],
		['libraryOpen', null],
		['paneWidths', { library: 'wide' }],
		['paneWidths', { library: -1 }],
		['openConversation', 7],
		['exportTarget', {}],
		['runsKept', 0],
		['runsKept', 2.5],
		['scenario', 500],
		['seed', 1.5],
		['toString', 'a function of every object'],
	])('fall back when %s was saved as %j', async (name, value) => {
		const store = await openNew();
		await store.setSetting(name, value);
		const settings = new Settings({ store });
		const before = settings.values;
		await settings.load();
		expect(settings.values).toEqual(before);
	});

	test('follow what another tab sets for all of them, and stay as this one was left', async () => {
		const store = await openNew();
		const [here, elsewhere] = [new Settings({ store }), new Settings({ store })];
		await here.load();
		await elsewhere.load();
		await here.set({ responseView: 'json' });
		await elsewhere.set({ theme: 'dark', runsKept: 3, responseView: 'stream' });
		await here.follow();
		expect(here.values).toMatchObject({ theme: 'dark', runsKept: 3, responseView: 'json' });
	});

	test('that could not be remembered hold on the page whatever is on the disk, until another tab sets them', async () => {
		const store = await openNew();
		const here = new Settings({ store });
		await here.load();
		const full = vi.spyOn(store, 'setSetting').mockResolvedValue({ kind: 'full' });
		await here.set({ theme: 'dark' });
		full.mockRestore();
		await here.follow();
		expect(here.values.theme).toBe('dark');
		await new Settings({ store }).set({ theme: 'light' });
		await here.follow();
		expect(here.values.theme).toBe('light');
	});

	test('hold on the page even when they cannot be remembered', async () => {
		const refuse = () => Promise.reject(new Error('no'));
		const settings = new Settings({ store: new Store({ name: '', kept: true, read: refuse, write: refuse }) });
		expect(await settings.set({ markdown: true })).toBe(false);
		expect(settings.values.markdown).toBe(true);
	});
});
