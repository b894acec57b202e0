import type { Header, SentRequest } from '../model/run';
import { echoHider } from './echoed-key';
import { masked } from './headers';
import type { Evidence, World } from './send';

/** The place where everything that crosses the wire is seen. */
export interface Seam {
	/** For the SDK: sends `headers` and the body it is given, and hands back the answer while it is recorded. */
	readonly fetch: typeof fetch;
	/** How far the exchange has come, and what broke it. */
	readonly seen: {
		readonly sent: boolean;
		readonly answered: boolean;
		readonly ended: boolean;
		readonly broken: unknown;
	};
}

/** Make the seam for one request. Credentials are masked before anything is recorded. */
export function createSeam(
	world: Pick<World, 'fetch' | 'now' | 'replayOf'>,
	request: SentRequest,
	headers: readonly Header[],
	apiKey: string | null,
	record: (evidence: Evidence) => void,
	signal: AbortSignal,
): Seam {
	const seen = { sent: false, answered: false, ended: false, broken: undefined as unknown };
	// The SDK adds headers of its own. What the user is shown is what is sent, so only the planned ones go out.
	const planned = new Set(headers.map(([name]) => name.toLowerCase()));
	let start = 0;
	const since = () => world.now() - start;

	async function seamFetch(_input: unknown, init?: RequestInit): Promise<Response> {
		const going = [...new Headers(init?.headers)].filter(([name]) => planned.has(name));
		start = world.now();
		seen.sent = true;
		record({ kind: 'request', request: { ...request, headers: masked(going, apiKey) } });
		try {
			const response = await world.fetch(request.url, {
				method: request.method,
				headers: going,
				body: init?.body ?? null,
				// The user's own: the SDK lets go of the one it passes on once it takes the answer for abandoned.
				signal,
				credentials: 'omit',
				referrerPolicy: 'no-referrer',
				cache: 'no-store',
				redirect: 'error',
			});
			const { status, statusText } = response;
			const replayOf = world.replayOf?.(response);
			const seenHeaders = masked([...response.headers], apiKey);
			const head = { at: since(), status, statusText, headers: seenHeaders, ...(replayOf && { replayOf }) };
			seen.answered = true;
			seen.ended = response.body === null;
			record({ kind: 'response', response: head });
			// The body is all the SDK has to read: servers give statuses and words, 999 among them, that no page can make a response with.
			return new Response(response.body && recorded(response.body));
		} catch (error) {
			seen.broken = error;
			throw error;
		}
	}

	/** The same bytes, but for a key among them, each chunk recorded as it is read. */
	function recorded(body: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
		const reader = body.getReader();
		const hide = echoHider(apiKey);
		return new ReadableStream({
			async pull(controller) {
				try {
					const { done, value } = await reader.read();
					if (!done) {
						const bytes = hide(value);
						record({ kind: 'chunk', chunk: { at: since(), bytes } });
						controller.enqueue(bytes);
					} else {
						seen.ended = true;
						controller.close();
					}
				} catch (error) {
					seen.broken = error;
					controller.error(error);
				}
			},
			cancel: (reason) => reader.cancel(reason),
		});
	}

	return { fetch: seamFetch, seen };
}
