import { count } from '../model/measures';
import type { Database } from '../store/database';
import { newsOf, settleList } from '../store/list';
import type { KeyRing } from './key-ring.svelte';
import type { Library } from './library.svelte';
import type { Mishap } from './mishap';

interface Needs {
	readonly database: Database;
	readonly library: Pick<Library, 'summaries' | 'renew' | 'hear'>;
	readonly keyRing: Pick<KeyRing, 'state' | 'load'>;
}

/** The browser has cleared away what was saved, while the page was open. */
export class Cleared implements Mishap {
	#message = $state('');
	readonly bad = true;
	readonly choices = [];

	/** `lost`: so many conversations. `renewed`: others are saved again. */
	constructor(lost: number, renewed: boolean) {
		const back = lost === 1 ? 'is gone; an export brings it back.' : 'are gone; an export brings them back.';
		this.#message = [
			'What this page had saved was cleared away in the browser while it was open.',
			...(lost > 0 ? [`${count(lost, 'conversation')} ${back}`] : []),
			...(renewed ? ['What was opened in this visit is saved again, without its earlier runs.'] : []),
		].join(' ');
	}

	get message(): string {
		return this.#message;
	}

	dismiss(): void {
		this.#message = '';
	}
}

/**
 * What the browser has cleared away, if it has, rather than but closed the database: of the listed conversations that are
 * gone, those that were opened here are written anew with the next `flush`, and the others leave the list; a key that the
 * browser kept is let go of. Rejects when the database cannot be opened any more.
 */
export async function findCleared({ database, library, keyRing }: Needs): Promise<Cleared | null> {
	const listed = library.summaries;
	// While it is being cleared, whoever opens it is turned away.
	const list = await settleList(database).catch(() => settleList(database));
	const { state } = keyRing;
	const inTab = state.kind === 'none' || (state.kind === 'held' && state.place === 'tab');
	if (!inTab && !(await database.read((records) => records.get('key')))) await keyRing.load();
	const there = new Set(list.map(({ id }) => id));
	const missing = listed.map(({ id }) => id).filter((id) => !there.has(id));
	// Looked at again: some may have been on their way to the disk.
	const gone = (await newsOf(database, missing)).filter(({ summary }) => summary === null);
	const revisions = gone.map(({ id }) => library.renew(id));
	// What was never there cannot have been cleared away.
	if (revisions.every((revision) => revision === 0)) return null;
	library.hear(gone);
	const lost = revisions.filter((revision) => revision === null).length;
	return new Cleared(lost, lost < gone.length);
}
