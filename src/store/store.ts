import { mentionsIn } from '../model/attachment';
import type { Conversation, Summary } from '../model/conversation';
import type { Run } from '../model/run';
import {
	inOrder,
	listedOf,
	type KeptRun,
	type Left,
	type Listed,
	type Loaded,
	type RunHead,
	type Unwritten,
	type Written,
} from '../model/saved';
import { Damaged, indexedDatabase, type Database, type Records, type Steps } from './database';
import {
	upgradeAttachment,
	upgradeChunks,
	upgradeConversation,
	upgradeFresh,
	upgradeKey,
	upgradeLeft,
	upgradeRunHead,
	upgradeSetting,
	upgradeShard,
	upgradeUnnamed,
	type KeptKey,
} from './upgrade';

/** `conflict`: somebody else wrote it since `expectedRevision`; `current` is what is there now. */
export type SavedConversation =
	| { readonly kind: 'saved'; readonly revision: number }
	| { readonly kind: 'conflict'; readonly current: Loaded<Conversation> }
	| Unwritten;

/** `more`: by how many the conversation has more runs than before. `missing`: the conversation of the run is not here. */
export type SavedRun = { readonly kind: 'saved'; readonly more: number } | { readonly kind: 'missing' } | Unwritten;

/**
 * Open this page's records under `name` (see `databaseName`). Where the browser has no IndexedDB, or refuses it, they are
 * kept in memory for as long as the page lives, `kept` is false, and `refusal` says why.
 */
export async function openStore({ name }: { readonly name: string }): Promise<Store> {
	const database = indexedDatabase(name);
	try {
		await database.read(() => undefined);
		return new Store(database);
	} catch (error) {
		// Private windows, a setting, a broken profile, a full disk all leave the same choice.
		const { memoryDatabase } = await import('./memory-database');
		return new Store(memoryDatabase(name, String(error)));
	}
}

/**
 * All that the page keeps. Each method is one transaction. Writing never throws: what went wrong is in the result. Reading
 * one thing never throws either; reading a list rejects when the database as a whole cannot be read.
 */
export class Store {
	/** For what is done to the records as a whole, by parts of the page that are loaded when they are needed. */
	readonly database: Database;

	constructor(database: Database) {
		this.database = database;
	}

	/** Unlike that of any other page of this origin: good for channels and locks too. */
	get name(): string {
		return this.database.name;
	}
	/** Whether anything outlives the page. */
	get kept(): boolean {
		return this.database.kept;
	}
	/** What the browser said when nothing could be opened that outlives the page; else empty. */
	get refusal(): string {
		return this.database.refusal ?? '';
	}

	/**
	 * The first of the list, in order; null where nobody has noted which those are. With what was changed since then, they
	 * are read in no time, however many others there are.
	 */
	async firstSummaries(): Promise<readonly Summary[] | null> {
		const [first, fresh] = await this.database.read((records) =>
			Promise.all([records.get('first'), readFresh(records)]),
		);
		const summaries = upgradeShard(first);
		return summaries && withFresh(summaries, fresh).sort(inOrder);
	}

	/** Every saved conversation, in no particular order. Unreadable ones are among them. */
	async listSummaries(): Promise<readonly Summary[]> {
		const { summaries, whole } = await this.database.read(readList);
		return whole ? summaries : (await import('./list')).settleList(this.database);
	}

