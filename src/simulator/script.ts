/** One piece of an answer's body, sent `after` milliseconds of waiting: text, or bytes where they are cut inside a character. */
export interface Step {
	readonly after: number;
	readonly text: string | Uint8Array;
}

/** An answer as it will be played: the head `after` milliseconds of waiting, then the body step by step. */
export interface Script {
	readonly after: number;
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly steps: readonly Step[];
	/** Why the connection breaks when the last step has been sent, in the browser's words; absent when it does not. */
	readonly cut?: string;
}

/** A script whose steps are made as they are played. */
interface Playable extends Omit<Script, 'headers' | 'steps'> {
	readonly headers: Readonly<Record<string, string>> | Headers;
	readonly steps: Iterable<Step>;
	/** How many milliseconds are still to pass behind the last step, asked for when that has been sent. */
	readonly lingers?: () => number;
}

/** How long the simulated API makes one wait, in milliseconds. */
export interface Pace {
	/** Before the first byte. */
	readonly first: number;
	/** Before each further piece of a stream. */
	readonly delta: number;
}

/** Wait, or reject with the signal's reason as soon as it is aborted. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/**
 * Play `script` as a network would: a response whose body arrives piece by piece. Aborting rejects, or breaks the body off,
 * with the signal's reason; a reader that gives up ends the waiting.
 */
export async function play(
	{ after, status, headers, steps, lingers, cut }: Playable,
	wait: Wait,
	signal: AbortSignal,
): Promise<Response> {
	signal.throwIfAborted();
	await wait(after, signal);
	const given = new AbortController();
	const over = AbortSignal.any([signal, given.signal]);
	const encoder = new TextEncoder();
	const left = steps[Symbol.iterator]();
	const body = new ReadableStream<Uint8Array>({
		start(controller) {
			// Nobody may be reading when it is stopped.
			signal.addEventListener('abort', () => controller.error(signal.reason), { once: true });
		},
		async pull(controller) {
			const next: IteratorResult<Step, undefined> = left.next();
			if (next.done) {
				const rest = lingers?.() ?? 0;
				if (rest > 0) await wait(rest, over);
				return cut === undefined ? controller.close() : controller.error(new TypeError(cut));
			}
			const step = next.value;
			if (step.after > 0) await wait(step.after, over);
			controller.enqueue(typeof step.text === 'string' ? encoder.encode(step.text) : step.text);
		},
		cancel: () => given.abort(),
	});
	// Of these no body can come: https://fetch.spec.whatwg.org/#null-body-status
	return new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
}
