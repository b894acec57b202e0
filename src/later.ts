import { createListModels } from './api/list-models';
import type { World } from './api/send';
import type { Run } from './model/run';
import type { Attachments } from './state/attachments.svelte';
import { Catalogue } from './state/catalogue.svelte';
import type { Disk } from './state/disk.svelte';
import { hearNotes } from './state/hear-notes';
import { Housekeeping } from './state/housekeeping.svelte';
import type { KeyRing } from './state/key-ring.svelte';
import type { After, Library } from './state/library.svelte';
import { noteRuns } from './state/note-runs';
import type { Notes } from './state/notes';
import { Recordings } from './state/recordings.svelte';
import { Transfer } from './state/transfer.svelte';
import type { Database } from './store/database';

interface Needs {
	readonly database: Database;
	readonly library: Library;
	readonly attachments: Attachments;
	readonly keyRing: KeyRing;
	readonly disk: Disk;
	readonly notes: Notes;
	/** Missing on pages without https. */
	readonly locks: LockManager | undefined;
	/** The run under way, with all that has come of it; null when there is none. */
	readonly running: () => Run | null;
	/** The real world and the simulated one. */
	readonly real: World;
	readonly simulated: World;
	/** Milliseconds since the epoch, on a clock that never goes back. */
	readonly now: () => number;
	readonly newId: () => string;
	readonly after: After;
	/** More, or something else, is known of models. */
	readonly onmodels: () => void;
}

/** Build the parts of the page that a first visit does without: what `main.ts` leaves out. */
export function later({
	database,
	library,
	attachments,
	keyRing,
	disk,
	notes,
	locks,
	running,
	real,
	simulated,
	now,
	newId,
	after,
	onmodels,
}: Needs) {
	const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 1000));
	noteRuns({ database, notes, library, running });
	hearNotes({ notes, library });
	const kept = { database, library, attachments, keyRing, disk };
	const housekeeping = new Housekeeping({ ...kept, notes, locks, now, settle, after });
	const clear = (unnamed: readonly string[]) => housekeeping.clear(unnamed);
	const recount = () => housekeeping.recount();
	const transfer = new Transfer({ ...kept, locks, clear, recount, now, newId });
	const recordings = new Recordings({ database, keyRing, newId });
	const lists = { real: createListModels(real), simulated: createListModels(simulated) };
	const catalogue = new Catalogue({
		database,
		keyRing,
		listModels: (asking, signal) => lists[asking.target.kind === 'simulated' ? 'simulated' : 'real'](asking, signal),
		now,
		onchange: onmodels,
	});
	return { housekeeping, transfer, recordings, catalogue: catalogue.load().then(() => catalogue) };
}
