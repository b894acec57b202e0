import { describe, expect, onTestFinished, test } from 'vitest';
import { findCutOff, type CutOff } from '../../../src/state/cut-off.svelte';
import { Library } from '../../../src/state/library.svelte';
import { Transfer } from '../../../src/state/transfer.svelte';
import { databaseName, indexedDatabase, type Database } from '../../../src/store/database';
import { importLock } from '../../../src/store/import';
import { Store } from '../../../src/store/store';
import { survey } from '../../../src/store/survey';
import { runWith } from '../../fixtures/runs';
import version1 from '../../fixtures/saved/export-1.json';

/** So many are written together. */
const PART = 50;
const PARTS = 3;
const [first] = version1.conversations;
/** Their runs were pinned before they came, but for those of `c000` and `c003`. */
const conversations = Array.from({ length: PARTS * PART }, (_, place) => ({
	...first!,
	id: `c${String(place).padStart(3, '0')}`,
	runs: first!.runs.map((run) => ({ ...run, pinned: place !== 0 && place !== 3 })),
}));
const fileOf = (some: readonly unknown[]) =>
	new File([JSON.stringify({ ...version1, conversations: some })], 'in.json');
const file = fileOf(conversations);

/** A page over `database`. */
async function page(database: Database, locks?: LockManager) {
	const library = new Library({
		store: new Store(database),
		channel: new BroadcastChannel(database.name),
		newId: () => crypto.randomUUID(),
		now: () => Date.now(),
		after: () => () => {},
	});
	await library.start();
	onTestFinished(() => library.close());
	const cleared: string[] = [];
	const needs = {
		database,
		library,
		locks,
		clear: (attachments: readonly string[]) => {
			cleared.push(...attachments);
			return Promise.resolve();
		},
	};
	const transfer = new Transfer({
		...needs,
		attachments: { blob: () => Promise.resolve(null), lookAgain: () => undefined },
		keyRing: { read: () => null, state: { kind: 'none' } },
		disk: { protect: () => Promise.resolve() },
		recount: () => Promise.resolve(),
		now: () => 0,
		newId: () => crypto.randomUUID(),
	});
	return { library, transfer, cleared, find: () => findCutOff({ ...needs, locks: navigator.locks }) };
}

const fresh = () => indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));

/** A database in which a page was killed that had written all parts of an import but the last, and one opened on it since. */
async function killed({ before = {}, database = fresh() } = {}) {
	await database.write((records) => {
		for (const [key, record] of Object.entries(before)) records.put(key, record);
	});
	let parts = 0;
	const reached = Promise.withResolvers<void>();
	const dying: Database = {
		...database,
		write: (steps) => {
			if (++parts < PARTS) return database.write(steps);
			reached.resolve();
			return new Promise(() => {});
		},
	};
	// Its lock went with it.
	void (await page(dying)).transfer.import([file]);
	await reached.promise;
	return { database, store: new Store(database), ...(await page(database)) };
}

/** A tab whose import stands still before its write with this number: then it goes on, or that fails. */
async function tab(database: Database, nth: number) {
	const [reached, going] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	let writes = 0;
	const opened = await page(
		{
			...database,
			write: async (steps) => {
				if (++writes === nth) {
					reached.resolve();
					await going.promise;
				}
				return database.write(steps);
			},
		},
		navigator.locks,
	);
	let importing: Promise<unknown>;
	return {
		...opened,
		start: (from = file) => {
			importing = opened.transfer.import([from]);
			return reached.promise;
		},
		end: async (how: 'finished' | 'given up') => {
			if (how === 'finished') going.resolve();
			else going.reject(new Error('It went dark.'));
			await importing;
			expect(opened.transfer.phase).toMatchObject({ kind: 'ended', failed: how === 'given up' });
		},
	};
}

const keys = (database: Database, prefix: string) => database.read((records) => records.keys(prefix));
const found = async (find: () => Promise<CutOff | null>) => (await find()) ?? expect.fail('nothing was cut off');

