import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../../src/model/conversation';
import type { Run } from '../../../src/model/run';
import type { News, Unsaved } from '../../../src/model/saved';
import { Notes } from '../../../src/state/notes';
import { tabLock } from '../../../src/state/tab-lock';
import { takeUp } from '../../../src/state/take-up';
import { databaseName, indexedDatabase, type Database } from '../../../src/store/database';
import { deleteConversation } from '../../../src/store/deletion';
import { Store } from '../../../src/store/store';
import conversation1 from '../../fixtures/saved/conversation-1.json';
import leftRun1 from '../../fixtures/saved/left-run-1.json';
import run1 from '../../fixtures/saved/run-1.json';
import unsaved1 from '../../fixtures/saved/unsaved-1.json';
import { storage } from './storage';

const saying = (words: string): string => JSON.stringify({ messages: [{ role: 'user', content: words }] });
const saved = { ...conversation1, revision: 1, text: saying('ant') } as unknown as Conversation; // JSON widens its literals
const { id } = saved;
const runKey = `run/${id}/${run1.id}`;
const bytes = (text: string) => new TextEncoder().encode(text);
/** A run under way in that conversation, of which these parts have come. */
const running = (...parts: string[]) =>
	({
		...run1,
		ending: null,
		duration: null,
		chunks: parts.map((part, at) => ({ at, bytes: bytes(part) })),
	}) as unknown as Run; // as above

const draft = (words: string): Unsaved => ({ saved, current: { ...saved, text: saying(words) } });
/** What `tab` has left behind the `at`th time. */
const left = (at: number, ...drafts: Unsaved[]) => ({ version: 1, tab: 'tab', at, drafts });
/** The note of a run. */
const noted = ({ chunks, ...head }: Run) => ({
	version: 1,
	tab: 'tab',
	head,
	chunks: chunks.map(({ at, bytes }) => [at, btoa(String.fromCharCode(...bytes))]),
});

/** What is left behind beside a conversation, and what the next visit makes of it. */
async function visit() {
	const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
	const store = new Store(database);
	await store.saveConversation(saved, 0);
	const notes = new Notes(storage(), database.name);
	const told: News[] = [];
	const resumed: Unsaved[] = [];
	const awaited = new Set<string>();
	const texts = async () => {
		const all = await store.listSummaries();
		const loaded = await Promise.all(all.map((summary) => store.loadConversation(summary.id)));
		return loaded.map((one) => (one.kind === 'found' ? one.value.text : one.kind)).toSorted();
	};
	return {
		database,
		store,
		notes,
		told,
		resumed,
		texts,
		begin: ({ over = database, locks }: { over?: Database; locks?: LockManager } = {}) =>
			takeUp({
				store: new Store(over),
				notes,
				...(locks && { locks }),
				awaited,
				library: { announce: (news) => void told.push(...news), hear: () => {} },
				resume: (draft) => void resumed.push(draft),
				newId: () => crypto.randomUUID(),
			}),
		/** Whether anything is still left behind. */
		rest: async () => [...notes.keys, ...(await store.leftBehind())],
	};
}

describe('edits that were left behind', () => {
	test('are saved from the note where the database was not reached, and from the database without a note', async () => {
		const { store, notes, told, texts, begin, rest } = await visit();
		notes.write('unsaved/tab', left(1, draft('last words')));
		await begin();
		expect(await texts()).toEqual([saying('last words')]);
		expect(told).toMatchObject([{ id, summary: { title: 'last words' } }]);
		expect(await rest()).toEqual([]);

		const there = { ...saved, revision: 2, text: saying('last words') };
		await store.leaveBehind(left(1, { saved: there, current: { ...there, text: saying('the very last') } }));
		await begin();
		expect(await texts()).toEqual([saying('the very last')]);
		expect(await rest()).toEqual([]);
	});

	test('are those that were left last', async () => {
		const { store, notes, texts, begin } = await visit();
		await store.leaveBehind(left(1, draft('early')));
		notes.write('unsaved/tab', left(2, draft('late')));
		await begin();
		expect(await texts()).toEqual([saying('late')]);
	});

	test('are none where the page has saved them before it went, though their note is there, whatever was edited since', async () => {
		const { store, notes, texts, begin, rest } = await visit();
		notes.write('unsaved/tab', left(1, draft('left')));
		await store.saveConversation(draft('left').current, 1, left(1));
		await store.saveConversation({ ...saved, text: saying('later') }, 2);
		await begin();
		expect(await texts()).toEqual([saying('later')]);
		expect(await rest()).toEqual([]);
	});

	test('are kept beside what was written in their place', async () => {
		const { store, notes, texts, begin, rest } = await visit();
		notes.write('unsaved/tab', left(1, draft('left')));
		await store.saveConversation({ ...saved, text: saying('later') }, 1);
		await begin();
		expect(await texts()).toEqual([saying('later'), saying('left')]);
		const titles = (await store.listSummaries()).map(({ title }) => title);
		expect(titles).toContain(`${saved.title} (copy from another tab)`);
		expect(await rest()).toEqual([]);
	});

	test('are left alone while their tab lives, and taken up when it is gone', async () => {
		const { database, notes, texts, begin, rest } = await visit();
		const held = Promise.withResolvers<void>();
		const lives = Promise.withResolvers<void>();
		const tab = navigator.locks.request(tabLock(database.name, 'tab'), () => {
			held.resolve();
			return lives.promise;
		});
		await held.promise;
		notes.write('unsaved/tab', left(1, draft('left')));
		await begin({ locks: navigator.locks });
		await begin({ locks: navigator.locks });
		expect(await texts()).toEqual([saying('ant')]);
		const waiting = (await navigator.locks.query()).pending?.filter(
			({ name }) => name === tabLock(database.name, 'tab'),
		);
		expect(waiting).toHaveLength(1);
		lives.resolve();
		await tab;
		await expect.poll(texts).toEqual([saying('left')]);
		await expect.poll(rest).toEqual([]);
	});

	test('stay where they are when there is no room, and the page goes on with them', async () => {
		const { database, notes, resumed, begin, rest } = await visit();
		notes.write('unsaved/tab', left(1, draft('left')));
		const write = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
		await begin({ over: { ...database, write } });
		expect(resumed).toEqual([draft('left')]);
		expect(await rest()).toEqual(['unsaved/tab']);
	});
});

