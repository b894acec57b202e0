import { toBase64 } from '../model/attachment';
import type { Run } from '../model/run';
import { isSavedId } from '../model/unsaved';
import type { Database } from '../store/database';
import type { Library } from './library.svelte';
import type { Notes } from './notes';

interface Needs {
	readonly database: Database;
	readonly notes: Notes;
	readonly library: Pick<Library, 'listen'>;
	/** The run under way, with all that has come of it; null when there is none. */
	readonly running: () => Run | null;
}

/** A run whose answer is longer, in bytes, is left behind in the database alone: no browser has room for it in a note. */
const LONGEST_ANSWER = 2_000_000;

/** Note down the run under way whenever the page may go, until the database has it. Gives what ends that. */
export function noteRuns({ database, notes, library, running }: Needs): () => void {
	return library.listen((event) => {
		const run = event.kind === 'leaving' ? running() : null;
		if (event.kind !== 'leaving' || !run || !isSavedId(run.conversation)) return;
		const { chunks, ...head } = run;
		if (chunks.reduce((sum, { bytes }) => sum + bytes.length, 0) > LONGEST_ANSWER) return;
		const key = `run/${run.conversation}/${run.id}`;
		const noted = chunks.map(({ at, bytes }) => [at, toBase64(bytes)]);
		notes.write(key, { version: 1, tab: event.tab, head, chunks: noted });
		void removeWritten(key, notes, database);
	});
}

/** The library has asked for the run to be written just before: once it is, its note has served. */
async function removeWritten(key: string, notes: Notes, database: Database): Promise<void> {
	const note = notes.read(key);
	try {
		const written = await database.read((records) => records.get(key));
		if (written !== undefined && notes.read(key) === note) notes.remove(key);
	} catch {
		// What cannot be read may not have been written: the note stays.
	}
}
