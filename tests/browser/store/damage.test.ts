import { afterEach, describe, expect, test, vi } from 'vitest';
import { referenceTo } from '../../../src/model/attachment';
import type { Conversation } from '../../../src/model/conversation';
import type { Run } from '../../../src/model/run';
import { databaseName, indexedDatabase, type Database } from '../../../src/store/database';
import { deleteConversation, deleteRun, restore } from '../../../src/store/deletion';
import { takeBack, takeIn } from '../../../src/store/import';
import { Store } from '../../../src/store/store';
import { removeRecords, survey } from '../../../src/store/survey';
import { GRACE, sweep } from '../../../src/store/sweep';
import { exported, exportedRecording } from '../../../src/model/export-file';
import { recordingOf } from '../../../src/model/recording';
import { runWith } from '../../fixtures/runs';
import conversation1 from '../../fixtures/saved/conversation-1.json';
import run1 from '../../fixtures/saved/run-1.json';

const ant = conversation1 as unknown as Conversation; // JSON widens its literals
const run = { ...run1, chunks: [] } as unknown as Run; // JSON widens its literals
const sha256 = 'a'.repeat(64);
const naming = `{"data": "${referenceTo(sha256)}"}`;

const { get, getAll } = IDBObjectStore.prototype; // eslint-disable-line @typescript-eslint/unbound-method -- they are called on what they are called on

afterEach(() => void vi.restoreAllMocks());

function opened() {
	const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
	return { database, store: new Store(database) };
}

/** Have the browser read the record `key` as it reads one whose bytes on the disk are damaged. */
function damage(key: string): void {
	vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, query) {
		const request = get.call(this, query);
		return query === key ? failing(request) : request;
	});
	vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (this: IDBObjectStore, query) {
		const request = getAll.call(this, query);
		return query instanceof IDBKeyRange && query.includes(key) ? failing(request) : request;
	});
}

/** A request that fails when `request` succeeds, and ends the transaction unless somebody prevents that. */
function failing(request: IDBRequest): IDBRequest {
	const failed = new EventTarget() as IDBRequest & { onerror: () => void };
	const error = new DOMException('Failed to read large IndexedDB value', 'DataError');
	Object.defineProperties(failed, { error: { value: error }, transaction: { value: request.transaction } });
	request.onsuccess = () => {
		const event = new Event('error', { cancelable: true });
		failed.dispatchEvent(event);
		failed.onerror();
		if (!event.defaultPrevented) request.transaction?.abort();
	};
	return failed;
}

