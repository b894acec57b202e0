import { describe, expect, test, vi } from 'vitest';
import conversation1 from '../../fixtures/saved/conversation-1.json';
import run1 from '../../fixtures/saved/run-1.json';
import fresh1 from '../../fixtures/saved/fresh-1.json';
import type { Conversation, Summary } from '../../../src/model/conversation';
import type { Run } from '../../../src/model/run';
import { databaseName, indexedDatabase, type Database } from '../../../src/store/database';
import { deleteConversation, deleteRun, restore } from '../../../src/store/deletion';
import { settleList } from '../../../src/store/list';
import { memoryDatabase } from '../../../src/store/memory-database';
import { openStore, Store } from '../../../src/store/store';

const newName = () => databaseName(`/test/${crypto.randomUUID()}/`);

const ant = conversation1 as unknown as Conversation; // JSON widens its literals
const bytes = new TextEncoder().encode('{"type":"error"}');
const run = { ...run1, chunks: [{ at: 13, bytes }] } as unknown as Run; // JSON widens its literals

/** Write a record as another version of this page, or damage, would have left it. */
const plant = (database: Database, key: string, record: unknown) =>
	database.write((records) => records.put(key, record));

const byId = (list: readonly Summary[]) => list.toSorted((a, b) => a.id.localeCompare(b.id));
const freshKeys = (database: Database) => database.read((records) => records.keys('fresh/'));

describe('databaseName', () => {
	test('tells two pages of one origin apart, and a page from its own file name not', () => {
		expect(databaseName('/one/')).not.toBe(databaseName('/two/'));
		expect(databaseName('/one/index.html')).toBe(databaseName('/one/'));
	});
});

