import { describe, expect, test } from 'vitest';
import type { Conversation, Summary } from '../../../src/model/conversation';
import type { Run } from '../../../src/model/run';
import type { News } from '../../../src/model/saved';
import { duplicate } from '../../../src/state/duplicate';
import { Library, type Content, type LibraryEvent } from '../../../src/state/library.svelte';
import { Notes } from '../../../src/state/notes';
import { databaseName, indexedDatabase, type Database } from '../../../src/store/database';
import { deleteConversation } from '../../../src/store/deletion';
import { settleList } from '../../../src/store/list';
import { memoryDatabase } from '../../../src/store/memory-database';
import { Store } from '../../../src/store/store';
import run1 from '../../fixtures/saved/run-1.json';
import { storage } from './storage';

const saying = (words: string): string => JSON.stringify({ messages: [{ role: 'user', content: words }] });
const content = (words: string): Content => ({
	text: saying(words),
	apiVersion: '2023-06-01',
	headers: [],
	target: { kind: 'simulated' },
});

/** A clock whose hands are moved by hand. */
function handClock() {
	let now = Date.parse('2026-11-22T12:00:00Z');
	let timers: { readonly at: number; readonly run: () => void }[] = [];
	return {
		now: () => now,
		after: (milliseconds: number, run: () => void) => {
			const timer = { at: now + milliseconds, run };
			timers.push(timer);
			return () => void (timers = timers.filter((other) => other !== timer));
		},
		pass: (milliseconds: number) => {
			now += milliseconds;
			const due = timers.filter(({ at }) => at <= now);
			timers = timers.filter(({ at }) => at > now);
			for (const { run } of due) run();
		},
	};
}

