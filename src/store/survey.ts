import { mentionsIn } from '../model/attachment';
import type { Unwritten } from '../model/saved';
import { asJson } from './as-json';
import { free } from './deletion';
import { Damaged, type Database, type Entry, type Records } from './database';
import { upgradeModelReport } from './model-reports';
import { upgradeRecordingHead } from './recordings';
import { upgradeTaken } from './import';
import { index } from './store';
import { upgradeAttachment, upgradeChunks, upgradeConversation, upgradeLeft, upgradeRunHead } from './upgrade';

/** What is kept, and how much room it takes: bytes, or characters of text, which are about as many. */
export interface Survey {
	readonly runs: number;
	readonly recordings: number;
	/** By SHA-256. */
	readonly attachments: ReadonlyMap<string, number>;
	/** What the deletion of a conversation would set free, by its id: itself, its runs, and attachments that only it names. */
	readonly conversations: ReadonlyMap<string, number>;
	/** Attachments that nothing names; none, while a damaged record could name them. */
	readonly unused: readonly string[];
	/**
	 * Records that this version of the page cannot read, or knows nothing of, and the runs of such a conversation or of
	 * none, which nothing shows.
	 */
	readonly unreadable: readonly Unreadable[];
}
export type Unreadable = readonly [key: IDBValidKey, record: unknown];

/** How the keys begin that this version of the page writes; whatever begins like that of the API key is nobody's business. */
const OURS =
	/^(?:(?:conversation|run|chunks|attachment|recording|recorded|models|unsaved|setting|index|fresh|words|import)\/|(?:first|unnamed)$|key)/;

/** Records read in one transaction: few enough that nobody who saves has to wait for long. */
const BATCH = 100;

/** Go through the records whose keys begin with `prefix`, many transactions long. */
function scan(database: Database, prefix: string): AsyncGenerator<Entry> {
	return readEach(database, (records) => records.keys(prefix));
}

/** Go through the records that are none of ours: those of a later version of the page, or of anybody. */
function scanForeign(database: Database): AsyncGenerator<Unreadable> {
	return readEach(database, foreignKeys);
}

async function foreignKeys(records: Records): Promise<readonly IDBValidKey[]> {
	return (await records.everyKey()).filter((key) => typeof key !== 'string' || !OURS.test(key));
}

async function* readEach<Key extends IDBValidKey>(
	database: Database,
	find: (records: Records) => Promise<readonly Key[]>,
): AsyncGenerator<readonly [Key, unknown]> {
	const keys = await database.read(find);
	for (let start = 0; start < keys.length; start += BATCH) {
		const some = keys.slice(start, start + BATCH);
		const found = await database.read((records) => Promise.all(some.map((key) => records.get(key))));
		for (const [place, key] of some.entries()) if (found[place] !== undefined) yield [key, found[place]];
	}
}

/** How the keys begin of those of our records that may name attachments. */
const NAMING = ['conversation/', 'run/', 'unsaved/'];

/**
 * Who could name which attachments: every record that may hold references, as its conversation's id, and what it mentions;
 * null where nobody can know.
 */
export async function* mentions(
	database: Database,
): AsyncGenerator<readonly [conversation: string, sha256: readonly string[] | null]> {
	for (const prefix of NAMING)
		for await (const [key, raw] of scan(database, prefix)) yield [key.split('/')[1] ?? '', mentionedIn(raw)];
	for await (const [key, raw] of scanForeign(database)) yield [nameOf(key), mentionedIn(raw)];
}

/** All that `mentions` finds, in one transaction; null where nobody can know. */
export async function mentionedWithin(records: Records): Promise<ReadonlySet<string> | null> {
	const ours = await Promise.all(NAMING.map((prefix) => records.range(prefix)));
	const foreign = await Promise.all((await foreignKeys(records)).map((key) => records.get(key)));
	const found = [...ours.flat().map(([, raw]) => raw), ...foreign].map(mentionedIn);
	return found.includes(null) ? null : new Set(found.flatMap((some) => some ?? []));
}

/** What a record mentions as a whole, so that it counts however little of it can be understood. */
function mentionedIn(raw: unknown): readonly string[] | null {
	return raw instanceof Damaged ? null : mentionsIn(asJson(raw));
}

