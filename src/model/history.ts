import { composeEdits, type Edit } from './edit';

/** What was done to a text and can be undone and done again. The newest entry stands last in `past`, the next to redo first in `future`. */
export interface History {
	readonly past: readonly Entry[];
	readonly future: readonly Entry[];
}

export interface Entry {
	readonly edits: readonly Edit[];
	/** What takes the edits back; speaks of the text they leave behind. */
	readonly inverse: readonly Edit[];
	/** Entries of one group that follow closely in time and place are one. */
	readonly group: string | null;
	/** When the last of it happened, in milliseconds. */
	readonly at: number;
}

export const emptyHistory: History = { past: [], future: [] };

const ENTRIES_KEPT = 1000;
/** A pause longer than this, in milliseconds, ends a group. */
const GROUP_PAUSE = 1000;

/** Record what has just been done. It goes into the last entry when it carries that on; what could be redone is gone. */
export function record(history: History, entry: Entry): History {
	const last = history.past.at(-1);
	const past =
		last && history.future.length === 0 && carriesOn(last, entry)
			? [...history.past.slice(0, -1), join(last, entry)]
			: [...history.past, entry].slice(-ENTRIES_KEPT);
	return { past, future: [] };
}

/** Record what belongs to the last entry, so that they are undone together; where there is none, it cannot be undone. */
export function amend(history: History, edits: readonly Edit[], inverse: readonly Edit[]): History {
	const last = history.past.at(-1);
	if (!last) return emptyHistory;
	return { past: [...history.past.slice(0, -1), join(last, { ...last, edits, inverse })], future: [] };
}

/** Step back: the edits to apply, and the history then. Null when there is nothing to undo. */
export function undo({ past, future }: History): { readonly edits: readonly Edit[]; readonly history: History } | null {
	const entry = past.at(-1);
	return entry ? { edits: entry.inverse, history: { past: past.slice(0, -1), future: [entry, ...future] } } : null;
}

/** Step forward again: the edits to apply, and the history then. Null when there is nothing to redo. */
export function redo({ past, future }: History): { readonly edits: readonly Edit[]; readonly history: History } | null {
	const [entry, ...rest] = future;
	// Whatever comes next begins an entry of its own.
	return entry ? { edits: entry.edits, history: { past: [...past, { ...entry, group: null }], future: rest } } : null;
}

function carriesOn(last: Entry, next: Entry): boolean {
	return (
		last.group !== null &&
		last.group === next.group &&
		next.at - last.at <= GROUP_PAUSE &&
		// Edits that touch become one when they are composed; those apart stay apart.
		composeEdits(last.edits, next.edits).length <= last.edits.length
	);
}

function join(first: Entry, second: Entry): Entry {
	return {
		edits: composeEdits(first.edits, second.edits),
		inverse: composeEdits(second.inverse, first.inverse),
		group: second.group,
		at: second.at,
	};
}