describe('a damaged record', () => {
	test('is set aside, and all others are read', async () => {
		const { database, store } = opened();
		for (const id of ['bad', 'good']) await store.saveConversation({ ...ant, id }, 0);
		await database.write((records) => records.delete('fresh/good'));
		damage('conversation/bad');
		expect(await store.loadConversation('bad')).toMatchObject({
			kind: 'unreadable',
			reason: expect.stringContaining('Failed to read') as string,
		});
		const list = await store.listSummaries();
		expect(list.map(({ id, title }) => [id, title])).toEqual([
			['bad', 'Unreadable conversation'],
			['good', ant.title],
		]);
		expect((await survey(database)).unreadable.map(([key]) => key)).toEqual(['conversation/bad']);
		vi.restoreAllMocks();
		expect(await removeRecords(database, ['conversation/bad'])).toEqual(['bad']);
		expect((await store.listSummaries()).map(({ id }) => id)).toEqual(['good']);
	});

	test('leaves the other runs of its conversation to be read, deleted and brought back', async () => {
		const { store } = opened();
		await store.saveConversation(ant, 0);
		await store.saveRun(run);
		await store.saveRun({ ...run, id: 'bad' });
		damage(`chunks/${ant.id}/bad`);
		expect(await store.loadRun(ant.id, 'bad')).toMatchObject({ kind: 'unreadable' });
		expect(await store.loadRun(ant.id, run.id)).toMatchObject({ kind: 'found' });
		const deletion = await deleteConversation(store.database, ant.id);
		if (deletion.kind !== 'deleted') throw new Error(deletion.kind);
		expect(await restore(store.database, deletion.deleted)).toEqual({ kind: 'saved' });
		expect(await store.loadRun(ant.id, run.id)).toMatchObject({ kind: 'found' });
	});

	test.each([
		['run', false],
		['chunks', true],
	] as const)('of a run, %s/…, is brought back by an import', async (part, stillPinned) => {
		const { database, store } = opened();
		await store.saveConversation(ant, 0);
		await store.saveRun(run);
		await store.pinRun(ant.id, run.id, true);
		damage(`${part}/${ant.id}/${run.id}`);
		const conversation = exported(ant, [run]);
		const result = await takeIn(database, [{ conversation, attachments: new Map(), mark: '' }], 'import', 0);
		expect(result).toMatchObject({ kind: 'taken', taken: [{ kind: 'merged' }] });
		vi.restoreAllMocks();
		expect(await store.loadRun(ant.id, run.id)).toMatchObject({ kind: 'found' });
		expect((await store.runsOf(ant.id)).map(({ pinned = false }) => pinned)).toEqual([stillPinned]);
	});

	test('keeps every attachment, as it could name any, until it is deleted', async () => {
		const { database, store } = opened();
		await store.keepAttachment(sha256, new Blob(['x']));
		await store.saveConversation({ ...ant, text: naming }, 0);
		damage(`conversation/${ant.id}`);
		expect((await survey(database)).unused).toEqual([]);
		expect(await sweep(database, { now: 0, grace: 0 })).toBe(0);
		await removeRecords(database, [`conversation/${ant.id}`]);
		vi.restoreAllMocks();
		expect((await survey(database)).unused).toEqual([sha256]);
		expect(await sweep(database, { now: 0, grace: 0 })).toBe(1);
	});
});

describe('a record with a value that no export can say', () => {
	const { request, response } = run;
	const chunks = { version: 1, chunks: [] };
	const recording = { version: 1, ...exportedRecording(recordingOf(runWith({}), 'one', null)!) }; // it has an answer

	test.each<[string, object]>([
		['conversation', { origin: { conversation: 'other', turn: NaN } }],
		['conversation', { origin: { conversation: 'a/b', turn: 1 } }],
		['conversation', { changedAt: 'yesterday' }],
		['run', { duration: Infinity }],
		['run', { request: { ...request, bytes: NaN } }],
		['run', { response: { ...response, at: NaN } }],
		['run', { response: { ...response, status: Infinity } }],
		['run', { response: { ...response, replayOf: 'x' } }],
		['run', { response: { ...response, replayOf: { name: 1, recordedAt: run.startedAt } } }],
		['run', { response: { ...response, replayOf: { name: 'x', recordedAt: 'yesterday' } } }],
		['chunks', { chunks: [{ at: Infinity, bytes: new Uint8Array() }] }],
		['recording', { recordedAt: 'yesterday' }],
		['recording', { duration: NaN }],
		['recording', { response: { ...response, status: NaN } }],
		['recording', { ending: { kind: 'no-answer', cause: 'cors', reason: '' } }],
		['recorded', { chunks: [{ at: NaN, bytes: new Uint8Array() }] }],
	])('is found among the unreadable ones: a %s with %o', async (kind, change) => {
		const { database, store } = opened();
		await store.saveConversation(ant, 0);
		await store.saveRun(run);
		const place = `${ant.id}/${run.id}`;
		const records: Readonly<Record<string, object>> = {
			[`conversation/${ant.id}`]: { ...ant, revision: 1 },
			[`run/${place}`]: run1,
			[`chunks/${place}`]: chunks,
			'recording/one': recording,
			'recorded/one': chunks,
		};
		await database.write((all) => Object.entries(records).forEach(([key, record]) => all.put(key, record)));
		expect((await survey(database)).unreadable).toEqual([]);
		const [key, record] = Object.entries(records).find(([key]) => key.startsWith(`${kind}/`))!; // there is one of each
		await database.write((all) => all.put(key, { ...record, ...change }));
		expect((await survey(database)).unreadable.map(([key]) => key)).toContain(key);
	});

	test('is found where it is an id: a recording of “a/b”', async () => {
		const { database } = opened();
		await database.write((all) => all.put('recording/a/b', { ...recording, id: 'a/b' }));
		expect((await survey(database)).unreadable.map(([key]) => key)).toEqual(['recording/a/b']);
	});
});

