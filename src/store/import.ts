import type { Conversation, Summary } from '../model/conversation';
import {
	attachmentsOf,
	contentOf,
	exported,
	importedConversation,
	importedRun,
	type ExportedConversation,
} from '../model/export-file';
import { summaryOf, type Unwritten } from '../model/saved';
import type { Database, Records } from './database';
import { free } from './deletion';
import { index, unmark, write } from './store';
import { upgradeConversation } from './upgrade';

/** A conversation on its way in, with the bytes of the attachments it names, as far as they are there. */
export interface Incoming {
	readonly conversation: ExportedConversation;
	readonly attachments: ReadonlyMap<string, Blob>;
	/** Goes into the id of a copy: the same for the same content, so that it is not taken in twice. */
	readonly mark: string;
}

/**
 * What became of it. `added`: it is new here; `copied`: another version of it was here, so it was added beside it;
 * `merged`: it was here, and some runs were not; `present`: all of it was here.
 */
export interface TakenIn {
	readonly kind: 'added' | 'copied' | 'merged' | 'present';
	readonly summary: Summary;
	/** The keys of the runs that were written. */
	readonly runs: readonly string[];
	/** The SHA-256 of the attachments that were written. */
	readonly attachments: readonly string[];
}

/** Take in conversations with their runs and attachments, in one transaction, beside or into what is here. */
export function takeIn(
	database: Database,
	incoming: readonly Incoming[],
): Promise<{ readonly kind: 'taken'; readonly taken: readonly TakenIn[] } | Unwritten> {
	return write(database, async (records) => {
		const taken: TakenIn[] = [];
		// One after the other: the same conversation may be among them twice.
		for (const one of incoming) taken.push(await takeInOne(records, one));
		return { kind: 'taken', taken } as const;
	});
}

async function takeInOne(records: Records, incoming: Incoming): Promise<TakenIn> {
	const { conversation, here, copy } = await findPlace(records, incoming);
	const { id } = conversation;
	if (!here) records.put(`conversation/${id}`, conversation);
	const attachments: string[] = [];
	for (const [sha256, blob] of incoming.attachments) {
		const key = `attachment/${sha256}`;
		if ((await records.get(key)) !== undefined) continue;
		records.put(key, { version: 1, blob });
		attachments.push(sha256);
	}
	const runs: string[] = [];
	for (const run of incoming.conversation.runs) {
		const { chunks, ...head } = importedRun(run, id);
		const key = `run/${id}/${head.id}`;
		if ((await records.get(key)) !== undefined) continue;
		records.put(key, head);
		records.put(`chunks/${id}/${head.id}`, { version: 1, chunks });
		runs.push(key);
	}
	await unmark(records, attachmentsOf(incoming.conversation));
	await index(records, id);
	const summary = summaryOf(conversation, await records.count(`run/${id}/`));
	const kind = !here ? (copy ? 'copied' : 'added') : runs.length > 0 ? 'merged' : 'present';
	return { kind, summary, runs, attachments };
}

/**
 * Undo `takeIn`, in one transaction, but for conversations that have been changed since: those are `left`. Their
 * attachments are for the sweep.
 */
export function takeBack(
	database: Database,
	taken: readonly TakenIn[],
): Promise<{ readonly kind: 'gone'; readonly left: readonly TakenIn[] } | Unwritten> {
	return free(database, async (records) => {
		const left: TakenIn[] = [];
		// The last first: it may have gone into what came before it.
		for (const one of taken.toReversed()) if (!(await takeBackOne(records, one))) left.push(one);
		return { kind: 'gone', left } as const;
	});
}

/** Gives whether it is gone. */
async function takeBackOne(records: Records, { kind, summary: { id }, runs }: TakenIn): Promise<boolean> {
	const whole = kind === 'added' || kind === 'copied';
	const current = upgradeConversation(await records.get(`conversation/${id}`));
	const changed = current?.revision !== 1 || (await records.count(`run/${id}/`)) !== runs.length;
	if (whole && changed) return false;
	for (const key of runs) {
		records.delete(key);
		records.delete(key.replace('run/', 'chunks/'));
	}
	if (whole) {
		records.delete(`conversation/${id}`);
		records.delete(`words/${id}`);
	}
	await index(records, id);
	return true;
}

/** The first of the ids it may have that is free, or holds the same already. */
async function findPlace(
	records: Records,
	{ conversation, mark }: Incoming,
): Promise<{ readonly conversation: Conversation; readonly here: boolean; readonly copy: boolean }> {
	const asCopy = { ...conversation, title: `${conversation.title} (imported)`, named: true };
	for (let attempt = 0; ; attempt++) {
		const version = attempt === 0 ? conversation : asCopy;
		const id = [conversation.id, ...(attempt > 0 ? [mark] : []), ...(attempt > 1 ? [attempt] : [])].join('-');
		const raw = await records.get(`conversation/${id}`);
		const found = upgradeConversation(raw);
		const copy = attempt > 0;
		if (raw === undefined)
			return { conversation: { ...importedConversation(version, id), revision: 1 }, here: false, copy };
		if (found && contentOf(exported(found, [])) === contentOf(version))
			return { conversation: found, here: true, copy };
	}
}
