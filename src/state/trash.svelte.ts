import type { Summary } from '../model/conversation';
import type { News, Unsaved, Unwritten } from '../model/saved';
import { deleteConversation, deleteRun, restore, type Deleted } from '../store/deletion';
import type { Store } from '../store/store';
import type { KeptRuns, Unkept } from './kept-runs';
import type { Listing } from './listing.svelte';

const UNDO_OFFERED = 10_000;

interface Needs {
	readonly store: Pick<Store, 'database'>;
	readonly list: Listing;
	readonly runs: KeptRuns;
	/** Calls back after so many milliseconds, unless what it gives is called first. */
	readonly after: (milliseconds: number, run: () => void) => () => void;
	/** What was edited of a conversation here and not written yet, or null. */
	readonly unsaved: (id: string) => Unsaved | null;
	/** Go on with edits that were deleted. */
	readonly resume: (draft: Unsaved) => void;
	/** Tell everybody of conversations that are gone. */
	readonly announce: (news: readonly News[]) => void;
	/** A conversation has other runs now. */
	readonly onruns: (conversation: string) => void;
	readonly onfail: (unwritten: Unwritten) => void;
	/** Write all that is pending. */
	readonly flush: () => Promise<void>;
}

/** What was deleted of a conversation: what the disk had of it, and what only this page had. */
interface Removed {
	readonly id: string;
	/** What it is called. */
	readonly title: string;
	readonly deleted: Deleted;
	/** Null for a run. */
	readonly summary: Summary | null;
	/** Null where all was saved. */
	readonly draft: Unsaved | null;
	readonly unkept: readonly Unkept[];
	/** Why it could not be put back, if that was tried. */
	readonly refusal: Unwritten | null;
}

/** What was deleted last: what it is called, and why it could not be put back, if that was tried. */
export type Undoable = Pick<Removed, 'title' | 'refusal'>;

/** Deletes, and holds what was deleted for as long as it can be put back. */
export class Trash {
	/** What can be put back, the last at the end. */
	#removed = $state.raw<readonly Removed[]>([]);
	#callOffForgetting = () => {};
	readonly #needs: Needs;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** What was deleted last, while that can be undone. */
	get last(): Undoable | null {
		return this.#removed.at(-1) ?? null;
	}

	/** Delete a conversation with its runs. For ten seconds, and as many after each deletion that follows, it can be undone. */
	async removeConversation(id: string): Promise<void> {
		const { store, list, runs, unsaved, announce, onfail, flush } = this.#needs;
		await flush();
		const before = list.find(id);
		if (!before) return;
		const result = await deleteConversation(store.database, id);
		if (result.kind !== 'deleted') return onfail(result);
		const { deleted } = result;
		// A run may have been kept while this waited for its turn.
		const summary = list.find(id) ?? before;
		this.#offerUndo({
			id,
			title: summary.title,
			deleted,
			summary,
			draft: unsaved(id),
			unkept: runs.release(id),
			refusal: null,
		});
		announce([{ id, summary: null }]);
		// There is room now, perhaps, for what there was none for.
		void flush();
	}

	/** Delete a run that is not pinned, which can be undone like the deletion of a conversation. */
	async removeRun(conversation: string, id: string): Promise<void> {
		const { store, list, runs, onruns, onfail, flush } = this.#needs;
		if (runs.isPinnedHere(id)) return;
		const result = await deleteRun(store.database, conversation, id);
		// Another tab has pinned it: that is to be seen here, too.
		if (result.kind === 'pinned') return onruns(conversation);
		if (result.kind !== 'deleted') return onfail(result);
		const { deleted } = result;
		const title = `A run of ${list.find(conversation)?.title ?? 'a conversation'}`;
		const unkept = runs.release(conversation, id);
		this.#offerUndo({ id: conversation, title, deleted, summary: null, draft: null, unkept, refusal: null });
		if (deleted.records.length > 0) list.countRuns(conversation, -1);
		void flush();
	}

	/**
	 * Put back what was deleted last, exactly as it was. What was deleted before it can be put back next. What the disk
	 * refuses is held until it is dismissed: nobody who wants it back loses it.
	 */
	async undo(): Promise<void> {
		const removed = this.#removed.at(-1);
		if (!removed) return;
		this.#removed = this.#removed.slice(0, -1);
		const { store, list, runs, resume, onruns, onfail, flush } = this.#needs;
		const { id, deleted, summary, draft, unkept } = removed;
		const written = await restore(store.database, deleted);
		if (written.kind === 'full' || written.kind === 'failed') {
			this.#removed = [...this.#removed, { ...removed, refusal: written }];
			return onfail(written);
		}
		if (written.kind === 'missing' && !draft)
			return onfail({ kind: 'failed', reason: 'another tab has deleted it as well.' });
		if (draft) resume(draft);
		if (summary) list.tell([{ id, summary }]);
		else list.countRuns(id, deleted.records.length > 0 ? 1 : 0);
		runs.hold(unkept);
		if (!summary) onruns(id);
		void flush();
	}

	/** Let what was deleted be gone, but for what was refused before the last. */
	dismiss(): void {
		this.#removed = this.#removed.slice(0, -1);
		this.#forget();
	}

	#forget(): void {
		this.#callOffForgetting();
		this.#removed = this.#removed.filter(({ refusal }) => refusal !== null);
	}

	#offerUndo(removed: Removed): void {
		this.#callOffForgetting();
		this.#removed = [...this.#removed, removed];
		this.#callOffForgetting = this.#needs.after(UNDO_OFFERED, () => this.#forget());
	}
}
