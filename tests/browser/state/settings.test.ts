import { describe, expect, test } from 'vitest';
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

	test('hold on the page even when they cannot be remembered', async () => {
		const refuse = () => Promise.reject(new Error('no'));
		const settings = new Settings({ store: new Store({ name: '', kept: true, read: refuse, write: refuse }) });
		expect(await settings.set({ markdown: true })).toBe(false);
		expect(settings.values.markdown).toBe(true);
	});
});
