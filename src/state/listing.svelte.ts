import type { Summary } from '../model/conversation';
import { inOrder, type News } from '../model/saved';
import type { Store } from '../store/store';
import type { SecondLook } from './second-look';

interface Needs {
	readonly store: Pick<Store, 'database' | 'firstSummaries' | 'listSummaries'>;
	readonly channel: Pick<BroadcastChannel, 'postMessage'>;
	/** Whether a conversation was edited here and not written yet: then this page knows better than the disk. */
	readonly isUnsaved: (id: string) => boolean;
}

/** What is listed of the saved conversations, the same in every tab. */
export class Listing {
	#summaries = $state.raw<readonly Summary[]>([]);
	#complete = $state(false);
	/** Pinned ones first, then by last change. */
	readonly sorted = $derived(this.#summaries.toSorted(inOrder));
	/** The reading of all of it, while it goes on, … */
	#reading: Promise<void> | null = null;
	/** … and how often anything was changed here, which that reading may have missed. */
	#changes = 0;
	/** Null until another tab has told something. */
	#secondLook: SecondLook | null = null;
	readonly #needs: Needs;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** Whether this is all there is, rather than unread or unreadable. */
	get complete(): boolean {
		return this.#complete;
	}

	/** Counts what was shown. */
	get changes(): number {
		return this.#changes;
	}
	/** Whether other tabs tell of conversations, too. */
	get shared(): boolean {
		return this.#secondLook !== null;
	}

	find(id: string): Summary | undefined {
		return this.#summaries.find((summary) => summary.id === id);
	}

	/** Read the first of it, or all where nobody has noted which those are. Rejects when that cannot be read. */
	async readFirst(): Promise<void> {
		const first = await this.#needs.store.firstSummaries();
		if (first?.length) this.#summaries = first;
		else await this.readAll();
	}

	/** Read all of it, unless it is here. Rejects when that cannot be read; what was listed stays. */
	async readAll(): Promise<void> {
		if (this.#complete) return;
		try {
			await (this.#reading ??= this.#readAll());
		} finally {
			this.#reading = null;
		}
	}

	/** Show what is new, here. */
	show(news: readonly News[]): void {
		this.#changes++;
		// Of several about one conversation, the last counts.
		const latest = new Map(news.map(({ id, summary }) => [id, summary]));
		const others = this.#summaries.filter(({ id }) => !latest.has(id));
		this.#summaries = [...others, ...[...latest.values()].filter((summary) => summary !== null)];
	}

	/** Show what is new, here and in other tabs. */
	tell(news: readonly News[]): void {
		this.show(news);
		this.#needs.channel.postMessage(news);
		this.#secondLook?.told(news);
	}

	/** Show what another tab tells. */
	async hear(news: readonly News[]): Promise<void> {
		this.show(news);
		const { SecondLook } = await import('./other-tabs');
		(this.#secondLook ??= new SecondLook(this.#needs.store.database, this)).heard(news);
	}

	/** A conversation has other runs than before, and so many more. */
	countRuns(id: string, more: number): void {
		this.#changes++;
		const summary = this.find(id);
		if (summary) this.tell([{ id, summary: { ...summary, runs: summary.runs + more }, runs: true }]);
	}

	async #readAll(): Promise<void> {
		const { store, isUnsaved } = this.#needs;
		let list: readonly Summary[];
		let changes: number;
		do {
			changes = this.#changes;
			list = await store.listSummaries();
			// What was changed meanwhile may or may not be in what was read.
		} while (changes !== this.#changes);
		const unsaved = this.#summaries.filter(({ id }) => isUnsaved(id));
		this.#summaries = [...list.filter(({ id }) => !unsaved.some((each) => each.id === id)), ...unsaved];
		this.#complete = true;
	}
}
