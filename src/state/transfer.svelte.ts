import { fromBase64, sha256Hex, takeApart, toBase64 } from '../model/attachment';
import { applyEdits } from '../model/edit';
import {
	attachmentsOf,
	contentOf,
	EXPORT_ATTACHMENTS,
	EXPORT_END,
	EXPORT_NAME,
	EXPORT_RECORDINGS,
	exported,
	exportedRecording,
	exportStart,
	importedRecording,
	readImport,
	writeExported,
	type ExportedAttachment,
	type ExportedConversation,
	type Import,
} from '../model/export-file';
import { base64LengthOf, IMAGE_TYPES } from '../model/image';
import { recognise } from '../model/image-bytes';
import { maskKeys } from '../model/key';
import { explainUnwritten, type KeptRun } from '../model/saved';
import { titleOf } from '../model/title';
import type { Database } from '../store/database';
import { takeBack, takeIn, type Incoming, type TakenIn } from '../store/import';
import {
	listRecordings,
	loadRecording,
	removeRecordings,
	takeInRecordings,
	type IncomingRecording,
} from '../store/recordings';
import type { Attachments } from './attachments.svelte';
import type { Library } from './library.svelte';
import { isZip, ZIP_LIMITS, ZipReader, ZipWriter, type Unpacked } from './zip';

interface Needs {
	readonly database: Database;
	readonly library: Library;
	readonly attachments: Pick<Attachments, 'blob'>;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly newId: () => string;
}

export type TransferPhase =
	| { readonly kind: 'idle' }
	/** `done` of `total` steps or bytes; the last of the steps may be far longer than the first. */
	| { readonly kind: 'busy'; readonly doing: 'Exporting' | 'Importing'; readonly done: number; readonly total: number }
	| { readonly kind: 'ended'; readonly failed: boolean; readonly message: string };

/** A file to be saved under `name`. */
export interface ExportedFile {
	readonly name: string;
	readonly blob: Blob;
}

/** No browser reads a much longer file as one text, in bytes. */
const LONGEST_TEXT = 500_000_000;
/** A longer export, in bytes, is a zip: smaller by a third, and its pictures can be looked at. */
const LONGEST_PLAIN = 25_000_000;

/** Why the transfer ends here, as sentences for the user. */
class Refusal extends Error {}