describe.each([
	['IndexedDB', indexedDatabase],
	['memory', memoryDatabase],
])('Store in %s', (_, open) => {
	const opened = () => {
		const database = open(newName());
		return { database, store: new Store(database) };
	};

	test('gives a conversation back as it was saved, and lists it', async () => {
		const { store } = opened();
		expect(await store.loadConversation(ant.id)).toEqual({ kind: 'missing' });
		expect(await store.saveConversation(ant, 0)).toEqual({ kind: 'saved', revision: 1 });
		expect(await store.loadConversation(ant.id)).toEqual({ kind: 'found', value: { ...ant, revision: 1 } });
		expect(await store.listSummaries()).toEqual([
			{ id: ant.id, title: ant.title, pinned: true, changedAt: ant.changedAt, runs: 0 },
		]);
	});

	test('lets only the first of two writers win, and shows the other what is there', async () => {
		const { database, store } = opened();
		const other = new Store(database);
		await store.saveConversation(ant, 0);
		const results = await Promise.all([
			store.saveConversation({ ...ant, text: 'mine' }, 1),
			other.saveConversation({ ...ant, text: 'theirs' }, 1),
		]);
		expect(results).toEqual([
			{ kind: 'saved', revision: 2 },
			{ kind: 'conflict', current: { kind: 'found', value: { ...ant, text: 'mine', revision: 2 } } },
		]);
		expect(await other.saveConversation({ ...ant, id: 'gone' }, 4)).toEqual({
			kind: 'conflict',
			current: { kind: 'missing' },
		});
	});

	test('leaves nothing behind of an edit that somebody else was before', async () => {
		const { database, store } = opened();
		const unread = { version: 99, from: 'the future' };
		const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
		await store.saveConversation(ant, 0);
		await plant(database, 'conversation/unread', unread);
		await plant(database, 'unnamed', { version: 1, since: { [sha256]: 1 } });
		const everything = () => database.read((records) => records.range(''));
		const before = await everything();
		const named = { ...ant, text: `{"messages":[{"data":"attachment:sha256-${sha256}"}]}` };
		for (const [id, revision] of [
			[ant.id, 0],
			['unread', 0],
			['gone', 4],
		] as const)
			expect(await store.saveConversation({ ...named, id }, revision)).toMatchObject({ kind: 'conflict' });
		expect(await everything()).toEqual(before);
		expect(await store.saveConversation(named, 1)).toEqual({ kind: 'saved', revision: 2 });
		expect(await everything()).not.toEqual(before);
	});

	test('keeps runs as they were, newest first, and never writes over one', async () => {
		const { store } = opened();
		await store.saveConversation(ant, 0);
		const later = { ...run, id: 'later', startedAt: '2026-11-22T00:00:00.000Z' };
		expect(await store.saveRun(run)).toEqual({ kind: 'saved', more: 1 });
		expect(await store.saveRun(later)).toEqual({ kind: 'saved', more: 1 });
		expect(await store.saveRun({ ...run, duration: 99 })).toMatchObject({ kind: 'failed' });
		expect(await store.loadRun(run.conversation, run.id)).toEqual({ kind: 'found', value: run });
		expect((await store.runsOf(run.conversation)).map(({ id }) => id)).toEqual(['later', run.id]);
		expect(await store.runsOf(run.conversation.slice(0, -1))).toEqual([]);
		expect((await store.runsOf(run.conversation))[0]).not.toHaveProperty('chunks');
		expect((await store.listSummaries())[0]?.runs).toBe(2);
	});

	test('keeps a run before it has ended, as one that was cut off, until it is written over by what it became', async () => {
		const { store } = opened();
		await store.saveConversation(ant, 0);
		const begun = { ...run, chunks: run.chunks.slice(0, 1), ending: null, duration: null };
		expect(await store.leaveRun(begun, ant, { tab: 'tab' })).toEqual({ kind: 'saved' });
		expect((await store.listSummaries())[0]?.runs).toBe(1);
		const cut = { kind: 'broken', reason: 'The page was closed.' };
		expect(await store.loadRun(ant.id, run.id)).toEqual({ kind: 'found', value: { ...begun, ending: cut } });
		expect((await store.runsOf(ant.id)).map(({ ending }) => ending)).toEqual([cut]);
		await store.pinRun(ant.id, run.id, true);
		expect(await store.saveRun(run, 1)).toEqual({ kind: 'saved', more: 0 });
		expect(await store.loadRun(ant.id, run.id)).toEqual({ kind: 'found', value: { ...run, pinned: true } });
	});

	test('keeps a run that is left behind again pinned, and deleted, if it is by then', async () => {
		const { store } = opened();
		await store.saveConversation(ant, 0);
		const begun = { ...run, chunks: run.chunks.slice(0, 1), ending: null, duration: null };
		const more = { ...begun, chunks: run.chunks.slice(0, 2) };
		await store.leaveRun(begun, ant, { tab: 'tab' });
		await store.pinRun(ant.id, run.id, true);
		await store.leaveRun(more, ant, { tab: 'tab', again: true });
		expect(await store.loadRun(ant.id, run.id)).toMatchObject({ value: { chunks: more.chunks, pinned: true } });
		await store.pinRun(ant.id, run.id, false);
		await deleteRun(store.database, ant.id, run.id);
		await store.leaveRun(more, ant, { tab: 'tab', again: true });
		expect(await store.loadRun(ant.id, run.id)).toEqual({ kind: 'missing' });
		expect(await store.database.read((records) => records.keys('chunks/'))).toEqual([]);
	});

	test('lets no run go that would stay by what another tab has set since', async () => {
		const { store } = opened();
		await store.saveConversation(ant, 0);
		await store.setSetting('runsKept', 3);
		for (const id of ['one', 'two', 'three']) await store.saveRun({ ...run, id }, 1);
		expect(await store.runsOf(ant.id)).toHaveLength(3);
		await store.setSetting('runsKept', 'many');
		expect(await store.saveRun({ ...run, id: 'four' }, 2)).toEqual({ kind: 'saved', more: -1 });
	});

	test('keeps no run of a conversation that is not here, nor puts one back', async () => {
		const { store } = opened();
		expect(await store.saveRun(run)).toEqual({ kind: 'missing' });
		await store.saveConversation(ant, 0);
		await store.saveRun(run);
		const deletion = await deleteRun(store.database, ant.id, run.id);
		await deleteConversation(store.database, ant.id);
		if (deletion.kind !== 'deleted') throw new Error(deletion.kind);
		expect(await restore(store.database, deletion.deleted)).toEqual({ kind: 'missing' });
		expect(await store.loadRun(ant.id, run.id)).toEqual({ kind: 'missing' });
	});

	test('deletes a conversation with its runs, and puts all of it back', async () => {
		const { store } = opened();
		await store.saveConversation(ant, 0);
		await store.saveConversation({ ...ant, id: 'other' }, 0);
		await store.saveRun(run);
		const deletion = await deleteConversation(store.database, ant.id);
		expect(await store.loadConversation(ant.id)).toEqual({ kind: 'missing' });
		expect(await store.loadRun(ant.id, run.id)).toEqual({ kind: 'missing' });
		expect((await store.listSummaries()).map(({ id }) => id)).toEqual(['other']);

		if (deletion.kind !== 'deleted') throw new Error(deletion.kind);
		expect(await restore(store.database, deletion.deleted)).toEqual({ kind: 'saved' });
		expect(await store.loadConversation(ant.id)).toEqual({ kind: 'found', value: { ...ant, revision: 1 } });
		expect(await store.loadRun(ant.id, run.id)).toEqual({ kind: 'found', value: run });
		expect((await store.listSummaries()).find(({ id }) => id === ant.id)?.runs).toBe(1);
	});

	test('puts nothing back over what was written since', async () => {
		const { store } = opened();
		await store.saveConversation(ant, 0);
		const deletion = await deleteConversation(store.database, ant.id);
		if (deletion.kind !== 'deleted') throw new Error(deletion.kind);
		await store.saveConversation({ ...ant, text: 'newer' }, 0);
		await restore(store.database, deletion.deleted);
		expect(await store.loadConversation(ant.id)).toMatchObject({ value: { text: 'newer' } });
	});

	test('deletes one run and counts the rest', async () => {
		const { store } = opened();
		await store.saveConversation(ant, 0);
		await store.saveRun(run);
		await store.saveRun({ ...run, id: 'second' });
		await deleteRun(store.database, ant.id, 'second');
		expect((await store.runsOf(ant.id)).map(({ id }) => id)).toEqual([run.id]);
		expect((await store.listSummaries())[0]?.runs).toBe(1);
	});

	test('deletes no run that is pinned', async () => {
		const { store } = opened();
		await store.saveConversation(ant, 0);
		await store.saveRun(run);
		await store.pinRun(ant.id, run.id, true);
		expect(await deleteRun(store.database, ant.id, run.id)).toEqual({ kind: 'pinned' });
		expect(await store.loadRun(ant.id, run.id)).toEqual({ kind: 'found', value: { ...run, pinned: true } });
		await store.pinRun(ant.id, run.id, false);
		expect(await deleteRun(store.database, ant.id, run.id)).toMatchObject({ kind: 'deleted' });
	});

	test('lets the oldest runs make room for a new one, but none that is pinned, nor those of others', async () => {
		const { store } = opened();
		await store.saveConversation(ant, 0);
		const on = (day: number, conversation = ant.id): Run => ({
			...run,
			conversation,
			id: `day-${day}`,
			startedAt: `2026-11-0${day}T00:00:00.000Z`,
		});
		await store.saveConversation({ ...ant, id: 'other' }, 0);
		for (const day of [3, 1, 2]) await store.saveRun(on(day));
		await store.saveRun(on(1, 'other'));
		await store.pinRun(ant.id, 'day-1', true);
		expect((await store.runsOf(ant.id)).map(({ id, pinned }) => [id, pinned])).toEqual([
			['day-3', undefined],
			['day-2', undefined],
			['day-1', true],
		]);
		expect(await store.saveRun(on(4), 2)).toEqual({ kind: 'saved', more: 0 });
		expect((await store.runsOf(ant.id)).map(({ id }) => id)).toEqual(['day-4', 'day-3', 'day-1']);
		expect(await store.loadRun(ant.id, 'day-2')).toEqual({ kind: 'missing' });
		expect(await store.loadRun(ant.id, 'day-1')).toMatchObject({ value: { chunks: run.chunks, pinned: true } });
		expect((await store.listSummaries()).find(({ id }) => id === ant.id)?.runs).toBe(3);
		await store.pinRun(ant.id, 'day-1', false);
		expect(await store.saveRun(on(5), 1)).toEqual({ kind: 'saved', more: -2 });
		expect(await store.runsOf('other')).toHaveLength(1);
		expect(await store.pinRun(ant.id, 'nobody', true)).toEqual({ kind: 'saved' });
		expect(await store.runsOf(ant.id)).toHaveLength(1);
	});

	test('keeps attachments to the byte', async () => {
		const { store } = opened();
		expect(await store.loadAttachment('00')).toBeNull();
		await store.keepAttachment('00', new Blob([bytes], { type: 'image/png' }));
		const blob = await store.loadAttachment('00');
		expect(blob?.type).toBe('image/png');
		expect(new Uint8Array(await blob!.arrayBuffer())).toEqual(bytes); // it was just kept
	});

	test('keeps settings and one key', async () => {
		const { store } = opened();
		await store.setSetting('theme', 'dark');
		await store.setSetting('paneWidths', { library: 200 });
		expect(Object.fromEntries(await store.settings())).toEqual({ theme: 'dark', paneWidths: { library: 200 } });
		await store.writeKey({ version: 1, kind: 'plain', key: 'k' });
		expect(await store.readKey()).toEqual({ kind: 'found', value: { version: 1, kind: 'plain', key: 'k' } });
		await store.removeKey();
		expect(await store.readKey()).toEqual({ kind: 'missing' });
	});

	test.each([
		['from a later version', { ...ant, version: 2 }],
		['without its text', { ...ant, text: undefined }],
		['with half a header', { ...ant, headers: [['anthropic-beta']] }],
		['with a target nobody knows', { ...ant, target: { kind: 'moon' } }],
		['that is no conversation', 'oops'],
	])('sets a record aside %s: to be exported, never written over, in nobody else’s way', async (_, raw) => {
		const { database, store } = opened();
		await plant(database, `conversation/${ant.id}`, raw);
		await store.saveConversation({ ...ant, id: 'good' }, 0);
		expect(await store.loadConversation(ant.id)).toMatchObject({ kind: 'unreadable', raw });
		expect(await store.saveConversation(ant, 0)).toMatchObject({
			kind: 'conflict',
			current: { kind: 'unreadable', raw },
		});
		expect((await store.listSummaries()).map(({ id }) => id).sort()).toEqual([ant.id, 'good']);
	});

	test.each([
		['another id', { ...ant, id: 'other' }],
		['a time that is none', { ...ant, changedAt: 'yesterday' }],
		['a time that no export has', { ...ant, createdAt: 'Nov 30, 2026' }],
		['an origin that no export has', { ...ant, origin: { conversation: 'no id', turn: 1 } }],
	])('sets a conversation with %s aside, and lists the others', async (_, raw) => {
		const { database, store } = opened();
		await store.saveConversation({ ...ant, id: 'other' }, 0);
		await plant(database, `conversation/${ant.id}`, raw);
		expect(await store.loadConversation(ant.id)).toMatchObject({ kind: 'unreadable', raw });
		expect((await store.listSummaries()).map(({ id }) => id).sort()).toEqual([ant.id, 'other'].sort());
	});

	test('sets a conversation aside whose id could not come in with an export', async () => {
		const { database, store } = opened();
		await plant(database, 'conversation/a/b', { ...ant, id: 'a/b' });
		expect(await store.loadConversation('a/b')).toMatchObject({ kind: 'unreadable' });
	});

	test.each([
		['another id', { ...run1, id: 'other' }],
		["another conversation's id", { ...run1, conversation: 'other' }],
		['a time that is none', { ...run1, startedAt: 'yesterday' }],
		['a time that no export has', { ...run1, startedAt: 'Nov 30, 2026' }],
	])('sets a run with %s aside, and lists the others', async (_, raw) => {
		const { database, store } = opened();
		await store.saveConversation(ant, 0);
		await store.saveRun({ ...run, id: 'other' });
		await plant(database, `run/${run.conversation}/${run.id}`, raw);
		expect(await store.loadRun(run.conversation, run.id)).toMatchObject({ kind: 'unreadable' });
		expect((await store.runsOf(run.conversation)).map(({ id }) => id)).toEqual(['other']);
	});

	test('writes a list anew that has a conversation twice, and a time that is none', async () => {
		const { database, store } = opened();
		for (const id of ['a', 'b']) await store.saveConversation({ ...ant, id }, 0);
		const before = byId(await store.listSummaries());
		const twice = [before[0], before[0]];
		const noTime = before.map((summary) => ({ ...summary, changedAt: 'yesterday' }));
		for (const summaries of [twice, noTime]) {
			for (const key of await freshKeys(database)) await database.write((records) => records.delete(key));
			for (let shard = 0; shard < 16; shard++) await plant(database, `index/${shard}`, { version: 1, summaries: [] });
			await plant(database, 'index/0', { version: 1, summaries });
			expect(byId(await store.listSummaries())).toEqual(before);
		}
	});

	test('leaves an unreadable run out of the list, and says so when it is asked for', async () => {
		const { database, store } = opened();
		await store.saveConversation(ant, 0);
		await store.saveRun(run);
		await plant(database, `run/${run.conversation}/bad`, { version: 1, id: 'bad' });
		await plant(database, `chunks/${run.conversation}/${run.id}`, { version: 1, chunks: [{ at: 1 }] });
		expect((await store.runsOf(run.conversation)).map(({ id }) => id)).toEqual([run.id]);
		expect(await store.loadRun(run.conversation, 'bad')).toMatchObject({ kind: 'unreadable' });
		expect(await store.loadRun(run.conversation, run.id)).toMatchObject({ kind: 'unreadable' });
	});

	test('writes a damaged index anew from the conversations', async () => {
		const { database, store } = opened();
		for (const id of ['a', 'b', 'c', 'd']) await store.saveConversation({ ...ant, id, title: id }, 0);
		await store.saveRun({ ...run, conversation: 'a' });
		const before = await settleList(database);
		for (let n = 0; n < 16; n += 3) await plant(database, `index/${n}`, { version: 1, summaries: 'damaged' });
		await database.write((records) => records.delete('index/2'));
		expect(byId(await store.listSummaries())).toEqual(byId(before));
		expect(byId(await store.listSummaries())).toEqual(byId(before));
	});

	test('lists what could not be read by its title once it can be', async () => {
		const { database, store } = opened();
		await store.saveConversation({ ...ant, id: 'other' }, 0);
		await plant(database, `conversation/${ant.id}`, { ...ant, version: 9 });
		const shown = async () => (await store.listSummaries()).find(({ id }) => id === ant.id)?.title;
		await settleList(database);
		await settleList(database);
		expect(await shown()).toBe('Unreadable conversation');
		await plant(database, `conversation/${ant.id}`, ant);
		await settleList(database);
		expect(await shown()).toBe(ant.title);
		expect((await store.firstSummaries())?.map(({ title }) => title)).toEqual([ant.title, ant.title]);
	});

	test('lists what was changed since the list was settled, and settles it', async () => {
		const { database, store } = opened();
		for (const id of ['a', 'b', 'c']) await store.saveConversation({ ...ant, id, title: id, pinned: false }, 0);
		await settleList(database);
		expect(await freshKeys(database)).toEqual([]);
		await store.saveConversation({ ...ant, id: 'a', title: 'changed' }, 1);
		await store.saveRun({ ...run, conversation: 'a' });
		await deleteConversation(store.database, 'b');
		const list = [
			{ id: 'a', title: 'changed', runs: 1 },
			{ id: 'c', title: 'c', runs: 0 },
		];
		expect(await freshKeys(database)).toEqual(['fresh/a', 'fresh/b']);
		expect(await store.firstSummaries()).toMatchObject(list);
		expect(byId(await store.listSummaries())).toMatchObject(list);
		await settleList(database);
		expect(await freshKeys(database)).toEqual([]);
		expect(await store.firstSummaries()).toMatchObject(list);
		expect(byId(await store.listSummaries())).toMatchObject(list);
	});

	test('knows the first of a long list without reading it, but not before it was settled', async () => {
		const { database, store } = opened();
		await database.write((records) => {
			for (let at = 0; at < 300; at++) {
				const changedAt = new Date(at).toISOString();
				const id = `c${at}`;
				records.put(`conversation/${id}`, { ...ant, id, changedAt, pinned: at === 7 });
			}
		});
		expect(await store.firstSummaries()).toBeNull();
		expect(await store.listSummaries()).toHaveLength(300);
		const first = await store.firstSummaries();
		expect(first?.slice(0, 3).map(({ id }) => id)).toEqual(['c7', 'c299', 'c298']);
		expect(first).toHaveLength(100);
		await store.saveConversation({ ...ant, id: 'c1', revision: 0, pinned: true }, ant.revision);
		expect((await store.firstSummaries())?.slice(0, 3).map(({ id }) => id)).toEqual(['c1', 'c7', 'c299']);
	});

	test('reads a fresh summary as it was ever noted, and makes the list anew around one that is damaged', async () => {
		const { database, store } = opened();
		await store.saveConversation({ ...ant, id: fresh1.listed.id }, 0);
		await plant(database, `fresh/${fresh1.listed.id}`, fresh1);
		expect(await store.listSummaries()).toEqual([{ ...fresh1.listed, runs: 0 }]);
		await plant(database, `fresh/${fresh1.listed.id}`, { version: 99 });
		expect(await store.listSummaries()).toMatchObject([{ id: fresh1.listed.id, title: ant.title }]);
		expect(await freshKeys(database)).toEqual([]);
	});

	test('writes nothing of a transaction that fails half way', async () => {
		const { database, store } = opened();
		await store.saveConversation(ant, 0);
		const cannotBeCloned = { ...ant, title: () => {} } as unknown as Conversation;
		expect(await store.saveConversation(cannotBeCloned, 1)).toMatchObject({ kind: 'failed' });
		const halfWay = database.write((records) => {
			records.put('setting/theme', { version: 1, value: 'dark' });
			throw new Error('pulled the plug');
		});
		await expect(halfWay).rejects.toThrow('pulled the plug');
		expect([...(await store.settings())]).toEqual([]);
		expect(await store.loadConversation(ant.id)).toMatchObject({ value: { revision: 1, text: ant.text } });
	});
});

