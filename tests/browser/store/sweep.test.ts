import { describe, expect, test } from 'vitest';
import { referenceTo } from '../../../src/model/attachment';
import { exported } from '../../../src/model/export-file';
import type { Conversation } from '../../../src/model/conversation';
import type { Run } from '../../../src/model/run';
import { recordingOf } from '../../../src/model/recording';
import { databaseName, indexedDatabase, type Database } from '../../../src/store/database';
import { deleteConversation, restore } from '../../../src/store/deletion';
import { takeIn } from '../../../src/store/import';
import { settleList } from '../../../src/store/list';
import { writeReport } from '../../../src/store/model-reports';
import { saveRecording } from '../../../src/store/recordings';
import { Store } from '../../../src/store/store';
import { nameOf, removeRecords, survey } from '../../../src/store/survey';
import { GRACE, sweep } from '../../../src/store/sweep';
import { runWith } from '../../fixtures/runs';
import conversation1 from '../../fixtures/saved/conversation-1.json';
import run1 from '../../fixtures/saved/run-1.json';
import words1 from '../../fixtures/saved/words-1.json';

const ant = conversation1 as unknown as Conversation; // JSON widens its literals
const run = { ...run1, chunks: [] } as unknown as Run; // JSON widens its literals
const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
const naming = (sha256: string) => `{"data": "${referenceTo(sha256)}"}`;

/** Keys that no version of the page so far has written. */
const foreignKeys: readonly IDBValidKey[] = [
	'folder/x',
	'conversations',
	'(number) 7',
	7,
	new Date('2026-11-23'),
	['conversation', 1],
	new Uint8Array([1, 2]),
];

/** Put a record under any key, as somebody else could. */
function putForeign(database: Database, key: IDBValidKey, record: unknown): Promise<void> {
	return database.write((records) => records.put(key as string, record)); // IndexedDB takes them all
}

/** What holds itself, beside `words`. */
function circle(words: string): object {
	const round: Record<string, unknown> = { words };
	round.round = round;
	return round;
}

/** Keep a run whose request names `sha256`, in a conversation that names nothing. */
async function saveRunNaming(store: Store, sha256: string): Promise<void> {
	await store.saveConversation(ant, 0);
	await store.saveRun({ ...run, request: { ...run.request, text: naming(sha256) } });
}

function opened() {
	const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
	const store = new Store(database);
	return {
		database,
		store,
		keep: (sha256: string, bytes = 10) => store.keepAttachment(sha256, new Blob([new Uint8Array(bytes)])),
		there: async (sha256: string) => (await store.loadAttachment(sha256)) !== null,
	};
}

