import { newsOf } from '../store/list';
import type { Database } from '../store/database';
import type { News } from '../model/saved';

/** What is looked at again, and where what is found is shown. */
interface Shown {
	/** Counts what was shown. */
	readonly changes: number;
	show(news: readonly News[]): void;
}

/** More at once is an import, which nobody else knows of. */
const MOST = 20;

/**
 * What two tabs tell each other of one conversation at the same time crosses, and each would go on showing what the other
 * has written over. So whatever is told of a conversation of which other tabs have told something is looked up on the disk,
 * which knows what was last.
 */
export class SecondLook {
	/** The conversations of which other tabs have told something, … */
	readonly #shared = new Set<string>();
	/** … and those that are to be looked up. */
	readonly #due = new Set<string>();
	#looking = false;
	readonly #database: Database;
	readonly #list: Shown;

	constructor(database: Database, list: Shown) {
		this.#database = database;
		this.#list = list;
	}

	/** Another tab has told something. */
	heard(news: readonly News[]): void {
		if (news.length > MOST) return;
		for (const { id } of news) this.#shared.add(id);
		this.told(news);
	}

	/** This tab has. */
	told(news: readonly News[]): void {
		for (const { id } of news) if (this.#shared.has(id)) this.#due.add(id);
		if (!this.#looking) void this.#look();
	}

	async #look(): Promise<void> {
		this.#looking = true;
		try {
			while (this.#due.size > 0) {
				const { changes } = this.#list;
				const news = await newsOf(this.#database, [...this.#due]);
				// What was told meanwhile may or may not be in what was read.
				if (changes !== this.#list.changes) continue;
				for (const { id } of news) this.#due.delete(id);
				this.#list.show(news);
			}
		} catch {
			// What cannot be read now is looked up with what is told next.
		}
		this.#looking = false;
	}
}
