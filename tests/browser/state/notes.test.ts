import { describe, expect, test, vi } from 'vitest';
import type { Run } from '../../../src/model/run';
import { NEW } from '../../../src/model/unsaved';
import { hearNotes } from '../../../src/state/hear-notes';
import type { LibraryEvent } from '../../../src/state/library.svelte';
import { noteRuns } from '../../../src/state/note-runs';
import { Notes } from '../../../src/state/notes';
import { databaseName, indexedDatabase, type Database } from '../../../src/store/database';
import { Store } from '../../../src/store/store';
import conversation1 from '../../fixtures/saved/conversation-1.json';
import run1 from '../../fixtures/saved/run-1.json';
import { storage } from './storage';

describe('notes', () => {
	test('are read as they were written, and are those of one page of the origin', () => {
		const local = storage();
		const notes = new Notes(local, 'playground /here/');
		new Notes(local, 'playground /there/').write('unsaved/tab', { words: 'there' });
		notes.write('unsaved/tab', { words: 'here' });
		expect(notes.keys).toEqual(['unsaved/tab']);
		expect(JSON.parse(notes.read('unsaved/tab') ?? '')).toEqual({ words: 'here' });
		notes.remove('unsaved/tab');
		expect([notes.keys, notes.read('unsaved/tab')]).toEqual([[], null]);
	});

	test('are not mixed up with earlier ones when there is no room for them', () => {
		const notes = new Notes(storage(20), '');
		notes.write('unsaved/tab', { words: 'few' });
		expect(notes.keys).toHaveLength(1);
		notes.write('unsaved/tab', { words: 'far more than there is room for' });
		expect(notes.keys).toEqual([]);
	});

	test('are none where the browser lets nothing be noted', () => {
		const notes = new Notes(null, '');
		notes.write('unsaved/tab', { words: 'few' });
		expect([notes.keys, notes.read('unsaved/tab')]).toEqual([[], null]);
	});
});

test('what another tab notes is taken up, and nothing when it has removed that, or noted something else', () => {
	const takeUp = vi.fn(() => Promise.resolve());
	const end = hearNotes({ notes: { keys: ['unsaved/tab'] }, library: { takeUp } });
	const tell = (key: string | null, newValue: string | null) =>
		window.dispatchEvent(new StorageEvent('storage', { key, newValue }));
	tell('playground /here//left/unsaved/tab', '{}');
	expect(takeUp).toHaveBeenCalledOnce();
	tell('playground /here//left/unsaved/tab', null);
	tell('playground /here//conversations', '3');
	tell(null, null);
	end();
	tell('playground /here//left/unsaved/tab', '{}');
	expect(takeUp).toHaveBeenCalledOnce();
});

describe('the run under way', () => {
	const id = run1.conversation;
	const running = (...parts: string[]) =>
		({
			...run1,
			ending: null,
			duration: null,
			chunks: parts.map((part, at) => ({ at, bytes: new TextEncoder().encode(part) })),
		}) as unknown as Run; // JSON widens its literals

	/** A page that may go at any moment; `under` is what it reads its database through. */
	function page(under = (database: Database) => database) {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		const notes = new Notes(storage(), database.name);
		const listeners = new Set<(event: LibraryEvent) => void>();
		let run: Run | null = null;
		const end = noteRuns({
			database: under(database),
			notes,
			library: {
				listen: (listener) => {
					listeners.add(listener);
					return () => listeners.delete(listener);
				},
			},
			running: () => run,
		});
		const leave = (under: Run | null) => {
			run = under;
			for (const listen of listeners) listen({ kind: 'leaving', tab: 'tab' });
		};
		return { store: new Store(database), notes, leave, end };
	}
	/** A database that answers so many questions. */
	const answering = (answers: number) => (database: Database) => ({
		...database,
		read: ((steps) => (answers-- > 0 ? database.read(steps) : new Promise(() => {}))) as Database['read'],
	});
	const listed = { id, title: '', pinned: false, changedAt: conversation1.changedAt };

	test('is noted when the page may go, and no more when it is in the database', async () => {
		const { store, notes, leave } = page();
		await store.leaveRun(running('Half of '), listed, { tab: 'tab' });
		leave(running('Half of '));
		expect(notes.keys).toEqual([`run/${id}/${run1.id}`]);
		await expect.poll(() => notes.keys).toEqual([]);
	});

	test('stays noted when more of it has come than the database was asked to keep', async () => {
		const { store, notes, leave } = page(answering(1));
		await store.leaveRun(running('Half of '), listed, { tab: 'tab' });
		leave(running('Half of '));
		leave(running('Half of ', 'an'));
		// What is read later is answered later.
		await store.runsOf(id);
		expect(notes.keys).toHaveLength(1);
	});

	test('is not noted when there is none, or for a conversation that is not saved, nor when it is too long', () => {
		const { notes, leave } = page(answering(0));
		leave(null);
		leave({ ...running('Half of '), conversation: NEW });
		leave(running('x'.repeat(2_000_001)));
		expect(notes.keys).toEqual([]);
	});

	test('is not noted once nobody listens', () => {
		const { notes, leave, end } = page(answering(0));
		end();
		leave(running('Half of '));
		expect(notes.keys).toEqual([]);
	});
});