describe('the sweep', () => {
	test('removes what nothing has named for a day, not earlier', async () => {
		const { database, keep, there } = opened();
		await keep(a);
		expect(await sweep(database, { now: 0 })).toBe(0);
		expect(await sweep(database, { now: GRACE - 1 })).toBe(0);
		expect(await there(a)).toBe(true);
		expect(await sweep(database, { now: GRACE })).toBe(1);
		expect(await there(a)).toBe(false);
	});

	test.each<[string, (store: Store, database: Database) => Promise<unknown>]>([
		['a conversation', (store) => store.saveConversation({ ...ant, text: naming(a) }, 0)],
		['a conversation that does not parse', (store) => store.saveConversation({ ...ant, text: `${naming(a)} {` }, 0)],
		['a run', (store) => saveRunNaming(store, a)],
		[
			'an unsaved edit',
			(store) =>
				store.leaveBehind({ tab: 'tab', at: 1, drafts: [{ saved: ant, current: { ...ant, text: naming(a) } }] }),
		],
		[
			'a record it cannot read',
			(_, database) => database.write((records) => records.put('conversation/x', { version: 9, words: naming(a) })),
		],
	])('leaves what %s names, however long', async (_, name) => {
		const { database, store, keep, there } = opened();
		await keep(a);
		await keep(b);
		await name(store, database);
		expect(await sweep(database, { now: 0 })).toBe(0);
		expect(await sweep(database, { now: 9 * GRACE })).toBe(1);
		expect([await there(a), await there(b)]).toEqual([true, false]);
	});

	test('counts the day from the last moment it was named, also when that was between two sweeps', async () => {
		const { database, store, keep, there } = opened();
		await keep(a);
		await sweep(database, { now: 0 });
		const named = [
			() => store.saveConversation({ ...ant, text: naming(a) }, 0),
			() => store.saveConversation({ ...ant, text: '{}' }, 1),
		];
		for (const save of named) await save();
		expect(await sweep(database, { now: 2 * GRACE })).toBe(0);

		const deletion = await store
			.saveConversation({ ...ant, text: naming(a) }, 2)
			.then(() => deleteConversation(store.database, ant.id));
		expect(await sweep(database, { now: 4 * GRACE })).toBe(0);
		if (deletion.kind !== 'deleted') throw new Error(deletion.kind);
		await restore(store.database, deletion.deleted);
		await deleteConversation(store.database, ant.id);
		expect(await sweep(database, { now: 9 * GRACE })).toBe(0);
		expect(await there(a)).toBe(true);
		expect(await sweep(database, { now: 10 * GRACE })).toBe(1);
	});

	test('leaves what a text names that could not be saved', async () => {
		const { database, keep, there } = opened();
		await keep(a);
		await keep(b);
		expect(await sweep(database, { now: 0, grace: 0, unsaved: () => [naming(a)] })).toBe(1);
		expect([await there(a), await there(b)]).toEqual([true, false]);
	});

	test.each<[string, (store: Store, database: Database) => Promise<unknown>]>([
		['kept again', (store) => store.keepAttachment(a, new Blob(['x']))],
		['named by what is being typed', (store) => store.saveConversation({ ...ant, text: naming(a) }, 0)],
		['named by a run that is being kept', (store) => saveRunNaming(store, a)],
		[
			'named by an import under way',
			(_, database) => {
				const conversation = exported({ ...ant, text: naming(a) }, []);
				return takeIn(
					database,
					[{ conversation, attachments: new Map([[a, new Blob(['x'])]]), mark: '' }],
					'import',
					0,
				);
			},
		],
	])('leaves what is %s while it sweeps', async (_, act) => {
		const { database, store, keep, there } = opened();
		await keep(a);
		await keep(b);
		await sweep(database, { now: 0 });
		const settle = async () => void (await act(store, database));
		expect(await sweep(database, { now: GRACE, settle })).toBe(1);
		expect([await there(a), await there(b)]).toEqual([true, false]);
	});

	test('leaves what a tab that was closed while it swept has left behind', async () => {
		const { database, store, keep, there } = opened();
		await keep(a);
		const settle = async () =>
			void (await store.leaveBehind({
				tab: 'tab',
				at: 1,
				drafts: [{ saved: ant, current: { ...ant, text: naming(a) } }],
			}));
		expect(await sweep(database, { now: 0, grace: 0, settle })).toBe(0);
		expect(await there(a)).toBe(true);
	});

	test.each<[string, IDBValidKey, unknown]>([
		['under a key that this version does not know', 'folder/x', { version: 2, words: naming(a) }],
		['under a key that is no text', 7, { words: naming(a) }],
		['in a shape that JSON has no word for', 'conversation/x', new Map([[1n, circle(naming(a))]])],
	])('leaves what a record names %s', async (_, key, record) => {
		const { database, keep, there } = opened();
		await keep(a);
		await putForeign(database, key, record);
		expect(await sweep(database, { now: 0, grace: 0 })).toBe(0);
		expect(await there(a)).toBe(true);
	});
});

