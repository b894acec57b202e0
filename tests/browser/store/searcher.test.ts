import { describe, expect, onTestFinished, test } from 'vitest';
import type { Conversation } from '../../../src/model/conversation';
import { summaryOf, type News } from '../../../src/model/saved';
import { databaseName, indexedDatabase, type Database } from '../../../src/store/database';
import { deleteConversation, restore } from '../../../src/store/deletion';
import { memoryDatabase } from '../../../src/store/memory-database';
import { Searcher } from '../../../src/store/searcher';
import { Store } from '../../../src/store/store';
import conversation1 from '../../fixtures/saved/conversation-1.json';
import words1 from '../../fixtures/saved/words-1.json';

const ant = conversation1 as unknown as Conversation; // JSON widens its literals
const SCREEN = { first: 0, end: 30 };

const saying = (id: string, content: string, rest: Partial<Conversation> = {}): Conversation => ({
	...ant,
	id,
	title: id,
	text: JSON.stringify({ messages: [{ role: 'user', content }] }),
	...rest,
});

/** A library without its runes: conversations are saved, and told of on the channel. */
function library(open: (name: string) => Database) {
	const database = open(databaseName(`/test/${crypto.randomUUID()}/`));
	const store = new Store(database);
	const teller = new BroadcastChannel(database.name);
	onTestFinished(() => teller.close());
	const tell = (...news: readonly News[]) => teller.postMessage(news);
	return {
		database,
		store,
		tell,
		save: async (conversation: Conversation, revision = 0) => {
			await store.saveConversation(conversation, revision);
			tell({ id: conversation.id, summary: summaryOf(conversation, 0) });
		},
		/** A searcher that has read everything. */
		searcher: async (over = database) => {
			const channel = new BroadcastChannel(database.name);
			onTestFinished(() => channel.close());
			let changes = 0;
			const searcher = new Searcher({ database: over, channel, onchange: () => changes++ });
			const ids = async (query: string) => {
				const { numbers, newIds } = await searcher.find(query, SCREEN, 0);
				return Array.from(numbers, (number) => newIds[number]);
			};
			await expect.poll(async () => (await searcher.find('', SCREEN, 0)).complete).toBe(true);
			return { searcher, ids, changes: () => changes };
		},
	};
}

const words = (database: Database, id: string) => database.read((records) => records.get(`words/${id}`));

