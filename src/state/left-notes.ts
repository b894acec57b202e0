import { fromBase64, mentionsIn, toBase64 } from '../model/attachment';
import type { Chunk, Run } from '../model/run';
import type { News, RunHead } from '../model/saved';
import { isSavedId } from '../model/unsaved';
import { leftPrefix, type Database, type Records, type Steps } from '../store/database';
import { newsOf } from '../store/list';
import { index, unmark, write } from '../store/store';
import { isArrayOf, isRecord, upgradeRunHead, upgradeUnsaved } from '../store/upgrade';
import type { Library, LibraryEvent } from './library.svelte';

/** The part of `localStorage` that is used here. */
export type Notes = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

interface Needs {
	/** What the notes end up in. */
	readonly database: Database;
	readonly notes: Notes;
}

interface Followed {
	readonly library: Pick<Library, 'listen'>;
	/** The run under way, with all that has come of it; null when there is none. */
	readonly running: () => Run | null;
}

/** A run whose answer is longer, in bytes, is left behind in the database alone: no browser has room for it here. */
const LONGEST_ANSWER = 2_000_000;

/**
 * What a page leaves behind as it goes, in `localStorage`, which writes at once.
 *
 * The library leaves the same in the database, where it outlives also the sudden end of the browser. But what is asked of
 * IndexedDB by a page that goes is given up where it would have to wait for a transaction of another tab (Chromium 147,
 * 2026-11-30: lost 24 times of 24; 1 of 150 where nobody was in the way). So it is left in both places. The next visit
 * begins by putting the notes where the database would have had them.
 */
export class LeftNotes {
	readonly #database: Database;
	readonly #notes: Notes;
	readonly #prefix: string;

	constructor({ database, notes }: Needs) {
		this.#database = database;
		this.#notes = notes;
		this.#prefix = leftPrefix(database.name);
	}

	/** All that is noted: it may name attachments that nothing else names. */
	get texts(): readonly string[] {
		return [...this.#all().values()];
	}

	/** Note down what is not saved whenever the page may go, until it is. Gives what ends that. */
	follow({ library, running }: Followed): () => void {
		return library.listen((event) => {
			if (event.kind === 'leaving') this.#leave(event, running());
			else if (event.kind === 'stayed') this.#remove(`unsaved/${event.tab}`);
		});
	}

	/**
	 * Put what earlier visits noted into the database, and tell other tabs on `channel`, which is closed then, which
	 * conversations have other runs since. What cannot be put there stays noted, as all does while nothing outlives the page.
	 */
	async takeUp(channel: Pick<BroadcastChannel, 'postMessage' | 'close'>): Promise<void> {
		if (!this.#database.kept) return channel.close();
		const touched = new Set<string>();
		// The conversations first: no run is kept without its own.
		for (const [key, note] of [...this.#all()].sort(([a], [b]) => (a < b ? 1 : -1))) {
			const put = stepsFor(key, parse(note));
			const written = put && (await write(this.#database, put));
			if (written?.kind !== 'saved') continue;
			this.#remove(key);
			if (written.touched !== null) touched.add(written.touched);
		}
		const news: readonly News[] = await newsOf(this.#database, [...touched]);
		channel.postMessage(news.map((one) => ({ ...one, runs: true })));
		channel.close();
	}

	#leave({ tab, unsaved }: Extract<LibraryEvent, { kind: 'leaving' }>, run: Run | null): void {
		if (unsaved.length > 0) this.#note(`unsaved/${tab}`, { version: 1, drafts: unsaved });
		if (!run || !isSavedId(run.conversation)) return;
		const { chunks, ...head } = run;
		if (chunks.reduce((sum, { bytes }) => sum + bytes.length, 0) > LONGEST_ANSWER) return;
		const key = `run/${run.conversation}/${run.id}`;
		const note = this.#note(key, { version: 1, head, chunks: chunks.map(({ at, bytes }) => [at, toBase64(bytes)]) });
		void this.#removeWritten(key, note);
	}

	/** The library has asked for a run to be written just before: once it is, its note has served. */
	async #removeWritten(key: string, note: string): Promise<void> {
		try {
			const written = await this.#database.read((records) => records.get(key));
			if (written !== undefined && this.#notes.getItem(this.#prefix + key) === note) this.#remove(key);
		} catch {
			// What cannot be read may not have been written: the note stays.
		}
	}

	#note(key: string, left: object): string {
		const note = JSON.stringify(left);
		try {
			this.#notes.setItem(this.#prefix + key, note);
		} catch {
			// There is no room: it is in the database or nowhere. What was noted before must not be taken for it.
			this.#remove(key);
		}
		return note;
	}

	#remove(key: string): void {
		this.#notes.removeItem(this.#prefix + key);
	}

	/** All notes by the keys of their records. */
	#all(): ReadonlyMap<string, string> {
		const names = Array.from({ length: this.#notes.length }, (_, place) => this.#notes.key(place) ?? '');
		const ours = names.filter((name) => name.startsWith(this.#prefix));
		return new Map(ours.map((name) => [name.slice(this.#prefix.length), this.#notes.getItem(name) ?? '']));
	}
}

function parse(note: string): unknown {
	try {
		return JSON.parse(note);
	} catch {
		// No note of ours.
		return undefined;
	}
}

/** What putting a note into the database has done: the conversation that has another run now, if any. */
interface Put {
	readonly kind: 'saved';
	readonly touched: string | null;
}

/** How to put what was noted for the record `key` there; null where it is nothing that could have been. */
function stepsFor(key: string, left: unknown): Steps<Put> | null {
	if (key.startsWith('unsaved/') && upgradeUnsaved(left))
		return (records) => {
			records.put(key, left);
			return { kind: 'saved', touched: null };
		};
	const run = runIn(left, key);
	return run && (async (records) => ({ kind: 'saved', touched: await putRun(records, key, run) }));
}

/** The run that was noted for the record `key`; null where it was something else. */
function runIn(left: unknown, key: string): { readonly head: RunHead; readonly chunks: readonly Chunk[] } | null {
	if (!isRecord(left) || !isArrayOf(left.chunks, isNotedChunk)) return null;
	const head = upgradeRunHead(left.head, key);
	const chunks = left.chunks.map(([at, base64]) => ({ at, bytes: fromBase64(base64) }));
	return head && chunks.every((chunk): chunk is Chunk => chunk.bytes !== null) ? { head, chunks } : null;
}

function isNotedChunk(value: unknown): value is readonly [at: number, base64: string] {
	return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string';
}

/** Put a run among those of its conversation, unless that is gone or the run is kept since. Gives the conversation, or null. */
async function putRun(
	records: Records,
	key: string,
	{ head, chunks }: NonNullable<ReturnType<typeof runIn>>,
): Promise<string | null> {
	const { conversation, request } = head;
	const [home, raw, unsaved] = await Promise.all([
		records.get(`conversation/${conversation}`),
		records.get(key),
		records.range('unsaved/'),
	]);
	const begun = upgradeRunHead(raw, key);
	if (raw !== undefined && begun?.ending !== null) return null;
	const awaited = unsaved.some(([, raw]) => upgradeUnsaved(raw)?.some(({ saved }) => saved.id === conversation));
	if (home === undefined && !awaited) return null;
	records.put(key, begun?.pinned ? { ...head, pinned: true } : head);
	records.put(key.replace('run', 'chunks'), { version: 1, chunks });
	await unmark(records, mentionsIn(request.text));
	if (home !== undefined) await index(records, conversation);
	return conversation;
}
