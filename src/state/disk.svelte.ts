import type { Mishap } from './mishap';

interface Needs {
	/** The name of this page's records among those of other pages of the origin. */
	readonly name: string;
	/** What the browser says of the room it gives; missing on pages without https. */
	readonly storage: Pick<StorageManager, 'estimate' | 'persist' | 'persisted'> | undefined;
	/** Remembers a few characters apart from the database; null where the browser does not let the page. */
	readonly notes: Pick<Storage, 'getItem' | 'setItem'> | null;
}

/** Bytes used by all pages of this origin, and how many they may use; whether the browser has promised to keep them. */
export interface Usage {
	readonly used: number;
	readonly quota: number;
	readonly promised: boolean;
}

/**
 * The room on the disk that the browser gives this page, and whether it has taken back what was in it.
 *
 * That it has is known by a note outside the database. Chromium, when the disk gets full, clears databases away and leaves
 * the note; so does whatever damages or deletes the database alone. Firefox and Safari clear away all that an origin keeps
 * at once, notes included (https://developer.mozilla.org/en-US/docs/Web/API/Storage_API/Storage_quotas_and_eviction_criteria, checked 2026-11-29):
 * then nothing is left to tell by. A cookie would outlast that in Firefox, but not the seven days after which Safari clears
 * what a page wrote; and it would be sent to the host with every visit, though the page promises that it tells nobody
 * anything. So there is none: an empty list says what may have become of an earlier one.
 */
export class Disk {
	/** What befell what was saved, as soon as that is known. */
	mishap = $state.raw<Mishap | null>(null);
	#lost = $state(0);
	/** What the last visit noted, until it has been compared. */
	#before: number | null;
	#asked = false;
	readonly #needs: Needs;

	constructor(needs: Needs) {
		this.#needs = needs;
		this.#before = Number(needs.notes?.getItem(this.#key) ?? 0);
	}

	/** How many conversations were here at the last visit, as long as it has not been found out whether they still are; else 0. */
	get expected(): number {
		return this.#before ?? 0;
	}
	/** How many conversations were here at the last visit, when now there is none; else 0. */
	get lost(): number {
		return this.#lost;
	}

	/** Take note of how many conversations are saved. The first time, it turns out whether those of the last visit are there. */
	note(count: number): void {
		if (this.#before && count === 0) this.#lost = this.#before;
		this.#before = null;
		if (count > 0) this.#lost = 0;
		// Until something is saved anew, the next visit shall hear of the loss, too.
		if (this.#lost > 0) return;
		try {
			this.#needs.notes?.setItem(this.#key, String(count));
		} catch {
			// The disk is full, and the library says so itself.
		}
	}

	/** Ask the browser, once a visit, not to clear the page's records away by itself. Some ask the user. */
	async protect(): Promise<void> {
		const { storage } = this.#needs;
		if (!storage || this.#asked) return;
		this.#asked = true;
		if (!(await storage.persisted())) await storage.persist();
	}

	/** Null where the browser does not say. */
	async usage(): Promise<Usage | null> {
		const { storage } = this.#needs;
		if (!storage) return null;
		const [{ usage: used, quota }, promised] = await Promise.all([storage.estimate(), storage.persisted()]);
		return used === undefined || quota === undefined ? null : { used, quota, promised };
	}

	get #key(): string {
		return `${this.#needs.name}/conversations`;
	}
}
