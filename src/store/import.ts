import type { Conversation, Summary } from '../model/conversation';
import {
	attachmentsOf,
	contentOf,
	exported,
	importedConversation,
	importedRun,
	type ExportedConversation,
} from '../model/export-file';
import { summaryOf, type News, type Unwritten, type Written } from '../model/saved';
import { Damaged, type Database, type Records } from './database';
import { free } from './deletion';
import { putRecordings, type IncomingRecording } from './recordings';
import { index, listedFrom, unmark, write } from './store';
import {
	isArrayOf,
	isFields,
	isRecord,
	isSummary,
	isText,
	upgradeAttachment,
	upgradeConversation,
	upgradeRunHead,
} from './upgrade';

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
	readonly kind: (typeof KINDS)[number];
	readonly summary: Summary;
	/** The keys of the runs that were written, … */
	readonly runs: readonly string[];
	/** … and of those among them that were pinned. */
	readonly pinned: readonly string[];
	/** The SHA-256 of the attachments that were written. */
	readonly attachments: readonly string[];
}
const KINDS = ['added', 'copied', 'merged', 'present'] as const;

/**
 * What of an import that was not finished has been written: records `import/<id>/<part>`, each a part. What an import found
 * here since another has brought it, which is not finished either, stands in the notes of both: it goes when both are taken
 * back, and stays for good as soon as one of them is finished or kept.
 */
const parts = (id: string) => `import/${id}/`;

/** The name of the Web Lock that is held while the import `id` is under way: without it, it was cut off. */
export function importLock(database: Database, id: string): string {
	return `${database.name}/import/${id}`;
}

/**
 * Take in conversations with their runs and attachments, in one transaction, beside or into what is here, and note them as
 * the part with this number of the import `id`, until that is finished or taken back.
 */
export function takeIn(
	database: Database,
	incoming: readonly Incoming[],
	id: string,
	part: number,
): Promise<{ readonly kind: 'taken'; readonly taken: readonly TakenIn[] } | Unwritten> {
	return write(database, async (records) => {
		const taken: TakenIn[] = [];
		// One after the other: the same conversation may be among them twice.
		for (const one of incoming) taken.push(await takeInOne(records, one));
		// Taking back goes backwards: what was here first goes last.
		const noted = [...sharedOf(await readNotes(records, id), incoming, taken), ...taken];
		records.put(`${parts(id)}${String(part).padStart(9, '0')}`, { version: 1, taken: noted });
		return { kind: 'taken', taken } as const;
	});
}

/**
 * Take in the recordings, the last of the import `id`: in the same transaction, it is finished. `added` are the ids of
 * those that are new here.
 */
export function finishImport(
	database: Database,
	id: string,
	recordings: readonly IncomingRecording[],
): Promise<{ readonly kind: 'taken'; readonly added: readonly string[] } | Unwritten> {
	return write(database, async (records) => {
		const added = await putRecordings(records, recordings);
		await settle(records, id);
		return { kind: 'taken', added } as const;
	});
}

/** What came in by the imports that were not finished, by their ids: those under way, and those that were cut off. */
export async function unfinishedImports(database: Database): Promise<ReadonlyMap<string, readonly TakenIn[]>> {
	const found = new Map<string, readonly TakenIn[]>();
	for (const [key, raw] of await database.read((records) => records.range('import/'))) {
		const id = key.slice('import/'.length, key.lastIndexOf('/'));
		found.set(id, [...(found.get(id) ?? []), ...(upgradeTaken(raw) ?? [])]);
	}
	return found;
}

/** Let what came in by the import `id` stay, as if there had been no more. */
export function keepImport(database: Database, id: string): Promise<Written> {
	return free(database, async (records) => {
		await settle(records, id);
		return { kind: 'saved' } as const;
	});
}

/** What the unfinished import `id` has noted, and what all others have, by the keys of their notes. */
interface Notes {
	readonly own: readonly TakenIn[];
	readonly others: ReadonlyMap<string, readonly TakenIn[]>;
}

/** Mostly there are no others: then none is read, its own neither, which nobody needs to compare with anything. */
async function readNotes(records: Records, id: string): Promise<Notes> {
	const isOwn = (key: string) => key.startsWith(parts(id));
	const keys = await records.keys('import/');
	const all = keys.every(isOwn) ? [] : keys;
	const notes = await Promise.all(all.map(async (key) => [key, upgradeTaken(await records.get(key)) ?? []] as const));
	return {
		own: notes.filter(([key]) => isOwn(key)).flatMap(([, taken]) => taken),
		others: new Map(notes.filter(([key]) => !isOwn(key))),
	};
}

/** The keys of the conversations and runs that go when these are taken back. */
function broughtBy(taken: Iterable<TakenIn>): Set<string> {
	return new Set([...taken].flatMap((one) => [...(isWhole(one) ? [conversationKey(one)] : []), ...one.runs]));
}

function isWhole({ kind }: TakenIn): boolean {
	return kind === 'added' || kind === 'copied';
}

