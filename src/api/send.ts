import { headersFor } from '../model/headers';
import type { Chunk, Ending, Header, NotSentCause, ReplayOf, ResponseHead, SentRequest } from '../model/run';
import { baseUrlOf, type ApiVersion, type Target } from '../model/target';
import { isHeaderValue, masked, problemOfHeaders } from './headers';
import { createSeam } from './seam';

/** All that is needed to send a request. */
export interface Outgoing {
	readonly target: Target;
	readonly apiVersion: ApiVersion;
	/** The user's own headers. */
	readonly headers: readonly Header[];
	/** The request with attachments as references, as it is kept. */
	readonly text: string;
	/** The same with attachments put back: exactly what is sent. */
	readonly body: string;
	readonly apiKey: string | null;
	/** What is already known to be in the way; such a request stays here. */
	readonly obstacle?: Obstacle;
}

export interface Obstacle {
	readonly cause: NotSentCause;
	readonly reason: string;
}

/** What is seen of an exchange while it goes on. */
export type Evidence =
	/** Comes at once, as planned, and again at the moment it goes out, as it went. */
	| { readonly kind: 'request'; readonly request: SentRequest }
	| { readonly kind: 'response'; readonly response: ResponseHead }
	| { readonly kind: 'chunk'; readonly chunk: Chunk };

/** Send a request and record what happens. Never rejects: whatever goes wrong is an ending. */
export type Send = (outgoing: Outgoing, record: (evidence: Evidence) => void, signal: AbortSignal) => Promise<Ending>;

/** What sending needs of the world. */
export interface World {
	readonly fetch: typeof fetch;
	/** Milliseconds on a clock that never goes back. */
	readonly now: () => number;
	/** Whether the page is inside another one, which might be after the key. */
	readonly framed: () => boolean;
	readonly online: () => boolean;
	/** The recording that an answer of `fetch` replays, if it does. */
	readonly replayOf?: (response: Response) => ReplayOf | undefined;
	/** Whether the page's own policy was seen to block this address. */
	readonly policyBlocked: (url: string) => boolean;
}

/** The key of someone who has none, for the simulated API. It opens nothing. */
const SIMULATED_KEY = 'sk-ant-api03-simulated-and-good-for-nothing-else';
/** Stopping is the user's: the SDK's own clock is set to the longest delay a timer takes. */
const NEVER = 2 ** 31 - 1;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Make the `Send` that posts through the official SDK, with `world.fetch` as the only way out. */
export function createSend(world: World): Send {
	return async (outgoing, record, signal) => {
		const { target, apiVersion, text, body } = outgoing;
		const apiKey = keyFor(outgoing);
		const headers = headersFor(apiKey, apiVersion, outgoing.headers);
		const request: SentRequest = {
			method: 'POST',
			url: `${baseUrlOf(target)}/v1/messages`,
			headers: masked(headers, apiKey),
			text,
			bytes: new Blob([body]).size,
		};
		record({ kind: 'request', request });
		const obstacle = outgoing.obstacle ?? obstacleTo(outgoing, apiKey, world.framed());
		if (obstacle) return { kind: 'not-sent', ...obstacle };

		const seam = createSeam(world, request, headers, apiKey, record, signal);
		let failure: unknown;
		try {
			// Loaded when first needed: it is a third of a first visit.
			const { BaseAnthropic } = await import('@anthropic-ai/sdk/client');
			const client = new BaseAnthropic({
				// Given so that the SDK looks for no other credential. It would send it as a bearer token; the seam does not.
				apiKey: apiKey ?? '',
				baseURL: baseUrlOf(target),
				fetch: seam.fetch,
				// One click is one request.
				maxRetries: 0,
				timeout: NEVER,
				logLevel: 'off',
				openTelemetry: false,
				dangerouslyAllowBrowser: true,
			});
			const sent = client.post('/v1/messages', {
				body,
				// With a content type among them, the SDK passes a string through untouched.
				headers: headers.map(([name, value]): [string, string] => [name, value]),
				signal,
			});
			const response = await sent.asResponse();
			await response.body?.pipeTo(new WritableStream());
		} catch (error) {
			failure = error;
		}
		// The ending is read off the seam: which error the SDK makes of a refusal or a dropped line is its own affair.
		const { sent, answered, ended, broken } = seam.seen;
		if (ended) return { kind: 'complete' };
		if (signal.aborted) return { kind: 'stopped' };
		if (!sent) return { kind: 'not-sent', cause: 'not-loaded', reason: sentence(failure) };
		if (answered) return { kind: 'broken', reason: sentence(broken) };
		return noAnswer(world, request.url, sentence(broken), signal);
	};
}

/** The key to send to the target: the simulated API gets one that opens nothing from those who have none. */
export function keyFor({ apiKey, target }: Pick<Outgoing, 'apiKey' | 'target'>): string | null {
	return apiKey || (target.kind === 'simulated' ? SIMULATED_KEY : null);
}

/** Why nothing is to be sent with these headers and this key; null when it may be. */
export function obstacleTo(
	{ target, headers }: Pick<Outgoing, 'target' | 'headers'>,
	apiKey: string | null,
	framed: boolean,
): Obstacle | null {
	const baseUrl = baseUrlOf(target);
	if (!/^https?:$/.test(URL.canParse(baseUrl) ? new URL(baseUrl).protocol : ''))
		return { cause: 'bad-address', reason: `${JSON.stringify(baseUrl)} is not an http address.` };
	const problem = problemOfHeaders(headers, target);
	if (problem !== null) return { cause: 'bad-header', reason: problem };
	if (apiKey !== null && !isHeaderValue(apiKey))
		return { cause: 'bad-header', reason: 'The API key holds a character that no header can carry.' };
	if (target.kind === 'anthropic' && apiKey === null)
		return { cause: 'key-missing', reason: 'The API asks for a key, and none has been given.' };
	if (framed && target.kind !== 'simulated' && apiKey !== null)
		return { cause: 'framed', reason: 'This page is shown inside another one. The key is not sent from there.' };
	return null;
}

/** Find out why there was no answer. The probe carries neither the key nor any header of the user's. */
export async function noAnswer(world: World, url: string, reason: string, signal: AbortSignal): Promise<Ending> {
	const ending = (cause: Extract<Ending, { kind: 'no-answer' }>['cause']): Ending =>
		signal.aborted ? { kind: 'stopped' } : { kind: 'no-answer', cause, reason };
	const { origin, hostname } = new URL(url);
	// This machine is there without any network.
	if (!LOOPBACK.has(hostname) && !world.online()) return ending('offline');
	const answers = await world.fetch(origin, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal }).then(
		() => true,
		() => false,
	);
	// Asked after the probe: the browser reports the violation a moment after the request has failed.
	if (world.policyBlocked(url)) return ending('policy');
	return ending(answers ? 'cors' : 'unreachable');
}

/** The error's own words. */
export function sentence(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
