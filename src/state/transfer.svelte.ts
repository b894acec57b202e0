import { withoutKeys } from '../model/mask-keys';
import { count } from '../model/measures';
import { explainUnwritten, type News } from '../model/saved';
import type { Database } from '../store/database';
import { finishImport, importLock, takeBack, takeIn, type TakenIn } from '../store/import';
import { newsOf } from '../store/list';
import type { Attachments } from './attachments.svelte';
import type { Disk } from './disk.svelte';
import { writeExport, type ExportedFile } from './export-writer';
import { openImport, type Opened } from './import-opener';
import type { KeyRing } from './key-ring.svelte';
import type { Library } from './library.svelte';
import { Progress, Refusal } from './progress';

interface Needs {
	readonly database: Database;
	readonly library: Library;
	readonly attachments: Pick<Attachments, 'blob' | 'lookAgain'>;
	readonly keyRing: Pick<KeyRing, 'read' | 'state'>;
	readonly disk: Pick<Disk, 'protect'>;
	/** Tell other tabs that an import is under way; missing on pages without https. */
	readonly locks: Pick<LockManager, 'request'> | undefined;
	/** Remove those of these attachments that nothing names. */
	readonly clear: (attachments: readonly string[]) => Promise<void>;
	/** Find out anew what is to be decided of imports that were cut off: it stays, as far as this one has brought it, too. */
	readonly recount: () => Promise<void>;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly newId: () => string;
	/** Starts the worker that reads what comes in; the page's own unless it is given. */
	readonly startWorker?: () => Worker;
}

export type TransferPhase =
	| { readonly kind: 'idle' }
	/** `done` of `total` steps or bytes; the last of the steps may be far longer than the first. */
	| { readonly kind: 'busy'; readonly doing: 'Exporting' | 'Importing'; readonly done: number; readonly total: number }
	| { readonly kind: 'ended'; readonly failed: boolean; readonly message: string };

