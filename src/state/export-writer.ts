import { sha256Hex, toBase64 } from '../model/attachment';
import {
	attachmentsOf,
	EXPORT_ATTACHMENTS,
	EXPORT_END,
	EXPORT_NAME,
	EXPORT_RECORDINGS,
	exported,
	exportedRecording,
	exportStart,
	writeExported,
	type ExportedAttachment,
} from '../model/export-file';
import { base64LengthOf, IMAGE_TYPES } from '../model/image';
import { count } from '../model/measures';
import type { KeptRun } from '../model/saved';
import type { Database } from '../store/database';
import { listRecordings, loadRecording } from '../store/recordings';
import type { Attachments } from './attachments.svelte';
import { LONGEST_TEXT, mediaTypeOf, tooLong } from './import-reader';
import type { KeyRing } from './key-ring.svelte';
import type { Library } from './library.svelte';
import { Refusal, type Progress } from './progress';
import { writeUnreadable } from './unreadable-file';
import { ZIP_LIMITS, ZipWriter } from './zip';

interface Needs {
	readonly database: Database;
	readonly library: Library;
	readonly attachments: Pick<Attachments, 'blob'>;
	readonly keyRing: Pick<KeyRing, 'read' | 'state'>;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** A file to be saved under `name`. */
export interface ExportedFile {
	readonly name: string;
	readonly blob: Blob;
}

/** A longer export, in bytes, is a zip: smaller by a third, and its pictures can be looked at. */
const LONGEST_PLAIN = 25_000_000;

/** What a zip holds, in bytes and files, with room for what it says of them. */
const LONGEST_ZIP = ZIP_LIMITS.bytes - 50_000_000;
const MOST_FILES = 65_000;

/** An attachment to be exported. */
interface Kept {
	readonly sha256: string;
	readonly mediaType: string;
	readonly blob: Blob;
}

/**
 * Put the conversation `only`, or everything, in a file called `name`, but for its ending. `message` says what is in it, and
 * what is not. Of one that cannot be read, its record is. Throws a `Refusal` where there is more than a file holds.
 */
export async function writeExport(
	{ database, library, attachments, keyRing, now }: Needs,
	{ only, name }: { readonly only: string | null; readonly name: string },
	progress: Progress,
): Promise<{ readonly file: ExportedFile; readonly message: string }> {
	if (only === null) await library.readAll();
	const held = keyRing.read();
	const ids = only === null ? library.summaries.map(({ id }) => id) : [only];
	const parts: Blob[] = [new Blob([exportStart(new Date(now()).toISOString())])];
	const named = new Set<string>();
	const [reading, finding, writing] = [0, 1, 2].map((nth) => progress.part(nth, 3)) as [Progress, Progress, Progress];
	let [unreadable, missing, written] = [0, 0, 0];
	for (const [place, id] of ids.entries()) {
		reading.step(place, ids.length);
		const loaded = await library.read(id);
		if (loaded.kind === 'unreadable' && loaded.raw !== null && only !== null) {
			const file = await writeUnreadable([[`conversation/${id}`, loaded.raw]], held, name);
			return { file, message: 'The conversation cannot be read: its record was exported as it is.' };
		}
		if (loaded.kind === 'unreadable') unreadable++;
		if (loaded.kind !== 'found') continue;
		const runs: KeptRun[] = [];
		const there = await idsBelow(database, `run/${id}/`);
		for (const one of new Set([...(await library.runs(id)).map(({ id }) => id), ...there])) {
			const run = await library.loadRun(id, one);
			if (run.kind === 'found') runs.push(run.value);
			else if (run.kind === 'unreadable') unreadable++;
		}
		// Of what was deleted meanwhile, some may have been read: it goes out whole, or not at all.
		if ((await library.read(id)).kind === 'missing') continue;
		const conversation = exported(loaded.value, runs, held);
		for (const sha256 of attachmentsOf(conversation)) named.add(sha256);
		// A blob each, which the browser can put on the disk: no text ever holds the whole file.
		parts.push(new Blob([written++ > 0 ? ',\n' : '', writeExported(conversation, held)]));
	}
	const found: Kept[] = [];
	for (const [place, sha256] of [...named].entries()) {
		finding.step(place, named.size);
		const blob = await attachments.blob(sha256);
		if (blob && (await isWhole(blob, sha256))) found.push({ sha256, blob, mediaType: await mediaTypeOf(blob) });
		else missing++;
	}
	const end = [new Blob([EXPORT_RECORDINGS])];
	let recordings = 0;
	const recorded =
		only === null
			? [...(await listRecordings(database)).map(({ id }) => id), ...(await idsBelow(database, 'recording/'))]
			: [];
	for (const id of new Set(recorded)) {
		progress.signal.throwIfAborted();
		const recording = await loadRecording(database, id);
		if (!recording) unreadable++;
		else end.push(new Blob([recordings++ > 0 ? ',\n' : '', writeExported(exportedRecording(recording), held)]));
	}
	end.push(new Blob([EXPORT_END]));
	const length = sizeOf([...parts, ...end]);
	const zipped = found.reduce((sum, { blob }) => sum + base64LengthOf(blob.size), length) > LONGEST_PLAIN;
	const blob = await (zipped ? zip(parts, found, end, writing) : plain(parts, found, end, writing));
	progress.signal.throwIfAborted();
	const message = [
		`Exported ${count(written, 'conversation')}${recordings > 0 ? ` and ${count(recordings, 'recording')}` : ''}.`,
		unreadable > 0 ? `${count(unreadable, 'record')} cannot be read and stayed out: see Settings.` : '',
		only === null && !library.complete ? 'The list of them cannot be read: there may be more.' : '',
		missing > 0 ? `${count(missing, 'attachment')} that they name could not be found.` : '',
		zipped && length > LONGEST_TEXT
			? `${tooLong(`The ${EXPORT_NAME} in it`)} Export the conversations one by one as well.`
			: '',
		keyRing.state.kind === 'locked'
			? 'Your key is locked, so nobody could look for it in there; what looks like a key is masked all the same.'
			: '',
	].join(' ');
	return { file: { name: `${name}.${zipped ? 'zip' : 'json'}`, blob }, message };
}

/** The ids in the keys that begin with `prefix`, also of records that no list has, since they cannot be read: they are to be told. */
async function idsBelow(database: Database, prefix: string): Promise<readonly string[]> {
	return (await database.read((records) => records.keys(prefix))).map((key) => key.slice(prefix.length));
}

/** The JSON file that `start` begins and `end` ends. */
async function plain(
	start: readonly Blob[],
	attachments: readonly Kept[],
	end: readonly Blob[],
	progress: Progress,
): Promise<Blob> {
	const written: Blob[] = [];
	for (const [place, { sha256, mediaType, blob }] of attachments.entries()) {
		progress.step(place, attachments.length);
		const data = toBase64(new Uint8Array(await blob.arrayBuffer()));
		written.push(new Blob([place > 0 ? ',\n' : '', writeAttachment(sha256, { mediaType, data })]));
	}
	return new Blob([...start, EXPORT_ATTACHMENTS, ...written, ...end], { type: 'application/json' });
}

/** The same with the attachments in files beside it, all in a zip. */
async function zip(
	start: readonly Blob[],
	attachments: readonly Kept[],
	end: readonly Blob[],
	progress: Progress,
): Promise<Blob> {
	const files = attachments.map((kept) => ({ ...kept, file: fileOf(kept) }));
	const written = files.map(({ sha256, mediaType, file }) => writeAttachment(sha256, { mediaType, file }));
	const text = new Blob([...start, EXPORT_ATTACHMENTS, written.join(',\n'), ...end]);
	const total = files.reduce((sum, { blob }) => sum + blob.size, text.size);
	if (total > LONGEST_ZIP || files.length > MOST_FILES)
		throw new Refusal(
			'There is more than one zip file holds, 4 GB or 65,000 attachments: export the conversations one by one.',
		);
	const writer = new ZipWriter();
	const onbytes = progress.bytes(total);
	await writer.add(EXPORT_NAME, text, true, onbytes);
	// Pictures and PDF are packed already.
	for (const { file, blob } of files) await writer.add(file, blob, false, onbytes);
	return writer.end();
}

/** Where an attachment lies in a zip, with an ending that other programs know it by. */
function fileOf({ sha256, mediaType }: Kept): string {
	const ending = [...IMAGE_TYPES, 'application/pdf'].includes(mediaType) ? `.${mediaType.split('/')[1]}` : '';
	return `attachments/${sha256}${ending}`;
}

/** Whether its bytes are still those that were kept: with others, nothing of the export could be imported. */
async function isWhole(blob: Blob, sha256: string): Promise<boolean> {
	try {
		return (await sha256Hex(new Uint8Array(await blob.arrayBuffer()))) === sha256;
	} catch {
		// The browser keeps them in a file of its own, which may be gone.
		return false;
	}
}

function writeAttachment(sha256: string, attachment: ExportedAttachment): string {
	return `${JSON.stringify(sha256)}: ${JSON.stringify(attachment)}`;
}

function sizeOf(blobs: readonly Blob[]): number {
	return blobs.reduce((sum, { size }) => sum + size, 0);
}
