import { answerOf, headerOf, messageIn, type Answer } from './answer';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import { blocksOf } from './message';
import type { NotSentCause, Run } from './run';
import { usageOf } from './usage';

/** How a run came out, as its evidence tells. */
export type Outcome =
	| { readonly kind: 'finished'; readonly stopReason: string | null }
	| { readonly kind: 'stopped' }
	/** It began well and ended without its end. */
	| { readonly kind: 'cut-off'; readonly reason: string }
	/** An error event inside a stream that had answered 200. */
	| ({ readonly kind: 'error-event' } & Refusal)
	/** An answer that says no. `retryAfter` is in seconds. */
	| ({ readonly kind: 'refused'; readonly status: number; readonly retryAfter: number | null } & Refusal)
	/** It answered well, but neither with a message nor with a stream. */
	| { readonly kind: 'malformed'; readonly status: number }
	| { readonly kind: 'unreachable'; readonly reason: string }
	| { readonly kind: 'blocked'; readonly by: 'cors' | 'policy' }
	| { readonly kind: 'offline' }
	| { readonly kind: 'not-sent'; readonly cause: NotSentCause; readonly reason: string };

/** What the API says when it says no. */
export interface Refusal {
	/** `invalid_request_error` and so on; empty when the answer was not in the API's form. */
	readonly type: string;
	readonly message: string;
	/** What the API calls this case among those of its type, where it says so. */
	readonly code?: string;
	readonly requestId: string | null;
}

/** An error of the API as somebody copied it, from a program, a terminal or a recording. */
export interface RecordedError extends Refusal {
	/** Null where the copy does not say. */
	readonly status: number | null;
	/** In seconds; null where the answer's headers name none, undefined where the copy shows no headers. */
	readonly retryAfter: number | null | undefined;
	/** Whether it came as an event, in a stream that had answered 200. */
	readonly streamed: boolean;
}

/** How `run` came out; null while it is under way. `answer` may be handed in where it has been read already. */
export function outcomeOf(
	run: Pick<Run, 'response' | 'chunks' | 'ending'>,
	answer: Answer = answerOf(run),
): Outcome | null {
	const { ending, response } = run;
	if (!ending) return null;
	if (ending.kind === 'not-sent') return ending;
	if (ending.kind === 'no-answer') {
		if (ending.cause === 'offline') return { kind: 'offline' };
		if (ending.cause === 'unreachable') return { kind: 'unreachable', reason: ending.reason };
		return { kind: 'blocked', by: ending.cause };
	}
	const reason = ending.kind === 'broken' ? ending.reason : '';
	if (!response || answer.kind === 'none')
		return ending.kind === 'stopped' ? { kind: 'stopped' } : { kind: 'unreachable', reason };
	if (response.status >= 300 && ending.kind !== 'stopped') {
		const said = answer.kind === 'body' ? answer : { text: '', json: undefined };
		const after = Number.parseFloat(headerOf(response, 'retry-after') ?? '');
		return {
			kind: 'refused',
			status: response.status,
			retryAfter: Number.isFinite(after) ? after : null,
			...refusalIn(said.json, headerOf(response, 'request-id'), said.text),
		};
	}
	if (answer.kind === 'stream') {
		const last = answer.events.find(({ name }) => name === 'message_stop' || name === 'error');
		if (last?.name === 'message_stop') return { kind: 'finished', stopReason: stopReasonIn(messageIn(answer)) };
		if (last) return { kind: 'error-event', ...refusalIn(last.json, headerOf(response, 'request-id'), last.data) };
	} else if (messageIn(answer)) return { kind: 'finished', stopReason: stopReasonIn(messageIn(answer)) };
	if (ending.kind === 'stopped') return { kind: 'stopped' };
	if (ending.kind === 'complete' && answer.kind === 'body') return { kind: 'malformed', status: response.status };
	return { kind: 'cut-off', reason };
}

/** One line about a run for the page's live region: how it ended, or that it is under way. */
export function statusLine(run: Run, answer: Answer = answerOf(run)): string {
	const outcome = outcomeOf(run, answer);
	const message = messageIn(answer);
	if (!outcome) {
		const tools = message ? blocksOf(message).filter(({ type }) => type === 'tool_use') : [];
		const tool = tools.at(-1);
		return tool ? `Tool call: ${typeof tool.name === 'string' ? tool.name : 'unnamed'}` : 'Run started';
	}
	switch (outcome.kind) {
		case 'finished': {
			const usage = usageOf(message);
			const tokens = usage ? `, ${usage.input} in, ${usage.output} out` : '';
			return `Finished: ${outcome.stopReason ?? 'no stop reason'}${tokens}`;
		}
		case 'stopped':
			return 'Stopped';
		case 'cut-off':
			return 'Cut off';
		case 'refused':
			return `Refused: ${[outcome.status, outcome.type].filter(Boolean).join(' ')}`;
		case 'error-event':
			return `Cut off by an error: ${outcome.type || 'unknown'}`;
		case 'malformed':
			return 'Not an answer of the Messages API';
		case 'unreachable':
			return 'Unreachable';
		case 'blocked':
			return outcome.by === 'policy' ? "Blocked by this page's own policy" : 'Blocked by the browser (CORS)';
		case 'offline':
			return 'Offline';
		case 'not-sent':
			return `Not sent: ${outcome.reason}`;
	}
}

function refusalIn(json: JsonValue | undefined, requestId: string | null, text: string): Refusal {
	const body = isJsonObject(json) ? json : {};
	const error = isJsonObject(body.error) ? body.error : {};
	const code = isJsonObject(error.details) ? error.details.error_code : null;
	return {
		type: typeof error.type === 'string' ? error.type : '',
		message: typeof error.message === 'string' ? error.message : text.trim().slice(0, 500),
		...(typeof code === 'string' && { code }),
		requestId: typeof body.request_id === 'string' ? body.request_id : requestId,
	};
}

function stopReasonIn(message: JsonObject | null): string | null {
	return typeof message?.stop_reason === 'string' ? message.stop_reason : null;
}
