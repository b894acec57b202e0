import { fromBase64, sha256Hex, takeApart } from '../model/attachment';
import { applyEdits } from '../model/edit';
import {
	attachmentsOf,
	contentOf,
	EXPORT_NAME,
	importedRecording,
	readImport,
	writeExported,
	type ExportedConversation,
	type Import,
} from '../model/export-file';
import { recognise } from '../model/image-bytes';
import { maskKeys } from '../model/mask-keys';
import { titleOf } from '../model/title';
import type { Incoming } from '../store/import';
import type { IncomingRecording } from '../store/recordings';
import { Refusal, type Progress } from './progress';
import { isZip, ZipReader, type Unpacked } from './zip';

/** What is to be read, as it crosses to a worker. */
export interface ToRead {
	readonly files: readonly Blob[];
	/** The user's own key, which is not taken in, whatever it looks like. */
	readonly held: string | null;
	/** In milliseconds since 1970: when a bare request counts as made. */
	readonly now: number;
	/** For each file the id of the conversation that it becomes, should it be a bare request. */
	readonly ids: readonly string[];
}

/** No browser reads a much longer file as one text, in bytes. */
export const LONGEST_TEXT = 500_000_000;

/** What files turned out to hold. */
export interface Understood {
	readonly conversations: readonly Incoming[];
	readonly recordings: readonly IncomingRecording[];
	/** What is different from what is in them, as sentences. */
	readonly notes: readonly string[];
}

/** Conversations that are handed on, and written, together. */
export type Part = readonly Incoming[];

/** About so many characters and bytes are, … */
const LONGEST_PART = 500_000;
/** … and so many conversations: few enough that neither the page nor anybody who saves has to wait for long. */
const MOST_IN_PART = 50;

/** What a file to import holds: its text, and what gives the files that lie beside it, if it came in a zip. */
interface Held {
	readonly text: string;
	readonly beside: ((name: string) => Promise<Unpacked>) | null;
}

/**
 * Read files and look at all that is in them, so that nothing is written when one is not understood. Throws a `Refusal`
 * that says which and why. The work of long files takes seconds: see `openImport`.
 */
export async function readImportFiles(toRead: ToRead, progress: Progress): Promise<Understood> {
	try {
		return await readAll(toRead, progress);
	} catch (error) {
		// A file's name may hold a key, too.
		throw error instanceof Refusal ? new Refusal(maskKeys(error.message, toRead.held)) : error;
	}
}

async function readAll(toRead: ToRead, progress: Progress): Promise<Understood> {
	const conversations: Incoming[] = [];
	const recordings: IncomingRecording[] = [];
	const notes = new Set<string>();
	for (const [place, file] of toRead.files.entries()) {
		const part = progress.part(place, toRead.files.length);
		const { text, beside } = await open(file, part);
		const content = readKeyless(text, toRead.held, notes);
		progress.signal.throwIfAborted();
		if (content.kind === 'refused') throw new Refusal(`${nameOf(file)}${content.reason}`);
		if (content.kind === 'request') {
			conversations.push(await fromRequest(content.text, toRead.ids[place]!, toRead.now)); // there is one for each
			continue;
		}
		for (const conversation of await fromExport(content, file, beside, part)) conversations.push(conversation);
		for (const recording of content.recordings ?? [])
			recordings.push({
				recording: importedRecording(recording),
				mark: await shortHash(writeExported(recording)),
			});
	}
	return { conversations, recordings, notes: [...notes] };
}

/** The conversations in parts of bounded length, but for a conversation that is longer by itself. */
export function* partsOf(conversations: readonly Incoming[]): Generator<Part, undefined> {
	let part: Incoming[] = [];
	let length = 0;
	for (const one of conversations) {
		part.push(one);
		length += lengthOf(one);
		if (length < LONGEST_PART && part.length < MOST_IN_PART) continue;
		yield part;
		part = [];
		length = 0;
	}
	if (part.length > 0) yield part;
}

function lengthOf({ conversation: { text, runs }, attachments }: Incoming): number {
	const chunks = runs.flatMap((run) => run.chunks).map((chunk) => ('text' in chunk ? chunk.text : chunk.base64));
	const texts = [text, ...runs.map(({ request }) => request.text), ...chunks];
	return [...texts.map(({ length }) => length), ...[...attachments.values()].map(({ size }) => size)].reduce(
		(sum, length) => sum + length,
	);
}

/** What is in a file, without the keys that somebody left in it: they would be saved with it. */
function readKeyless(text: string, held: string | null, notes: Set<string>): Import {
	const content = readImport(text);
	const masked = content.kind === 'refused' ? text : maskKeys(text, held);
	if (masked === text) return content;
	notes.add('What looks like an API key in it was shortened to its last four characters.');
	return readImport(masked);
}

/** The text of a file to import, or of the one in a zip, and what gives the files that lie beside it. */
async function open(file: Blob, progress: Progress): Promise<Held> {
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
	const onbytes = progress.bytes(zip.names.reduce((sum, name) => sum + zip.sizeOf(name), 0));
	const unpack = (name: string) => readable(file, zip.unpack(name, onbytes), progress.signal);
	const document = await unpack(path);
	if (document.kind !== 'unpacked') throw new Refusal(`${nameOf(file)}${whyNot(document, path)}`);
	return { text: await document.content.text(), beside: (name) => unpack(`${folder}${name}`) };
}

async function fromRequest(whole: string, id: string, now: number): Promise<Incoming> {
	const { edits, attachments } = await takeApart(whole);
	const text = applyEdits(whole, edits);
	const at = new Date(now).toISOString();
	return {
		conversation: {
			id,
			title: titleFor(text),
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

async function fromExport(
	{ conversations, attachments }: Import & { kind: 'export' },
	file: Blob,
	beside: Held['beside'],
	progress: Progress,
): Promise<Incoming[]> {
	const blobs = new Map<string, Blob>();
	const all = Object.entries(attachments);
	for (const [place, [sha256, attachment]] of all.entries()) {
		progress.signal.throwIfAborted();
		if ('data' in attachment) {
			progress.step(place, all.length);
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
		conversations.map(withTitle).map(async (conversation) => ({
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

/** One without a title gets that of its text: in the list, there would be nothing to call it by. */
function withTitle(conversation: ExportedConversation): ExportedConversation {
	return conversation.title.trim() === ''
		? { ...conversation, title: titleFor(conversation.text), named: false }
		: conversation;
}

function titleFor(text: string): string {
	return titleOf(text) ?? 'Imported request';
}

/** Say that `what` is too long. */
export function tooLong(what: string): string {
	return `${what} is longer than the ${LONGEST_TEXT / 1e6} MB that can be imported at once.`;
}

function whyNot(unpacked: Exclude<Unpacked, { kind: 'unpacked' }>, name: string): string {
	return unpacked.kind === 'missing' ? `${name} is not in the zip.` : unpacked.reason;
}

function nameOf(file: Blob): string {
	return file instanceof File && file.name ? `“${file.name}” was not imported. ` : 'Nothing was imported. ';
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

/** What an attachment is by its bytes, of which the first few tell; as it was kept, when they do not. */
export async function mediaTypeOf(blob: Blob): Promise<string> {
	return recognise(new Uint8Array(await blob.slice(0, 512).arrayBuffer()))?.mediaType ?? blob.type;
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
