import type { JsonObject } from '../model/json';
import { assess, type Assessment, type Circumstances } from './assess';
import workerUrl from './assess.worker?worker&url';
import { workerStarter } from './start-worker';

/** What is asked of the rules and the estimate, as it crosses to the worker. */
export interface Question extends Circumstances {
	/** A request: JSON text of an object. */
	readonly text: string;
}

/** Characters that are handed to the worker at a time: thirty million at once would hold up the page for a tenth of a second. */
const AT_ONCE = 1_000_000;

/** Assesses requests that are so large that the page would stand still meanwhile: in a worker, one question at a time. */
export class Assessor {
	readonly #start: () => Worker;
	#drop: () => void = () => {};

	constructor(start: () => Worker = workerStarter('assess-worker', workerUrl)) {
		this.#start = start;
	}

	/**
	 * Give what `assess` has to say, or null once another question has been asked. Where no worker can be started, the page
	 * does the work itself.
	 */
	async ask(question: Question): Promise<Assessment | null> {
		this.#drop();
		const { promise, resolve: end } = Promise.withResolvers<Assessment | 'dropped' | 'broken'>();
		this.#drop = () => end('dropped');
		const left = new AbortController();
		const worker = this.#send(question, end, left.signal);
		const answer = await promise;
		left.abort();
		// A question that nobody waits for any more is not finished: the next one begins in a worker of its own.
		worker?.terminate();
		if (answer === 'dropped') return null;
		if (answer !== 'broken') return answer;
		return assess(question.text, JSON.parse(question.text) as JsonObject, question);
	}

	#send(question: Question, end: (answer: Assessment | 'broken') => void, left: AbortSignal): Worker | null {
		try {
			const worker = this.#start();
			worker.onmessage = ({ data }: MessageEvent<Assessment>) => end(data);
			worker.onerror = worker.onmessageerror = () => end('broken');
			handOver(worker, question, left).catch(() => end('broken'));
			return worker;
		} catch {
			// An old browser, or one that forbids it: why makes no difference to what can be done.
			end('broken');
			return null;
		}
	}
}

/** Hand a question to a worker, a long text in parts before it, and let the page go on after each; until it is `left`. */
async function handOver(worker: Worker, question: Question, left: AbortSignal): Promise<void> {
	const { text } = question;
	let start = 0;
	for (; start + AT_ONCE < text.length; start += AT_ONCE) {
		worker.postMessage(text.slice(start, start + AT_ONCE));
		await new Promise((resolve) => setTimeout(resolve));
		if (left.aborted) return;
	}
	worker.postMessage({ ...question, text: text.slice(start) });
}
