import type { Conversation, Summary } from './conversation';
import type { Run } from './run';

/** What was found of a saved record. An unreadable one stays where it is; `raw` is what is there, so that it can be exported. */
export type Loaded<T> =
	| { readonly kind: 'found'; readonly value: T }
	| { readonly kind: 'missing' }
	| { readonly kind: 'unreadable'; readonly raw: unknown; readonly reason: string };

/** Why nothing was written: the disk (or the share of it this page may use) is full, or something else. */
export type Unwritten = { readonly kind: 'full' } | { readonly kind: 'failed'; readonly reason: string };
export type Written = { readonly kind: 'saved' } | Unwritten;

/** A run as it is kept: the evidence, and whether it is to stay when older ones make room for newer ones. */
export type KeptRun = Run & { readonly pinned?: boolean };
/** All of a run but its bytes: what a list of runs needs. */
export type RunHead = Omit<KeptRun, 'chunks'>;

/** A conversation with edits that are not saved: as it is on the disk (revision 0: not at all), and as it was edited since. */
export interface Unsaved {
	readonly saved: Conversation;
	readonly current: Conversation;
}

/** What a tab has left behind when its page was last hidden: the edits that were not saved. `at` counts how often it has. */
export interface Left {
	readonly tab: string;
	readonly at: number;
	readonly drafts: readonly Unsaved[];
}

/** What the tabs of one page tell each other, in lists, of a conversation that one of them changed. */
export interface News {
	readonly id: string;
	/** Null when it was deleted. */
	readonly summary: Summary | null;
	/** Its runs are others than before, be they as many. */
	readonly runs?: true;
}

/** What the list shows of a conversation, but for its runs. */
export type Listed = Omit<Summary, 'runs'>;

/** What the list shows of a conversation, and nothing else of it. */
export function listedOf({ id, title, pinned, changedAt, origin }: Listed): Listed {
	return { id, title, pinned, changedAt, ...(origin && { origin }) };
}

/** What the list shows of `conversation`, which has so many `runs`. */
export function summaryOf(conversation: Listed, runs: number): Summary {
	return { ...listedOf(conversation), runs };
}

/** For sorting the list: pinned ones first, then by last change, and by id where that is the same: all tabs list them alike. */
export function inOrder(a: Summary, b: Summary): number {
	if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
	if (a.changedAt !== b.changedAt) return a.changedAt < b.changedAt ? 1 : -1;
	return a.id < b.id ? -1 : 1;
}

/** Say in a sentence why something was not saved. */
export function explainUnwritten(unwritten: Unwritten): string {
	return unwritten.kind === 'full'
		? 'The browser has no more room for this page. Delete conversations or runs to make some.'
		: `The browser could not save this: ${unwritten.reason}`;
}

/** Whether it can be the id of anything: it goes into the keys of records, where anything else would be another key. */
export function isId(value: unknown): value is string {
	return typeof value === 'string' && /^[\w-]+$/.test(value);
}

/** Whether it is a time as records and exports say it, as RFC 3339 in UTC. */
export function isTime(value: unknown): value is string {
	return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && Date.parse(value) >= 0;
}