	loadConversation(id: string): Promise<Loaded<Conversation>> {
		return this.#load(
			(records) => records.get(`conversation/${id}`),
			(raw) => upgradeConversation(raw, id),
		);
	}

	/**
	 * Write `conversation` if the saved one still has `expectedRevision` (0: if there is none yet), and, with it or not at all,
	 * what its tab has `left` behind apart from it.
	 */
	saveConversation(conversation: Conversation, expectedRevision: number, left?: Left): Promise<SavedConversation> {
		const { id, text } = conversation;
		const key = `conversation/${id}`;
		const revision = expectedRevision + 1;
		const named = mentionsIn(text);
		return this.#write<SavedConversation>(async (records) => {
			// Every edit waits for this: it is written while what was there is read, and taken back should that be another.
			const reading = Promise.all([records.get(key), unmark(records, named)]);
			reading.catch(() => undefined); // nobody awaits it when what follows throws
			records.put(key, { ...conversation, revision });
			putFresh(records, id, conversation);
			if (left) putLeft(records, left);
			const [raw] = await reading;
			const current = read(raw, (raw) => upgradeConversation(raw, id));
			const found = current.kind === 'found' ? current.value.revision : 0;
			if (current.kind === 'unreadable' || found !== expectedRevision)
				throw new TakenBack({ kind: 'conflict', current });
			return { kind: 'saved', revision };
		});
	}

	/**
	 * Leave edits behind for the next visit. Unlike saving them, which must first read what is there, this can be relied on
	 * while the page is being closed, unless another tab has a transaction under way.
	 */
	leaveBehind(left: Left): Promise<Written> {
		return this.#write((records) => {
			putLeft(records, left);
			return { kind: 'saved' } as const;
		});
	}

	/** What was left behind. What cannot be read stays where it is. */
	async leftBehind(): Promise<readonly Left[]> {
		const found = await this.database.read((records) => records.range('unsaved/'));
		return found.flatMap(([key, raw]) => upgradeLeft(raw, key.slice('unsaved/'.length)) ?? []);
	}

	/** Clear away what `tab` left behind, once it is saved. */
	clearBehind(tab: string): Promise<Written> {
		return this.#remove(`unsaved/${tab}`);
	}

	/**
	 * Keep a run: one that has ended is never written over, and one whose conversation is `missing` not written, as nothing
	 * would show it, or could delete it. Of the others of its conversation that are not pinned, the oldest make room, so that
	 * `keep` are left with it.
	 */
	saveRun({ chunks, ...head }: Run, keep = Infinity): Promise<SavedRun> {
		const place = `${head.conversation}/${head.id}`;
		return this.#write(async (records) => {
			const conversation = await records.get(`conversation/${head.conversation}`);
			if (conversation === undefined) return { kind: 'missing' } as const;
			const before = await records.get(`run/${place}`);
			const begun = upgradeRunHead(before, `run/${place}`);
			if (before !== undefined && begun?.ending !== null)
				return { kind: 'failed', reason: 'A run with this id is already kept.' } as const;
			const others = (await records.range(`run/${head.conversation}/`)).map(([key, raw]) => upgradeRunHead(raw, key));
			const loose = others.filter((other) => other !== null).filter(({ id, pinned }) => !pinned && id !== head.id);
			records.put(`run/${place}`, begun?.pinned ? { ...head, pinned: true } : head);
			await unmark(records, mentionsIn(head.request.text));
			// Apart, so that the list of runs is read without the bytes of all answers.
			records.put(`chunks/${place}`, { version: 1, chunks });
			// Another tab may have set it since this one read it: what either would keep stays.
			const set = Number(upgradeSetting(await records.get('setting/runsKept')));
			const dropped = loose.sort(newestFirst).slice(Math.max(0, (set > keep ? set : keep) - 1));
			for (const { id } of dropped) {
				records.delete(`run/${head.conversation}/${id}`);
				records.delete(`chunks/${head.conversation}/${id}`);
			}
			putFresh(records, head.conversation, listedFrom(conversation, head.conversation));
			return { kind: 'saved', more: (begun ? 0 : 1) - dropped.length } as const;
		});
	}

	/**
	 * Leave behind what has come of a run under way, in `conversation`. The first time, like `leaveBehind`, it reads nothing,
	 * and can be relied on while the page is being closed; so do the bytes when it is done `again`. `saveRun` writes it over.
	 * That `tab` has done so stays known, also when the run is deleted.
	 */
	async leaveRun(
		{ chunks, ...head }: Run,
		conversation: Listed,
		{ tab, again = false, onasked }: { readonly tab: string; readonly again?: boolean; readonly onasked?: () => void },
	): Promise<Written> {
		const place = `${conversation.id}/${head.id}`;
		const written = await this.#write((records) => {
			if (!again) records.put(`run/${place}`, head);
			records.put(`chunks/${place}`, { version: 1, chunks });
			records.put(`unsaved/${tab}/run`, { version: 1, drafts: [], run: head.id, chunks: chunks.length });
			putFresh(records, conversation.id, conversation);
			onasked?.();
			return { kind: 'saved' } as const;
		});
		if (!again || written.kind !== 'saved') return written;
		return this.#write(async (records) => {
			// Somebody may have pinned it since, or deleted it, here or in another tab.
			const before = upgradeRunHead(await records.get(`run/${place}`), `run/${place}`);
			if (!before) records.delete(`chunks/${place}`);
			else if (!before.ending) records.put(`run/${place}`, before.pinned ? { ...head, pinned: true } : head);
			return { kind: 'saved' } as const;
		});
	}

	/** Let a run stay when older ones make room, or no longer. Its evidence stays what it is. */
	pinRun(conversation: string, id: string, pinned: boolean): Promise<Written> {
		const key = `run/${conversation}/${id}`;
		return this.#write(async (records) => {
			const head = upgradeRunHead(await records.get(key), key);
			if (head) records.put(key, { ...head, pinned });
			return { kind: 'saved' } as const;
		});
	}

	/** The runs of a conversation without their bytes, newest first. Unreadable ones stay where they are and are left out. */
	async runsOf(conversation: string): Promise<readonly RunHead[]> {
		const found = await this.database.read((records) => records.range(`run/${conversation}/`));
		return found
			.map(([key, raw]) => upgradeRunHead(raw, key))
			.filter((head) => head !== null)
			.map(asLeft)
			.sort(newestFirst);
	}

	loadRun(conversation: string, id: string): Promise<Loaded<KeptRun>> {
		const run = `run/${conversation}/${id}`;
		return this.#load(
			async (records) => {
				const [head, chunks] = await Promise.all([run, run.replace('run', 'chunks')].map((key) => records.get(key)));
				return head === undefined ? undefined : { head, chunks };
			},
			({ head, chunks }) => {
				const known = { head: upgradeRunHead(head, run), chunks: upgradeChunks(chunks) };
				return known.head && known.chunks && { ...asLeft(known.head), chunks: known.chunks };
			},
		);
	}

	/**
	 * Keep an attachment under the SHA-256 of its bytes, also one that is here already: a sweep under way leaves it. To be
	 * awaited before anything that names it is saved.
	 */
	keepAttachment(sha256: string, blob: Blob): Promise<Written> {
		const key = `attachment/${sha256}`;
		return this.#write(async (records) => {
			const [raw] = await Promise.all([records.get(key), unmark(records, [sha256])]);
			if (!upgradeAttachment(raw)) records.put(key, { version: 1, blob });
			return { kind: 'saved' } as const;
		});
	}

	/** The attachment's bytes, or null when they are not here. */
	async loadAttachment(sha256: string): Promise<Blob | null> {
		const loaded = await this.#load((records) => records.get(`attachment/${sha256}`), upgradeAttachment);
		return loaded.kind === 'found' ? loaded.value : null;
	}

	/** Every setting by its name, as it was set; their values are unchecked. */
	async settings(): Promise<ReadonlyMap<string, unknown>> {
		const found = await this.database.read((records) => records.range('setting/'));
		return new Map(found.map(([key, raw]) => [key.slice('setting/'.length), upgradeSetting(raw)]));
	}

	setSetting(name: string, value: unknown): Promise<Written> {
		return this.#put(`setting/${name}`, { version: 1, value });
	}

	/** The kept key, locked or not. */
	readKey(): Promise<Loaded<KeptKey>> {
		return this.#load((records) => records.get('key'), upgradeKey);
	}

	writeKey(key: KeptKey): Promise<Written> {
		return this.#put('key', key);
	}

	removeKey(): Promise<Written> {
		return this.#remove('key');
	}

	#put(key: string, record: unknown): Promise<Written> {
		return this.#write((records) => {
			records.put(key, record);
			return { kind: 'saved' } as const;
		});
	}

	#remove(key: string): Promise<Written> {
		return this.#write((records) => {
			records.delete(key);
			return { kind: 'saved' } as const;
		});
	}

	async #load<Raw, T>(
		find: (records: Records) => Promise<Raw | undefined>,
		upgrade: (raw: Raw) => T | null,
	): Promise<Loaded<T>> {
		try {
			return read(await this.database.read(find), upgrade);
		} catch (error) {
			return { kind: 'unreadable', raw: null, reason: String(error) };
		}
	}

	#write<T>(steps: Steps<T>): Promise<T | Unwritten> {
		return write(this.database, steps);
	}
}

