import type { IncomingRecording } from '../store/recordings';
import workerUrl from './import.worker?worker&url';
import { partsOf, readImportFiles, type Part, type ToRead, type Understood } from './import-reader';
import { Refusal, type Progress } from './progress';
import { WorkerFailure, workerStarter } from './start-worker';

/** What is said to the worker first, and then, as often as there are parts. */
export type Question = { readonly kind: 'read'; readonly toRead: ToRead } | { readonly kind: 'next' };
/** What the worker says. */
export type Answer =
	| { readonly kind: 'progress'; readonly done: number; readonly total: number }
	| Understanding
	| Next
	/** A file is not understood, … */
	| { readonly kind: 'refused'; readonly reason: string }
	/** … or something else went wrong. */
	| { readonly kind: 'failed'; readonly reason: string };
type Understanding = { readonly kind: 'understood'; readonly count: number } & Omit<Understood, 'conversations'>;
interface Next {
	readonly kind: 'part';
	readonly part: Part;
}

/** Files that were read and understood. */
export interface Opened {
	/** How many conversations are in them, … */
	readonly count: number;
	/** … which this gives part by part; none after the last. */
	readonly next: () => Promise<Part>;
	readonly recordings: readonly IncomingRecording[];
	/** What is different from what is in the files, as sentences. */
	readonly notes: readonly string[];
	/** Let go of the files. */
	readonly close: () => void;
}

const ownWorker = workerStarter('import-worker', workerUrl);

/**
 * Read files that are to be imported, in a worker: a browser reads JSON in one go, and for hundreds of megabytes that
 * takes seconds. Where no worker can be started, the page does it itself. Throws a `Refusal` when one of them is not
 * understood and, at whatever moment that is, what it was cancelled with.
 */
export async function openImport(
	toRead: ToRead,
	progress: Progress,
	startWorker: () => Worker = ownWorker,
): Promise<Opened> {
	try {
		return await openInWorker(toRead, progress, startWorker);
	} catch (error) {
		if (!(error instanceof WorkerFailure)) throw error;
	}
	const { conversations, ...rest } = await readImportFiles(toRead, progress);
	const parts = partsOf(conversations);
	const next = () => Promise.resolve(parts.next().value ?? []);
	return { ...rest, count: conversations.length, next, close: () => undefined };
}

async function openInWorker(toRead: ToRead, progress: Progress, startWorker: () => Worker): Promise<Opened> {
	const reader = new WorkerReader(startWorker, progress);
	try {
		const { count, recordings, notes } = (await reader.ask({ kind: 'read', toRead })) as Understanding; // what the worker answers to it
		const next = async () => ((await reader.ask({ kind: 'next' })) as Next).part; // as above
		return { count, next, recordings, notes, close: () => reader.end() };
	} catch (error) {
		reader.end();
		throw error;
	}
}

/** Has a worker read, one question at a time. What is asked of one that was cancelled or has failed rejects. */
class WorkerReader {
	readonly #worker: Worker;
	readonly #signal: AbortSignal;
	#asked: PromiseWithResolvers<Answer> | null = null;
	#failure: WorkerFailure | null = null;

	constructor(startWorker: () => Worker, progress: Progress) {
		const { signal } = progress;
		this.#signal = signal;
		this.#worker = started(startWorker);
		this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => {
			// What was said before it was cancelled may be heard after that.
			if (signal.aborted) return;
			if (data.kind === 'progress') progress.step(data.done, data.total);
			else if (data.kind === 'refused') this.#asked?.reject(new Refusal(data.reason));
			else if (data.kind === 'failed') this.#asked?.reject(new Error(data.reason));
			else this.#asked?.resolve(data);
		};
		this.#worker.onerror = this.#worker.onmessageerror = () => {
			this.#failure = new WorkerFailure('What reads the file has stopped.');
			this.#asked?.reject(this.#failure);
		};
		signal.addEventListener('abort', this.#cancel);
	}

	readonly #cancel = () => {
		this.end();
		this.#asked?.reject(this.#signal.reason);
	};

	ask(question: Question): Promise<Answer> {
		this.#asked = Promise.withResolvers();
		if (this.#failure) this.#asked.reject(this.#failure);
		else if (this.#signal.aborted) this.#asked.reject(this.#signal.reason);
		else this.#worker.postMessage(question);
		return this.#asked.promise;
	}

	end(): void {
		this.#signal.removeEventListener('abort', this.#cancel);
		this.#worker.terminate();
	}
}

function started(startWorker: () => Worker): Worker {
	try {
		return startWorker();
	} catch (error) {
		// An old browser, or one that forbids it: why makes no difference to what can be done.
		throw new WorkerFailure(String(error));
	}
}
