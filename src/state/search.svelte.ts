import type { Match } from '../model/search';
import { whereFound, type Where } from '../model/where-found';
import type { Database } from '../store/database';
import { Searcher, type Rows, type Searching } from '../store/searcher';
import workerUrl from './search.worker?worker&url';
import { WorkerFailure, workerStarter } from './start-worker';
import { WorkerSearcher } from './worker-searcher';

/** What a search has found. */
export interface Found {
	readonly query: string;
	/** The best first. */
	readonly ids: readonly string[];
	/** Whether that is all, rather than what has been looked through so far. */
	readonly complete: boolean;
	/** How they match, by their ids: of those that are or were to be seen. Null for what is gone. */
	readonly matches: ReadonlyMap<string, Match | null>;
}

export interface SearchNeeds {
	readonly database: Database;
	/** The name of the channel on which the libraries of all tabs tell what changes. */
	readonly channel: string;
	/** Starts the worker that searches; null, or a worker that fails, has the page itself do it, with pauses. */
	readonly startWorker: (() => Worker) | null;
}

/** Rows whose matches are found together with the first of them. */
const FIRST = 30;

/** Searches the conversations as one types. The latest query wins, and what it finds follows every change. */
export class Search {
	#found = $state.raw<Found | null>(null);
	#problem = $state('');
	#query = '';
	/** Which of the rows are to be seen. */
	#rows: Rows = { first: 0, end: FIRST };
	/** Whether what is shown may be out of date, and whether that is being mended: one question at a time. */
	#stale = false;
	#asking = false;
	#searcher: Searching;
	/** The ids with the numbers that this searcher has told. */
	#ids: string[] = [];
	readonly #needs: SearchNeeds;

	constructor(needs: SearchNeeds) {
		this.#needs = needs;
		this.#searcher = this.#startSearcher();
	}

	/** What was found last; null while nothing is searched for, or nothing has been found out yet. */
	get found(): Found | null {
		return this.#found;
	}
	/** Why nothing can be found, as a sentence, or nothing. */
	get problem(): string {
		return this.#problem;
	}

	/** Search for `query` from here on; a blank one ends it. */
	ask(query: string): void {
		this.#query = query;
		this.#rows = { first: 0, end: FIRST };
		this.#refresh();
	}

	/** Find out how the rows from `first` up to `end` match. */
	async show(first: number, end: number): Promise<void> {
		this.#rows = { first, end };
		const found = this.#found;
		const unknown = found?.ids.slice(first, end).filter((id) => !found.matches.has(id)) ?? [];
		if (!found || unknown.length === 0) return;
		try {
			const matches = byId(unknown, await this.#searcher.match(found.query, unknown));
			// What has been found since then has matches of its own.
			if (this.#found === found) this.#found = { ...found, matches: new Map([...found.matches, ...matches]) };
		} catch {
			// Searching again finds another way, or says what is the matter.
			this.#refresh();
		}
	}

	/** Where a conversation's request `text` says what is searched for; null where it does not. */
	whereIn(text: string): Where | null {
		return whereFound(this.#query, text);
	}

	#refresh(): void {
		this.#stale = true;
		if (!this.#asking) void this.#mend();
	}

	async #mend(): Promise<void> {
		this.#asking = true;
		while (this.#stale) {
			this.#stale = false;
			const query = this.#query;
			const found = query.trim() ? await this.#find(query) : null;
			// What was searched for in the meantime has its turn next.
			if (query === this.#query) this.#found = found;
		}
		this.#asking = false;
	}

	async #find(query: string): Promise<Found | null> {
		try {
			const rows = this.#rows;
			const { numbers, newIds, complete, matches } = await this.#searcher.find(query, rows, this.#ids.length);
			for (const id of newIds) this.#ids.push(id);
			const ids: string[] = [];
			for (const number of numbers) ids.push(this.#ids[number]!); // each has been told by now
			this.#problem = '';
			return { query, ids, complete, matches: byId(ids.slice(rows.first, rows.end), matches) };
		} catch (error) {
			if (error instanceof WorkerFailure) {
				this.#searcher = this.#ownSearcher();
				this.#ids = [];
				return this.#find(query);
			}
			this.#problem = `The saved conversations cannot be searched: ${String(error)}`;
			return null;
		}
	}

	#startSearcher(): Searching {
		const { database, channel, startWorker } = this.#needs;
		// What is kept in memory is here alone.
		if (!startWorker || !database.kept) return this.#ownSearcher();
		try {
			return new WorkerSearcher(startWorker(), { database: database.name, channel }, () => this.#refresh());
		} catch {
			return this.#ownSearcher();
		}
	}

	#ownSearcher(): Searching {
		const { database, channel } = this.#needs;
		return new Searcher({
			database,
			channel: new BroadcastChannel(channel),
			onchange: () => this.#refresh(),
			pause: () => new Promise((resolve) => setTimeout(resolve)),
		});
	}
}

function byId(ids: readonly string[], matches: readonly (Match | null)[]): ReadonlyMap<string, Match | null> {
	return new Map(ids.map((id, place) => [id, matches[place] ?? null]));
}

/** Search `database` in a worker of its own, following what is told on `channel`. */
export function openSearch(database: Database, channel: string): Search {
	return new Search({ database, channel, startWorker: workerStarter('search-worker', workerUrl) });
}
