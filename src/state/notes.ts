/**
 * Records in `localStorage`, by their keys: for what must be written at once, since the page goes.
 *
 * What is asked of IndexedDB by a page that goes is given up where it would have to wait for a transaction of another tab
 * (Chromium 147, 2026-11-30: lost 24 times of 24; 1 of 150 where nobody was in the way). This is not, but it has little
 * room, and what was written last may be missing when the browser itself is killed. So what is left behind is left in both.
 */
export class Notes {
	readonly #storage: Storage | null;
	readonly #prefix: string;

	/** `name`: the database's. Without a `storage`, nothing is noted. */
	constructor(storage: Storage | null, name: string) {
		this.#storage = storage;
		this.#prefix = `${name}/left/`;
	}

	/** The keys of all that is noted. */
	get keys(): readonly string[] {
		const { length } = this.#prefix;
		return Object.keys(this.#storage ?? {}).flatMap((name) =>
			name.startsWith(this.#prefix) ? name.slice(length) : [],
		);
	}

	/** What is noted under `key`, as it was written; null when nothing is. */
	read(key: string): string | null {
		return this.#storage?.getItem(this.#prefix + key) ?? null;
	}

	/** Note down a record. Where there is no room for it, an earlier one of its key goes all the same: it holds no more. */
	write(key: string, record: object): void {
		this.remove(key);
		try {
			this.#storage?.setItem(this.#prefix + key, JSON.stringify(record));
		} catch {
			// It is in the database or nowhere.
		}
	}

	remove(key: string): void {
		this.#storage?.removeItem(this.#prefix + key);
	}
}
