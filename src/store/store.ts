import { mentionsIn } from '../model/attachment';
import type { Conversation, Summary } from '../model/conversation';
import type { Run } from '../model/run';
import {
	summaryOf,
	type KeptRun,
	type Loaded,
	type RunHead,
	type Unsaved,
	type Unwritten,
	type Written,
} from '../model/saved';
import { wordsOf } from '../model/words';
import { indexedDatabase, type Database, type Entry, type Records, type Steps } from './database';
import {
	upgradeAttachment,
	upgradeChunks,
	upgradeConversation,
	upgradeKey,
	upgradeRunHead,
	upgradeSetting,
	upgradeShard,
	upgradeUnnamed,
	upgradeUnsaved,
	type KeptKey,
} from './upgrade';

/** `conflict`: somebody else wrote it since `expectedRevision`; `current` is what is there now. */
export type SavedConversation =
	| { readonly kind: 'saved'; readonly revision: number }
	| { readonly kind: 'conflict'; readonly current: Loaded<Conversation> }
	| Unwritten;

/** What was deleted, to the byte: all that `restore` needs. */
export interface Deleted {
	readonly conversation: string;
	readonly records: readonly Entry[];
}
export type Deletion = { readonly kind: 'deleted'; readonly deleted: Deleted } | Unwritten;

/** Sixteen records of summaries are read far faster than one for each conversation, and written faster than one for all. */
const SHARDS = 16;

/**
 * Open this page's records under `name` (see `databaseName`). Where the browser has no IndexedDB, or refuses it, they are
 * kept in memory for as long as the page lives, and `kept` is false.
 */