/** Tabs of one page: each a library over the same database. */
function tabs(database: Database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`))) {
	const channel = crypto.randomUUID();
	const other = new BroadcastChannel(channel);
	return {
		store: new Store(database),
		/** Tell what a tab tells that is not here. */
		tell: (news: readonly News[]) => other.postMessage(news),
		open: async (over = database, notes = new Notes(null, '')) => {
			const clock = handClock();
			const library = new Library({
				store: new Store(over),
				channel: new BroadcastChannel(channel),
				newId: () => crypto.randomUUID(),
				now: clock.now,
				after: clock.after,
				notes,
			});
			const events: LibraryEvent[] = [];
			// Nearly every conversation here is written for the first time, too.
			library.listen((event) => event.kind !== 'kept' && events.push(event));
			await library.start();
			return { library, clock, events };
		},
	};
}

/** A page with a saved conversation that dies after so many more writes: what is asked for then is never answered. */
async function pageThatDies() {
	const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
	const writes = { left: Infinity };
	const { store, open } = tabs({
		...database,
		write: (steps) => (writes.left-- > 0 ? database.write(steps) : new Promise(() => {})),
	});
	const { library } = await open();
	const { id } = library.create(content('a'));
	await library.flush();
	return { store, open, library, id, writes };
}

const titles = (library: Library) => library.summaries.map(({ title }) => title);
const saved = async (store: Store, id: string) => {
	const loaded = await store.loadConversation(id);
	if (loaded.kind !== 'found') throw new Error(loaded.kind);
	return loaded.value;
};
/** What a tab has left behind of an edit that says `words`. */
const left = (saved: Conversation, words: string) => ({
	tab: 'that tab',
	at: 1,
	drafts: [{ saved, current: { ...saved, text: saying(words) } }],
});
const run = (conversation: string): Run => ({ ...run1, conversation, chunks: [] }) as unknown as Run; // JSON widens its literals

describe('Library', () => {
	test('lists what was made here before, pinned ones first, then the last changed', async () => {
		const { open } = tabs();
		const { library, clock } = await open();
		expect([library.loaded, library.summaries]).toEqual([true, []]);
		const ids = ['one', 'two', 'three'].map((words) => {
			clock.pass(1000);
			return library.create(content(words)).id;
		});
		expect(titles(library)).toEqual(['three', 'two', 'one']);
		await library.setPinned(ids[1]!, true); // three were made
		clock.pass(1000);
		library.edit(ids[0]!, { headers: [['anthropic-beta', 'x']] }); // three were made
		await library.flush();
		expect(titles(library)).toEqual(['two', 'one', 'three']);
		expect(titles((await open()).library)).toEqual(['two', 'one', 'three']);
		expect(library.saving).toBe('saved');
	});

	test('tells when a conversation is on the disk for the first time, be it that there was no room before', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		let full = true;
		const { open } = tabs({
			...database,
			write: (steps) => (full ? Promise.reject(new DOMException('', 'QuotaExceededError')) : database.write(steps)),
		});
		const { library } = await open();
		const kept: string[] = [];
		library.listen((event) => event.kind === 'kept' && kept.push(event.id));
		const { id } = library.create(content('ant'));
		await library.flush();
		expect(kept).toEqual([]);
		full = false;
		await library.flush();
		library.edit(id, content('bee'));
		await library.flush();
		expect(kept).toEqual([id]);
	});

	test('gives a conversation the first words as its title, until it is renamed', async () => {
		const { library } = await tabs().open();
		const { id, title } = library.create(content(''));
		expect(title).toBe('New conversation');
		library.edit(id, { text: saying('Hello, Claude') });
		await library.flush();
		expect(titles(library)).toEqual(['Hello, Claude']);
		library.edit(id, { text: '{"messages": [half typed' });
		await library.flush();
		expect(titles(library)).toEqual(['Hello, Claude']);
		await library.rename(id, ' Greeting ');
		library.edit(id, { text: saying('Goodbye') });
		await library.flush();
		expect(titles(library)).toEqual(['Greeting']);
		await library.rename(id, '');
		expect(titles(library)).toEqual(['Goodbye']);
	});

	test('duplicates all but the runs', async () => {
		const { library, clock } = await tabs().open();
		const original = library.create({ ...content('ant'), headers: [['anthropic-beta', 'x']] });
		await library.keepRun(run(original.id));
		clock.pass(1);
		const copy = await duplicate(library, original.id);
		expect(copy).toMatchObject({ text: original.text, headers: original.headers, title: 'ant (copy)', named: true });
		expect(library.summaries.map(({ title, runs }) => [title, runs])).toEqual([
			['ant (copy)', 0],
			['ant', 1],
		]);
	});

	test('keeps runs, for good, and counts them', async () => {
		const { open } = tabs();
		const { library } = await open();
		const { id } = library.create(content('ant'));
		expect(await library.keepRun(run(id))).toEqual({ kind: 'saved', more: 1 });
		expect(await library.keepRun({ ...run(id), duration: 0 })).toMatchObject({ kind: 'failed' });
		expect((await library.runs(id)).map((head) => head.duration)).toEqual([run1.duration]);
		expect(await library.loadRun(id, run1.id)).toEqual({ kind: 'found', value: run(id) });
		expect((await open()).library.summaries[0]?.runs).toBe(1);
		await library.removeRun(id, run1.id);
		expect(library.summaries[0]?.runs).toBe(0);
		expect(await library.runs(id)).toEqual([]);
	});
});

describe('a limit on runs', () => {
	test('lets old ones go but those that are pinned, and says that they are gone', async () => {
		const { library, events } = await tabs().open();
		const { id } = library.create(content('ant'));
		await library.keepRun(run(id), 2);
		await library.pinRun(id, run1.id, true);
		expect(events).toEqual([{ kind: 'runs', id }]);
		for (const n of [1, 2, 3])
			await library.keepRun({ ...run(id), id: `new-${n}`, startedAt: `2027-01-0${n}T00:00:00Z` }, 2);
		expect((await library.runs(id)).map((head) => head.id)).toEqual(['new-3', 'new-2', run1.id]);
		expect(library.summaries[0]?.runs).toBe(3);
	});
});

describe('autosave', () => {
	test('waits for a pause in the typing, but never longer than 250 ms', async () => {
		const { store, open } = tabs();
		const { library, clock } = await open();
		const { id } = library.create(content('a'));
		await library.flush();
		const saved = async () => {
			const loaded = await store.loadConversation(id);
			return loaded.kind === 'found' ? loaded.value.text : loaded.kind;
		};
		library.edit(id, { text: 'a pause' });
		expect(library.saving).toBe('saving');
		clock.pass(149);
		expect(await saved()).toBe(saying('a'));
		clock.pass(1);
		await expect.poll(saved).toBe('a pause');
		await expect.poll(() => library.saving).toBe('saved');

		for (const text of ['no', 'no p', 'no pau', 'no pause']) {
			library.edit(id, { text });
			clock.pass(62);
		}
		expect(await saved()).toBe('a pause');
		clock.pass(2);
		await expect.poll(saved).toBe('no pause');
	});

	test.each([
		['hidden', document, 'visibilitychange'],
		['left', window, 'pagehide'],
	])('does not wait when the page is %s', async (_, target, event) => {
		const { store, open } = tabs();
		const { library } = await open();
		const { id } = library.create(content('a'));
		await library.flush();
		library.edit(id, { text: 'last words' });
		target.dispatchEvent(new Event(event));
		await expect.poll(() => store.loadConversation(id)).toMatchObject({ value: { text: 'last words' } });
	});

	test('leaves behind what a closing page has no time to save, and the next visit saves it', async () => {
		const { store, open, library: dying, id, writes } = await pageThatDies();
		dying.edit(id, { text: saying('last words') });
		const unsaved = dying.create(content('just begun'));
		writes.left = 1;
		window.dispatchEvent(new Event('pagehide'));
		await expect.poll(() => store.leftBehind()).not.toEqual([]);
		expect(await store.loadConversation(id)).toMatchObject({ value: { text: saying('a') } });

		writes.left = Infinity;
		const { library } = await open();
		expect(titles(library).toSorted()).toEqual(['just begun', 'last words']);
		expect(await library.load(id)).toMatchObject({ value: { text: saying('last words'), revision: 2 } });
		expect(await library.load(unsaved.id)).toMatchObject({ value: { text: saying('just begun') } });
		expect(await store.leftBehind()).toEqual([]);
	});

	test('keeps what was left behind a second time while the first was being saved', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		let writes = Infinity;
		let during = () => {};
		const { open } = tabs({
			...database,
			write: async (steps) => {
				if (writes === 0) return new Promise(() => {});
				writes--;
				const written = await database.write(steps);
				if (writes === 2) during();
				return written;
			},
		});
		const dying = await open();
		const { id } = dying.library.create(content('a'));
		await dying.library.flush();
		dying.library.edit(id, { text: saying('b') });
		during = () => {
			dying.library.edit(id, { text: saying('last words') });
			window.dispatchEvent(new Event('pagehide'));
		};
		// What was left first, what that was, what was left last: then the page dies.
		writes = 4;
		window.dispatchEvent(new Event('pagehide'));
		await expect.poll(() => writes).toBe(0);
		writes = Infinity;
		const { library } = await open();
		expect(await library.load(id)).toMatchObject({ value: { text: saying('last words') } });
	});

	test('leaves nothing that would be taken for unsaved when the page goes as soon as it has saved', async () => {
		const { store, open, library: dying, id, writes } = await pageThatDies();
		dying.edit(id, { text: saying('b') });
		// What is left behind, and saving it.
		writes.left = 2;
		window.dispatchEvent(new Event('pagehide'));
		await expect.poll(() => writes.left).toBeLessThan(0);
		writes.left = Infinity;
		await store.saveConversation({ ...(await saved(store, id)), text: saying('c') }, 2);
		const { library } = await open();
		expect(library.summaries.map((summary) => summary.id)).toEqual([id]);
		expect(await library.load(id)).toMatchObject({ value: { text: saying('c') } });
	});

	test('notes what it leaves behind at once, until it is saved', async () => {
		const { store, open } = tabs();
		const notes = new Notes(storage(), '');
		const { library } = await open(undefined, notes);
		const { id } = library.create(content('a'));
		await library.flush();
		library.edit(id, { text: saying('last words') });
		window.dispatchEvent(new Event('pagehide'));
		expect(notes.read(notes.keys[0] ?? '')).toContain('last words');
		await expect.poll(() => notes.keys).toEqual([]);
		expect(await saved(store, id)).toMatchObject({ text: saying('last words') });
	});

	test('leaves nothing behind once it is saved, and takes nothing back twice', async () => {
		const { store, open } = tabs();
		const { library, events } = await open();
		const { id } = library.create(content('a'));
		await library.flush();
		const loaded = await store.loadConversation(id);
		if (loaded.kind !== 'found') throw new Error(loaded.kind);
		library.edit(id, { text: saying('b') });
		window.dispatchEvent(new Event('pagehide'));
		await library.flush();
		expect(await store.leftBehind()).toEqual([]);
		expect(events.map(({ kind }) => kind)).toEqual(['leaving', 'changed']);

		// As if the page had died after saving and before clearing up.
		await store.leaveBehind(left(loaded.value, 'b'));
		const next = await open();
		expect(titles(next.library)).toEqual(['b']);
		expect(await store.leftBehind()).toEqual([]);
	});

	test('keeps both when what was left behind meets what was written since', async () => {
		const { store, open } = tabs();
		const { library } = await open();
		const { id } = library.create(content('a'));
		await library.flush();
		const loaded = await store.loadConversation(id);
		if (loaded.kind !== 'found') throw new Error(loaded.kind);
		await store.leaveBehind(left(loaded.value, 'left'));
		library.edit(id, { text: saying('later') });
		await library.flush();
		const next = await open();
		expect(titles(next.library).toSorted()).toEqual(['a (copy from another tab)', 'later']);
		expect(await store.leftBehind()).toEqual([]);
	});

	test('keeps what is typed while it writes', async () => {
		const { store, open } = tabs();
		const { library, clock } = await open();
		const { id } = library.create(content('a'));
		library.edit(id, { text: 'one' });
		const flushed = library.flush();
		await Promise.resolve();
		library.edit(id, { text: 'two' });
		await flushed;
		expect(await library.load(id)).toMatchObject({ value: { text: 'two' } });
		clock.pass(150);
		await expect.poll(() => store.loadConversation(id)).toMatchObject({ value: { text: 'two' } });
	});

	test('goes on after a write that broke what listens to it', async () => {
		const { store, open } = tabs();
		const { library } = await open();
		const { id } = library.create(content('ant'));
		await library.flush();
		const stop = library.listen(() => {
			throw new Error('broken');
		});
		library.edit(id, { text: saying('bee') });
		await expect(library.flush()).rejects.toThrow('broken');
		stop();
		library.edit(id, { text: saying('wasp') });
		await library.flush();
		expect(await store.loadConversation(id)).toMatchObject({ value: { text: saying('wasp') } });
		expect(library.saving).toBe('saved');
	});

	test('tells that the disk is full, keeps the words, and writes them when there is room', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		let full = true;
		const { store, open } = tabs({
			...database,
			write: (steps) => (full ? Promise.reject(new DOMException('', 'QuotaExceededError')) : database.write(steps)),
		});
		const { library } = await open();
		const { id } = library.create(content('words'));
		await library.flush();
		expect(library.saving).toMatchObject({ problem: expect.stringContaining('no more room') as string, full: true });
		expect(await library.load(id)).toMatchObject({ value: { text: saying('words') } });
		library.edit(id, { text: saying('other words') });
		await library.flush();
		// As an export has it.
		expect(await library.read(id)).toMatchObject({ value: { text: saying('other words'), title: 'other words' } });
		full = false;
		await library.flush();
		expect(library.saving).toBe('saved');
		expect(await store.loadConversation(id)).toMatchObject({ kind: 'found' });
	});

	test('lists what was changed although there is no room for it, and tells other tabs when there is', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		let full = false;
		const { open } = tabs(database);
		const here = await open({
			...database,
			write: (steps) => (full ? Promise.reject(new DOMException('', 'QuotaExceededError')) : database.write(steps)),
		});
		const there = await open();
		const [ant, bee] = ['ant', 'bee'].map((words) => here.library.create(content(words)).id);
		await here.library.keepRun(run(ant!)); // two were made
		const listed = ({ library }: typeof here) => library.summaries.map((one) => [one.title, one.pinned, one.runs]);
		const before = [
			['ant', false, 1],
			['bee', false, 0],
		];
		await expect.poll(() => listed(there).sort()).toEqual(before);

		full = true;
		await here.library.rename(ant!, 'Insects');
		await here.library.setPinned(ant!, true);
		here.library.edit(bee!, { text: saying('wasp') });
		await here.library.flush();
		const after = [
			['Insects', true, 1],
			['wasp', false, 0],
		];
		expect(listed(here)).toEqual(after);
		expect(listed(there).sort()).toEqual(before);

		full = false;
		await here.library.flush();
		await expect.poll(() => listed(there)).toEqual(after);
	});

	test('says when nothing outlives the page', async () => {
		const { library } = await tabs(memoryDatabase('memory')).open();
		expect([library.kept, library.saving]).toEqual([false, 'not kept']);
		library.create(content('a'));
		await library.flush();
		expect(library.saving).toBe('not kept');
	});

	test('says when the list cannot be read, and works on', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		const { library } = await tabs({ ...database, read: () => Promise.reject(new Error('broken')) }).open();
		expect(library.loaded).toBe(true);
		expect(library.complete).toBe(false);
		expect(library.saving).toMatchObject({ problem: expect.stringContaining('broken') as string, full: false });
	});
});

describe('two tabs', () => {
	/** Two tabs with the same conversation open. */
	async function both() {
		const { store, open } = tabs();
		const [here, there] = [await open(), await open()];
		const { id } = here.library.create(content('ant'));
		await here.library.flush();
		await expect.poll(() => titles(there.library)).toEqual(['ant']);
		await there.library.load(id);
		return { store, open, here, there, id };
	}

	test('follow each other', async () => {
		const { here, there, id } = await both();
		here.library.edit(id, { text: saying('bee') });
		await here.library.flush();
		await expect.poll(() => titles(there.library)).toEqual(['bee']);
		await expect
			.poll(() => there.events)
			.toMatchObject([{ kind: 'changed', conversation: { id, text: saying('bee'), revision: 2 } }]);
		there.library.edit(id, { text: saying('wasp') });
		await there.library.flush();
		await expect.poll(() => titles(here.library)).toEqual(['wasp']);
		expect(here.library.saving).toBe('saved');
	});

	test('list what is on the disk, though what they told each other has crossed', async () => {
		const { store, open, tell } = tabs();
		const { library } = await open();
		const { id } = library.create(content('ant'));
		await library.flush();
		const [before] = library.summaries as [Summary]; // just made
		const theirs = { ...(await saved(store, id)), text: saying('bee'), title: 'bee' };
		await store.saveConversation(theirs, 1);
		await store.saveRun(run(id));
		tell([{ id, summary: { ...before, title: 'bee', runs: 1 } }]);
		tell([{ id, summary: before }]);
		await expect.poll(() => library.summaries).toMatchObject([{ title: 'bee', runs: 1 }]);
		await expect.poll(() => library.load(id)).toMatchObject({ value: { text: saying('bee') } });
	});

	test('go on with what the other wrote while they were still writing', async () => {
		const { store, open, tell } = tabs();
		const inner = store.database;
		let then = () => Promise.resolve();
		const { library, events } = await open({
			...inner,
			write: async (steps) => {
				const written = await inner.write(steps);
				await then();
				return written;
			},
		});
		const { id } = library.create(content('ant'));
		await library.flush();
		const [before] = library.summaries as [Summary]; // just made
		const heard = Promise.withResolvers<undefined>();
		then = async () => {
			then = () => Promise.resolve();
			const ours = await saved(store, id);
			await store.saveConversation({ ...ours, text: saying('wasp'), title: 'wasp' }, ours.revision);
			tell([{ id, summary: { ...before, title: 'wasp' } }]);
			await expect.poll(() => titles(library)).toEqual(['wasp']);
			heard.resolve(undefined);
		};
		library.edit(id, { text: saying('bee') });
		await library.flush();
		await heard.promise;
		await expect.poll(() => titles(library)).toEqual(['wasp']);
		await expect.poll(() => events.at(-1)).toMatchObject({ kind: 'changed', conversation: { text: saying('wasp') } });
	});

	test("hear of each other's runs of what they have loaded", async () => {
		const { open } = tabs();
		const [here, there] = [await open(), await open()];
		const { id } = here.library.create(content('ant'));
		await here.library.flush();
		await expect.poll(() => titles(there.library)).toEqual(['ant']);
		await there.library.load(id);
		await here.library.keepRun(run(id));
		await expect.poll(() => there.events).toEqual([{ kind: 'runs', id }]);
	});

	test("hear of each other's runs also when these are as many as before: one is pinned, or one under way ends", async () => {
		const { here, there, id } = await both();
		const seen = async () => (await there.library.runs(id)).map(({ ending, pinned }) => [ending?.kind, pinned]);
		/** What is to be read when it has been told so often. */
		const told = async (times: number) => {
			await expect.poll(() => there.events).toEqual(new Array(times).fill({ kind: 'runs', id }));
			return seen();
		};
		await here.library.leaveRun({ ...run(id), ending: null });
		// When it is asked for, and when it is written.
		expect(await told(2)).toEqual([['broken', undefined]]);
		await here.library.keepRun(run(id));
		expect(await told(3)).toEqual([['complete', undefined]]);
		await here.library.pinRun(id, run(id).id, true);
		expect(await told(4)).toEqual([['complete', true]]);
	});

	test('count a run that the other leaves behind as it closes, and so does not hear that it is written', async () => {
		const { store, open, there, id } = await both();
		const { database } = store;
		const closing = await open({
			...database,
			write: (steps) => database.write(steps).then(() => new Promise<never>(() => {})),
		});
		void closing.library.leaveRun({ ...run(id), ending: null });
		await expect.poll(() => there.library.summaries).toMatchObject([{ id, runs: 1 }]);
		expect(await there.library.runs(id)).toMatchObject([{ id: run(id).id }]);
	});

	test('do not count a run that there was no room to leave behind', async () => {
		const { store, open, there, id } = await both();
		const full = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
		const { library } = await open({ ...store.database, write: full });
		await library.leaveRun({ ...run(id), ending: null });
		expect(library.summaries).toMatchObject([{ id, runs: 0 }]);
		await expect.poll(() => there.library.summaries).toMatchObject([{ id, runs: 0 }]);
	});

	test('keep both when both wrote: the later one goes on as a visible copy', async () => {
		const { store, here, there, id } = await both();
		here.library.edit(id, { text: saying('mine') });
		there.library.edit(id, { text: saying('theirs') });
		await here.library.flush();
		await there.library.flush();
		expect(await store.loadConversation(id)).toMatchObject({ value: { text: saying('mine') } });
		const moved = there.events.find((event) => event.kind === 'moved');
		expect(moved).toMatchObject({ from: id, conversation: { text: saying('theirs') } });
		await expect.poll(() => titles(here.library).toSorted()).toEqual(['ant (copy from another tab)', 'mine']);
		expect(titles(there.library).toSorted()).toEqual(['ant (copy from another tab)', 'mine']);
		expect(await store.loadConversation(moved!.conversation.id)).toMatchObject({ value: { text: saying('theirs') } }); // checked above
	});

	test('put together what they changed in different places', async () => {
		const { store, here, there, id } = await both();
		here.library.edit(id, { text: saying('bee') });
		there.library.edit(id, { apiVersion: '2026-10-21' });
		await here.library.flush();
		await there.library.rename(id, 'Insects');
		await there.library.flush();
		expect(await store.loadConversation(id)).toMatchObject({
			value: { text: saying('bee'), apiVersion: '2026-10-21', title: 'Insects' },
		});
		expect(there.events.map(({ kind }) => kind)).not.toContain('moved');
		expect(there.events.at(-1)).toMatchObject({ kind: 'changed', conversation: { text: saying('bee') } });
		expect(there.library.summaries).toHaveLength(1);
	});

	test('keep the words typed into what the other tab deleted', async () => {
		const { here, there, id } = await both();
		there.library.edit(id, { text: saying('still typing') });
		await here.library.remove(id);
		await there.library.flush();
		expect(there.events).toMatchObject([{ kind: 'moved', from: id }]);
		expect(titles(there.library)).toEqual(['ant (copy from another tab)']);
	});

	test('never write over what they cannot read', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		const { store, open } = tabs(database);
		const { library, events } = await open();
		const { id } = library.create(content('ant'));
		await library.flush();
		const damaged = { version: 1, text: 'of a later page' };
		await database.write((records) => records.put(`conversation/${id}`, damaged));
		library.edit(id, { text: saying('mine') });
		await library.flush();
		expect(await store.loadConversation(id)).toMatchObject({ kind: 'unreadable', raw: damaged });
		expect(events).toMatchObject([{ kind: 'moved', from: id, conversation: { text: saying('mine') } }]);
	});

	test('lose no word while both type at once', async () => {
		const { store, here, there, id } = await both();
		let at = { here: id, there: id };
		here.library.listen((event) => event.kind === 'moved' && (at = { ...at, here: event.conversation.id }));
		there.library.listen((event) => event.kind === 'moved' && (at = { ...at, there: event.conversation.id }));
		for (let round = 0; round < 20; round++) {
			here.library.edit(at.here, { text: saying(`here ${round}`) });
			there.library.edit(at.there, { text: saying(`there ${round}`) });
			await Promise.all([here.library.flush(), there.library.flush()]);
		}
		const texts = await Promise.all(
			[at.here, at.there].map(async (place) => {
				const loaded = await store.loadConversation(place);
				return loaded.kind === 'found' && loaded.value.text;
			}),
		);
		expect(texts).toEqual([saying('here 19'), saying('there 19')]);
	});
});

describe('the rest of the list', () => {
	test.each([1, 2, 3])('is as it is, whatever was changed after reading %i of it', async (nth) => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		const { open } = tabs(database);
		const there = await open();
		const [edited, deleted] = ['ant', 'bee', 'fly'].map((words) => there.library.create(content(words)).id);
		await there.library.flush();
		await settleList(database);
		let countdown = Infinity;
		const here = await open({
			...database,
			read: async (steps) => {
				const found = await database.read(steps);
				if (--countdown === 0) await change();
				return found;
			},
		});
		/** What both tabs do while one of them reads. */
		const change = async () => {
			here.library.create(content('mine'));
			there.library.create(content('theirs'));
			await there.library.load(edited!); // three were made
			there.library.edit(edited!, content('wasp'));
			await there.library.flush();
			await there.library.remove(deleted!);
		};
		expect(here.library.complete).toBe(false);
		countdown = nth;
		await here.library.readAll();
		const isStill = countdown > 0;
		countdown = Infinity;
		if (isStill) await change();
		await here.library.flush();
		expect(here.library.complete).toBe(true);
		const all = ['fly', 'mine', 'theirs', 'wasp'];
		for (const { library } of [here, there]) await expect.poll(() => titles(library).toSorted()).toEqual(all);
		expect(titles((await open()).library).toSorted()).toEqual(all);
	});
});

describe('deleting', () => {
	test('can be undone, runs and all', async () => {
		const { store, open } = tabs();
		const { library, events } = await open();
		const { id } = library.create(content('ant'));
		await library.keepRun(run(id));
		await library.flush();
		await library.remove(id);
		expect([library.removed?.title, library.summaries]).toEqual(['ant', []]);
		expect(events).toEqual([{ kind: 'gone', id, elsewhere: false }]);
		expect(await store.loadConversation(id)).toEqual({ kind: 'missing' });

		await library.undo();
		expect(library.removed).toBeNull();
		expect(library.summaries.map(({ title, runs }) => [title, runs])).toEqual([['ant', 1]]);
		expect(await library.load(id)).toMatchObject({ value: { text: saying('ant') } });
	});

	test('can be undone with a run that was kept while it waited for its turn, and counts that', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		let meanwhile: (() => Promise<unknown>) | null = null;
		const { open } = tabs({
			...database,
			async write(steps) {
				const first = meanwhile;
				meanwhile = null;
				await first?.();
				return database.write(steps);
			},
		});
		const { library } = await open();
		const { id } = library.create(content('ant'));
		await library.flush();
		meanwhile = () => library.keepRun(run(id));
		await library.remove(id);
		await library.undo();
		expect(library.summaries).toMatchObject([{ id, runs: 1 }]);
		expect(await library.runs(id)).toMatchObject([{ id: run(id).id }]);
	});

	test('can be undone one after the other, the last first', async () => {
		const { library, clock } = await tabs().open();
		const ids = ['ant', 'bee', 'wasp'].map((words) => library.create(content(words)).id);
		for (const id of ids) {
			await library.remove(id);
			clock.pass(9_999);
		}
		for (const left of ['wasp', 'bee', 'ant']) {
			expect(library.removed?.title).toBe(left);
			await library.undo();
		}
		expect(library.removed).toBeNull();
		expect(titles(library).toSorted()).toEqual(['ant', 'bee', 'wasp']);
	});

	test('can be undone for a single run', async () => {
		const { open, store } = tabs();
		const { library, events } = await open();
		const { id } = library.create(content('ant'));
		await library.keepRun(run(id));
		await library.removeRun(id, run1.id);
		expect([library.removed?.title, library.summaries[0]?.runs]).toEqual(['A run of ant', 0]);
		await library.undo();
		expect(await store.loadRun(id, run1.id)).toEqual({ kind: 'found', value: run(id) });
		expect([library.removed, library.summaries[0]?.runs]).toEqual([null, 1]);
		expect(events).toEqual([{ kind: 'runs', id }]);
	});

	test('brings back the words that were never on the disk', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		let refusals = 0;
		const { store, open } = tabs({
			...database,
			write: (steps) =>
				refusals-- > 0 ? Promise.reject(new DOMException('', 'QuotaExceededError')) : database.write(steps),
		});
		const { library } = await open();
		const { id } = library.create(content('ant'));
		await library.flush();
		library.edit(id, { text: saying('not on the disk') });
		refusals = 1;
		await library.remove(id);
		await library.undo();
		expect(await library.load(id)).toMatchObject({ value: { text: saying('not on the disk') } });
		await library.flush();
		expect(await store.loadConversation(id)).toMatchObject({ value: { text: saying('not on the disk') } });
		expect(library.saving).toBe('saved');

		refusals = 2;
		const { id: never } = library.create(content('never saved'));
		await library.flush();
		await library.remove(never);
		await library.undo();
		await library.flush();
		expect(await store.loadConversation(never)).toMatchObject({ value: { text: saying('never saved') } });
	});

	test('lists nothing again that is not there, and says so', async () => {
		const { store, open } = tabs();
		const { library } = await open();
		const { id } = library.create(content('ant'));
		await library.flush();
		await deleteConversation(store.database, id);
		await library.remove(id);
		await library.undo();
		expect(library.summaries).toEqual([]);
		expect(library.saving).toMatchObject({ problem: expect.stringContaining('deleted') as string });
	});

	test('is for good after ten seconds, or when it is dismissed', async () => {
		const { library, clock } = await tabs().open();
		const { id } = library.create(content('ant'));
		const { id: other } = library.create(content('bee'));
		await library.remove(id);
		clock.pass(9_999);
		expect(library.removed?.title).toBe('ant');
		clock.pass(1);
		expect(library.removed).toBeNull();
		await library.undo();
		expect(titles(library)).toEqual(['bee']);
		await library.remove(other);
		library.dismiss();
		await library.undo();
		expect(library.summaries).toEqual([]);
	});

	test('is held after an undoing that failed, until that is done or dismissed', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		let full = false;
		const { store, open } = tabs({
			...database,
			write: (steps) => (full ? Promise.reject(new DOMException('', 'QuotaExceededError')) : database.write(steps)),
		});
		const { library, clock } = await open();
		const [ant, bee, wasp] = ['ant', 'bee', 'wasp'].map((words) => library.create(content(words)).id);
		await library.keepRun(run(ant!)); // three were made
		await library.remove(ant!);
		expect(library.removed).toMatchObject({ title: 'ant', refusal: null });
		full = true;
		await library.undo();
		expect(library.removed).toMatchObject({ title: 'ant', refusal: { kind: 'full' } });
		clock.pass(60_000);
		full = false;
		// What is deleted after it goes as ever.
		await library.remove(bee!);
		clock.pass(10_000);
		await library.remove(wasp!);
		library.dismiss();
		expect(library.removed).toMatchObject({ title: 'ant', refusal: { kind: 'full' } });

		await library.undo();
		expect(library.summaries.map(({ title, runs }) => [title, runs])).toEqual([['ant', 1]]);
		expect([library.removed, await store.runsOf(ant!)]).toMatchObject([null, [{ id: run1.id }]]);
		await library.remove(ant!);
		full = true;
		await library.undo();
		library.dismiss();
		expect(library.removed).toBeNull();
	});

	test('takes what is gone without a word off the list when it is opened', async () => {
		const { store, open } = tabs();
		const { library } = await open();
		const { id } = library.create(content('ant'));
		await library.flush();
		await deleteConversation(store.database, id);
		expect(await library.load(id)).toEqual({ kind: 'missing' });
		expect(library.summaries).toEqual([]);
	});

	test('reaches the other tab, and so does its undoing', async () => {
		const { open } = tabs();
		const [here, there] = [await open(), await open()];
		const { id } = here.library.create(content('ant'));
		await here.library.flush();
		await expect.poll(() => titles(there.library)).toEqual(['ant']);
		await there.library.load(id);
		await here.library.remove(id);
		await expect.poll(() => there.events).toEqual([{ kind: 'gone', id, elsewhere: true }]);
		expect(there.library.summaries).toEqual([]);
		await here.library.undo();
		await expect.poll(() => titles(there.library)).toEqual(['ant']);
		expect(there.events.at(-1)).toEqual({ kind: 'back', id });
	});

	test('in another tab, and undone there, loses no run that ended here in between', async () => {
		const { store, open } = tabs();
		const [here, there] = [await open(), await open()];
		const { id } = here.library.create(content('ant'));
		await here.library.flush();
		await expect.poll(() => titles(there.library)).toEqual(['ant']);
		await here.library.remove(id);
		expect(await there.library.keepRun(run(id))).toEqual({ kind: 'missing' });
		await here.library.undo();
		await expect.poll(async () => (await store.runsOf(id)).length).toBe(1);
		await expect.poll(() => here.library.summaries.map(({ runs }) => runs)).toEqual([1]);
	});

	test('says when it failed, and deletes nothing', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		let broken = false;
		const { open } = tabs({
			...database,
			write: (steps) => (broken ? Promise.reject(new Error('broken')) : database.write(steps)),
		});
		const { library, events } = await open();
		const { id } = library.create(content('ant'));
		await library.flush();
		broken = true;
		await library.remove(id);
		expect(library.saving).toMatchObject({ problem: expect.stringContaining('broken') as string, full: false });
		expect([titles(library), library.removed, events]).toEqual([['ant'], null, []]);
	});
});

describe('a run that the disk has no room for', () => {
	/** A tab with a saved conversation over a disk that can be full, or refuse the next few writes. */
	async function tab() {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		const disk = { full: false, refusals: 0 };
		const { store, open } = tabs({
			...database,
			write: (steps) =>
				disk.full || disk.refusals-- > 0
					? Promise.reject(new DOMException('', 'QuotaExceededError'))
					: database.write(steps),
		});
		const { library, events } = await open();
		const { id } = library.create(content('ant'));
		await library.flush();
		return { disk, store, library, events, id };
	}
	const named = (conversation: string, id: string, startedAt: string) => ({ ...run(conversation), id, startedAt });

	test('stays on the page, is said, and is kept as soon as there is room', async () => {
		const { disk, store, library, id } = await tab();
		await library.keepRun(named(id, 'early', '2026-11-22T12:00:01.000Z'));
		await library.keepRun(named(id, 'late', '2026-11-22T12:00:03.000Z'));
		disk.full = true;
		expect(await library.keepRun(named(id, 'between', '2026-11-22T12:00:02.000Z'), 2)).toEqual({ kind: 'full' });
		expect(library.saving).toMatchObject({ full: true });
		expect((await library.runs(id)).map((one) => one.id)).toEqual(['late', 'between', 'early']);
		expect(await library.loadRun(id, 'between')).toMatchObject({ kind: 'found', value: { id: 'between' } });
		await library.flush();
		expect(library.saving).toMatchObject({ full: true });

		disk.full = false;
		await library.pinRun(id, 'between', true);
		await library.flush();
		expect(library.saving).toBe('saved');
		expect((await store.runsOf(id)).map((one) => [one.id, one.pinned])).toEqual([
			['late', undefined],
			['between', true],
		]);
		expect(library.summaries[0]?.runs).toBe(2);
	});

	test('is kept when a deletion has made room', async () => {
		const { disk, store, library, id } = await tab();
		const { id: other } = library.create(content('bee'));
		await library.flush();
		disk.full = true;
		await library.keepRun(run(id));
		disk.full = false;
		await library.remove(other);
		await expect.poll(() => library.saving).toBe('saved');
		expect(await store.runsOf(id)).toHaveLength(1);
	});

	test('goes with its conversation, and comes back with it', async () => {
		const { disk, store, library, id } = await tab();
		// It is refused, and once more before the deletion.
		disk.refusals = 2;
		await library.keepRun(run(id));
		await library.remove(id);
		expect([library.removed?.title, await library.runs(id)]).toEqual(['ant', []]);
		await library.undo();
		await library.flush();
		expect(await store.runsOf(id)).toHaveLength(1);
		expect(library.summaries[0]?.runs).toBe(1);
	});

	test('waits for its conversation when that was deleted before it ended, and troubles nobody', async () => {
		const { store, library, id } = await tab();
		await library.remove(id);
		expect(await library.keepRun(run(id))).toEqual({ kind: 'missing' });
		await library.flush();
		expect([library.saving, await store.runsOf(id)]).toEqual(['saved', []]);
		await library.undo();
		await library.flush();
		expect(await store.runsOf(id)).toHaveLength(1);
		expect(library.summaries[0]?.runs).toBe(1);
	});

	test('is kept with a conversation that is still on its way to the disk', async () => {
		const { store, library } = await tab();
		const { id } = library.create(content('bee'));
		await library.keepRun(run(id));
		expect(await store.runsOf(id)).toHaveLength(1);
	});

	test('stays while it is pinned, on the disk or not', async () => {
		const { disk, library, id } = await tab();
		disk.full = true;
		await library.keepRun(run(id));
		await library.pinRun(id, run1.id, true);
		await library.removeRun(id, run1.id);
		expect(await library.runs(id)).toHaveLength(1);
		disk.full = false;
		await library.flush();
		await library.removeRun(id, run1.id);
		expect(await library.runs(id)).toMatchObject([{ id: run1.id, pinned: true }]);
		expect(library.removed).toBeNull();
	});

	test('goes for good when it is deleted itself', async () => {
		const { disk, store, library, id } = await tab();
		disk.full = true;
		await library.keepRun(run(id));
		disk.full = false;
		await library.removeRun(id, run1.id);
		await library.flush();
		expect([await library.runs(id), await store.runsOf(id), library.saving]).toEqual([[], [], 'saved']);
	});
});