/** Takes conversations out of the page in a file, and into it. One at a time; what was asked for meanwhile is not done. */
export class Transfer {
	#phase = $state.raw<TransferPhase>({ kind: 'idle' });
	#current: AbortController | null = null;
	readonly #needs: Needs;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	get phase(): TransferPhase {
		return this.#phase;
	}

	/** Give up what is under way: an import leaves nothing behind. */
	cancel(): void {
		this.#current?.abort();
	}

	/** Let go of the message about what has ended. */
	dismiss(): void {
		if (this.#phase.kind === 'ended') this.#phase = { kind: 'idle' };
	}

	/**
	 * Put every conversation, with its edits that could not be saved, and every recording in one file: JSON or, where that
	 * would be long, a zip of it and the attachments. Null when it was cancelled or failed.
	 */
	exportAll(): Promise<ExportedFile | null> {
		const day = new Date(this.#needs.now()).toISOString().slice(0, 10);
		return this.#export(null, `messages-playground-${day}`);
	}

	/** Put one conversation in a file. Null when it was cancelled or failed. */
	exportOne(id: string): Promise<ExportedFile | null> {
		const title = this.#needs.library.summaries.find((summary) => summary.id === id)?.title ?? '';
		const words = title.match(/[\p{L}\p{M}\p{N}]+/gu)?.join('-') ?? 'conversation';
		return this.#export(id, words);
	}

	/**
	 * Take in exports, bare request bodies and bare `messages` arrays; all of them or, when one is not understood, nothing.
	 * Gives the ids of the conversations that are new here.
	 */
	async import(files: readonly Blob[]): Promise<readonly string[]> {
		const added = await this.#run('Importing', async (signal) => {
			const incoming: Incoming[] = [];
			const notes = new Set<string>();
			const recordings: IncomingRecording[] = [];
			for (const file of files) {
				const read = await this.#read(file, notes, signal);
				incoming.push(...read.conversations);
				recordings.push(...read.recordings);
			}
			const { taken, added } = await this.#takeIn(incoming, recordings, signal);
			this.#end([summaryOfImport(taken, recordings.length, added), ...notes].join(' '));
			return taken.filter(({ kind }) => kind === 'added' || kind === 'copied').map(({ summary }) => summary.id);
		});
		return added ?? [];
	}

	/** Put the conversation `only`, or everything, in a file. */
	async #export(only: string | null, name: string): Promise<ExportedFile | null> {
		return this.#run('Exporting', async (signal) => {
			const { database, library, attachments, now } = this.#needs;
			if (only === null) await library.readAll();
			const ids = only === null ? library.summaries.map(({ id }) => id) : [only];
			const parts: Blob[] = [new Blob([exportStart(new Date(now()).toISOString())])];
			const named = new Set<string>();
			let [unreadable, missing, written] = [0, 0, 0];
			for (const [place, id] of ids.entries()) {
				this.#step(place, ids.length, signal);
				const loaded = await library.read(id);
				if (loaded.kind === 'unreadable') unreadable++;
				if (loaded.kind !== 'found') continue;
				const runs: KeptRun[] = [];
				for (const head of await library.runs(id)) {
					const run = await library.loadRun(id, head.id);
					if (run.kind === 'found') runs.push(run.value);
					else if (run.kind === 'unreadable') unreadable++;
				}
				// Of what was deleted meanwhile, some may have been read: it goes out whole, or not at all.
				if ((await library.read(id)).kind === 'missing') continue;
				const conversation = exported(loaded.value, runs);
				for (const sha256 of attachmentsOf(conversation)) named.add(sha256);
				// A blob each, which the browser can put on the disk: no text ever holds the whole file.
				parts.push(new Blob([written++ > 0 ? ',\n' : '', writeExported(conversation)]));
			}
			const found: Kept[] = [];
			for (const [place, sha256] of [...named].entries()) {
				this.#step(place, named.size, signal);
				const blob = await attachments.blob(sha256);
				if (blob) found.push({ sha256, blob, mediaType: await mediaTypeOf(blob) });
				else missing++;
			}
			const end = [new Blob([EXPORT_RECORDINGS])];
			let recordings = 0;
			for (const { id } of only === null ? await listRecordings(database) : []) {
				signal.throwIfAborted();
				const recording = await loadRecording(database, id);
				if (!recording) unreadable++;
				else end.push(new Blob([recordings++ > 0 ? ',\n' : '', writeExported(exportedRecording(recording))]));
			}
			end.push(new Blob([EXPORT_END]));
			const length = sizeOf([...parts, ...end]);
			const zipped = found.reduce((sum, { blob }) => sum + base64LengthOf(blob.size), length) > LONGEST_PLAIN;
			const blob = await (zipped ? this.#zip(parts, found, end, signal) : this.#plain(parts, found, end, signal));
			signal.throwIfAborted();
			this.#end(
				[
					`Exported ${count(written, 'conversation')}${recordings > 0 ? ` and ${count(recordings, 'recording')}` : ''}.`,
					unreadable > 0 ? `${count(unreadable, 'record')} cannot be read and stayed out: see Settings.` : '',
					only === null && !library.complete ? 'The list of them cannot be read: there may be more.' : '',
					missing > 0 ? `${count(missing, 'attachment')} that they name could not be found.` : '',
					zipped && length > LONGEST_TEXT
						? `${tooLong(`The ${EXPORT_NAME} in it`)} Export the conversations one by one as well.`
						: '',
				].join(' '),
			);
			return { name: `${name}.${zipped ? 'zip' : 'json'}`, blob };
		});
	}

	/** The JSON file that `start` begins and `end` ends. */
	async #plain(
		start: readonly Blob[],
		attachments: readonly Kept[],
		end: readonly Blob[],
		signal: AbortSignal,
	): Promise<Blob> {
		const written: Blob[] = [];
		for (const [place, { sha256, mediaType, blob }] of attachments.entries()) {
			this.#step(place, attachments.length, signal);
			const data = toBase64(new Uint8Array(await blob.arrayBuffer()));
			written.push(new Blob([place > 0 ? ',\n' : '', writeAttachment(sha256, { mediaType, data })]));
		}
		return new Blob([...start, EXPORT_ATTACHMENTS, ...written, ...end], { type: 'application/json' });
	}

	/** The same with the attachments in files beside it, all in a zip. */
	async #zip(
		start: readonly Blob[],
		attachments: readonly Kept[],
		end: readonly Blob[],
		signal: AbortSignal,
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
		const onbytes = this.#bytes(total, signal);
		await writer.add(EXPORT_NAME, text, true, onbytes);
		// Pictures and PDF are packed already.
		for (const { file, blob } of files) await writer.add(file, blob, false, onbytes);
		return writer.end();
	}

	/** Read a file and look at all of it, so that nothing is written of one that is not understood. `notes` says what is different. */
	async #read(file: Blob, notes: Set<string>, signal: AbortSignal): Promise<Understood> {
		const { text, beside } = await this.#open(file, signal);
		const content = readImport(text);
		signal.throwIfAborted();
		if (content.kind === 'refused') throw new Refusal(`${nameOf(file)}${content.reason}`);
		if (content.kind === 'export')
			return {
				conversations: await this.#fromExport(content, file, beside, signal),
				recordings: await Promise.all(
					(content.recordings ?? []).map(async (recording) => ({
						recording: importedRecording(recording),
						mark: await shortHash(writeExported(recording)),
					})),
				),
			};
		// A key that somebody left in it would be saved with it.
		const masked = maskKeys(content.text);
		if (masked !== content.text)
			notes.add('What looks like an API key in it was shortened to its last four characters.');
		return { conversations: [await this.#fromRequest(masked)], recordings: [] };
	}

	/** The text of a file to import, or of the one in a zip, and what gives the files that lie beside it. */
	async #open(file: Blob, signal: AbortSignal): Promise<Held> {
		if (!(await readable(file, isZip(file)))) {
			if (file.size > LONGEST_TEXT) throw new Refusal(`${nameOf(file)}${tooLong('The file')}`);
			return { text: await readable(file, file.text()), beside: null };
		}
		const opened = await readable(file, ZipReader.open(file));
		if (opened.kind === 'damaged') throw new Refusal(`${nameOf(file)}${opened.reason}`);
		const { zip } = opened;
		// Whoever packs it anew may pack the folder it was unpacked to.
		const path = zip.names.find((name) => name === EXPORT_NAME || name.endsWith(`/${EXPORT_NAME}`));
		if (path === undefined) throw new Refusal(`${nameOf(file)}There is no ${EXPORT_NAME} in the zip.`);
		if (zip.sizeOf(path) > LONGEST_TEXT) throw new Refusal(`${nameOf(file)}${tooLong(`The ${EXPORT_NAME} in it`)}`);
		const folder = path.slice(0, -EXPORT_NAME.length);
		const onbytes = this.#bytes(
			zip.names.reduce((sum, name) => sum + zip.sizeOf(name), 0),
			signal,
		);
		const unpack = (name: string) => readable(file, zip.unpack(name, onbytes), signal);
		const document = await unpack(path);
		if (document.kind !== 'unpacked') throw new Refusal(`${nameOf(file)}${whyNot(document, path)}`);
		return { text: await document.content.text(), beside: (name) => unpack(`${folder}${name}`) };
	}

	async #fromRequest(whole: string): Promise<Incoming> {
		const { edits, attachments } = await takeApart(whole);
		const text = applyEdits(whole, edits);
		const at = new Date(this.#needs.now()).toISOString();
		return {
			conversation: {
				id: this.#needs.newId(),
				title: titleOf(text) ?? 'Imported request',
				named: false,
				pinned: false,
				createdAt: at,
				changedAt: at,
				apiVersion: '2023-06-01',
				headers: [],
				target: { kind: 'simulated' },
				text,
				runs: [],
			},
			attachments: new Map([...attachments].map(([sha256, bytes]) => [sha256, blobOf(bytes)])),
			mark: '',
		};
	}

	async #fromExport(
		{ conversations, attachments }: Import & { kind: 'export' },
		file: Blob,
		beside: Held['beside'],
		signal: AbortSignal,
	): Promise<Incoming[]> {
		const blobs = new Map<string, Blob>();
		const all = Object.entries(attachments);
		for (const [place, [sha256, attachment]] of all.entries()) {
			signal.throwIfAborted();
			if ('data' in attachment) {
				this.#step(place, all.length, signal);
				const bytes = fromBase64(attachment.data);
				if (!bytes || (await sha256Hex(bytes)) !== sha256)
					throw new Refusal(`${nameOf(file)}attachments.${sha256}.data is not what its SHA-256 says.`);
				blobs.set(sha256, blobOf(bytes));
			} else {
				if (!beside)
					throw new Refusal(`${nameOf(file)}Its attachments are in files beside it: import the zip that it came in.`);
				const unpacked = await beside(attachment.file);
				if (unpacked.kind !== 'unpacked') throw new Refusal(`${nameOf(file)}${whyNot(unpacked, attachment.file)}`);
				const { content } = unpacked;
				if ((await sha256Hex(new Uint8Array(await content.arrayBuffer()))) !== sha256)
					throw new Refusal(`${nameOf(file)}${attachment.file} is not what its SHA-256 says.`);
				// A part of the zip as it lies on the disk: nothing of it stays in memory.
				blobs.set(sha256, content.slice(0, content.size, await mediaTypeOf(content)));
			}
		}
		return Promise.all(
			conversations.map(async (conversation) => ({
				conversation,
				attachments: new Map(
					attachmentsOf(conversation).flatMap((sha256) => {
						const blob = blobs.get(sha256);
						return blob ? [[sha256, blob] as const] : [];
					}),
				),
				mark: await markOf(conversation),
			})),
		);
	}

	async #takeIn(
		incoming: readonly Incoming[],
		recordings: readonly IncomingRecording[],
		signal: AbortSignal,
	): Promise<{ taken: readonly TakenIn[]; added: number }> {
		const { database, library } = this.#needs;
		// What is compared with what comes in must be on the disk.
		await library.flush();
		const taken: TakenIn[] = [];
		let added: readonly string[] = [];
		try {
			for (const [place, one] of incoming.entries()) {
				this.#step(place, incoming.length, signal);
				const result = await takeIn(database, one);
				if (result.kind === 'full' || result.kind === 'failed') throw new Refusal(explainUnwritten(result));
				taken.push(result);
			}
			const result = await takeInRecordings(database, recordings);
			if (result.kind !== 'taken') throw new Refusal(explainUnwritten(result));
			added = result.added;
			signal.throwIfAborted();
		} catch (error) {
			const gone = await removeRecordings(database, added);
			if (gone.kind !== 'removed') throw new Refusal(`${messageOf(error)} ${explainUnwritten(gone)}`);
			// The last first: it may have gone into what came before it.
			for (const one of taken.toReversed()) {
				const back = await takeBack(database, one);
				if (back.kind === 'full' || back.kind === 'failed')
					throw new Refusal(`${messageOf(error)} ${explainUnwritten(back)}`);
				if (back.kind === 'left') library.announce(one.summary.id, one.summary);
			}
			throw error;
		}
		for (const { kind, summary } of taken) if (kind !== 'present') library.announce(summary.id, summary);
		return { taken, added: added.length };
	}

	async #run<T>(doing: 'Exporting' | 'Importing', steps: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
		if (this.#current) return null;
		const current = (this.#current = new AbortController());
		this.#phase = { kind: 'busy', doing, done: 0, total: 0 };
		try {
			return await steps(current.signal);
		} catch (error) {
			if (current.signal.aborted && !(error instanceof Refusal)) this.#phase = { kind: 'idle' };
			else this.#phase = { kind: 'ended', failed: true, message: messageOf(error) };
			return null;
		} finally {
			this.#current = null;
		}
	}

	#step(done: number, total: number, signal: AbortSignal): void {
		signal.throwIfAborted();
		if (this.#phase.kind === 'busy') this.#phase = { ...this.#phase, done, total };
	}

	/** Counts up to `total` bytes, and ends what has been cancelled. */
	#bytes(total: number, signal: AbortSignal): (bytes: number) => void {
		let done = 0;
		return (bytes) => this.#step((done += bytes), total, signal);
	}

	#end(message: string): void {
		this.#phase = { kind: 'ended', failed: false, message: message.trim().replace(/ {2,}/g, ' ') };
	}
}