describe('an import that was cut off', () => {
	test('is told with what came in, at every opening until it is decided about', async () => {
		const { find } = await killed();
		const cutOff = await found(find);
		expect(cutOff.message).toBe('An import was cut off before its end. 100 conversations had come in by then.');
		expect(cutOff.bad).toBe(true);
		expect((await found(find)).bad).toBe(true);
	});

	test('stays where that is wished, and is not asked about again', async () => {
		const { database, find } = await killed();
		const cutOff = await found(find);
		await cutOff.keep();
		expect(cutOff).toMatchObject({ bad: false, message: expect.stringContaining('import the file again') as string });
		expect(await keys(database, 'conversation/')).toHaveLength((PARTS - 1) * PART);
		expect(await keys(database, 'import/')).toEqual([]);
		expect(await find()).toBeNull();
	});

	test('is taken back where that is wished: conversations, runs, and the attachments that came with them', async () => {
		const { database, library, cleared, find } = await killed();
		await library.readAll();
		const cutOff = await found(find);
		await cutOff.remove();
		expect(cutOff).toMatchObject({ bad: false, message: 'What came in was removed.' });
		for (const prefix of ['conversation/', 'run/', 'chunks/', 'import/'])
			expect(await keys(database, prefix)).toEqual([]);
		expect(library.summaries).toEqual([]);
		expect(cleared).toEqual(Object.keys(version1.attachments));
		expect(await find()).toBeNull();
	});

	test('leaves alone, when it is taken back, what was changed, and what was deleted', async () => {
		const { database, store, library, find } = await killed();
		const [run] = await store.runsOf('c003');
		await library.rename('c001', 'mine now');
		await library.remove('c002');
		await store.pinRun('c003', run!.id, true);
		await store.saveRun({ ...runWith({}), conversation: 'c004', id: 'another' });
		await library.load('c005');
		library.edit('c005', { text: '{"typed": "a moment ago"}' });
		const cutOff = await found(find);
		await cutOff.remove();
		expect(cutOff.message).toBe('What came in was removed. 4 conversations stay that were changed since.');
		const left = ['c001', 'c003', 'c004', 'c005'];
		expect(await keys(database, 'conversation/')).toEqual(left.map((id) => `conversation/${id}`));
		expect(library.summaries.map(({ id }) => id).toSorted()).toEqual(left);
		expect(library.titleOf('c001')).toBe('mine now');
		expect(await store.runsOf('c003')).toHaveLength(first!.runs.length);
	});

	test('takes back the runs alone that came into a conversation which was here, but none that was pinned', async () => {
		const there = await killed();
		await (await found(there.find)).keep();
		const runs = [...(await keys(there.database, 'run/c000/')), ...(await keys(there.database, 'run/c001/'))];
		await there.database.write((records) => runs.forEach((key) => records.delete(key)));
		const before = Object.fromEntries(await there.database.read((records) => records.range('conversation/')));
		const { database, store, find } = await killed({ before });
		await store.pinRun('c000', first!.runs[0]!.id, true);
		const cutOff = await found(find);
		await cutOff.remove();
		expect(await keys(database, 'conversation/')).toHaveLength(Object.keys(before).length);
		expect((await store.runsOf('c000')).map(({ id }) => id)).toEqual([first!.runs[0]!.id]);
		expect(await keys(database, 'run/c001/')).toEqual([]);
	});

	test('is asked about again where its being taken back was cut off, too', async () => {
		const { database, find, library } = await killed();
		const cutOff = await found(() =>
			findCutOff({
				database: {
					...database,
					write: async (steps) => {
						if ((await keys(database, 'import/')).length < PARTS - 1) throw new Error('It went dark.');
						return database.write(steps);
					},
				},
				library,
				locks: navigator.locks,
				clear: () => Promise.resolve(),
			}),
		);
		await cutOff.remove();
		expect(cutOff).toMatchObject({ bad: true, message: expect.stringContaining('It went dark.') as string });
		expect(await keys(database, 'conversation/')).toHaveLength(PART);
		await (await found(find)).remove();
		expect(await keys(database, 'conversation/')).toEqual([]);
	});

	test('can be taken back further where that was broken off, and lists no more what is gone by then', async () => {
		const { database, library } = await killed();
		await library.readAll();
		let writes = 0;
		const cutOff = await found(() =>
			findCutOff({
				database: {
					...database,
					write: (steps) => (++writes === PARTS ? Promise.reject(new Error('It went dark.')) : database.write(steps)),
				},
				library,
				locks: navigator.locks,
				clear: () => Promise.resolve(),
			}),
		);
		await cutOff.remove();
		expect(cutOff).toMatchObject({ bad: true, message: expect.stringContaining('It went dark.') as string });
		expect(library.summaries).toHaveLength(PART);
		await cutOff.remove();
		expect(cutOff).toMatchObject({ bad: false, message: 'What came in was removed.' });
		expect(library.summaries).toEqual([]);
	});

	test('is nothing to tell of where all of it was here before', async () => {
		const there = await killed();
		await (await found(there.find)).keep();
		const before = Object.fromEntries(await there.database.read((records) => records.range('')));
		const { database, find } = await killed({ before });
		expect(await keys(database, 'import/')).toHaveLength(PARTS - 1);
		expect(await find()).toBeNull();
		expect(await keys(database, 'import/')).toEqual([]);
		expect(await keys(database, 'conversation/')).toHaveLength((PARTS - 1) * PART);
	});

	test('is left to a later version of the page that has noted it in its own way, and listed as unreadable', async () => {
		const { database, find } = await killed();
		const [one] = await keys(database, 'import/');
		await database.write((records) => records.put(one!, { version: 2 }));
		expect((await survey(database)).unreadable).toEqual([[one, { version: 2 }]]);
		await (await found(find)).remove();
		expect(await keys(database, 'import/')).toEqual([one]);
		expect(await keys(database, 'conversation/')).toHaveLength(PART);
	});
});