describe('undoing a deletion', () => {
	test('brings back the attachments that another tab has swept away meanwhile', async () => {
		const { database, store } = opened();
		const bytes = new Uint8Array(300_000).map((_, place) => place % 251);
		await store.keepAttachment(a, new Blob([bytes]));
		await store.keepAttachment(b, new Blob(['sent']));
		await store.saveConversation({ ...ant, text: naming(a) }, 0);
		await store.saveRun({ ...run, conversation: ant.id, request: { ...run.request, text: naming(b) } });
		const deletion = await deleteConversation(store.database, ant.id);
		if (deletion.kind !== 'deleted') throw new Error(deletion.kind);
		expect(await sweep(database, { now: 0, grace: 0 })).toBe(2);

		expect(await restore(store.database, deletion.deleted)).toEqual({ kind: 'saved' });
		const [image, sent] = [await store.loadAttachment(a), await store.loadAttachment(b)];
		expect(new Uint8Array((await image?.arrayBuffer()) ?? [])).toEqual(bytes);
		expect(await sent?.text()).toBe('sent');
		expect((await survey(database)).unused).toEqual([]);
	});

	test('leaves nothing behind of what is never undone', async () => {
		const { database, store, keep } = opened();
		await keep(a);
		await store.saveConversation({ ...ant, text: naming(a) }, 0);
		await deleteConversation(store.database, ant.id);
		expect(await sweep(database, { now: 0, grace: 0 })).toBe(1);
		const left = await survey(database);
		expect([left.attachments.size, left.conversations.size, left.unreadable]).toEqual([0, 0, []]);
	});
});

describe('removing records', () => {
	test('takes away what is not ours, whatever its key', async () => {
		const { database, store } = opened();
		await store.saveConversation(ant, 0);
		for (const key of foreignKeys) await putForeign(database, key, 'foreign');
		const keys = (await survey(database)).unreadable.map(([key]) => key);
		expect(await removeRecords(database, keys)).toEqual([]);
		expect((await survey(database)).unreadable).toEqual([]);
		expect(await store.listSummaries()).toHaveLength(1);
	});

	test('takes them away for good, and the conversations among them off the list', async () => {
		const { database, store } = opened();
		await store.saveConversation({ ...ant, id: 'good' }, 0);
		await store.saveRun({ ...run, conversation: 'good' });
		await database.write((records) => {
			records.put('conversation/bad', { version: 9 });
			records.put('run/good/bad', { version: 9 });
		});
		expect(await store.listSummaries()).toHaveLength(2);
		const keys = (await survey(database)).unreadable.map(([key]) => key);
		expect(await removeRecords(database, keys)).toEqual(['bad']);
		expect((await survey(database)).unreadable).toEqual([]);
		expect((await store.listSummaries()).map(({ id, runs }) => [id, runs])).toEqual([['good', 1]]);
	});
});