/** What a file turned out to hold. */
interface Understood {
	readonly conversations: readonly Incoming[];
	readonly recordings: readonly IncomingRecording[];
}

/** What a file to import holds: its text, and what gives the files that lie beside it, if it came in a zip. */
interface Held {
	readonly text: string;
	readonly beside: ((name: string) => Promise<Unpacked>) | null;
}

/** An attachment to be exported. */
interface Kept {
	readonly sha256: string;
	readonly mediaType: string;
	readonly blob: Blob;
}

/** What a zip holds, in bytes and files, with room for what it says of them. */
const LONGEST_ZIP = ZIP_LIMITS.bytes - 50_000_000;
const MOST_FILES = 65_000;

function tooLong(what: string): string {
	return `${what} is longer than the ${LONGEST_TEXT / 1e6} MB that can be imported at once.`;
}

/** Where an attachment lies in a zip, with an ending that other programs know it by. */
function fileOf({ sha256, mediaType }: Kept): string {
	const ending = [...IMAGE_TYPES, 'application/pdf'].includes(mediaType) ? `.${mediaType.split('/')[1]}` : '';
	return `attachments/${sha256}${ending}`;
}

function whyNot(unpacked: Exclude<Unpacked, { kind: 'unpacked' }>, name: string): string {
	return unpacked.kind === 'missing' ? `${name} is not in the zip.` : unpacked.reason;
}