describe('what several imports bring', () => {
	test('stays with the one that was finished, whatever becomes of the one that was cut off before', async () => {
		const { database, library, transfer, find } = await killed();
		const cutOff = await found(find);
		await transfer.import([file]);
		expect(transfer.phase).toMatchObject({
			message: 'Imported 50 conversations; 100 conversations were here already.',
		});
		await cutOff.remove();
		expect(cutOff.message).toMatch(/^Nothing was removed: /);
		for (const prefix of ['conversation/', 'run/', 'chunks/'])
			expect(await keys(database, prefix)).toHaveLength(PARTS * PART);
		expect(library.summaries).toHaveLength(PARTS * PART);
		expect(await keys(database, 'import/')).toEqual([]);
		expect(await find()).toBeNull();
	});

	test('goes with the one that was cut off, as far as the finished one did not bring it', async () => {
		const { database, transfer, find } = await killed();
		const cutOff = await found(find);
		const [one, ...others] = conversations.slice(0, 60);
		await transfer.import([fileOf([{ ...one, runs: [] }, ...others])]);
		expect((await found(find)).message).toContain('41 conversations had come in');
		await cutOff.remove();
		expect(cutOff.message).toBe(
			'What came in was removed. 59 conversations stay that were brought by another import, too.',
		);
		expect(await keys(database, 'conversation/')).toHaveLength(60);
		expect(await keys(database, 'run/')).toHaveLength(59);
		expect(await keys(database, 'run/c000/')).toEqual([]);
	});

	test.each([
		['finished', 'first', 'given up', PARTS * PART],
		['finished', 'second', 'given up', PARTS * PART],
		['given up', 'first', 'finished', PARTS * PART],
		['given up', 'second', 'finished', PARTS * PART],
		['given up', 'first', 'given up', 0],
		['given up', 'second', 'given up', 0],
	] as const)(
		'at once is all there, or nothing: one is %s, the %s, then the other %s',
		async (how, which, then, many) => {
			const database = fresh();
			const first = await tab(database, PARTS);
			await first.start();
			const second = await tab(database, PARTS);
			await second.start();
			const [one, other] = which === 'first' ? [first, second] : [second, first];
			await one.end(how);
			await other.end(then);
			for (const prefix of ['conversation/', 'run/', 'chunks/'])
				expect(await keys(database, prefix)).toHaveLength(many);
			expect(await keys(database, 'import/')).toEqual([]);
			await expect.poll(() => [first, second].map(({ library }) => library.summaries.length)).toEqual([many, many]);
			if (many === 0) expect(other.cleared).toEqual(expect.arrayContaining(Object.keys(version1.attachments)));
		},
	);

	/** An import of the first conversation with one run more, which is about to be finished. */
	async function oneRunMore(database: Database) {
		const [run] = first!.runs;
		const second = await tab(database, 2);
		await second.start(fileOf([{ ...first, id: 'c000', runs: [run, { ...run, id: 'more' }] }]));
		return second;
	}

	test('is listed where it stays, also when nobody has told of it before', async () => {
		const database = fresh();
		const first = await tab(database, PARTS);
		const second = await tab(database, PARTS + 1);
		await first.start();
		await second.start();
		await first.end('given up');
		await second.end('finished');
		await expect
			.poll(() => [first, second].map(({ library }) => library.summaries.length))
			.toEqual([PARTS * PART, PARTS * PART]);
	});

	test('to one conversation goes run by run', async () => {
		const { database, store, find } = await killed();
		const second = await oneRunMore(database);
		expect(await store.runsOf('c000')).toHaveLength(2);
		await second.end('given up');
		expect(await store.runsOf('c000')).toHaveLength(1);
		const cutOff = await found(find);
		await cutOff.remove();
		expect(cutOff.message).toBe('What came in was removed.');
		expect(await keys(database, '')).toEqual(
			expect.not.arrayContaining([expect.stringMatching(/^(conversation|run)/)]),
		);
	});

	test('to one conversation goes with the last of them', async () => {
		const { database, find } = await killed();
		const second = await oneRunMore(database);
		const cutOff = await found(find);
		await cutOff.remove();
		expect(cutOff.message).toBe(
			'What came in was removed. 1 conversation stays that was brought by another import, too.',
		);
		expect(await keys(database, 'conversation/')).toEqual(['conversation/c000']);
		await second.end('given up');
		for (const prefix of ['conversation/', 'run/', 'chunks/', 'import/'])
			expect(await keys(database, prefix)).toEqual([]);
	});

	test.each(['keep', 'remove'] as const)(
		'is told once where all were cut off, and decided about at once: %s',
		async (decide) => {
			const { database } = await killed();
			const { find } = await killed({ database });
			const cutOff = await found(find);
			expect(cutOff.message).toContain('100 conversations had come in');
			await cutOff[decide]();
			const stays = decide === 'keep' ? (PARTS - 1) * PART : 0;
			for (const prefix of ['conversation/', 'run/', 'chunks/'])
				expect(await keys(database, prefix)).toHaveLength(stays);
			expect(await keys(database, 'import/')).toEqual([]);
		},
	);

	test('stays where one of them is kept that was cut off', async () => {
		const { database, find } = await killed();
		const second = await tab(database, PARTS);
		await second.start();
		await (await found(find)).keep();
		await second.end('given up');
		expect(await keys(database, 'conversation/')).toHaveLength((PARTS - 1) * PART);
		expect(await keys(database, 'import/')).toEqual([]);
	});
});

