import type { Recording } from '../model/recording';
import type { Header } from '../model/run';
import { play, type Step, type Wait } from './script';

interface Needs {
	/** Milliseconds on a clock that never goes back. */
	readonly now: () => number;
	readonly wait: Wait;
}

/**
 * Give a recorded answer again: its status, its headers and each chunk at its time, then its end. Where the connection
 * was cut, or stopped by hand, it breaks off. Rejects with the signal's reason as soon as that is aborted.
 */
export async function replay(recording: Recording, { now, wait }: Needs, signal: AbortSignal): Promise<Response> {
	const { response, ending, duration, chunks } = recording;
	const { status, statusText, headers } = response;
	const start = now();
	/** From the start, not from the chunk before: what comes late must not make everything behind it late. */
	const until = (at: number) => Math.max(0, at - (now() - start));
	function* steps(): Generator<Step> {
		for (const { at, bytes } of chunks) yield { after: until(at), text: bytes };
	}
	const answer = await play(
		{
			after: response.at,
			status: status >= 200 && status <= 599 ? status : 599,
			headers: headersOf(headers),
			steps: steps(),
			lingers: () => until(duration),
			...(ending.kind !== 'complete' && { cut: ending.kind === 'broken' ? ending.reason : 'stopped by hand' }),
		},
		wait,
		signal,
	);
	// Servers give statuses and words, 999 among them, that no page can make a response with: they are told all the same.
	return Object.defineProperties(answer, { status: { value: status }, statusText: { value: statusText } });
}

function headersOf(headers: readonly Header[]): Headers {
	const all = new Headers();
	for (const [name, value] of headers) {
		try {
			all.append(name, value);
		} catch {
			// No answer had it: what this browser takes for no header, it lets no page see. Somebody else wrote it there.
		}
	}
	return all;
}
