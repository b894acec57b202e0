import { fromBase64, sha256Hex, takeApart, toBase64 } from '../model/attachment';
import { applyEdits } from '../model/edit';
import {
	attachmentsOf,
	contentOf,
	EXPORT_ATTACHMENTS,
	EXPORT_END,
	EXPORT_RECORDINGS,
	exported,
	exportedRecording,
	exportStart,
	importedRecording,
	readImport,
	writeExported,
	type ExportedConversation,
	type Import,
} from '../model/export-file';
import { recognise } from '../model/image-bytes';
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
	/** `done` of `total` steps; the last of them may be far longer than the first. */
	| { readonly kind: 'busy'; readonly doing: 'Exporting' | 'Importing'; readonly done: number; readonly total: number }
	| { readonly kind: 'ended'; readonly failed: boolean; readonly message: string };

/** A file to be saved under `name`. */
export interface ExportedFile {
	readonly name: string;
	readonly blob: Blob;
}

/** No browser reads a much longer file as one text. */
const LONGEST_FILE = 500_000_000;

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

	/** Put every conversation, with its edits that could not be saved, and every recording in one file. Null when it was cancelled or failed. */
	exportAll(): Promise<ExportedFile | null> {
		const day = new Date(this.#needs.now()).toISOString().slice(0, 10);
		const ids = this.#needs.library.summaries.map(({ id }) => id);
		return this.#export(ids, `messages-playground-${day}.json`, true);
	}

	/** Put one conversation in a file. Null when it was cancelled or failed. */
	exportOne(id: string): Promise<ExportedFile | null> {
		const title = this.#needs.library.summaries.find((summary) => summary.id === id)?.title ?? '';
		const words = title.match(/[\p{L}\p{M}\p{N}]+/gu)?.join('-') ?? 'conversation';
		return this.#export([id], `${words}.json`);
	}

	/**
	 * Take in exports, bare request bodies and bare `messages` arrays; all of them or, when one is not understood, nothing.
	 * Gives the ids of the conversations that are new here.
	 */
	async import(files: readonly Blob[]): Promise<readonly string[]> {
		const added = await this.#run('Importing', async (signal) => {
			const incoming: Incoming[] = [];
			const recordings: IncomingRecording[] = [];
			for (const file of files) {
				const read = await this.#read(file, signal);
				incoming.push(...read.conversations);
				recordings.push(...read.recordings);
			}
			const { taken, added } = await this.#takeIn(incoming, recordings, signal);
			this.#end(summaryOfImport(taken, recordings.length, added));
			return taken.filter(({ kind }) => kind === 'added' || kind === 'copied').map(({ summary }) => summary.id);
		});
		return added ?? [];
	}

	async #export(ids: readonly string[], name: string, everything = false): Promise<ExportedFile | null> {
		return this.#run('Exporting', async (signal) => {
			const { database, library, attachments, now } = this.#needs;
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
					else unreadable++;
				}
				const conversation = exported(loaded.value, runs);
				for (const sha256 of attachmentsOf(conversation)) named.add(sha256);
				// A blob each, which the browser can put on the disk: no text ever holds the whole file.
				parts.push(new Blob([written++ > 0 ? ',\n' : '', writeExported(conversation)]));
			}
			parts.push(new Blob([EXPORT_ATTACHMENTS]));
			let kept = 0;
			for (const [place, sha256] of [...named].entries()) {
				this.#step(place, named.size, signal);
				const blob = await attachments.blob(sha256);
				if (!blob) missing++;
				else parts.push(new Blob([kept++ > 0 ? ',\n' : '', await writeAttachment(sha256, blob)]));
			}
			parts.push(new Blob([EXPORT_RECORDINGS]));
			let recordings = 0;
			for (const { id } of everything ? await listRecordings(database) : []) {
				signal.throwIfAborted();
				const recording = await loadRecording(database, id);
				if (!recording) unreadable++;
				else parts.push(new Blob([recordings++ > 0 ? ',\n' : '', writeExported(exportedRecording(recording))]));
			}
			signal.throwIfAborted();
			const blob = new Blob([...parts, EXPORT_END], { type: 'application/json' });
			this.#end(
				[
					`Exported ${count(written, 'conversation')}${recordings > 0 ? ` and ${count(recordings, 'recording')}` : ''}.`,
					unreadable > 0 ? `${count(unreadable, 'record')} cannot be read and stayed out: see Settings.` : '',
					missing > 0 ? `${count(missing, 'attachment')} that they name could not be found.` : '',
					blob.size > LONGEST_FILE ? `${tooLong} Export the conversations one by one as well.` : '',
				].join(' '),
			);
			return { name, blob };
		});
	}

	/** Read a file and look at all of it, so that nothing is written of one that is not understood. */
	async #read(
		file: Blob,
		signal: AbortSignal,
	): Promise<{ conversations: readonly Incoming[]; recordings: readonly IncomingRecording[] }> {
		if (file.size > LONGEST_FILE) throw new Refusal(`${nameOf(file)}${tooLong}`);
		const content = readImport(await textOf(file));
		signal.throwIfAborted();
		if (content.kind === 'refused') throw new Refusal(`${nameOf(file)}${content.reason}`);
		if (content.kind === 'request') return { conversations: [await this.#fromRequest(content.text)], recordings: [] };
		return {
			conversations: await this.#fromExport(content, file, signal),
			recordings: await Promise.all(
				(content.recordings ?? []).map(async (recording) => ({
					recording: importedRecording(recording),
					mark: await shortHash(writeExported(recording)),
				})),
			),
		};
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
		signal: AbortSignal,
	): Promise<Incoming[]> {
		const blobs = new Map<string, Blob>();
		const all = Object.entries(attachments);
		for (const [place, [sha256, { data }]] of all.entries()) {
			this.#step(place, all.length, signal);
			const bytes = fromBase64(data);
			if (!bytes || (await sha256Hex(bytes)) !== sha256)
				throw new Refusal(`${nameOf(file)}attachments.${sha256}.data is not what its SHA-256 says.`);
			blobs.set(sha256, blobOf(bytes));
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

	#end(message: string): void {
		this.#phase = { kind: 'ended', failed: false, message: message.trim().replace(/ {2,}/g, ' ') };
	}
}

const tooLong = `The file is longer than the ${LONGEST_FILE / 1e6} MB that can be imported at once.`;

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

async function textOf(file: Blob): Promise<string> {
	try {
		return await file.text();
	} catch (error) {
		// A file that was moved, a folder, …: the browser says what it was.
		throw new Refusal(`${nameOf(file)}It cannot be read: ${String(error)}`);
	}
}

async function writeAttachment(sha256: string, blob: Blob): Promise<Blob> {
	const data = toBase64(new Uint8Array(await blob.arrayBuffer()));
	return new Blob([JSON.stringify(sha256), ': {"mediaType": ', JSON.stringify(blob.type), ', "data": "', data, '"}']);
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
