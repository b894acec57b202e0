import type { Run } from '../model/run';
import type { KeptRun, Listed, Loaded, RunHead, Unwritten, Written } from '../model/saved';
import { newestFirst, type SavedRun, type Store } from '../store/store';

/** A run that is not on the disk, and how many of its conversation are to be kept. */
export interface Unkept {
	readonly run: KeptRun;
	readonly keep: number | undefined;
}

interface Needs {
	readonly store: Pick<Store, 'runsOf' | 'loadRun' | 'saveRun' | 'leaveRun' | 'pinRun'>;
	/** A conversation has so many more runs on the disk than before. */
	readonly oncount: (conversation: string, more: number) => void;
}

/** The runs of the saved conversations: those on the disk, and those that wait here. */
export class KeptRuns {
	/** Runs that are not on the disk, by their ids: for want of room, or since their conversation has been deleted. */
	readonly #waiting = new Map<string, Unkept>();
	/** Those that were left behind before they ended: they are among those of their conversation. */
	readonly #begun = new Set<string>();
	readonly #needs: Needs;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** The runs that are not on the disk. */
	get waiting(): readonly KeptRun[] {
		return [...this.#waiting.values()].map(({ run }) => run);
	}

	/** Have runs wait that are not on the disk. */
	hold(unkept: readonly Unkept[]): void {
		for (const one of unkept) this.#waiting.set(one.run.id, one);
	}

	/** Give the runs of a conversation, or the one of this id among them, that are not on the disk; they wait no longer. */
	release(conversation: string, id?: string): readonly Unkept[] {
		const found = [...this.#waiting.values()].filter(
			({ run }) => run.conversation === conversation && run.id === (id ?? run.id),
		);
		for (const { run } of found) this.#waiting.delete(run.id);
		return found;
	}

	/** The runs of a conversation without their bytes, newest first. Rejects when they cannot be read. */
	async list(conversation: string): Promise<readonly RunHead[]> {
		const kept = await this.#needs.store.runsOf(conversation);
		const here = this.waiting.filter((run) => run.conversation === conversation);
		return [...here, ...kept].sort(newestFirst);
	}

	async load(conversation: string, id: string): Promise<Loaded<KeptRun>> {
		const waiting = this.#waiting.get(id);
		return waiting ? { kind: 'found', value: waiting.run } : this.#needs.store.loadRun(conversation, id);
	}

	/** Whether this run is pinned, of those that are not on the disk. */
	isPinnedHere(id: string): boolean {
		return this.#waiting.get(id)?.run.pinned ?? false;
	}

	/** Keep a run that has ended; one that cannot be written waits. */
	async keep(unkept: Unkept): Promise<SavedRun> {
		const { run, keep } = unkept;
		const written = await this.#needs.store.saveRun(run, keep);
		if (written.kind === 'saved') {
			this.#waiting.delete(run.id);
			this.#needs.oncount(run.conversation, written.more);
		} else if ((await this.load(run.conversation, run.id)).kind !== 'found') this.hold([unkept]);
		return written;
	}

	/**
	 * Try again to keep what waits. Gives what went wrong, and whether nobody misses what still waits: runs whose
	 * conversation was deleted, which it may get back.
	 */
	async keepWaiting(): Promise<{ readonly problem: Unwritten | null; readonly missed: boolean }> {
		let problem: Unwritten | null = null;
		const homeless = new Set<string>();
		for (const [id, unkept] of this.#waiting) {
			// What there is no room for, there is none for after it.
			const written: SavedRun | null = problem ? null : await this.keep(unkept);
			if (written?.kind === 'missing') homeless.add(id);
			else if (written && written.kind !== 'saved') problem = written;
		}
		return { problem, missed: [...this.#waiting.keys()].some((id) => !homeless.has(id)) };
	}

	/** Leave behind what has come of a run under way in `conversation`, in case its page, in `tab`, does not see it end. */
	async leave(run: Run, conversation: Listed, tab: string): Promise<void> {
		const again = this.#begun.has(run.id);
		let counted = 0;
		// Other tabs are told when it has been asked for: this page may be gone before it is written, …
		const onasked = () => this.#needs.oncount(run.conversation, (counted = again ? 0 : 1));
		this.#begun.add(run.id);
		const { kind } = await this.#needs.store.leaveRun(run, conversation, { tab, again, onasked });
		if (again) return;
		if (kind !== 'saved') this.#begun.delete(run.id);
		// … and when it is, as they may have looked too early.
		this.#needs.oncount(run.conversation, kind === 'saved' ? 0 : -counted);
	}

	/** Let a run stay when older ones make room, or no longer. */
	pin(conversation: string, id: string, pinned: boolean): Promise<Written> {
		const waiting = this.#waiting.get(id);
		if (waiting) this.#waiting.set(id, { ...waiting, run: { ...waiting.run, pinned } });
		return this.#needs.store.pinRun(conversation, id, pinned);
	}
}