function nameOf(file: Blob): string {
	return file instanceof File && file.name ? `“${file.name}” was not imported. ` : 'Nothing was imported. ';
}

function messageOf(error: unknown): string {
	return error instanceof Refusal ? error.message : `Something went wrong: ${String(error)}`;
}

function summaryOfImport(taken: readonly TakenIn[], recordings: number, fresh: number): string {
	const many = (kind: TakenIn['kind']) => taken.filter((one) => one.kind === kind).length;
	const [added, copied, merged, present] = [many('added'), many('copied'), many('merged'), many('present')];
	const parts = [
		added + copied > 0 ? `Imported ${count(added + copied, 'conversation')}` : '',
		copied > 0 ? `${copied} of them beside another version that was here` : '',
		merged > 0 ? `added runs to ${count(merged, 'conversation')}` : '',
		present > 0 ? `${count(present, 'conversation')} ${present === 1 ? 'was' : 'were'} here already` : '',
		fresh > 0 ? `${taken.length > 0 ? 'added ' : 'imported '}${count(fresh, 'recording')}` : '',
		recordings > fresh ? `${count(recordings - fresh, 'recording')} here already` : '',
	].filter(Boolean);
	const sentence = parts.join('; ') || 'There are no conversations in it';
	return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What reading `file` gives, unless the browser cannot, or was told not to. */
async function readable<T>(file: Blob, reading: Promise<T>, signal?: AbortSignal): Promise<T> {
	try {
		return await reading;
	} catch (error) {
		signal?.throwIfAborted();
		// A file that was moved, a folder, …: the browser says what it was.
		throw new Refusal(`${nameOf(file)}It cannot be read: ${String(error)}`);
	}
}

function writeAttachment(sha256: string, attachment: ExportedAttachment): string {
	return `${JSON.stringify(sha256)}: ${JSON.stringify(attachment)}`;
}

/** What an attachment is by its bytes, of which the first few tell; as it was kept, when they do not. */
async function mediaTypeOf(blob: Blob): Promise<string> {
	return recognise(new Uint8Array(await blob.slice(0, 512).arrayBuffer()))?.mediaType ?? blob.type;
}

function sizeOf(blobs: readonly Blob[]): number {
	return blobs.reduce((sum, { size }) => sum + size, 0);
}

function blobOf(bytes: Uint8Array<ArrayBuffer>): Blob {
	return new Blob([bytes], { type: recognise(bytes)?.mediaType ?? '' });
}

function markOf(conversation: ExportedConversation): Promise<string> {
	return shortHash(contentOf(conversation));
}

async function shortHash(text: string): Promise<string> {
	return (await sha256Hex(new TextEncoder().encode(text))).slice(0, 8);
}
