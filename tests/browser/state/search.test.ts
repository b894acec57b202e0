import { describe, expect, onTestFinished, test } from 'vitest';
import { Library } from '../../../src/state/library.svelte';
import { Search } from '../../../src/state/search.svelte';
import workerUrl from '../../../src/state/search.worker?worker&url';
import { workerStarter } from '../../../src/state/start-worker';
import { databaseName, indexedDatabase, type Database } from '../../../src/store/database';
import { memoryDatabase } from '../../../src/store/memory-database';
import { Store } from '../../../src/store/store';

const startWorker = workerStarter('search-worker', workerUrl);

const saying = (words: string) => ({
	text: JSON.stringify({ messages: [{ role: 'user', content: words }] }),
	apiVersion: '2023-06-01' as const,
	headers: [],
	target: { kind: 'simulated' as const },
});

/** A library in a tab, and a search of it as another tab would have it. */
async function setUp({
	open = indexedDatabase,
	worker = startWorker,
}: { open?: (name: string) => Database; worker?: (() => Worker) | null } = {}) {
	const database = open(databaseName(`/test/${crypto.randomUUID()}/`));
	const library = new Library({
		store: new Store(database),
		channel: new BroadcastChannel(database.name),
		newId: () => crypto.randomUUID(),
		now: () => Date.now(),
		after: () => () => {},
	});
	await library.start();
	onTestFinished(() => library.close());
	const workers: Worker[] = [];
	const startNoted =
		worker &&
		(() => {
			const started = worker();
			workers.push(started);
			return started;
		});
	const search = new Search({ database, channel: database.name, startWorker: startNoted });
	onTestFinished(() => workers.forEach((started) => started.terminate()));
	return { library, search, workers };
}

const excerpts = (search: Search) =>
	search.found?.ids.map((id) =>
		search.found?.matches
			.get(id)
			?.excerpt.map(({ text, found }) => (found ? `[${text}]` : text))
			.join(''),
	);

describe.each([
	['in a worker', indexedDatabase, startWorker],
	['without a worker', indexedDatabase, null],
	['in memory', memoryDatabase, startWorker],
	[
		'where the worker cannot be started',
		indexedDatabase,
		() => {
			throw new DOMException('', 'SecurityError');
		},
	],
	['where the worker cannot be loaded', indexedDatabase, () => new Worker('/there-is-none.js', { type: 'module' })],
	[
		'where the worker fails',
		indexedDatabase,
		() => new Worker(URL.createObjectURL(new Blob(['onmessage = () => { throw new Error(); }']))),
	],
])('Search %s', (_, open, worker) => {
	test('finds the text of messages, and follows what is changed', async () => {
		const { library, search } = await setUp({ open, worker });
		const { id } = library.create(saying('Un café au lait'));
		library.create(saying('An ant'));
		await library.flush();
		search.ask('CAFE');
		await expect.poll(() => excerpts(search)).toEqual(['Un [café] au lait']);
		expect(search.found).toMatchObject({ query: 'CAFE', ids: [id] });
		await expect.poll(() => search.found?.complete).toBe(true);
		library.create(saying('cafeteria'));
		await expect.poll(() => excerpts(search)).toEqual(['Un [café] au lait', '[cafe]teria']);
		library.edit(id, saying('Un thé'));
		await library.flush();
		await expect.poll(() => excerpts(search)).toEqual(['[cafe]teria']);
		search.ask('');
		await expect.poll(() => search.found).toBeNull();
		expect(search.problem).toBe('');
	});
});

describe('Search', () => {
	test('shows what was asked last, and asks nothing that has been overtaken', async () => {
		const { library, search } = await setUp();
		for (const words of ['ant', 'bee', 'cat']) library.create(saying(words));
		await library.flush();
		const seen = new Set<string>();
		for (const query of ['a', 'an', 'be', 'c', 'ca']) search.ask(query);
		await expect
			.poll(() => {
				if (search.found) seen.add(search.found.query);
				return excerpts(search);
			})
			.toEqual(['[ca]t']);
		expect([...seen]).toEqual(['ca']);
	});

	test('goes on by itself when the worker fails after it has found something', async () => {
		const { library, search, workers } = await setUp();
		const { id: gone } = library.create(saying('an ant'));
		await library.flush();
		search.ask('ant');
		await expect.poll(() => search.found?.complete).toBe(true);
		const { id } = library.create(saying('ant'));
		await library.flush();
		await expect.poll(() => search.found?.ids).toEqual([id, gone]);
		await library.remove(gone);
		await expect.poll(() => search.found?.ids).toEqual([id]);
		workers[0]?.dispatchEvent(new Event('error'));
		search.ask('an');
		await expect.poll(() => search.found).toMatchObject({ query: 'an', ids: [id] });
	});

	test('finds out how the rows match that are scrolled to', async () => {
		const { library, search } = await setUp();
		for (let n = 0; n < 40; n++) library.create(saying(`ant ${n}`));
		await library.flush();
		search.ask('ant');
		await expect.poll(() => search.found?.ids.length).toBe(40);
		await expect.poll(() => search.found?.complete).toBe(true);
		expect(excerpts(search)?.filter(Boolean)).toHaveLength(30);
		await search.show(25, 40);
		expect(excerpts(search)?.filter(Boolean)).toHaveLength(40);
	});

	test('shows what was found last, also when it is told late how rows of an earlier search match', async () => {
		const { library, search } = await setUp();
		for (let n = 0; n < 40; n++) library.create(saying(`ant ${n}`));
		library.create(saying('bee'));
		await library.flush();
		search.ask('ant');
		await expect.poll(() => search.found?.complete).toBe(true);
		search.ask('bee');
		await search.show(25, 40);
		await expect.poll(() => excerpts(search)).toEqual(['[bee]']);
	});

	test('says when what is kept cannot be read', async () => {
		const broken = (name: string): Database => ({
			...memoryDatabase(name),
			read: () => Promise.reject(new Error('It is damaged.')),
		});
		const { search } = await setUp({ open: broken });
		search.ask('ant');
		await expect.poll(() => search.problem).toContain('cannot be searched: Error: It is damaged.');
		expect(search.found).toBeNull();
	});
});