describe('the survey', () => {
	test('says what each conversation would set free, and what nothing names', async () => {
		const { database, store, keep } = opened();
		await keep(a, 1000);
		await keep(b, 5000);
		await keep('c'.repeat(64), 7);
		await store.saveConversation({ ...ant, id: 'one', text: naming(a) }, 0);
		await store.saveConversation({ ...ant, id: 'two', text: naming(a) }, 0);
		await store.saveRun({
			...run,
			conversation: 'two',
			request: { ...run.request, text: naming(b) },
			chunks: [{ at: 1, bytes: new Uint8Array(300) }],
		});
		const { runs, attachments, conversations, unused, unreadable } = await survey(database);
		expect([runs, attachments.size, unused, unreadable]).toEqual([1, 3, ['c'.repeat(64)], []]);
		const text = naming(a).length;
		expect(Object.fromEntries(conversations)).toEqual({ one: text, two: 2 * text + 300 + 5000 });
	});

	test('finds what is not ours among everything that is, whatever its key', async () => {
		const { database, store, keep } = opened();
		await store.saveConversation(ant, 0);
		await store.saveRun(run);
		await store.setSetting('theme', 'dark');
		await store.writeKey({ version: 1, kind: 'plain', key: 'canary' });
		await store.leaveBehind({ tab: 'tab', at: 1, drafts: [] });
		await settleList(database);
		await keep(a);
		await sweep(database, { now: 0 });
		await saveRecording(database, recordingOf(runWith({ body: 'said' }), 'said', null)!); // it has an answer
		await writeReport(database, { version: 1, target: { kind: 'anthropic' }, askedAt: '', items: [] });
		await database.write((records) => records.put(`words/${ant.id}`, words1));
		expect((await survey(database)).unreadable).toEqual([]);

		for (const key of foreignKeys) await putForeign(database, key, 'foreign');
		// A later version may keep its key elsewhere: that is not for an export.
		await putForeign(database, 'keys/work', 'canary');
		const { unreadable } = await survey(database);
		expect(unreadable.map(([key]) => nameOf(key)).toSorted()).toEqual(
			[
				'(bytes) [1,2]',
				'(date) 2026-11-23T00:00:00.000Z',
				'(list) ["conversation","(number) 1"]',
				'(number) 7',
				'(text) (number) 7',
				'conversations',
				'folder/x',
			].toSorted(),
		);
		expect(unreadable.every(([, record]) => record === 'foreign')).toBe(true);
	});

	test('finds what cannot be read, and goes on', async () => {
		const { database, store } = opened();
		for (let n = 0; n < 250; n++) await store.saveConversation({ ...ant, id: `good-${n}` }, 0);
		const bad = ['attachment/x', 'chunks/a/b', 'conversation/m', 'run/a/b', 'unsaved/t'];
		await database.write((records) => bad.forEach((key) => records.put(key, { version: 9 })));
		await store.writeKey({ version: 1, kind: 'plain', key: 'canary' });
		// Nothing shows a run without its conversation.
		await store.saveRun({ ...run, conversation: 'm' });
		bad.push(`chunks/m/${run.id}`, `run/m/${run.id}`);
		const found = await survey(database);
		expect(found.unreadable.map(([key]) => key).toSorted()).toEqual(bad.toSorted());
		expect(found.conversations.size).toBeGreaterThanOrEqual(250);
		expect(JSON.stringify(found.unreadable)).not.toContain('canary');
	});

	test('finds recordings that say they are others or lack their bytes, with what belongs to them, and counts the rest', async () => {
		const { database } = opened();
		for (const id of ['good', 'other', 'bare', 'torn'])
			await saveRecording(database, recordingOf(runWith({ body: 'said' }), id, null)!); // it has an answer
		await database.write(async (records) => {
			records.put('recording/moved', await records.get('recording/other'));
			records.put('recorded/moved', await records.get('recorded/other'));
			records.delete('recorded/bare');
			records.put('recorded/torn', { version: 9 });
		});
		const found = await survey(database);
		expect(found.recordings).toBe(2);
		const keys = found.unreadable.map(([key]) => key);
		expect(keys.toSorted()).toEqual([
			'recorded/moved',
			'recorded/torn',
			'recording/bare',
			'recording/moved',
			'recording/torn',
		]);
		expect(new Map(found.unreadable).get('recording/bare')).toMatchObject({ id: 'bare' });
		await removeRecords(database, keys);
		expect(await survey(database)).toMatchObject({ recordings: 2, unreadable: [] });
	});

	test('finds runs that cannot be read for want of their bytes, and the bytes of those that cannot be read', async () => {
		const { database, store } = opened();
		await store.saveConversation(ant, 0);
		for (const id of ['good', 'bare', 'bad']) await store.saveRun({ ...run, id });
		await database.write((records) => {
			records.delete(`chunks/${ant.id}/bare`);
			records.put(`run/${ant.id}/bad`, { version: 9 });
		});
		const keys = (await survey(database)).unreadable.map(([key]) => key);
		expect(keys.toSorted()).toEqual([`chunks/${ant.id}/bad`, `run/${ant.id}/bad`, `run/${ant.id}/bare`]);
	});

	test('takes nothing for unreadable that is saved while it looks', async () => {
		const { database, store } = opened();
		await store.saveConversation(ant, 0);
		let transactions = 0;
		const busy: Database = {
			...database,
			read: async (steps) => {
				const value = await database.read(steps);
				const id = `meanwhile-${++transactions}`;
				await store.saveRun({ ...run, id });
				await saveRecording(database, recordingOf(runWith({ body: 'said' }), id, null)!); // it has an answer
				return value;
			},
		};
		expect((await survey(busy)).unreadable).toEqual([]);
		expect(transactions).toBeGreaterThan(5);
	});

	test('finds the runs of a conversation that is not here, so that they can be exported and deleted', async () => {
		const { database, store } = opened();
		await store.saveConversation(ant, 0);
		await store.saveRun(run);
		await database.write((records) => records.delete(`conversation/${ant.id}`));
		const keys = (await survey(database)).unreadable.map(([key]) => key);
		expect(keys.toSorted()).toEqual([`chunks/${ant.id}/${run.id}`, `run/${ant.id}/${run.id}`]);
		await removeRecords(database, keys);
		expect((await survey(database)).unreadable).toEqual([]);
	});
});