/** A store whose disk is full: the browser refuses every transaction that writes. */
function full(database: Database): Database {
	return {
		...database,
		write: (steps) =>
			database.write(async (records) => {
				let writes = false;
				const value = await steps({ ...records, put: () => (writes = true) });
				if (writes) throw new DOMException('', 'QuotaExceededError');
				return value;
			}),
	};
}

describe('a disk with no room for a single word more', () => {
	test('lets conversations, runs and unreadable records be deleted, and lists the others as they are', async () => {
		const { database, store } = opened();
		for (const id of ['one', 'two', 'three']) await store.saveConversation({ ...ant, id }, 0);
		await store.listSummaries();
		await store.saveConversation({ ...ant, id: 'two', title: 'renamed' }, 1);
		await store.saveRun({ ...run, conversation: 'two' });
		await database.write((records) => records.put('run/two/bad', { version: 9 }));
		const poor = new Store(full(database));
		expect(await deleteConversation(poor.database, 'one')).toMatchObject({ kind: 'deleted' });
		expect(await deleteRun(poor.database, 'two', run.id)).toMatchObject({ kind: 'deleted' });
		expect(await removeRecords(poor.database, ['run/two/bad'])).toEqual([]);
		const list = await poor.listSummaries();
		expect(list.map(({ id, title, runs }) => [id, title, runs]).toSorted()).toEqual([
			['three', ant.title, 0],
			['two', 'renamed', 0],
		]);
		expect(await poor.firstSummaries()).toBeNull();
		// With room again, the list is noted as ever.
		expect(await store.listSummaries()).toEqual(list);
		expect(await store.firstSummaries()).toHaveLength(2);
	});

	test('lets attachments that nothing names be removed, and no other', async () => {
		const { database, store } = opened();
		await store.saveConversation({ ...ant, text: naming }, 0);
		await store.keepAttachment(sha256, new Blob(['x']));
		await store.keepAttachment('b'.repeat(64), new Blob(['y']));
		expect(await sweep(full(database), { now: 0 })).toBe(0);
		expect(await sweep(full(database), { now: 0, grace: 0 })).toBe(1);
		expect(await store.loadAttachment(sha256)).not.toBeNull();
		await sweep(database, { now: 0 });
		await deleteConversation(store.database, ant.id);
		await sweep(database, { now: 0 });
		expect(await sweep(full(database), { now: GRACE })).toBe(1);
	});

	test('lets no attachment be removed that a closed tab has left behind with words, nor is it told to be unused', async () => {
		const { database, store } = opened();
		await store.saveConversation(ant, 0);
		await store.keepAttachment(sha256, new Blob(['x']));
		await store.leaveBehind({ tab: 'tab', at: 1, drafts: [{ saved: ant, current: { ...ant, text: naming } }] });
		expect((await survey(database)).unused).toEqual([]);
		expect(await sweep(full(database), { now: 0, grace: 0 })).toBe(0);
		expect(await store.loadAttachment(sha256)).not.toBeNull();
		await store.clearBehind('tab');
		expect((await survey(database)).unused).toEqual([sha256]);
		expect(await sweep(full(database), { now: 0, grace: 0 })).toBe(1);
	});

	test('lets an import that it had no room for be taken back', async () => {
		const { database, store } = opened();
		const conversation = exported({ ...ant, id: 'coming' }, []);
		const result = await takeIn(database, [{ conversation, attachments: new Map(), mark: '' }], 'import', 0);
		expect(result.kind).toBe('taken');
		expect(await takeBack(full(database), 'import')).toMatchObject({ left: 0, rest: null });
		expect(await store.listSummaries()).toEqual([]);
	});
});
