import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../../src/model/conversation';
import type { Run } from '../../../src/model/run';
import { NEW } from '../../../src/model/unsaved';
import { LeftNotes, type Notes } from '../../../src/state/left-notes';
import type { LibraryEvent } from '../../../src/state/library.svelte';
import { databaseName, indexedDatabase, leftPrefix, type Database } from '../../../src/store/database';
import { memoryDatabase } from '../../../src/store/memory-database';
import { Store } from '../../../src/store/store';
import conversation1 from '../../fixtures/saved/conversation-1.json';
import leftRun1 from '../../fixtures/saved/left-run-1.json';
import run1 from '../../fixtures/saved/run-1.json';
import unsaved1 from '../../fixtures/saved/unsaved-1.json';

const conversation = conversation1 as unknown as Conversation; // JSON widens its literals
const { id } = conversation;
const bytes = (text: string) => new TextEncoder().encode(text);
/** A run under way in that conversation, of which these parts have come. */
const running = (...parts: string[]) =>
	({
		...run1,
		ending: null,
		duration: null,
		chunks: parts.map((part, at) => ({ at, bytes: bytes(part) })),
	}) as unknown as Run; // as above
const runKey = `run/${id}/${run1.id}`;
const edited = { saved: conversation, current: { ...conversation, text: '{"words":"last"}' } };

/** A `localStorage` of its own, with room for so many characters. */
function storage(room = Infinity): Notes {
	const items = new Map<string, string>();
	return {
		get length() {
			return items.size;
		},
		// In no order that could be relied on.
		key: (place) => [...items.keys()].toReversed()[place] ?? null,
		getItem: (name) => items.get(name) ?? null,
		setItem: (name, value) => {
			if (value.length > room) throw new DOMException('', 'QuotaExceededError');
			items.set(name, value);
		},
		removeItem: (name) => items.delete(name),
	};
}

/** A page that may go at any moment, and the next visit. */
function page({ notes = storage(), under = (database: Database) => database } = {}) {
	const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
	const listeners = new Set<(event: LibraryEvent) => void>();
	const emit = (event: LibraryEvent) => listeners.forEach((listen) => listen(event));
	let run: Run | null = null;
	const listen = (listener: (event: LibraryEvent) => void) => {
		listeners.add(listener);
		return () => listeners.delete(listener);
	};
	const end = new LeftNotes({ database: under(database), notes }).follow({
		library: { listen },
		running: () => run,
	});
	const told: unknown[] = [];
	const next = new LeftNotes({ database, notes });
	return {
		database,
		notes,
		store: new Store(database),
		leave: (unsaved: readonly (typeof edited)[], under: Run | null = null) => {
			run = under;
			emit({ kind: 'leaving', tab: 'tab', unsaved });
		},
		stay: () => emit({ kind: 'stayed', tab: 'tab' }),
		end,
		noted: () => next.texts,
		/** Begin the next visit, and give what other tabs are told. */
		visit: async () => {
			await next.takeUp({ postMessage: (news) => told.push(news), close: () => {} });
			return told.flat();
		},
	};
}

/** One whose database answers nothing any more. */
const dying = (database: Database): Database => ({ ...database, read: () => new Promise(() => {}) });

describe('the edits that a page leaves behind', () => {
	test('are left to the next visit, in the place of what the database has of that tab', async () => {
		const { store, leave, noted, visit } = page();
		await store.leaveBehind('tab', [{ ...edited, current: conversation }]);
		leave([edited]);
		expect(noted()).toHaveLength(1);
		await visit();
		expect(await store.leftBehind()).toEqual(new Map([['tab', [edited]]]));
		expect(noted()).toEqual([]);
	});

	test('are noted no more when the page lives on and has saved them', () => {
		const { leave, stay, noted } = page();
		leave([edited]);
		stay();
		expect(noted()).toEqual([]);
	});

	test('are not mixed up with earlier ones when there is no room for them', () => {
		const { leave, noted } = page({ notes: storage(2000) });
		leave([edited]);
		expect(noted()).toHaveLength(1);
		leave([{ ...edited, current: { ...conversation, text: 'x'.repeat(2000) } }]);
		expect(noted()).toEqual([]);
	});

	test('stay noted while they cannot be put into the database', async () => {
		const { database, notes, store, leave, noted, visit } = page();
		leave([edited]);
		const full = { ...database, write: () => Promise.reject(new DOMException('', 'QuotaExceededError')) };
		await new LeftNotes({ notes, database: full }).takeUp({ postMessage: () => {}, close: () => {} });
		expect(noted()).toHaveLength(1);
		await visit();
		expect(await store.leftBehind()).toEqual(new Map([['tab', [edited]]]));
	});

	test('stay noted while the browser keeps nothing', async () => {
		const { database, notes, leave, noted } = page();
		leave([edited]);
		const next = new LeftNotes({ notes, database: memoryDatabase(database.name) });
		await next.takeUp({ postMessage: () => {}, close: () => {} });
		expect(noted()).toHaveLength(1);
	});

	test('are not noted once nobody listens', () => {
		const { leave, end, noted } = page();
		end();
		leave([edited]);
		expect(noted()).toEqual([]);
	});
});

