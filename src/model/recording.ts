import { ANTHROPIC_KEY } from './key';
import { withoutKeys } from './mask-keys';
import type { Chunk, Ending, ResponseHead, Run } from './run';
import type { RunHead } from './saved';
import { baseUrlOf } from './target';
import { titleOf } from './title';

/** The answer of a real API, kept so that the simulated one can give it again to anyone, whatever they ask. */
export interface Recording {
	readonly version: 1;
	readonly id: string;
	readonly name: string;
	/** When the request that it answered was sent, as RFC 3339 in UTC. */
	readonly recordedAt: string;
	/** The base address of the API that answered. */
	readonly api: string;
	readonly response: ResponseHead;
	readonly chunks: readonly Chunk[];
	readonly ending: RecordedEnding;
	/** Milliseconds from the send to the ending. */
	readonly duration: number;
}
/** All of a recording but its bytes: what a list of them needs. */
export type RecordingHead = Omit<Recording, 'chunks'>;
/** An answer that was stopped by hand is known up to there. */
export type RecordedEnding = Extract<Ending, { kind: 'complete' | 'stopped' | 'broken' }>;

const STAR = '*'.charCodeAt(0);
/** How many of a key's characters are ever shown. */
const SHOWN = 4;

/** Whether there is anything to record of a run: the answer of a real API, come to its end. */
export function canRecord({ target, response, ending }: RunHead): boolean {
	return target.kind !== 'simulated' && response !== null && isRecordable(ending);
}

/**
 * The recording of what `run` was answered; null when there is nothing to record. Whatever looks like a key of Anthropic's
 * in it, and `apiKey` itself, is hidden.
 */
export function recordingOf(run: Run, id: string, apiKey: string | null): Recording | null {
	const { target, response, ending, chunks, startedAt, duration, request } = run;
	if (!canRecord(run) || !response || !isRecordable(ending)) return null;
	const bytes = hideKeys(
		chunks.map((chunk) => chunk.bytes),
		apiKey,
	);
	const name = withoutKeys(titleOf(request.text) ?? 'Recording', apiKey);
	return {
		version: 1,
		id,
		name: response.status < 300 ? name : `${name} (${response.status})`,
		recordedAt: startedAt,
		api: baseUrlOf(target),
		response: { ...response, headers: response.headers.map(([header, value]) => [header, withoutKeys(value, apiKey)]) },
		chunks: chunks.map(({ at }, index) => ({ at, bytes: bytes[index]! })), // one for each
		ending,
		duration: duration ?? chunks.at(-1)?.at ?? response.at,
	};
}

/** Whether an answer that ended like this can be recorded. */
export function isRecordable(ending: Ending | null): ending is RecordedEnding {
	return ending?.kind === 'complete' || ending?.kind === 'stopped' || ending?.kind === 'broken';
}

/**
 * The same bytes with every key in them hidden but for its last four characters, also where it is spread over several
 * chunks: what looks like one of Anthropic's, and `apiKey`. No chunk gets longer or shorter.
 */
export function hideKeys(
	chunks: readonly Uint8Array<ArrayBuffer>[],
	apiKey: string | null,
): readonly Uint8Array<ArrayBuffer>[] {
	// A character for each byte, whichever it is.
	const decoder = new TextDecoder('latin1');
	const text = chunks.map((bytes) => decoder.decode(bytes)).join('');
	const found = [...text.matchAll(ANTHROPIC_KEY)].map(({ 0: key, index }) => [index, key.length] as const);
	for (let at = apiKey ? text.indexOf(apiKey) : -1; apiKey && at >= 0; at = text.indexOf(apiKey, at + 1))
		found.push([at, apiKey.length]);
	if (found.length === 0) return chunks;
	let start = 0;
	return chunks.map((bytes) => {
		const hidden = bytes.slice();
		for (const [at, length] of found) {
			const end = at + Math.max(0, length - SHOWN);
			if (end > start) hidden.fill(STAR, Math.max(0, at - start), Math.min(hidden.length, end - start));
		}
		start += bytes.length;
		return hidden;
	});
}