export async function openStore({ name }: { readonly name: string }): Promise<Store> {
	const database = indexedDatabase(name);
	try {
		await database.read((records) => records.count('key'));
		return new Store(database);
	} catch {
		// Why does not matter to anyone: private windows, a setting, a broken profile all leave the same choice.
		const { memoryDatabase } = await import('./memory-database');
		return new Store(memoryDatabase(name));
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

	/** Every saved conversation, in no particular order. Unreadable ones are among them. */
	async listSummaries(): Promise<readonly Summary[]> {
		const { shards, conversations } = await this.database.read(async (records) => {
			const [shards, conversations] = await Promise.all([records.range('index/'), records.count('conversation/')]);
			return { shards, conversations };
		});
		const summaries = shards.flatMap(([, raw]) => upgradeShard(raw) ?? []);
		// The conversations are the truth; a shard that is damaged or gone is written anew from them.
		return summaries.length === conversations ? summaries : this.database.write(rebuildIndex);
	}

	loadConversation(id: string): Promise<Loaded<Conversation>> {
		return this.#load((records) => records.get(`conversation/${id}`), upgradeConversation);
	}

	/** Write `conversation` if the saved one still has `expectedRevision` (0: if there is none yet). */
	saveConversation(conversation: Conversation, expectedRevision: number): Promise<SavedConversation> {
		const key = `conversation/${conversation.id}`;
		return this.#write(async (records) => {
			const current = read(await records.get(key), upgradeConversation);
			const found = current.kind === 'found' ? current.value.revision : 0;
			if (current.kind === 'unreadable' || found !== expectedRevision) return { kind: 'conflict', current } as const;
			const revision = expectedRevision + 1;
			records.put(key, { ...conversation, revision });
			putWords(records, conversation);
			// Every edit waits for this: what does not depend on one another is read together.
			await Promise.all([unmark(records, () => mentionsIn(conversation.text)), index(records, conversation.id)]);
			return { kind: 'saved', revision } as const;
		});
	}

	/**
	 * Leave edits behind for the next visit. Unlike saving them, which must first read what is there, this can be relied on
	 * while the page is being closed. `tab` tells apart what several tabs leave.
	 */
	leaveBehind(tab: string, drafts: readonly Unsaved[]): Promise<Written> {
		return this.#put(`unsaved/${tab}`, { version: 1, drafts });
	}

	/** What was left behind, by tab. What cannot be read stays where it is. */
	async leftBehind(): Promise<ReadonlyMap<string, readonly Unsaved[]>> {
		const found = await this.database.read((records) => records.range('unsaved/'));
		return new Map(
			found.flatMap(([key, raw]) => {
				const drafts = upgradeUnsaved(raw);
				return drafts ? [[key.slice('unsaved/'.length), drafts] as const] : [];
			}),
		);
	}

	/** Clear away what `tab` left behind, once it is saved. */
	clearBehind(tab: string): Promise<Written> {
		return this.#remove(`unsaved/${tab}`);
	}

	/** Delete the conversation and its runs. */
	deleteConversation(id: string): Promise<Deletion> {
		return this.#delete(id, async (records) => {
			const own = [`conversation/${id}`, `words/${id}`].map(async (key) => [key, await records.get(key)] as const);
			const [heads, chunks] = await Promise.all([records.range(`run/${id}/`), records.range(`chunks/${id}/`)]);
			return [...(await Promise.all(own)), ...heads, ...chunks];
		});
	}

	/** Delete one run. */
	deleteRun(conversation: string, id: string): Promise<Deletion> {
		const keys = [`run/${conversation}/${id}`, `chunks/${conversation}/${id}`];
		return this.#delete(conversation, (records) =>
			Promise.all(keys.map(async (key) => [key, await records.get(key)] as const)),
		);
	}

	/** Put back what was deleted, exactly as it was; what has been written in its place since stays. */
	restore({ conversation, records: deleted }: Deleted): Promise<Written> {
		return this.#write(async (records) => {
			for (const [key, record] of deleted) if ((await records.get(key)) === undefined) records.put(key, record);
			await unmark(records, () => mentionsIn(JSON.stringify(deleted)));
			await index(records, conversation);
			return { kind: 'saved' } as const;
		});
	}

	/**
	 * Keep a run: one that is already kept is never written over. Of the others of its conversation that are not pinned,
	 * the oldest make room, so that `keep` are left with it; `dropped` says how many did.
	 */
	saveRun(
		{ chunks, ...head }: Run,
		keep = Infinity,
	): Promise<{ readonly kind: 'saved'; readonly dropped: number } | Unwritten> {
		const place = `${head.conversation}/${head.id}`;
		return this.#write(async (records) => {
			const others = (await records.range(`run/${head.conversation}/`)).map(([, raw]) => upgradeRunHead(raw));
			const loose = others.filter((other) => other !== null).filter(({ pinned }) => !pinned);
			if ((await records.get(`run/${place}`)) !== undefined)
				return { kind: 'failed', reason: 'A run with this id is already kept.' } as const;
			records.put(`run/${place}`, head);
			await unmark(records, () => mentionsIn(head.request.text));
			// Apart, so that the list of runs is read without the bytes of all answers.
			records.put(`chunks/${place}`, { version: 1, chunks });
			const dropped = loose.sort(newestFirst).slice(Math.max(0, keep - 1));
			for (const { id } of dropped) {
				records.delete(`run/${head.conversation}/${id}`);
				records.delete(`chunks/${head.conversation}/${id}`);
			}
			await index(records, head.conversation);
			return { kind: 'saved', dropped: dropped.length } as const;
		});
	}

	/** Let a run stay when older ones make room, or no longer. Its evidence stays what it is. */
	pinRun(conversation: string, id: string, pinned: boolean): Promise<Written> {
		const key = `run/${conversation}/${id}`;
		return this.#write(async (records) => {
			const head = upgradeRunHead(await records.get(key));
			if (head) records.put(key, { ...head, pinned });
			return { kind: 'saved' } as const;
		});
	}

	/** The runs of a conversation without their bytes, newest first. Unreadable ones stay where they are and are left out. */
	async runsOf(conversation: string): Promise<readonly RunHead[]> {
		const found = await this.database.read((records) => records.range(`run/${conversation}/`));
		return found
			.map(([, raw]) => upgradeRunHead(raw))
			.filter((head) => head !== null)
			.sort(newestFirst);
	}

	loadRun(conversation: string, id: string): Promise<Loaded<KeptRun>> {
		const keys = [`run/${conversation}/${id}`, `chunks/${conversation}/${id}`];
		return this.#load(
			async (records) => {
				const [head, chunks] = await Promise.all(keys.map((key) => records.get(key)));
				return head === undefined ? undefined : { head, chunks };
			},
			({ head, chunks }) => {
				const known = { head: upgradeRunHead(head), chunks: upgradeChunks(chunks) };
				return known.head && known.chunks && { ...known.head, chunks: known.chunks };
			},
		);
	}

	/** Keep an attachment under the SHA-256 of its bytes. To be awaited before anything that names it is saved. */
	keepAttachment(sha256: string, blob: Blob): Promise<Written> {
		return this.#write(async (records) => {
			records.put(`attachment/${sha256}`, { version: 1, blob });
			await unmark(records, () => [sha256]);
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

	#delete(conversation: string, find: (records: Records) => Promise<readonly Entry[]>): Promise<Deletion> {
		return this.#write(async (records) => {
			const found = (await find(records)).filter(([, record]) => record !== undefined);
			for (const [key] of found) records.delete(key);
			await index(records, conversation);
			return { kind: 'deleted', deleted: { conversation, records: found } } as const;
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
		const full = error instanceof DOMException && error.name === 'QuotaExceededError';
		return full ? { kind: 'full' } : { kind: 'failed', reason: String(error) };
	}
}

