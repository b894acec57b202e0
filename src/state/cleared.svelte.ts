import { count } from '../model/measures';
import type { Database } from '../store/database';
import { newsOf, settleList } from '../store/list';
import type { KeyRing } from './key-ring.svelte';
import type { Library } from './library.svelte';
import type { Mishap } from './mishap';

interface Needs {
	readonly database: Database;
	readonly library: Pick<Library, 'summaries' | 'titleOf' | 'renew' | 'hear'>;
	readonly keyRing: Pick<KeyRing, 'state' | 'load'>;
}

/** The browser has cleared away what was saved, while the page was open. */
export class Cleared implements Mishap {
	#read = $state(false);
	readonly bad = true;
	readonly choices = [];
	readonly #library: Pick<Library, 'titleOf'>;
	readonly #gone: readonly string[];
	readonly #renewed: boolean;
	readonly #keyGone: boolean;

	/** `gone`: the ids of the conversations that this page cannot bring back. `renewed`: others are saved again. */
	constructor(library: Pick<Library, 'titleOf'>, gone: readonly string[], renewed: boolean, keyGone: boolean) {
		this.#library = library;
		this.#gone = gone;
		this.#renewed = renewed;
		this.#keyGone = keyGone;
	}

	get message(): string {
		if (this.#read) return '';
		// Another tab may have saved again what was opened there.
		const lost = this.#gone.filter((id) => this.#library.titleOf(id) === null).length;
		const back = lost === 1 ? 'is gone; an export brings it back.' : 'are gone; an export brings them back.';
		return [
			'What this page had saved was cleared away in the browser while it was open.',
			...(lost > 0 ? [`${count(lost, 'conversation')} ${back}`] : []),
			...(this.#renewed ? ['What was opened in this visit is saved again, without its earlier runs.'] : []),
			...(this.#keyGone ? ['The API key is gone, too: enter it again before the next run.'] : []),
		].join(' ');
	}

	dismiss(): void {
		this.#read = true;
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
	const keyGone = !inTab && (await database.read((records) => records.get('key'))) === undefined;
	if (keyGone) await keyRing.load();
	const there = new Set(list.map(({ id }) => id));
	const missing = listed.map(({ id }) => id).filter((id) => !there.has(id));
	// Looked at again: some may have been on their way to the disk.
	const gone = (await newsOf(database, missing)).filter(({ summary }) => summary === null);
	const revisions = gone.map(({ id }) => library.renew(id));
	// What was never there cannot have been cleared away.
	if (!keyGone && revisions.every((revision) => revision === 0)) return null;
	library.hear(gone);
	const others = gone.map(({ id }) => id).filter((_, place) => revisions[place] === null);
	return new Cleared(library, others, others.length < gone.length, keyGone);
}
