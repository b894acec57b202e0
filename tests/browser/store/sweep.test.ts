import { describe, expect, test } from 'vitest';
import { referenceTo } from '../../../src/model/attachment';
import { exported } from '../../../src/model/export-file';
import type { Conversation } from '../../../src/model/conversation';
import type { Run } from '../../../src/model/run';
import { databaseName, indexedDatabase } from '../../../src/store/database';
import { takeIn } from '../../../src/store/import';
import { Store } from '../../../src/store/store';
import { removeRecords, survey } from '../../../src/store/survey';
import { GRACE, sweep } from '../../../src/store/sweep';
import conversation1 from '../../fixtures/saved/conversation-1.json';
import run1 from '../../fixtures/saved/run-1.json';

const ant = conversation1 as unknown as Conversation; // JSON widens its literals
const run = { ...run1, chunks: [] } as unknown as Run; // JSON widens its literals
const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
const naming = (sha256: string) => `{"data": "${referenceTo(sha256)}"}`;

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

	test.each<[string, (store: Store, database: ReturnType<typeof opened>['database']) => Promise<unknown>]>([
		['a conversation', (store) => store.saveConversation({ ...ant, text: naming(a) }, 0)],
		['a conversation that does not parse', (store) => store.saveConversation({ ...ant, text: `${naming(a)} {` }, 0)],
		['a run', (store) => store.saveRun({ ...run, request: { ...run.request, text: naming(a) } })],
		['an unsaved edit', (store) => store.leaveBehind('tab', [{ saved: ant, current: { ...ant, text: naming(a) } }])],
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
			.then(() => store.deleteConversation(ant.id));
		expect(await sweep(database, { now: 4 * GRACE })).toBe(0);
		if (deletion.kind !== 'deleted') throw new Error(deletion.kind);
		await store.restore(deletion.deleted);
		await store.deleteConversation(ant.id);
		expect(await sweep(database, { now: 9 * GRACE })).toBe(0);
		expect(await there(a)).toBe(true);
		expect(await sweep(database, { now: 10 * GRACE })).toBe(1);
	});

	test('leaves what a text names that could not be saved', async () => {
		const { database, keep, there } = opened();
		await keep(a);
		await keep(b);
		expect(await sweep(database, { now: 0, grace: 0, unsaved: [naming(a)] })).toBe(1);
		expect([await there(a), await there(b)]).toEqual([true, false]);
	});

	test.each<[string, (store: Store, database: ReturnType<typeof opened>['database']) => Promise<unknown>]>([
		['kept again', (store) => store.keepAttachment(a, new Blob(['x']))],
		['named by what is being typed', (store) => store.saveConversation({ ...ant, text: naming(a) }, 0)],
		[
			'named by a run that is being kept',
			(store) => store.saveRun({ ...run, request: { ...run.request, text: naming(a) } }),
		],
		[
			'named by an import under way',
			(_, database) => {
				const conversation = exported({ ...ant, text: naming(a) }, []);
				return takeIn(database, { conversation, attachments: new Map([[a, new Blob(['x'])]]), mark: '' });
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
});

describe('removing records', () => {
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
});