describe('an import under way', () => {
	test('reads no notes while it is the only one', async () => {
		const database = fresh();
		const got: IDBValidKey[] = [];
		const { transfer } = await page({
			...database,
			write: (steps) =>
				database.write((records) =>
					steps({
						...records,
						get: (key) => {
							got.push(key);
							return records.get(key);
						},
					}),
				),
		});
		expect(await transfer.import([file])).toHaveLength(PARTS * PART);
		expect(got.filter((key) => typeof key === 'string' && key.startsWith('import/'))).toEqual([]);
	});

	test('is not taken for one that was cut off, by any tab, and leaves no note when it is finished', async () => {
		const database = fresh();
		const seen: (CutOff | null)[] = [];
		const { transfer, find } = await page(
			{
				...database,
				write: async (steps) => {
					if ((await keys(database, 'import/')).length === PARTS - 1) seen.push(await find());
					return database.write(steps);
				},
			},
			navigator.locks,
		);
		expect(await transfer.import([file])).toHaveLength(PARTS * PART);
		expect(seen).toContain(null);
		expect(seen.filter(Boolean)).toEqual([]);
		expect(await keys(database, 'import/')).toEqual([]);
	});

	test('keeps its lock from the first part to the end', async () => {
		const database = fresh();
		const names = async () => (await navigator.locks.query()).held?.map(({ name }) => name) ?? [];
		const held: (readonly string[])[] = [];
		const dying: Database = {
			...database,
			write: async (steps) => {
				held.push((await names()).filter((name) => name?.startsWith(importLock(database, ''))) as string[]);
				return database.write(steps);
			},
		};
		const { transfer } = await page(dying, navigator.locks);
		await transfer.import([file]);
		expect(held.map(({ length }) => length)).toEqual(new Array(PARTS + 1).fill(1));
		expect((await names()).filter((name) => name?.startsWith(importLock(database, '')))).toEqual([]);
	});
});
