import { mentionsIn } from '../model/attachment';
import type { Run } from '../model/run';
import type { RunHead } from '../model/saved';
import type { Attachments } from './attachments.svelte';
import type { Exchange } from './exchange.svelte';
import type { Library } from './library.svelte';
import type { Recordings } from './recordings.svelte';
import type { Settings } from './settings.svelte';

interface Needs {
	readonly library: Library;
	readonly attachments: Attachments;
	readonly settings: Settings;
	readonly exchange: Exchange;
	/** The id of the open conversation, … */
	readonly conversation: () => string;
	/** … and that under which a run of `conversation` is kept; null when it is not. */
	readonly homeOf: (conversation: string) => string | null;
	/** Show a run in place of the one that is shown or under way. */
	readonly show: (run: Run) => void;
	/** Take a request text into the document. */
	readonly restore: (text: string) => void;
	readonly loadRecordings: () => Promise<Recordings>;
	/** Say, in a sentence, what could not be done. */
	readonly onproblem: (problem: string) => void;
}

/** The runs of the open conversation, and what can be done with them. */
export class OpenRuns {
	#list = $state.raw<readonly RunHead[]>([]);
	/** Counts what is to be shown, and what to be restored, so that what comes late does not take the place of what came after it. */
	#choosing = 0;
	#restoring = 0;
	/** Where runs are to be kept whose conversation went on as a copy before they were, by their ids. */
	readonly #moved = new Map<string, string>();
	readonly #needs: Needs;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** Newest first. */
	get list(): readonly RunHead[] {
		return this.#list;
	}

	/** Another conversation is open: its runs are read with `read`. */
	clear(): void {
		this.choose();
		this.#restoring++;
		this.#list = [];
	}

	/** Something else is shown from here on: no run that is still being read takes its place. */
	choose(): void {
		this.#choosing++;
	}

	/** Read which they are now, and what has become since of the one that is shown. */
	async read(): Promise<void> {
		const { library, exchange, conversation, show } = this.#needs;
		const home = conversation();
		const choosing = this.#choosing;
		const runs = await library.runs(home);
		if (home !== conversation()) return;
		this.#list = runs;
		const shown = exchange.run;
		const kept = runs.find(({ id }) => id === shown?.id);
		// A tab that left it behind when it was hidden has been looked at again, and has seen it end.
		if (!shown?.ending || !kept || JSON.stringify(kept.ending) === JSON.stringify(shown.ending)) return;
		const run = await this.#load(kept.id);
		if (run && choosing === this.#choosing && exchange.run === shown) show(run);
	}

	/** Keep a run that has ended, and as many of its conversation as the settings say. */
	async keep(run: Run): Promise<void> {
		const { library, attachments, settings, conversation, homeOf } = this.#needs;
		const before = homeOf(run.conversation);
		if (before === null) return;
		// What it was sent with may be out of the text, and swept away, by the time the answer has ended.
		await attachments.revive(mentionsIn(run.request.text));
		// Whether its conversation goes on as a copy turns out when that is written.
		await library.flush();
		const home = this.#moved.get(run.id) ?? before;
		this.#moved.delete(run.id);
		await library.keepRun({ ...run, conversation: home }, settings.values.runsKept);
		if (home === conversation()) await this.read();
	}

	/** The open conversation, which was `from`, goes on as a copy, `to`. */
	move(from: string, to: string): void {
		const { run } = this.#needs.exchange;
		// What is not among the runs yet was asked by the words that go on in the copy.
		if (run?.conversation === from && !this.#list.some((kept) => kept.id === run.id)) this.#moved.set(run.id, to);
		this.#list = [];
	}

	/** Show an earlier run. */
	async show(id: string): Promise<void> {
		const choosing = ++this.#choosing;
		const run = await this.#load(id);
		if (run && choosing === this.#choosing) this.#needs.show(run);
	}

	/** Take the request of an earlier run back into the document; undo brings back what was there. */
	async restore(id: string): Promise<void> {
		const restoring = ++this.#restoring;
		const run = await this.#load(id);
		if (run && restoring === this.#restoring) this.#needs.restore(run.request.text);
	}

	/** Let a run stay when older ones make room, or no longer. */
	pin(id: string, pinned: boolean): Promise<void> {
		const { library, conversation } = this.#needs;
		return library.pinRun(conversation(), id, pinned);
	}

	/** Record what a run was answered, for the simulated API to give it again. */
	async record(id: string): Promise<void> {
		const { loadRecordings, onproblem } = this.#needs;
		const run = await this.#load(id);
		if (!run) return;
		try {
			await (await loadRecordings()).record(run);
		} catch (error) {
			onproblem(`The run was not recorded, as that part of the page could not be loaded: ${String(error)}`);
		}
	}

	/** Delete a run, unless it is pinned. Of the others, the newest is shown in its place. */
	async remove(id: string): Promise<void> {
		const { library, exchange, conversation } = this.#needs;
		const home = conversation();
		const choosing = this.#choosing;
		await library.removeRun(home, id);
		const runs = await library.runs(home);
		if (home !== conversation()) return;
		this.#list = runs;
		if (choosing !== this.#choosing || exchange.run?.id !== id || runs.some((run) => run.id === id)) return;
		if (runs[0]) await this.show(runs[0].id);
		else exchange.show(null);
	}

	async #load(id: string): Promise<Run | null> {
		const { library, conversation } = this.#needs;
		const loaded = await library.loadRun(conversation(), id);
		return loaded.kind === 'found' ? loaded.value : null;
	}
}
