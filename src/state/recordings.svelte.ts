import { recordingOf, type Recording, type RecordingHead } from '../model/recording';
import type { Run } from '../model/run';
import { explainUnwritten, type Written } from '../model/saved';
import type { Database, Entry } from '../store/database';
import {
	listRecordings,
	loadRecording,
	removeRecordings,
	renameRecording,
	restoreRecordings,
	saveRecording,
} from '../store/recordings';
import type { KeyRing } from './key-ring.svelte';

/** What is said in the place of an answer that is lost. */
const UNREADABLE = 'What was recorded cannot be read any more: its record is damaged.';

interface Needs {
	readonly database: Database;
	/** Its key must not get into a recording. */
	readonly keyRing: Pick<KeyRing, 'read'>;
	readonly newId: () => string;
}

/** Answers of real APIs that the simulated one can give again. */
export class Recordings {
	#all = $state.raw<readonly RecordingHead[]>([]);
	#latest = $state.raw<RecordingHead | null>(null);
	#removed = $state.raw<{ readonly name: string; readonly records: readonly Entry[] } | null>(null);
	#problem = $state.raw('');
	readonly #needs: Needs;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** All of them, by name, as they were when they were last read. */
	get all(): readonly RecordingHead[] {
		return this.#all;
	}
	/** The one that was just made, until that is let go of. */
	get latest(): RecordingHead | null {
		return this.#latest;
	}
	/** The name of the one that was just deleted and can be brought back; null when there is none. */
	get removed(): string | null {
		return this.#removed?.name ?? null;
	}
	/** What could not be done the last time, as a sentence, or nothing. */
	get problem(): string {
		return this.#problem;
	}

	/** Read which there are: another tab, or an import, may have added some. */
	async load(): Promise<void> {
		try {
			this.#all = await listRecordings(this.#needs.database);
		} catch (error) {
			this.#problem = `The recordings cannot be read: ${String(error)}`;
		}
	}

	/** A recording with its bytes; null when it is gone. Rejects when the database cannot be read. */
	find(id: string): Promise<Recording | null> {
		return loadRecording(this.#needs.database, id);
	}

	/**
	 * The recording that is to be played; where its bytes cannot be read any more, its head with words that say so, and
	 * then it breaks off. Null when it is gone. Rejects when the database cannot be read.
	 */
	async toPlay(id: string): Promise<Recording | null> {
		const found = await this.find(id);
		if (found) return found;
		const head = (await listRecordings(this.#needs.database)).find((each) => each.id === id);
		const chunk = { at: head?.response.at ?? 0, bytes: new TextEncoder().encode(UNREADABLE) };
		return head ? { ...head, chunks: [chunk], ending: { kind: 'broken', reason: UNREADABLE } } : null;
	}

	/** Record what a run was answered. */
	async record(run: Run): Promise<void> {
		const { database, keyRing, newId } = this.#needs;
		const recording = recordingOf(run, newId(), keyRing.read());
		if (recording && (await this.#settle(await saveRecording(database, recording)))) this.#latest = recording;
	}

	/** Let go of the news of what was just made or deleted. */
	dismiss(): void {
		this.#latest = null;
		this.#removed = null;
		this.#problem = '';
	}

	async rename(id: string, name: string): Promise<void> {
		await this.#settle(await renameRecording(this.#needs.database, id, name));
	}

	/** Delete a recording, which can be undone until the next is deleted. */
	async remove(id: string): Promise<void> {
		const name = this.#all.find((each) => each.id === id)?.name ?? '';
		const result = await removeRecordings(this.#needs.database, [id]);
		const removed = result.kind === 'removed';
		await this.#settle(removed ? { kind: 'saved' } : result);
		if (removed) this.#removed = { name, records: result.records };
	}

	/** Bring back the one that was deleted last. */
	async undo(): Promise<void> {
		const removed = this.#removed;
		if (!removed) return;
		const written = await restoreRecordings(this.#needs.database, removed.records);
		if (await this.#settle(written)) this.#removed = null;
	}

	/** Say what went wrong with a writing, read what there is now, and give whether all is well. */
	async #settle(written: Written): Promise<boolean> {
		this.#problem = written.kind === 'saved' ? '' : explainUnwritten(written);
		await this.load();
		return written.kind === 'saved';
	}
}