describe('the run that a page leaves behind', () => {
	test('is left to the next visit with all that had come, and other tabs hear of it', async () => {
		const { store, leave, visit } = page({ under: dying });
		await store.saveConversation(conversation, 0);
		leave([], running('Half of ', 'an'));
		expect(await visit()).toMatchObject([{ id, summary: { id, runs: 1 }, runs: true }]);
		expect(await store.loadRun(id, run1.id)).toMatchObject({
			value: { chunks: running('Half of ', 'an').chunks, ending: { kind: 'broken' } },
		});
	});

	test('takes the place of less of it, and stays pinned', async () => {
		const { store, leave, visit } = page({ under: dying });
		await store.saveConversation(conversation, 0);
		await store.leaveRun(running('Half of '), conversation);
		await store.pinRun(id, run1.id, true);
		leave([], running('Half of ', 'an'));
		await visit();
		expect(await store.loadRun(id, run1.id)).toMatchObject({
			value: { chunks: running('Half of ', 'an').chunks, pinned: true },
		});
	});

	test('never takes the place of the whole', async () => {
		const { store, leave, visit } = page({ under: dying });
		await store.saveConversation(conversation, 0);
		leave([], running('Half of '));
		const whole = { ...running('Half of ', 'an answer.'), ending: { kind: 'complete' }, duration: 14 } as const;
		await store.saveRun(whole);
		expect(await visit()).toEqual([]);
		expect(await store.loadRun(id, run1.id)).toEqual({ kind: 'found', value: whole });
	});

	test('does not come back without its conversation, unless that was left behind, too', async () => {
		const deleted = page({ under: dying });
		deleted.leave([], running('Half of '));
		await deleted.visit();
		expect(await deleted.store.runsOf(id)).toEqual([]);
		expect(deleted.noted()).toEqual([]);

		const begun = page({ under: dying });
		begun.leave([edited], running('Half of '));
		await begun.visit();
		expect(await begun.store.runsOf(id)).toHaveLength(1);
	});

	test('is noted no more when it is in the database', async () => {
		const { store, leave, noted } = page();
		await store.leaveRun(running('Half of '), conversation);
		leave([], running('Half of '));
		await expect.poll(noted).toEqual([]);
	});

	test('stays noted when more of it has come than the database was asked to keep', async () => {
		let answers = 1;
		const { store, leave, noted } = page({
			under: (database) => ({ ...database, read: (steps) => (answers-- > 0 ? database : dying(database)).read(steps) }),
		});
		await store.leaveRun(running('Half of '), conversation);
		leave([], running('Half of '));
		leave([], running('Half of ', 'an'));
		// What is read later is answered later.
		await store.runsOf(id);
		expect(noted()).toHaveLength(1);
	});

	test('is not noted for a conversation that is not saved, nor when it is too long', () => {
		const { leave, noted } = page({ under: dying });
		leave([], { ...running('Half of '), conversation: NEW });
		leave([], running('x'.repeat(2_000_001)));
		expect(noted()).toEqual([]);
	});
});

test('what the first version noted is read', async () => {
	const { database, notes, store, visit } = page();
	await store.saveConversation(conversation, 0);
	notes.setItem(`${leftPrefix(database.name)}unsaved/tab`, JSON.stringify(unsaved1));
	notes.setItem(leftPrefix(database.name) + runKey, JSON.stringify(leftRun1));
	await visit();
	expect(await store.leftBehind()).toEqual(new Map([['tab', unsaved1.drafts]]));
	const loaded = await store.loadRun(id, run1.id);
	expect(loaded).toMatchObject({ value: { ...leftRun1.head, ending: { kind: 'broken' } } });
	const { chunks } = loaded.kind === 'found' ? loaded.value : running();
	expect(chunks).toEqual([
		{ at: 12.5, bytes: bytes('Half of') },
		{ at: 13, bytes: bytes(' an') },
	]);
});

test.each([
	['that is none', `unsaved/tab`, 'Half of'],
	['of another record', 'key', '{"version":1,"kind":"plain","key":"x"}'],
	['of edits in the place of something else', `conversation/${id}`, JSON.stringify({ version: 1, drafts: [edited] })],
	['of another run', `${runKey}0`, JSON.stringify({ version: 1, head: run1, chunks: [] })],
	['whose bytes are none', runKey, JSON.stringify({ version: 1, head: run1, chunks: [[0, '?']] })],
])('a note %s is left where it is', async (_, key, value) => {
	const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
	const notes = storage();
	notes.setItem(leftPrefix(database.name) + key, value);
	notes.setItem('another page/left/unsaved/tab', value);
	const left = new LeftNotes({ database, notes });
	await left.takeUp({ postMessage: () => {}, close: () => {} });
	expect(left.texts).toEqual([value]);
	expect(await database.read((records) => records.everyKey())).toEqual([]);
});
