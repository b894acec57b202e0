import type { JsonObject } from '../model/json';
import { modelOf } from '../model/models';
import { examine, type Examined } from './examine';
import workerUrl from './examine.worker?worker&url';
import type { Refusal } from './refusal';

/**
 * Loads what gives what starts the worker at `url`, under a name that the page's policy knows. Starting throws where it is
 * forbidden.
 */
export type Workers = () => Promise<{ readonly workerStarter: (name: string, url: string) => () => Worker }>;
/** A request as it crosses to the worker: its headers, its text, and the day on which it is judged. */
export interface Arrived {
	readonly headers: [string, string][];
	readonly body: string;
	readonly today: string;
}
/** What the worker finds; null where it could not. */
export type Verdict = Refusal | Pick<Examined, 'apiVersion' | 'inputTokens'> | null;

let start: (() => Worker) | null = null;

/**
 * What `examine` finds out, by a worker: for requests that are so large that the page would stand still meanwhile. Where no
 * worker can be started, or it breaks, the page does the work itself. Given up when the request is.
 */
export async function examineElsewhere(
	{ headers, signal }: Request,
	body: string,
	today: string,
	workers: Workers,
): Promise<Examined | Refusal> {
	const { promise, resolve: end } = Promise.withResolvers<Verdict>();
	const worker = await startWith(workers);
	const stop = () => worker?.terminate();
	signal.addEventListener('abort', stop, { once: true });
	// What starts it may have been long in loading.
	if (signal.aborted) stop();
	if (worker) {
		worker.onmessage = ({ data }: MessageEvent<Verdict>) => end(data);
		worker.onerror = worker.onmessageerror = () => end(null);
		worker.postMessage({ headers: [...headers], body, today } satisfies Arrived);
	} else end(null);
	const verdict = await promise;
	signal.removeEventListener('abort', stop);
	stop();
	if (verdict === null) return examine(headers, body, today);
	if ('status' in verdict) return verdict;
	const request = JSON.parse(body) as JsonObject; // the worker has seen that it is one
	return { ...verdict, request, model: modelOf(request) };
}

async function startWith(workers: Workers): Promise<Worker | null> {
	try {
		return (start ??= (await workers()).workerStarter('examine-worker', workerUrl))();
	} catch {
		// An old browser, or one that forbids it: why makes no difference to what can be done.
		return null;
	}
}
