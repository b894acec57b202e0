import { isJsonObject, type JsonObject, type JsonValue } from './json';
import { applyEvent, emptyReply, messageOfReply, type Reply } from './message';
import type { Chunk, ResponseHead, Run } from './run';
import { eventsOf, type StreamEvent } from './server-sent-events';

/** What came back, read from the bytes. */
export type Answer =
	/** No status line yet, or none at all. */
	| { readonly kind: 'none' }
	| { readonly kind: 'stream'; readonly events: readonly StreamEvent[]; readonly reply: Reply }
	/** Anything that is not a stream: a message, an error, a proxy's page. `json` is undefined when it is not JSON (yet). */
	| { readonly kind: 'body'; readonly text: string; readonly json: JsonValue | undefined };

/** Read all of a run's answer. */
export function answerOf(run: Pick<Run, 'response' | 'chunks'>): Answer {
	if (!run.response) return { kind: 'none' };
	if (!isStream(run.response)) return bodyOf(run.chunks);
	const events = eventsOf(run.chunks);
	return { kind: 'stream', events, reply: events.reduce(applyEvent, emptyReply) };
}

/** Whether an answer says it is a stream of events. */
export function isStream(response: ResponseHead): boolean {
	return headerOf(response, 'content-type')?.split(';')[0]?.trim().toLowerCase() === 'text/event-stream';
}

/** The value of a response header, whatever its case; null when there is none. */
export function headerOf(response: ResponseHead, name: string): string | null {
	return response.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}

/** The message in an answer, streamed or not, complete or not; null when there is none. */
export function messageIn(answer: Answer): JsonObject | null {
	if (answer.kind === 'stream') return messageOfReply(answer.reply);
	return answer.kind === 'body' && isJsonObject(answer.json) && answer.json.type === 'message' ? answer.json : null;
}

/** The answer's message as a reply that is being, or was, accumulated; the empty one when there is none. */
export function replyIn(answer: Answer): Reply {
	if (answer.kind === 'stream') return answer.reply;
	return { ...emptyReply, message: messageIn(answer), ended: true };
}

/** The message a run brought back, or null. */
export function messageOf(run: Run): JsonObject | null {
	return messageIn(answerOf(run));
}

/** The text of a body, to the letter. */
export function textOf(chunks: readonly Chunk[]): string {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	return chunks.map(({ bytes }) => decoder.decode(bytes, { stream: true })).join('') + decoder.decode();
}

/** A body that is not a stream, read. */
export function bodyOf(chunks: readonly Chunk[]): Answer {
	const text = textOf(chunks);
	try {
		return { kind: 'body', text, json: JSON.parse(text) as JsonValue }; // JSON.parse gives nothing else
	} catch {
		return { kind: 'body', text, json: undefined };
	}
}