/** Do `steps` in one transaction, or say why nothing of them was written. */
export async function write<T>(database: Database, steps: Steps<T>): Promise<T | Unwritten> {
	try {
		return await database.write(steps);
	} catch (error) {
		if (error instanceof TakenBack) return error.outcome as T; // these steps threw it
		return isFull(error) ? { kind: 'full' } : { kind: 'failed', reason: String(error) };
	}
}

/** Thrown by steps to have nothing of what they have written, and that to be their outcome. */
class TakenBack<T> extends Error {
	readonly outcome: T;

	constructor(outcome: T) {
		super();
		this.outcome = outcome;
	}
}

/** Whether a transaction was given up because there is no more room. */
export function isFull(error: unknown): boolean {
	return error instanceof DOMException && error.name === 'QuotaExceededError';
}

/** For sorting runs. */
export function newestFirst(a: RunHead, b: RunHead): number {
	return a.startedAt < b.startedAt ? 1 : -1;
}

function read<Raw, T>(raw: Raw | undefined, upgrade: (raw: Raw) => T | null): Loaded<T> {
	if (raw === undefined) return { kind: 'missing' };
	const value = upgrade(raw);
	if (value !== null) return { kind: 'found', value };
	const reason = raw instanceof Damaged ? raw.damaged : 'It has a shape that this version of the page does not know.';
	return { kind: 'unreadable', raw, reason };
}