test('of several edits, one for which there is no room stays left behind until there is', async () => {
	const { database, store, notes, texts, begin, rest } = await visit();
	const begun = { ...saved, id: 'bee', revision: 0, text: saying('bee') };
	notes.write('unsaved/tab', left(1, draft('left'), { saved: begun, current: { ...begun } }));
	let refusals = 1;
	const write: Database['write'] = (steps) =>
		refusals-- > 0 ? Promise.reject(new DOMException('', 'QuotaExceededError')) : database.write(steps);
	await begin({ over: { ...database, write } });
	expect(await texts()).toEqual([saying('ant'), saying('bee')]);
	expect(await store.leftBehind()).toEqual([{ tab: 'tab', at: 1, drafts: [draft('left')] }]);
	await begin();
	expect(await texts()).toEqual([saying('bee'), saying('left')]);
	expect(await rest()).toEqual([]);
});

describe('a run that was left behind', () => {
	test('comes back from its note with all that had come, and other tabs hear of it', async () => {
		const { store, notes, told, begin, rest } = await visit();
		notes.write(runKey, noted(running('Half of ', 'an')));
		await begin();
		expect(await store.loadRun(id, run1.id)).toMatchObject({
			value: { chunks: running('Half of ', 'an').chunks, ending: { kind: 'broken' } },
		});
		expect(told).toMatchObject([{ id, summary: { runs: 1 }, runs: true }]);
		expect(await rest()).toEqual([]);
	});

	test('takes the place of less of it, and stays pinned', async () => {
		const { store, notes, begin } = await visit();
		await store.leaveRun(running('Half of '), saved, { tab: 'tab' });
		await store.pinRun(id, run1.id, true);
		notes.write(runKey, noted(running('Half of ', 'an')));
		await begin();
		expect(await store.loadRun(id, run1.id)).toMatchObject({
			value: { chunks: running('Half of ', 'an').chunks, pinned: true },
		});
	});

	test('does not take the place of the whole', async () => {
		const { store, notes, begin, rest } = await visit();
		const whole = { ...running('Half of ', 'an answer.'), ending: { kind: 'complete' }, duration: 14 } as const;
		await store.saveRun(whole);
		notes.write(runKey, noted(running('Half of ')));
		await begin();
		expect(await store.loadRun(id, run1.id)).toEqual({ kind: 'found', value: whole });
		expect(await rest()).toEqual([]);
	});

	test('does not come back once it was deleted', async () => {
		const { database, store, notes, begin, rest } = await visit();
		await store.leaveRun(running('Half of '), saved, { tab: 'tab' });
		notes.write(runKey, noted(running('Half of ')));
		await database.write((records) => {
			records.delete(runKey);
			records.delete(runKey.replace('run', 'chunks'));
		});
		await begin();
		expect(await store.runsOf(id)).toEqual([]);
		expect(await rest()).toEqual([]);
	});

	test('does not come back without its conversation, but with it', async () => {
		const { store, notes, begin, rest } = await visit();
		await deleteConversation(store.database, id);
		notes.write(runKey, noted(running('Half of ')));
		notes.write('unsaved/tab', left(1, draft('left')));
		await begin();
		expect(await store.runsOf(id)).toEqual([]);
		expect(await rest()).toEqual([]);

		const begun = { ...saved, revision: 0 };
		notes.write(runKey, noted(running('Half of ')));
		notes.write('unsaved/tab', left(2, { saved: begun, current: { ...begun } }));
		await begin();
		expect(await store.runsOf(id)).toHaveLength(1);
	});
});

test('what the first version left behind is read', async () => {
	const { store, notes, texts, begin } = await visit();
	const [first] = unsaved1.drafts;
	notes.write('unsaved/other', unsaved1);
	notes.write(runKey, leftRun1);
	await begin();
	expect(await texts()).toContain(first!.current.text); // the fixture has one
	const loaded = await store.loadRun(id, run1.id);
	expect(loaded.kind === 'found' && loaded.value.chunks).toEqual([
		{ at: 12.5, bytes: bytes('Half of') },
		{ at: 13, bytes: bytes(' an') },
	]);
});

test.each([
	['that is none', 'unsaved/tab', { words: 'Half of' }],
	['of another record', 'key', { version: 1, kind: 'plain', key: 'x' }],
	['of edits in the place of something else', `conversation/${id}`, left(1, draft('left'))],
	['of another run', `${runKey}0`, noted(running())],
	['whose bytes are none', runKey, { ...noted(running()), chunks: [[0, '?']] }],
])('a note %s is left where it is', async (_, key, note) => {
	const { notes, texts, begin, rest } = await visit();
	notes.write(key, note);
	await begin();
	expect(await rest()).toEqual([key]);
	expect(await texts()).toEqual([saying('ant')]);
});