/** For sorting runs. */
export function newestFirst(a: RunHead, b: RunHead): number {
	return a.startedAt < b.startedAt ? 1 : -1;
}

function read<Raw, T>(raw: Raw | undefined, upgrade: (raw: Raw) => T | null): Loaded<T> {
	if (raw === undefined) return { kind: 'missing' };
	const value = upgrade(raw);
	if (value !== null) return { kind: 'found', value };
	return { kind: 'unreadable', raw, reason: 'It has a shape that this version of the page does not know.' };
}

/** Keep beside a conversation the words it is found by, and of which of its changes they are. */
export function putWords(records: Records, { id, changedAt, text }: Conversation): void {
	records.put(`words/${id}`, { version: 1, changedAt, words: wordsOf(text) });
}

/** Take what is named again off the list of attachments that a later sweep removes. */
export async function unmark(records: Records, named: () => readonly string[]): Promise<void> {
	const since = Object.entries(upgradeUnnamed(await records.get('unnamed')));
	// Mostly there is none, and then nobody needs to look at the text.
	const again = since.length > 0 ? new Set(named()) : null;
	if (!again || !since.some(([sha256]) => again.has(sha256))) return;
	const left = Object.fromEntries(since.filter(([sha256]) => !again.has(sha256)));
	records.put('unnamed', { version: 1, since: left });
}

/** Bring the summary of one conversation up to what its records say now. */
export async function index(records: Records, id: string): Promise<void> {
	const key = shardOf(id);
	const [raw, shard, runs] = await Promise.all([
		records.get(`conversation/${id}`),
		records.get(key),
		records.count(`run/${id}/`),
	]);
	const others = (upgradeShard(shard) ?? []).filter((summary) => summary.id !== id);
	records.put(key, { version: 1, summaries: raw === undefined ? others : [...others, summaryFrom(raw, id, runs)] });
}

async function rebuildIndex(records: Records): Promise<readonly Summary[]> {
	const shards = new Map(Array.from({ length: SHARDS }, (_, n) => [`index/${n}`, new Array<Summary>()]));
	for (const [key, raw] of await records.range('conversation/')) {
		const id = key.slice('conversation/'.length);
		shards.get(shardOf(id))?.push(summaryFrom(raw, id, await records.count(`run/${id}/`)));
	}
	for (const [key, summaries] of shards) records.put(key, { version: 1, summaries });
	return [...shards.values()].flat();
}

function summaryFrom(raw: unknown, id: string, runs: number): Summary {
	const conversation = upgradeConversation(raw);
	if (conversation) return summaryOf(conversation, runs);
	return { id, title: 'Unreadable conversation', pinned: false, changedAt: '', runs };
}

function shardOf(id: string): string {
	let sum = 0;
	for (let place = 0; place < id.length; place++) sum += id.charCodeAt(place);
	return `index/${sum % SHARDS}`;
}