function conversationKey({ summary }: TakenIn): string {
	return `conversation/${summary.id}`;
}

/** Of what goes when `one` is taken back, that alone which `goes`; nothing where that is nothing. */
function only(one: TakenIn, goes: (key: string) => boolean): readonly TakenIn[] {
	const runs = one.runs.filter(goes);
	if (isWhole(one) && goes(conversationKey(one))) return [{ ...one, runs }];
	return runs.length > 0 ? [{ ...one, kind: 'merged', runs }] : [];
}

/** What others have brought of what came `incoming` to this import, and so was found here when it was `taken` in. */
function sharedOf({ own, others }: Notes, incoming: readonly Incoming[], taken: readonly TakenIn[]): TakenIn[] {
	const theirs = new Map<string, TakenIn[]>();
	for (const one of [...others.values()].flat())
		theirs.set(conversationKey(one), [...(theirs.get(conversationKey(one)) ?? []), one]);
	if (theirs.size === 0) return [];
	const held = broughtBy([...own, ...taken]);
	return taken.flatMap((mine, place) => {
		const key = conversationKey(mine);
		const runs = incoming[place]!.conversation.runs.map((run) => `run/${mine.summary.id}/${run.id}`); // one for each
		const named = new Set([key, ...runs]);
		return (theirs.get(key) ?? []).flatMap((one) => {
			const shared = only(one, (key) => named.has(key) && !held.has(key));
			// Several others may have noted it.
			for (const key of broughtBy(shared)) held.add(key);
			return shared;
		});
	});
}

/** The import `id` has come to its end: what it has brought, or found here, can be taken back by nobody any more. */
async function settle(records: Records, id: string): Promise<void> {
	const { own, others } = await readNotes(records, id);
	const stays = broughtBy(own);
	for (const [key, taken] of others) {
		const left = taken.flatMap((one) => only(one, (each) => !stays.has(each)));
		if (broughtBy(left).size === broughtBy(taken).size) continue;
		if (left.length > 0) records.put(key, { version: 1, taken: left });
		else records.delete(key);
	}
	for (const key of await records.keys(parts(id))) records.delete(key);
}

/** Whether there is such a record, and the disk can still read it. */
function isThere(raw: unknown): boolean {
	return raw !== undefined && !(raw instanceof Damaged);
}

async function takeInOne(records: Records, incoming: Incoming): Promise<TakenIn> {
	const { conversation, here, copy } = await findPlace(records, incoming);
	const { id } = conversation;
	if (!here) records.put(`conversation/${id}`, conversation);
	const attachments: string[] = [];
	for (const [sha256, blob] of incoming.attachments) {
		const key = `attachment/${sha256}`;
		if (upgradeAttachment(await records.get(key))) continue;
		records.put(key, { version: 1, blob });
		attachments.push(sha256);
	}
	const [runs, pinned]: [string[], string[]] = [[], []];
	for (const run of incoming.conversation.runs) {
		const { chunks, ...head } = importedRun(run, id);
		const [key, bytes] = [`run/${id}/${head.id}`, `chunks/${id}/${head.id}`];
		const [hasHead, hasBytes] = (await Promise.all([records.get(key), records.get(bytes)])).map(isThere);
		if (hasHead && hasBytes) continue;
		if (!hasHead) records.put(key, head);
		records.put(bytes, { version: 1, chunks });
		runs.push(key);
		if (head.pinned) pinned.push(key);
	}
	await unmark(records, attachmentsOf(incoming.conversation));
	await index(records, id);
	const summary = summaryOf(conversation, await records.count(`run/${id}/`));
	const kind = !here ? (copy ? 'copied' : 'added') : runs.length > 0 ? 'merged' : 'present';
	return { kind, summary, runs, pinned, attachments };
}

/** What became of an import that was taken back. */
export interface TakenBack {
	/** Of each conversation that it alone had brought, or brought runs of: null where it is gone. */
	readonly news: readonly News[];
	/** So many stay, since they were changed. */
	readonly left: number;
	/** The SHA-256 of the attachments that had come with it: they are for the sweep. */
	readonly attachments: readonly string[];
	/** Why the rest could not be taken back; null where all of it was. */
	readonly rest: Unwritten | null;
}

/**
 * Undo what came in by the import `id`, part by part, the last first, each in one transaction: whatever ends that half way,
 * the rest can still be taken back. What was changed since stays: a conversation with all its runs that was edited, renamed
 * or pinned, that has other runs now, or one whose pin was set; and a run that was pinned. So does what another import
 * holds that is not finished: it is for that to take back.
 */
