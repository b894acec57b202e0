import type { Summary } from '../model/conversation';
import type { News } from '../model/saved';
import { fold, matchOf, rank, wordsIn, type Match } from '../model/search';
import { wordsOf } from '../model/words';
import type { Database, Records } from './database';
import { Store, write } from './store';
import { upgradeConversation } from './upgrade';

/** Which of what was found is to be seen: from `first` up to but not including `end`. */
export interface Rows {
	readonly first: number;
	readonly end: number;
}

/** What was found. Until all that is kept has been read, there may be more. */
export interface Finding {
	/**
	 * The best first, as numbers: it may be ten thousand conversations, and a number crosses from a worker in no time. A
	 * conversation has the same number for as long as somebody searches.
	 */
	readonly numbers: Uint32Array<ArrayBuffer>;
	/** The ids with the numbers that whoever asked did not know yet, in their order. */
	readonly newIds: readonly string[];
	readonly complete: boolean;
	/** How the conversations in the rows that are to be seen match, in their order. */
	readonly matches: readonly (Match | null)[];
}

/** What answers a search. Both reject when what is kept cannot be read. */
export interface Searching {
	/** `known`: of so many conversations, numbered from 0 on, the asker knows the ids. */
	find(query: string, rows: Rows, known: number): Promise<Finding>;
	/** How the conversations with these ids match, in their order; null for one that is gone. */
	match(query: string, ids: readonly string[]): Promise<readonly (Match | null)[]>;
}

/** What is searched of a conversation. */
interface Entry {
	readonly id: string;
	readonly number: number;
	readonly changedAt: string;
	readonly title: string;
	readonly foldedTitle: string;
	/** Empty until it has been read. */
	text: string;
	foldedText: string;
}

export interface SearcherNeeds {
	readonly database: Database;
	/** Tells what changes in the library, in any tab. */
	readonly channel: BroadcastChannel;
	/** Called when the same search may find something else now. */
	readonly onchange: () => void;
	/** Awaited now and then during a search, where something else may be waiting. */
	readonly pause?: () => Promise<void>;
}

/** While everything is being read, what has come so far is offered after every so many conversations. */
const OFFERED = 2500;
/** Conversations searched without a pause. */
const UNPAUSED = 500;
/** What is read at a time begins with the same characters of their ids: of UUIDs, a 256th. */
const PART = 2;
/** Parts that are being read at once: the next ones come while one is folded. */
const LANES = 4;
/** Records written in one transaction: few enough that nobody who saves has to wait for long. */
const BATCH = 20;

/**
 * Searches the titles and words of all conversations. It holds them in memory, folded, from the first search on, and
 * follows every change.
 */
export class Searcher implements Searching {
	readonly #entries = new Map<string, Entry>();
	/** By the ids of all that were ever here, in the order of the numbers. */
	readonly #numbers = new Map<string, number>();
	/** The newest first; null when that is to be found out again. */
	#inOrder: readonly Entry[] | null = null;
	/** Counts what was different afterwards, … */
	#changes = 0;
	/** … so that it is known whether what was found last, the newest first, still holds. */
	#last: { readonly words: readonly string[]; readonly found: readonly Entry[]; readonly changes: number } | null =
		null;
	#complete = false;
	/** The titles are there; the words may still be on their way. */
	readonly #listed: Promise<void>;
	/** Why not all could be read. */
	#failure: { readonly error: unknown } | null = null;
	readonly #needs: SearcherNeeds;