test('a transaction that has ended by itself rejects with what went wrong after that, rather than that it has', async () => {
	const database = indexedDatabase(newName());
	const written = database.write(async () => {
		// No other one begins before this one has ended.
		await database.write(() => undefined);
		throw new Error('It went dark.');
	});
	await expect(written).rejects.toThrow('It went dark.');
});

describe('openStore', () => {
	test('finds again what was saved under the same name, and nothing under another', async () => {
		const name = newName();
		const first = await openStore({ name });
		expect(first.kept).toBe(true);
		await first.saveConversation(ant, 0);
		expect(await (await openStore({ name })).listSummaries()).toHaveLength(1);
		expect(await (await openStore({ name: newName() })).listSummaries()).toEqual([]);
	});

	test('works without IndexedDB, and says that nothing is kept, and why', async () => {
		const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
			throw new DOMException('A mutation operation was attempted on a database that did not allow mutations.');
		});
		const store = await openStore({ name: newName() });
		open.mockRestore();
		expect(store.kept).toBe(false);
		expect(store.refusal).toContain('a database that did not allow mutations');
		expect(await store.saveConversation(ant, 0)).toEqual({ kind: 'saved', revision: 1 });
		expect(await store.loadConversation(ant.id)).toMatchObject({ kind: 'found' });
	});

	test('tells a full disk from other failures', async () => {
		const refusing = (error: Error): Database => ({
			name: 'refusing',
			kept: true,
			read: () => Promise.reject(error),
			write: () => Promise.reject(error),
		});
		const full = new Store(refusing(new DOMException('', 'QuotaExceededError')));
		expect(await full.saveConversation(ant, 0)).toEqual({ kind: 'full' });
		const broken = new Store(refusing(new DOMException('gone', 'UnknownError')));
		expect(await broken.keepAttachment('00', new Blob())).toEqual({ kind: 'failed', reason: 'UnknownError: gone' });
		expect(await broken.loadConversation(ant.id)).toEqual({
			kind: 'unreadable',
			raw: null,
			reason: 'UnknownError: gone',
		});
	});
});