export async function takeBack(database: Database, id: string): Promise<TakenBack> {
	const [news, attachments]: [News[], string[]] = [[], []];
	const left = new Set<string>();
	const takenBack = (rest: Unwritten | null): TakenBack => ({ news, left: left.size, attachments, rest });
	const find = () =>
		write(database, async (records) => ({ kind: 'noted', keys: await records.keys(parts(id)) }) as const);
	let noted = await find();
	// Where the browser clears the database away, one finds it closed, another is turned away, and the next opens it anew.
	for (let again = 0; again < 2 && noted.kind === 'failed'; again++) noted = await find();
	if (noted.kind !== 'noted') return takenBack(noted);
	for (const key of noted.keys.toReversed()) {
		const part = await free(database, async (records) => {
			const taken = upgradeTaken(await records.get(key));
			// What a later version of the page has noted is for that to understand.
			if (!taken) return { kind: 'gone', taken: [], back: [] } as const;
			const held = broughtBy([...(await readNotes(records, id)).others.values()].flat());
			const back: Back[] = [];
			// The last first: it may have gone into what came before it.
			for (const one of taken.toReversed())
				for (const mine of only(one, (key) => !held.has(key))) back.push(await takeBackOne(records, mine));
			records.delete(key);
			return { kind: 'gone', taken, back } as const;
		});
		if (part.kind !== 'gone') return takenBack(part);
		attachments.push(...part.taken.flatMap((one) => one.attachments));
		news.push(...part.back.map((back) => back.news));
		for (const back of part.back) if (back.left) left.add(back.news.id);
	}
	return takenBack(null);
}

interface Back {
	readonly news: News;
	/** Whether it stays, or some of it, since it was changed. */
	readonly left: boolean;
}

async function takeBackOne(records: Records, one: TakenIn): Promise<Back> {
	const { id } = one.summary;
	const { runs, pinned } = one;
	const [key, whole] = [conversationKey(one), isWhole(one)];
	const raw = await records.get(key);
	const heads = await Promise.all(runs.map(async (run) => upgradeRunHead(await records.get(run), run)));
	const kept = runs.filter((run, place) => heads[place]?.pinned && !pinned.includes(run));
	const edited = upgradeConversation(raw, id)?.revision !== 1 || (await records.count(`run/${id}/`)) !== runs.length;
	const left = raw !== undefined && (kept.length > 0 || (whole && edited));
	if (!whole || !left) {
		for (const run of runs.filter((run) => !kept.includes(run))) {
			records.delete(run);
			records.delete(run.replace('run/', 'chunks/'));
		}
		if (whole) {
			records.delete(key);
			records.delete(`words/${id}`);
		}
		await index(records, id);
	}
	const gone = raw === undefined || (whole && !left);
	const now = gone ? null : summaryOf(listedFrom(raw, id), await records.count(`run/${id}/`));
	return { news: { id, summary: now }, left };
}

/** Read a record `import/…`. */
export function upgradeTaken(raw: unknown): readonly TakenIn[] | null {
	return isRecord(raw) && isArrayOf(raw.taken, isTaken) ? raw.taken : null;
}

function isTaken(value: unknown): value is TakenIn {
	return (
		isFields(value) &&
		KINDS.some((kind) => kind === value.kind) &&
		isSummary(value.summary) &&
		[value.runs, value.pinned, value.attachments].every((list) => isArrayOf(list, isText))
	);
}

interface Place {
	readonly conversation: Conversation;
	readonly here: boolean;
	readonly copy: boolean;
}

/** The first of the ids it may have that holds the same already, or is free. */
async function findPlace(records: Records, { conversation, mark }: Incoming): Promise<Place> {
	const asCopy = { ...conversation, title: `${conversation.title}${COPIED}`, named: true };
	for (let attempt = 0; ; attempt++) {
		const version = attempt === 0 ? conversation : asCopy;
		const id = [conversation.id, ...(attempt > 0 ? [mark] : []), ...(attempt > 1 ? [attempt] : [])].join('-');
		const raw = await records.get(`conversation/${id}`);
		const copy = attempt > 0;
		const found = asSame(raw, id, version) ?? (copy ? null : await findOriginal(records, conversation));
		if (found) return { conversation: found, here: true, copy };
		if (raw === undefined)
			return { conversation: { ...importedConversation(version, id), revision: 1 }, here: false, copy };
	}
}

/** Ends the title of a copy … */
const COPIED = ' (imported)';
/** … and this its id: what `findPlace` puts after that of the version it stands beside. */
const COPY_ID = /-[0-9a-f]{8}(?:-\d+)?$/;

/**
 * What `conversation` was in the browser that it first came from: where it stood beside another version, it was made a
 * copy, and comes back as that. Null where that is not here, or not the same.
 */
async function findOriginal(records: Records, conversation: ExportedConversation): Promise<Conversation | null> {
	const id = conversation.id.replace(COPY_ID, '');
	if (id === conversation.id) return null;
	const { title } = conversation;
	const original = { ...conversation, id, title: title.endsWith(COPIED) ? title.slice(0, -COPIED.length) : title };
	const raw = await records.get(`conversation/${id}`);
	// A copy may have become one once more.
	return asSame(raw, id, original) ?? findOriginal(records, original);
}

/** The record of the conversation `id`, where its content is that of `version`. */
function asSame(raw: unknown, id: string, version: ExportedConversation): Conversation | null {
	const found = upgradeConversation(raw, id);
	return found && contentOf(exported(found, [])) === contentOf(version) ? found : null;
}
