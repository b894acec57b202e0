import { isRecordable, type Recording, type RecordingHead } from '../model/recording';
import { isId, isTime, type Unwritten, type Written } from '../model/saved';
import type { Database, Entry, Records } from './database';
import { write } from './store';
import { areTexts, isEnding, isNumber, isRecord, isResponseHead, upgradeChunks } from './upgrade';

// Two records for each recording, so that the list is read without the bytes: its head, and its chunks.
const head = (id: string) => `recording/${id}`;
const chunks = (id: string) => `recorded/${id}`;

/** The recordings without their bytes, by name. Unreadable ones stay where they are and are left out. */
export async function listRecordings(database: Database): Promise<readonly RecordingHead[]> {
	const found = await database.read((records) => records.range(head('')));
	return found
		.map(([key, raw]) => upgradeRecordingHead(raw, key))
		.filter((recording) => recording !== null)
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** The recording called `id`, or null when it is not here or cannot be read. */
export async function loadRecording(database: Database, id: string): Promise<Recording | null> {
	return database.read((records) => readRecording(records, id));
}

/** Keep a recording. */
export function saveRecording(database: Database, recording: Recording): Promise<Written> {
	return write(database, (records) => {
		put(records, recording);
		return { kind: 'saved' } as const;
	});
}

/** Give a recording another name. */
export function renameRecording(database: Database, id: string, name: string): Promise<Written> {
	return write(database, async (records) => {
		const found = upgradeRecordingHead(await records.get(head(id)), head(id));
		if (found) records.put(head(id), { ...found, name });
		return { kind: 'saved' } as const;
	});
}

/** Remove recordings; `restoreRecordings` takes what is given back. */
export function removeRecordings(
	database: Database,
	ids: readonly string[],
): Promise<{ readonly kind: 'removed'; readonly records: readonly Entry[] } | Unwritten> {
	return write(database, async (records) => {
		const keys = ids.flatMap((id) => [head(id), chunks(id)]);
		const found = await Promise.all(keys.map(async (key) => [key, await records.get(key)] as const));
		for (const key of keys) records.delete(key);
		return { kind: 'removed', records: found } as const;
	});
}

/** Put back what was removed, exactly as it was. */
export function restoreRecordings(database: Database, removed: readonly Entry[]): Promise<Written> {
	return write(database, (records) => {
		for (const [key, record] of removed) records.put(key, record);
		return { kind: 'saved' } as const;
	});
}

/** A recording on its way in. `mark` goes into the id of a copy: the same for the same content. */
export interface IncomingRecording {
	readonly recording: Recording;
	readonly mark: string;
}

/**
 * Take in recordings. One that is here is not taken in again, and of another of the same id a copy is added beside it. Gives
 * the ids of what is new here.
 */
export async function putRecordings(
	records: Records,
	incoming: readonly IncomingRecording[],
): Promise<readonly string[]> {
	const added: string[] = [];
	for (const { recording, mark } of incoming) {
		for (const id of [recording.id, `${recording.id}-${mark}`]) {
			const here = await readRecording(records, id);
			if (here && isSame(here, recording)) break;
			if ((await records.get(head(id))) !== undefined) continue;
			put(records, { ...recording, id });
			added.push(id);
			break;
		}
	}
	return added;
}

/** Read the record `key`, which is `recording/<id>`; one that says it is another is not read as either. */
export function upgradeRecordingHead(raw: unknown, key: string): RecordingHead | null {
	const known =
		isRecord(raw) &&
		isId(raw.id) &&
		head(raw.id) === key &&
		areTexts(raw.name, raw.api) &&
		isTime(raw.recordedAt) &&
		isResponseHead(raw.response) &&
		isEnding(raw.ending) &&
		isRecordable(raw.ending) &&
		isNumber(raw.duration);
	return known ? (raw as unknown as RecordingHead) : null; // each of its fields was looked at
}

function put(records: Records, { chunks: bytes, ...recording }: Recording): void {
	records.put(head(recording.id), recording);
	records.put(chunks(recording.id), { version: 1, chunks: bytes });
}

async function readRecording(records: Records, id: string): Promise<Recording | null> {
	const [rawHead, rawChunks] = await Promise.all([records.get(head(id)), records.get(chunks(id))]);
	const found = { head: upgradeRecordingHead(rawHead, head(id)), chunks: upgradeChunks(rawChunks) };
	return found.head && found.chunks && { ...found.head, chunks: found.chunks };
}

/** Whether they hold the same answer of the same moment; their names may differ. */
function isSame(a: Recording, b: Recording): boolean {
	return (
		a.recordedAt === b.recordedAt &&
		a.response.status === b.response.status &&
		a.ending.kind === b.ending.kind &&
		a.chunks.length === b.chunks.length &&
		a.chunks.every(({ bytes }, index) => {
			const other = b.chunks[index]!.bytes; // they are as many
			return bytes.length === other.length && bytes.every((byte, at) => byte === other[at]);
		})
	);
}