	constructor(needs: SearcherNeeds) {
		this.#needs = needs;
		this.#listed = this.#try(() => this.#list());
		void this.#listed.then(() => this.#try(() => this.#read()));
		let last = this.#listed;
		// One after the other: what was deleted must not come back by what was read before.
		needs.channel.onmessage = ({ data }: MessageEvent<readonly News[]>) => {
			last = last.then(() => this.#try(() => this.#follow(data)));
		};
	}

	async find(query: string, { first, end }: Rows, known: number): Promise<Finding> {
		await this.#listed;
		if (this.#failure) throw this.#failure.error;
		const words = wordsIn(query);
		const changes = this.#changes;
		const found: Entry[] = [];
		const byRank: Entry[][] = [];
		for (const [place, entry] of this.#candidates(words).entries()) {
			if (place % UNPAUSED === UNPAUSED - 1) await this.#needs.pause?.();
			const ranked = rank(words, entry.foldedTitle, entry.foldedText);
			if (ranked === null) continue;
			found.push(entry);
			(byRank[ranked] ??= []).push(entry);
		}
		this.#last = { words, found, changes };
		const best = byRank.flat();
		return {
			numbers: new Uint32Array(best.map(({ number }) => number)),
			newIds: known < this.#numbers.size ? [...this.#numbers.keys()].slice(known) : [],
			complete: this.#complete,
			matches: best.slice(first, end).map(({ title, text }) => matchOf(words, title, text)),
		};
	}

	match(query: string, ids: readonly string[]): Promise<readonly (Match | null)[]> {
		const words = wordsIn(query);
		const entries = ids.map((id) => this.#entries.get(id));
		return Promise.resolve(entries.map((entry) => (entry ? matchOf(words, entry.title, entry.text) : null)));
	}

	/** What may have all of `words`, the newest first: as one types on, only what was found before. */
	#candidates(words: readonly string[]): readonly Entry[] {
		const last = this.#last;
		if (last?.changes === this.#changes && last.words.every((before) => words.some((word) => word.includes(before))))
			return last.found;
		return (this.#inOrder ??= [...this.#entries.values()].sort(newestFirst));
	}

	async #list(): Promise<void> {
		for (const summary of await new Store(this.#needs.database).listSummaries()) this.#take(summary, '');
	}

	/** Read the words of all, and find out those that are not kept, or changed since: an edit does not wait for them. */
	async #read(): Promise<void> {
		const { database, onchange } = this.#needs;
		const outdated = new Set(this.#entries.keys());
		// A part of all at a time, so that nobody who saves has to wait for long; far faster than one by one.
		const parts = new Set([...outdated].map((id) => id.slice(0, PART))).values();
		let offered = 0;
		const readOn = async () => {
			// Every lane goes on with the first part that no other has taken.
			for (const part of parts) {
				for (const [key, raw] of await database.read((records) => records.range(`words/${part}`))) {
					const entry = this.#entries.get(key.slice('words/'.length));
					const kept = readWords(raw);
					if (!entry || kept?.changedAt !== entry.changedAt) continue;
					outdated.delete(entry.id);
					this.#fill(entry, kept.words);
					offered++;
				}
				if (offered >= OFFERED) onchange();
				offered %= OFFERED;
			}
		};
		await Promise.all(Array.from({ length: LANES }, readOn));
		const ids = [...outdated];
		for (let start = 0; start < ids.length; start += BATCH) {
			await this.#renew(ids.slice(start, start + BATCH));
			if (start % OFFERED === 0) onchange();
		}
		this.#complete = true;
		onchange();
	}

	/** Find out the words of conversations anew, and keep them; in vain on a full disk, and then it is for another time. */
	async #renew(ids: readonly string[]): Promise<void> {
		const { database } = this.#needs;
		const readThem = async (records: Records) => {
			const found = ids.map(async (id) => upgradeConversation(await records.get(`conversation/${id}`), id));
			return (await Promise.all(found)).filter((conversation) => conversation !== null);
		};
		for (const { id, text } of await database.read(readThem)) {
			const entry = this.#entries.get(id);
			if (entry) this.#fill(entry, wordsOf(text));
		}
		await write(database, async (records) => {
			for (const { id, changedAt, text } of await readThem(records))
				records.put(`words/${id}`, { version: 1, changedAt, words: wordsOf(text) });
			return { kind: 'saved' } as const;
		});
	}

	/** Conversations were changed or deleted. */
	async #follow(news: readonly News[]): Promise<void> {
		for (let start = 0; start < news.length; start += BATCH) {
			const some = news.slice(start, start + BATCH);
			const raw = await this.#needs.database.read((records) =>
				Promise.all(some.map(({ id }) => records.get(`conversation/${id}`))),
			);
			for (const [place, { id, summary }] of some.entries())
				if (summary) this.#take(summary, wordsOf(upgradeConversation(raw[place], id)?.text ?? ''));
				else this.#drop(id);
			if (start > 0 && start % OFFERED === 0) this.#needs.onchange();
		}
		this.#needs.onchange();
	}

	#drop(id: string): void {
		this.#entries.delete(id);
		this.#changes++;
		this.#inOrder = null;
	}

	#take({ id, title, changedAt }: Summary, words: string): void {
		const number = this.#numbers.get(id) ?? this.#numbers.size;
		this.#numbers.set(id, number);
		const entry = { id, number, changedAt, title, foldedTitle: fold(title), text: '', foldedText: '' };
		this.#fill(entry, words);
		this.#entries.set(id, entry);
		this.#inOrder = null;
	}

	#fill(entry: Entry, words: string): void {
		entry.text = words;
		entry.foldedText = fold(words);
		this.#changes++;
	}

	async #try(task: () => Promise<void>): Promise<void> {
		try {
			await task();
		} catch (error) {
			this.#failure = { error };
			this.#needs.onchange();
		}
	}
}

/** Read a record `words/…`. What is none of today's shape is written anew: it says nothing that its conversation does not. */
function readWords(raw: unknown): { readonly changedAt: string; readonly words: string } | null {
	if (typeof raw !== 'object' || raw === null || !('version' in raw && 'changedAt' in raw && 'words' in raw))
		return null;
	const { version, changedAt, words } = raw;
	return version === 1 && typeof changedAt === 'string' && typeof words === 'string' ? { changedAt, words } : null;
}

function newestFirst(a: Entry, b: Entry): number {
	return a.changedAt === b.changedAt ? 0 : a.changedAt < b.changedAt ? 1 : -1;
}
