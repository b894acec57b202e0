import type { Match } from '../model/search';
import type { Finding, Rows, Searching } from '../store/searcher';
import { WorkerFailure } from './start-worker';

/** What is said to the worker first, … */
export interface Opening {
	readonly kind: 'open';
	/** The names of the database and of the channel that tells what changes in it. */
	readonly database: string;
	readonly channel: string;
}
/** … and then. */
export type Question =
	| {
			readonly kind: 'find';
			readonly number: number;
			readonly query: string;
			readonly rows: Rows;
			readonly known: number;
	  }
	| { readonly kind: 'match'; readonly number: number; readonly query: string; readonly ids: readonly string[] };
/** What the worker says: the answer to the question with this number, or that another answer may be right now. */
export type Answer =
	| { readonly kind: 'answer'; readonly number: number; readonly value: unknown }
	| { readonly kind: 'failed'; readonly number: number; readonly reason: string }
	| { readonly kind: 'changed' };

/** Has a worker search. What is asked of one that has failed rejects with a `WorkerFailure`. */
export class WorkerSearcher implements Searching {
	readonly #worker: Worker;
	readonly #open = new Map<number, PromiseWithResolvers<unknown>>();
	#number = 0;
	#failed = false;

	constructor(worker: Worker, where: Omit<Opening, 'kind'>, onchange: () => void) {
		this.#worker = worker;
		worker.onmessage = ({ data }: MessageEvent<Answer>) => {
			if (data.kind === 'changed') return onchange();
			const asked = this.#open.get(data.number);
			this.#open.delete(data.number);
			if (data.kind === 'answer') asked?.resolve(data.value);
			else asked?.reject(new Error(data.reason));
		};
		worker.onerror = () => {
			this.#failed = true;
			worker.terminate();
			for (const { reject } of this.#open.values()) reject(new WorkerFailure());
		};
		worker.postMessage({ kind: 'open', ...where } satisfies Opening);
	}

	find(query: string, rows: Rows, known: number): Promise<Finding> {
		return this.#ask({ kind: 'find', number: ++this.#number, query, rows, known }) as Promise<Finding>; // what the worker answers to it
	}

	match(query: string, ids: readonly string[]): Promise<readonly (Match | null)[]> {
		return this.#ask({ kind: 'match', number: ++this.#number, query, ids }) as Promise<readonly (Match | null)[]>; // as above
	}

	#ask(question: Question): Promise<unknown> {
		if (this.#failed) return Promise.reject(new WorkerFailure());
		const asked = Promise.withResolvers<unknown>();
		this.#open.set(question.number, asked);
		this.#worker.postMessage(question);
		return asked.promise;
	}
}