/** Take the attachments `named` off the list of those that a later sweep removes. */
export async function unmark(records: Records, named: readonly string[]): Promise<void> {
	// Mostly there is none, and then nobody needs to look at the list.
	if (named.length === 0) return;
	const since = Object.entries(upgradeUnnamed(await records.get('unnamed')));
	const left = since.filter(([sha256]) => !named.includes(sha256));
	if (left.length < since.length) records.put('unnamed', { version: 1, since: Object.fromEntries(left) });
}

function putLeft(records: Records, { tab, at, drafts }: Left): void {
	records.put(`unsaved/${tab}`, { version: 1, at, drafts });
}

/** Bring the summary of one conversation up to what its records say now. */
export async function index(records: Records, id: string): Promise<void> {
	const raw = await records.get(`conversation/${id}`);
	putFresh(records, id, raw === undefined ? null : listedFrom(raw, id));
}

/**
 * Note what the list shows of a conversation that was changed, or null for one that was deleted; its runs are counted when
 * the list is read. It counts for more than the shards, which are too large to be written with every edit, until
 * `settleList` puts it among them.
 */
function putFresh(records: Records, id: string, conversation: Listed | null): void {
	records.put(`fresh/${id}`, { version: 1, listed: conversation && listedOf(conversation) });
}

/** What was noted of one conversation: null where it was deleted, undefined where that cannot be read. */
interface Fresh {
	readonly id: string;
	readonly summary: Summary | null | undefined;
}

/** A run as it is read: one that was under way when it was kept has lost its page since, unless that still writes it over. */
function asLeft(head: RunHead): RunHead {
	return head.ending ? head : { ...head, ending: { kind: 'broken', reason: 'The page was closed.' } };
}

/** Every summary, those that are fresh, and whether they are as many as the conversations, which are the truth. */
export async function readList(records: Records): Promise<{
	readonly summaries: readonly Summary[];
	readonly fresh: readonly Fresh[];
	readonly whole: boolean;
}> {
	const [shards, fresh, conversations] = await Promise.all([
		records.range('index/'),
		readFresh(records),
		records.count('conversation/'),
	]);
	const settled = shards.flatMap(([, raw]) => upgradeShard(raw) ?? []);
	const summaries = withFresh(settled, fresh);
	const readable = fresh.every(({ summary }) => summary !== undefined);
	const listed = new Set(summaries.map(({ id }) => id));
	return { summaries, fresh, whole: readable && listed.size === conversations && summaries.length === conversations };
}

async function readFresh(records: Records): Promise<readonly Fresh[]> {
	const found = await records.range('fresh/');
	return Promise.all(
		found.map(async ([key, raw]) => {
			const id = key.slice('fresh/'.length);
			const listed = upgradeFresh(raw);
			return { id, summary: listed && { ...listed, runs: await records.count(`run/${id}/`) } };
		}),
	);
}

function withFresh(settled: readonly Summary[], fresh: readonly Fresh[]): Summary[] {
	const changed = new Set(fresh.map(({ id }) => id));
	return [...settled.filter(({ id }) => !changed.has(id)), ...fresh.flatMap(({ summary }) => summary ?? [])];
}

/** What the list shows of the conversation in the record `raw`, readable or not. */
export function listedFrom(raw: unknown, id: string): Listed {
	return upgradeConversation(raw, id) ?? { id, title: 'Unreadable conversation', pinned: false, changedAt: '' };
}