describe.each([
	['IndexedDB', indexedDatabase],
	['memory', memoryDatabase],
])('Searcher in %s', (_, open) => {
	test('ranks titles before text, words before parts, and among equals the newest first', async () => {
		const { save, searcher } = library(open);
		await save(saying('part-of-the-text', 'antenna'));
		await save(saying('old', 'an ant', { changedAt: '2026-01-01T00:00:00.000Z' }));
		await save(saying('new', 'an ant', { changedAt: '2026-02-01T00:00:00.000Z' }));
		await save(saying('Antenna', 'nothing'));
		await save(saying('the-ant', 'nothing'));
		await save(saying('neither', 'nothing'));
		const { ids } = await searcher();
		expect(await ids('ANT')).toEqual(['the-ant', 'Antenna', 'new', 'old', 'part-of-the-text']);
		expect(await ids('nothing ant')).toEqual(['the-ant', 'Antenna']);
		expect(await ids('bee')).toEqual([]);
	});

	test('shows the title and the text around what was found, as they were written', async () => {
		const { save, searcher } = library(open);
		await save(saying('a', 'Un café, s’il vous plaît', { title: 'Café' }));
		const { searcher: search } = await searcher();
		const { matches } = await search.find('cafe', SCREEN, 0);
		expect(matches).toEqual([
			{
				title: [{ text: 'Café', found: true }],
				excerpt: [
					{ text: 'Un ', found: false },
					{ text: 'café', found: true },
					{ text: ', s’il vous plaît', found: false },
				],
			},
		]);
		expect(await search.match('cafe', ['gone', 'a'])).toEqual([null, matches[0]]);
		expect((await search.find('cafe', { first: 1, end: 30 }, 0)).matches).toEqual([]);
	});

	test('finds the same as one types on, goes back, or turns to other words', async () => {
		const { save, searcher } = library(open);
		for (const words of ['ant', 'antelope', 'bee']) await save(saying(words, words));
		const { ids } = await searcher();
		expect(await ids('ant')).toEqual(['ant', 'antelope']);
		expect(await ids('ante')).toEqual(['antelope']);
		expect(await ids('ant')).toEqual(['ant', 'antelope']);
		expect(await ids('bee')).toEqual(['bee']);
		expect(await ids('b')).toEqual(['bee']);
		await save(saying('beetle', 'beetle'));
		await expect.poll(() => ids('be')).toEqual(['bee', 'beetle']);
	});

	test('follows what is saved, renamed and deleted, in any tab', async () => {
		const { store, save, tell, searcher } = library(open);
		await save(saying('a', 'ant'));
		const { ids, changes } = await searcher();
		await save(saying('b', 'ant too'));
		await expect.poll(() => ids('ant')).toEqual(['a', 'b']);
		const before = changes();
		await save(saying('a', 'bee', { title: 'wasp', changedAt: '2027-01-01T00:00:00.000Z' }), 1);
		await expect.poll(() => ids('bee')).toEqual(['a']);
		expect(changes()).toBeGreaterThan(before);
		expect(await ids('wasp')).toEqual(['a']);
		expect(await ids('ant')).toEqual(['b']);
		await deleteConversation(store.database, 'b');
		tell({ id: 'b', summary: null });
		await expect.poll(() => ids('ant')).toEqual([]);
	});

	test('tells every id once, and goes by its number from there on, also once it was changed, or deleted and put back', async () => {
		const { database, save, tell, searcher } = library(open);
		await save(saying('a', 'ant'));
		await save(saying('b', 'ant'));
		const { searcher: search, ids } = await searcher();
		const found = async (known: number) => {
			const { numbers, newIds } = await search.find('ant', SCREEN, known);
			return { numbers: [...numbers], newIds };
		};
		const { newIds } = await found(0);
		expect(newIds).toEqual(['a', 'b']);
		await deleteConversation(database, 'a');
		tell({ id: 'a', summary: null });
		await save(saying('c', 'ant', { changedAt: '2020-01-01T00:00:00.000Z' }));
		await expect.poll(() => ids('ant')).toEqual(['b', 'c']);
		expect(await found(2)).toEqual({ numbers: [1, 2], newIds: ['c'] });
		await save(saying('a', 'an ant', { changedAt: '2027-01-01T00:00:00.000Z' }));
		await expect.poll(() => ids('ant')).toEqual(['a', 'b', 'c']);
		expect(await found(3)).toEqual({ numbers: [0, 1, 2], newIds: [] });
	});

	test('lets nothing come back that was deleted a moment after it was saved', async () => {
		const { save, tell, searcher } = library(open);
		const { ids } = await searcher();
		await save(saying('a', 'ant'));
		tell({ id: 'a', summary: null });
		await save(saying('b', 'ant'));
		await expect.poll(() => ids('ant')).toEqual(['b']);
	});

	test('finds what an earlier version of the page has saved, and keeps the words of it', async () => {
		const { database, store, searcher } = library(open);
		for (const id of ['none', 'old', 'damaged', 'good']) await store.saveConversation(saying(id, 'ant'), 0);
		await database.write((records) => {
			records.delete('words/none');
			records.put('words/old', { version: 1, changedAt: '2020-01-01T00:00:00.000Z', words: 'bee' });
			records.put('words/damaged', { version: 99, words: 5 });
			records.put('conversation/broken', { version: 99 });
		});
		const { ids } = await searcher();
		expect((await ids('ant')).toSorted()).toEqual(['damaged', 'good', 'none', 'old']);
		expect(await ids('bee')).toEqual([]);
		for (const id of ['none', 'old', 'damaged'])
			await expect.poll(() => words(database, id)).toEqual({ version: 1, changedAt: ant.changedAt, words: 'ant' });
	});

	test('reads today’s record of words as it was ever written', async () => {
		const { database, store, searcher } = library(open);
		await store.saveConversation(ant, 0);
		await database.write((records) => records.put(`words/${ant.id}`, { ...words1, words: 'formica' }));
		expect(await (await searcher()).ids('formica')).toEqual([ant.id]);
	});

	test('searches a full disk, too, where nothing can be written', async () => {
		const { database, store, searcher } = library(open);
		await store.saveConversation(saying('a', 'ant'), 0);
		await database.write((records) => records.delete('words/a'));
		const full = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
		const { ids } = await searcher({ ...database, write: full });
		expect(await ids('ant')).toEqual(['a']);
	});

	test('says when nothing can be read', async () => {
		const { database } = library(open);
		const channel = new BroadcastChannel(database.name);
		onTestFinished(() => channel.close());
		const broken = { ...database, read: () => Promise.reject(new Error('broken')) };
		const searcher = new Searcher({ database: broken, channel, onchange: () => {} });
		await expect(searcher.find('ant', SCREEN, 0)).rejects.toThrow('broken');
	});
});

describe('the words of a conversation', () => {
	test('are kept by the first search after a change, and deleted and put back with it', async () => {
		const { database, store, searcher } = library(indexedDatabase);
		await store.saveConversation(ant, 0);
		await searcher();
		const kept = { ...words1, words: 'What is latin for Ant?' };
		await expect.poll(() => words(database, ant.id)).toEqual(kept);
		const deletion = await deleteConversation(store.database, ant.id);
		expect(await words(database, ant.id)).toBeUndefined();
		if (deletion.kind !== 'deleted') throw new Error(deletion.kind);
		await restore(store.database, deletion.deleted);
		expect(await words(database, ant.id)).toEqual(kept);
	});

	test('count for nothing once the conversation was changed', async () => {
		const { database, save, searcher } = library(indexedDatabase);
		await save(saying('a', 'ant'));
		await searcher();
		await expect.poll(() => words(database, 'a')).toMatchObject({ words: 'ant' });
		const changedAt = '2027-01-01T00:00:00.000Z';
		await save(saying('a', 'bee', { changedAt }), 1);
		const { ids } = await searcher();
		expect([await ids('bee'), await ids('ant')]).toEqual([['a'], []]);
		await expect.poll(() => words(database, 'a')).toMatchObject({ changedAt, words: 'bee' });
	});
});