/** Look at all that is kept. Rejects when the database cannot be read. */
export async function survey(database: Database): Promise<Survey> {
	const sizes = new Map<string, number>();
	const attachments = new Map<string, number>();
	const unreadable = new Map<IDBValidKey, unknown>();
	/** The conversations that can be shown. */
	const shown = new Set<string>();
	/** Add what a record takes to its conversation; null for one that cannot be read. */
	const add = (entry: Entry, size: number | undefined) => {
		const id = entry[0].split('/')[1] ?? '';
		if (size !== undefined && entry[0].startsWith('conversation/')) shown.add(id);
		if (size === undefined || !shown.has(id)) unreadable.set(...entry);
		sizes.set(id, (sizes.get(id) ?? 0) + (size ?? 0));
	};
	for await (const entry of scan(database, 'conversation/'))
		add(entry, upgradeConversation(entry[1], entry[0].slice('conversation/'.length))?.text.length);
	/**
	 * Look at what is kept in two records, a head and the bytes of an answer, neither of which can be read without the other:
	 * at all the heads, then at the bytes, since what is written meanwhile is written with both. Gives how many there are.
	 */
	const addPairs = async (
		[headed, bytes]: readonly [string, string],
		sizeOf: (head: Entry) => number | undefined,
		add: (entry: Entry, size: number | undefined) => void,
	) => {
		/** Whether each head can be read, by what its key has in common with that of its bytes; until those were found. */
		const heads = new Map<string, boolean>();
		for await (const entry of scan(database, headed)) {
			const size = sizeOf(entry);
			heads.set(entry[0].slice(headed.length), size !== undefined);
			add(entry, size);
		}
		const all = heads.size;
		for await (const entry of scan(database, bytes)) {
			const name = entry[0].slice(bytes.length);
			const chunks = upgradeChunks(entry[1]);
			add(
				entry,
				chunks?.reduce((sum, { bytes }) => sum + bytes.length, 0),
			);
			if (heads.get(name) === false) unreadable.set(...entry);
			else if (chunks) heads.delete(name);
		}
		const alone = [...heads.keys()].map((name) => headed + name);
		for await (const entry of readEach(database, () => Promise.resolve(alone))) unreadable.set(...entry);
		return { all, whole: all - heads.size };
	};
	const runs = await addPairs(
		['run/', 'chunks/'],
		(head) => upgradeRunHead(head[1], head[0])?.request.text.length,
		add,
	);
	const recordings = await addPairs(
		['recording/', 'recorded/'],
		([key, raw]) => (upgradeRecordingHead(raw, key) ? 0 : undefined),
		(entry, size) => {
			if (size === undefined) unreadable.set(...entry);
		},
	);
	for await (const entry of scan(database, 'attachment/')) {
		const blob = upgradeAttachment(entry[1]);
		if (blob) attachments.set(entry[0].slice('attachment/'.length), blob.size);
		else unreadable.set(...entry);
	}
	for await (const entry of scan(database, 'models/')) if (!upgradeModelReport(entry[1])) unreadable.set(...entry);
	for await (const entry of scan(database, 'import/')) if (!upgradeTaken(entry[1])) unreadable.set(...entry);
	for await (const entry of scan(database, 'unsaved/')) if (!upgradeLeft(entry[1], '')) unreadable.set(...entry);
	for await (const entry of scanForeign(database)) unreadable.set(...entry);

	const namedBy = new Map<string, Set<string>>();
	/** Whether all that is named is known. */
	let known = true;
	for await (const [conversation, found] of mentions(database)) {
		known &&= found !== null;
		for (const sha256 of found ?? []) namedBy.set(sha256, (namedBy.get(sha256) ?? new Set()).add(conversation));
	}
	for (const [sha256, names] of namedBy) {
		const [only, ...others] = names;
		if (only !== undefined && others.length === 0)
			sizes.set(only, (sizes.get(only) ?? 0) + (attachments.get(sha256) ?? 0));
	}
	const unused = [...attachments.keys()].filter((sha256) => known && !namedBy.has(sha256));
	return {
		runs: runs.all,
		recordings: recordings.whole,
		attachments,
		conversations: sizes,
		unused,
		unreadable: [...unreadable],
	};
}

/** Delete records for good, in one transaction, and take the conversations among them off the list. Gives the ids of those. */
export function removeRecords(
	database: Database,
	keys: readonly IDBValidKey[],
): Promise<readonly string[] | Unwritten> {
	return free(database, async (records) => {
		for (const key of keys) records.delete(key);
		const texts = keys.filter((key) => typeof key === 'string');
		const ids = [...new Set(texts.filter((key) => OF_CONVERSATION.test(key)).map((key) => key.split('/')[1]!))]; // what stands between the first two
		for (const id of ids) await index(records, id);
		const there = await Promise.all(ids.map((id) => records.get(`conversation/${id}`)));
		return ids.filter((_, place) => there[place] === undefined);
	});
}

/** What the key of a record is called: itself, or what is no text in brackets, after what it is. */
export function nameOf(key: IDBValidKey): string {
	if (typeof key === 'string') return key.startsWith('(') ? `(text) ${key}` : key;
	if (typeof key === 'number') return `(number) ${key}`;
	if (key instanceof Date) return `(date) ${key.toISOString()}`;
	return Array.isArray(key) ? `(list) ${JSON.stringify(key.map(nameOf))}` : `(bytes) ${asJson(key)}`;
}

const OF_CONVERSATION = /^(?:conversation|run|chunks)\//;