/** Takes conversations out of the page in a file, and into it. One at a time; what is asked for meanwhile waits for its turn. */
export class Transfer {
	#phase = $state.raw<TransferPhase>({ kind: 'idle' });
	/** Settles when what was last asked for has ended; null when it has. */
	#last: Promise<unknown> | null = null;
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
		const { library, keyRing } = this.#needs;
		const title = library.summaries.find((summary) => summary.id === id)?.title ?? '';
		const words =
			withoutKeys(title, keyRing.read())
				.match(/[\p{L}\p{M}\p{N}]+/gu)
				?.join('-') ?? 'conversation';
		return this.#export(id, words);
	}

	/**
	 * Take in exports, bare request bodies and bare `messages` arrays; all of them or, when one is not understood, nothing.
	 * Gives the ids of the conversations that are new here.
	 */
	async import(files: readonly Blob[]): Promise<readonly string[]> {
		const added = await this.#run('Importing', async (progress) => {
			const { database, keyRing, now, newId, startWorker, disk, locks } = this.#needs;
			const toRead = { files, held: keyRing.read(), now: now(), ids: files.map(newId) };
			const opened = await openImport(toRead, progress.part(0, 2), startWorker);
			const { recordings, notes } = opened;
			try {
				const id = newId();
				const takeIn = () => this.#takeIn(id, opened, progress.part(1, 2));
				const { taken, added } = await (locks ? locks.request(importLock(database, id), takeIn) : takeIn());
				void disk.protect();
				await this.#needs.recount();
				this.#end([summaryOfImport(taken, recordings.length, added), ...notes].join(' '));
				return taken.filter(({ kind }) => kind === 'added' || kind === 'copied').map(({ summary }) => summary.id);
			} finally {
				opened.close();
			}
		});
		return added ?? [];
	}

	#export(only: string | null, name: string): Promise<ExportedFile | null> {
		return this.#run('Exporting', async (progress) => {
			const { file, message } = await writeExport(this.#needs, { only, name }, progress);
			this.#end(message);
			return file;
		});
	}

	async #takeIn(
		id: string,
		{ count: total, recordings, next }: Opened,
		progress: Progress,
	): Promise<{ taken: readonly TakenIn[]; added: number }> {
		const { database, library, attachments } = this.#needs;
		// What is compared with what comes in must be on the disk.
		await library.flush();
		const taken: TakenIn[] = [];
		let added: readonly string[];
		try {
			for (let part = 0; taken.length < total; part++) {
				progress.step(taken.length, total);
				const result = await takeIn(database, await next(), id, part);
				if (result.kind !== 'taken') throw new Refusal(explainUnwritten(result));
				taken.push(...result.taken);
			}
			progress.signal.throwIfAborted();
			const result = await finishImport(database, id, recordings);
			if (result.kind !== 'taken') throw new Refusal(explainUnwritten(result));
			added = result.added;
		} catch (error) {
			const back = await takeBack(database, id);
			const news = await this.#lookUp([...back.news.map((one) => one.id), ...this.#untold(taken)]);
			if (news.length > 0) library.announce(news);
			// Nobody waits for it: what cannot be removed now goes when nothing has named it for a day.
			if (back.attachments.length > 0) void this.#needs.clear(back.attachments).catch(() => undefined);
			if (progress.signal.aborted && !back.rest) throw error;
			const whys = [
				...(progress.signal.aborted ? [] : [messageOf(error)]),
				...(back.rest ? [explainUnwritten(back.rest)] : []),
			];
			const what = back.rest ? 'What had come in by then could not be removed.' : 'Nothing was imported.';
			// What keeps it from being written may keep it from being removed, and is told once.
			throw new Refusal([what, ...new Set(whys)].join(' '));
		}
		if (taken.some((one) => one.attachments.length > 0)) attachments.lookAgain();
		const [fresh, here] = [taken.filter(isNew), taken.filter((one) => !isNew(one))];
		const news = fresh.map(({ summary }) => ({ id: summary.id, summary }));
		library.announce([...news, ...(await this.#lookUp(this.#untold(here)))]);
		return { taken, added: added.length };
	}

	/** The ids of what is listed otherwise, or not at all: another import may have brought it, too, and told nobody yet. */
	#untold(taken: readonly TakenIn[]): readonly string[] {
		const listed = new Map(this.#needs.library.summaries.map(({ id, runs }) => [id, runs]));
		return taken.map(({ summary }) => summary).flatMap(({ id, runs }) => (listed.get(id) === runs ? [] : [id]));
	}

	/** What the disk says of these conversations now; nothing where it cannot be read: the next visit lists them. */
	async #lookUp(ids: readonly string[]): Promise<readonly News[]> {
		return ids.length > 0 ? newsOf(this.#needs.database, [...new Set(ids)]).catch(() => []) : [];
	}

	#run<T>(doing: 'Exporting' | 'Importing', steps: (progress: Progress) => Promise<T>): Promise<T | null> {
		const start = () => this.#do(doing, steps);
		const run = this.#last ? this.#last.then(start) : start();
		this.#last = run;
		void run.finally(() => {
			if (this.#last === run) this.#last = null;
		});
		return run;
	}

	async #do<T>(doing: 'Exporting' | 'Importing', steps: (progress: Progress) => Promise<T>): Promise<T | null> {
		const current = (this.#current = new AbortController());
		this.#phase = { kind: 'busy', doing, done: 0, total: 0 };
		const progress = new Progress(current.signal, (done, total) => {
			this.#phase = { kind: 'busy', doing, done, total };
		});
		try {
			return await steps(progress);
		} catch (error) {
			if (current.signal.aborted && !(error instanceof Refusal)) this.#phase = { kind: 'idle' };
			else this.#phase = { kind: 'ended', failed: true, message: messageOf(error) };
			return null;
		} finally {
			this.#current = null;
		}
	}

	#end(message: string): void {
		this.#phase = { kind: 'ended', failed: false, message: message.trim().replace(/ {2,}/g, ' ') };
	}
}

/** Whether something of it was not here before. */
function isNew({ kind }: TakenIn): boolean {
	return kind !== 'present';
}

function messageOf(error: unknown): string {
	return error instanceof Refusal ? error.message : `Something went wrong: ${String(error)}`;
}

function summaryOfImport(taken: readonly TakenIn[], recordings: number, fresh: number): string {
	const many = (kind: TakenIn['kind']) => taken.filter((one) => one.kind === kind).length;
	const [added, copied, merged, present] = [many('added'), many('copied'), many('merged'), many('present')];
	/** Those of new conversations go without saying. */
	const attachments = taken
		.filter(({ kind }) => kind === 'merged' || kind === 'present')
		.flatMap((one) => one.attachments);
	const parts = [
		added + copied > 0 ? `Imported ${count(added + copied, 'conversation')}` : '',
		copied > 0 ? `${copied} of them beside another version that was here` : '',
		merged > 0 ? `added runs to ${count(merged, 'conversation')}` : '',
		present > 0 ? `${count(present, 'conversation')} ${present === 1 ? 'was' : 'were'} here already` : '',
		attachments.length > 0 ? `added ${count(attachments.length, 'attachment')}` : '',
		fresh > 0 ? `${taken.length > 0 ? 'added ' : 'imported '}${count(fresh, 'recording')}` : '',
		recordings > fresh ? `${count(recordings - fresh, 'recording')} here already` : '',
	].filter(Boolean);
	const sentence = parts.join('; ') || 'There are no conversations in it';
	return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
