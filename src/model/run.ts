import type { Target } from './target';

/** One HTTP header: its name as written, and its value. */
export type Header = readonly [name: string, value: string];

/** Some bytes of an answer, and when they arrived: `at` is in milliseconds since the request was sent. */
export interface Chunk {
	readonly at: number;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The request as it was handed to the network. `text` is the body with its attachments still as references. */
export interface SentRequest {
	readonly method: 'POST';
	readonly url: string;
	/** The headers this page set, credentials masked. The browser adds its own (`origin`, `user-agent`, `content-length`, …). */
	readonly headers: readonly Header[];
	readonly text: string;
	/** Length of the body as sent, attachments put back, in bytes of UTF-8. */
	readonly bytes: number;
}

/** The answer's status line and headers, and when they arrived, in milliseconds since the request was sent. */
export interface ResponseHead {
	readonly at: number;
	readonly status: number;
	readonly statusText: string;
	readonly headers: readonly Header[];
	/** The recording that this answer is a replay of; absent where it is none. */
	readonly replayOf?: ReplayOf;
}

/** What is told of a recording wherever it is played: its name, and when it was recorded, as RFC 3339 in UTC. */
export interface ReplayOf {
	readonly name: string;
	readonly recordedAt: string;
}

/** How the exchange itself ended, as seen on the wire. What it means is for `outcomeOf` to say. */
export type Ending =
	/** The body was read to its end. */
	| { readonly kind: 'complete' }
	/** The user stopped it. */
	| { readonly kind: 'stopped' }
	/** The connection failed while the body was being read. */
	| { readonly kind: 'broken'; readonly reason: string }
	/** No answer could be had. `cause` is what a look at the browser and a bare probe of the server told. */
	| { readonly kind: 'no-answer'; readonly cause: NoAnswerCause; readonly reason: string }
	/** It never left the page. */
	| { readonly kind: 'not-sent'; readonly cause: NotSentCause; readonly reason: string };

/** `cors`: the server is there but the browser may not read it; `policy`: this page's own policy forbids the address. */
export type NoAnswerCause = 'offline' | 'unreachable' | 'cors' | 'policy';
/** `not-loaded`: the part of the page that sends could not be fetched. */
export type NotSentCause =
	'key-missing' | 'key-locked' | 'framed' | 'attachment-missing' | 'bad-header' | 'bad-address' | 'not-loaded';

/** One send and all that is known of its answer: evidence that nothing changes afterwards. */
export interface Run {
	readonly version: 1;
	readonly id: string;
	readonly conversation: string;
	/** When it was sent, as RFC 3339 in UTC. */
	readonly startedAt: string;
	readonly target: Target;
	readonly request: SentRequest;
	readonly response: ResponseHead | null;
	readonly chunks: readonly Chunk[];
	/** Null while it is under way. */
	readonly ending: Ending | null;
	/** Milliseconds from the send to the ending; null while it is under way. */
	readonly duration: number | null;
}
