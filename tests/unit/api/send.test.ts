import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createSend, type Evidence, type Outgoing, type World } from '../../../src/api/send';
import { textOf } from '../../../src/model/answer';
import type { Chunk } from '../../../src/model/run';

const KEY = 'sk-ant-api03-abcdefgh-wxyz';
const outgoing: Outgoing = {
	target: { kind: 'anthropic' },
	apiVersion: '2026-10-21',
	headers: [],
	text: '{"attachment": "by reference"}',
	body: '{ "n": 1.0, "n": 1e0, "é": "🐜" }\n',
	apiKey: KEY,
};

/** A clock that a test can wind. */
function clock() {
	let time = 1000;
	return { now: () => time, pass: (milliseconds: number) => (time += milliseconds) };
}

const requestUrl = (input: Parameters<World['fetch']>[0]) => (input instanceof Request ? input.url : input.toString());
/** Anything that matches, where `expect` would give an `any`. */
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

/** A world whose `fetch` is made by hand. */
function world(fetch: World['fetch'], parts: Partial<World> = {}): World {
	return { fetch, now: () => 0, framed: () => false, online: () => true, policyBlocked: () => false, ...parts };
}

/** Send, and give the ending with all that was recorded. */
async function sent(world: World, change: Partial<Outgoing> = {}, signal = new AbortController().signal) {
	const evidence: Evidence[] = [];
	const ending = await createSend(world)({ ...outgoing, ...change }, (one) => evidence.push(one), signal);
	const requests = evidence.flatMap((one) => (one.kind === 'request' ? [one.request] : []));
	const chunks = evidence.flatMap((one): Chunk[] => (one.kind === 'chunk' ? [one.chunk] : []));
	const response = evidence.flatMap((one) => (one.kind === 'response' ? [one.response] : []))[0];
	return { ending, requests, request: requests.at(-1)!, response, chunks, body: textOf(chunks) };
}

/** A `fetch` that notes its calls and answers them all alike. */
function answering(answer: () => Response | Promise<Response>) {
	const calls: { url: string; init: RequestInit }[] = [];
	const fetch: World['fetch'] = async (input, init) => {
		calls.push({ url: requestUrl(input), init: init ?? {} });
		return answer();
	};
	return { fetch, calls };
}

const servers: (() => void)[] = [];
afterEach(() => {
	for (const close of servers.splice(0)) close();
});

/** A server on this machine, closed after the test; gives its address. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
	const server = createServer(answer);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	servers.push(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('what is sent', () => {
	test('is the text to the byte, with the headers that are shown, as a real server gets it', async () => {
		let got: { body: string; headers: NodeJS.Dict<string | string[]>; line: string } | undefined;
		const baseUrl = await serve((request, response) => {
			const parts: Buffer[] = [];
			request.on('data', (part: Buffer) => parts.push(part));
			request.on('end', () => {
				got = {
					body: Buffer.concat(parts).toString(),
					headers: request.headers,
					line: `${request.method} ${request.url}`,
				};
				response
					.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_1' })
					.end('{"type":"message"}');
			});
		});
		const { ending, request, response, body } = await sent(world(fetch), {
			target: { kind: 'custom', baseUrl },
			headers: [
				['Anthropic-Beta', 'one'],
				['anthropic-beta', 'two'],
			],
		});
		expect(got).toMatchObject({ line: 'POST /v1/messages', body: outgoing.body });
		expect(request).toMatchObject({ method: 'POST', url: `${baseUrl}/v1/messages`, text: outgoing.text, bytes: 37 });
		const shown = Object.fromEntries(request.headers);
		expect(shown).toEqual({
			'anthropic-beta': 'one, two',
			'anthropic-dangerous-direct-browser-access': 'true',
			'anthropic-version': '2026-10-21',
			'content-type': 'application/json',
			'x-api-key': 'sk-ant-…wxyz',
		});
		expect(got?.headers).toMatchObject({ ...shown, 'x-api-key': KEY });
		// What is left is what Node's fetch adds of itself, as a browser would.
		const added = Object.keys(got?.headers ?? {}).filter((name) => !(name in shown));
		expect(added.filter((name) => name.startsWith('x-') || name === 'authorization')).toEqual([]);
		expect(ending).toEqual({ kind: 'complete' });
		expect(response?.status).toBe(200);
		expect(response?.headers).toContainEqual(['request-id', 'req_1']);
		expect(body).toBe('{"type":"message"}');
	});

	test('goes out once, without cookies, referrer, cache or redirects', async () => {
		const { fetch, calls } = answering(() => new Response('{}', { status: 529 }));
		await sent(world(fetch));
		expect(calls).toHaveLength(1);
		expect(calls[0]).toMatchObject({
			url: 'https://api.anthropic.com/v1/messages',
			init: {
				method: 'POST',
				credentials: 'omit',
				referrerPolicy: 'no-referrer',
				cache: 'no-store',
				redirect: 'error',
			},
		});
	});

	test('is recorded before anything is waited for, and again as it went', async () => {
		const { requests } = await sent(world(answering(() => new Response('{}')).fetch));
		expect(requests).toHaveLength(2);
		expect(requests[0]?.headers.map(([name]) => name)).toContain('x-api-key');
	});

	test("carries a custom API's own authorization in place of the key", async () => {
		const { fetch, calls } = answering(() => new Response('{}'));
		const target = { kind: 'custom', baseUrl: 'http://localhost:1/gateway/' } as const;
		const { request } = await sent(world(fetch), { target, headers: [['Authorization', 'Bearer gateway-token-9876']] });
		expect(calls[0]?.url).toBe('http://localhost:1/gateway/v1/messages');
		const headers = new Headers(calls[0]?.init.headers);
		expect(headers.get('authorization')).toBe('Bearer gateway-token-9876');
		expect(headers.get('x-api-key')).toBeNull();
		expect(Object.fromEntries(request.headers).authorization).toBe('Bearer …9876');
	});

	test('needs no key for a custom API', async () => {
		const { fetch, calls } = answering(() => new Response('{}'));
		const { ending } = await sent(world(fetch), {
			target: { kind: 'custom', baseUrl: 'http://localhost:1' },
			apiKey: null,
		});
		expect(ending).toEqual({ kind: 'complete' });
		expect([...new Headers(calls[0]?.init.headers).keys()]).not.toEqual(expect.arrayContaining(['authorization']));
		expect(new Headers(calls[0]?.init.headers).has('x-api-key')).toBe(false);
	});

	test('has a made-up key on the simulated API when there is no other', async () => {
		const { fetch, calls } = answering(() => new Response('{}'));
		await sent(world(fetch), { target: { kind: 'simulated' }, apiKey: null });
		expect(new Headers(calls[0]?.init.headers).get('x-api-key')).toMatch(/^sk-ant-/);
	});
});

describe('what comes back', () => {
	test('is recorded without the key where it echoes it', async () => {
		const echo = `{"error":"${KEY} is bad"}`;
		const { body, chunks } = await sent(world(answering(() => new Response(echo, { status: 401 })).fetch));
		expect(body).toBe(`{"error":"${'*'.repeat(KEY.length - 4)}wxyz is bad"}`);
		expect(chunks[0]?.bytes).toHaveLength(echo.length);
	});

	test('is recorded chunk by chunk with its time', async () => {
		const { now, pass } = clock();
		const parts = ['event: a\n', 'data: 1\n\n'];
		const { response, chunks, ending } = await sent(
			world(
				answering(() => {
					pass(30);
					const body = new ReadableStream(
						{
							pull(controller) {
								const part = parts.shift();
								pass(5);
								if (part === undefined) controller.close();
								else controller.enqueue(new TextEncoder().encode(part));
							},
						},
						{ highWaterMark: 0 },
					);
					return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
				}).fetch,
				{ now },
			),
		);
		expect(response?.at).toBe(30);
		expect(chunks.map(({ at }) => at)).toEqual([35, 40]);
		expect(textOf(chunks)).toBe('event: a\ndata: 1\n\n');
		expect(ending).toEqual({ kind: 'complete' });
	});

	test.each([400, 401, 429, 500, 529])('is recorded whole when it is a refusal with %i', async (status) => {
		const error = '{"type":"error","error":{"type":"x","message":"y"}}   ';
		const { response, body, ending } = await sent(world(answering(() => new Response(error, { status })).fetch));
		expect(response?.status).toBe(status);
		expect(body).toBe(error);
		expect(ending).toEqual({ kind: 'complete' });
	});

	test.each([
		[999, 'Request denied'],
		[0, ''],
		[200, 'a\u0002b'],
	])('is recorded whole when nobody could make a response like it: %i %j', async (status, statusText) => {
		const odd = { status: { value: status }, statusText: { value: statusText } };
		const { fetch } = answering(() => Object.defineProperties(new Response('denied'), odd));
		const { response, body, ending } = await sent(world(fetch));
		expect(response).toMatchObject({ status, statusText });
		expect([body, ending]).toEqual(['denied', { kind: 'complete' }]);
	});

	test('may be empty', async () => {
		const { response, ending } = await sent(world(answering(() => new Response(null, { status: 204 })).fetch));
		expect(response?.status).toBe(204);
		expect(ending).toEqual({ kind: 'complete' });
	});

	test('never shows the key, even where a server echoes it', async () => {
		const { response } = await sent(world(answering(() => new Response('{}', { headers: { 'x-echo': KEY } })).fetch));
		expect(response?.headers).toContainEqual(['x-echo', 'sk-ant-…wxyz']);
	});

	test.each([200, 500])('is broken when the line drops while a %i is being read', async (status) => {
		const baseUrl = await serve((_request, response) => {
			response.writeHead(status, { 'content-type': 'text/event-stream' });
			response.write('event: a\n', () => response.destroy());
		});
		const { ending, body } = await sent(world(fetch), { target: { kind: 'custom', baseUrl } });
		expect(ending).toMatchObject({ kind: 'broken', reason: matching(/./) });
		expect(body).toBe('event: a\n');
	});
});

describe('stopping', () => {
	test('ends before the answer', async () => {
		const stop = new AbortController();
		const baseUrl = await serve(() => stop.abort());
		const { ending, response } = await sent(world(fetch), { target: { kind: 'custom', baseUrl } }, stop.signal);
		expect(ending).toEqual({ kind: 'stopped' });
		expect(response).toBeUndefined();
	});

	test('ends in the middle of the answer, and keeps what came', async () => {
		const stop = new AbortController();
		let hangUp = () => {};
		const hungUp = new Promise<void>((resolve) => (hangUp = resolve));
		const baseUrl = await serve((_request, response) => {
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			response.write('event: a\n');
			response.on('close', hangUp);
		});
		const evidence: Evidence[] = [];
		const ending = await createSend(world(fetch))(
			{ ...outgoing, target: { kind: 'custom', baseUrl } },
			(one) => {
				evidence.push(one);
				if (one.kind === 'chunk') stop.abort();
			},
			stop.signal,
		);
		await hungUp;
		expect(ending).toEqual({ kind: 'stopped' });
		expect(evidence.at(-1)?.kind).toBe('chunk');
	});

	test('does not hang on the SDK, which lets go of its signal when it takes an answer for abandoned', async () => {
		const stop = new AbortController();
		const { fetch, calls } = answering(() => new Response('{}'));
		await sent(world(fetch), {}, stop.signal);
		expect(calls[0]?.init.signal).toBe(stop.signal);
	});

	test('sends nothing when it comes first', async () => {
		const { fetch, calls } = answering(() => new Response('{}'));
		const { ending } = await sent(world(fetch), {}, AbortSignal.abort());
		expect(ending).toEqual({ kind: 'stopped' });
		expect(calls).toEqual([]);
	});
});

describe('what stays here', () => {
	const nowhere = (): never => {
		throw new Error('Something was sent.');
	};
	test.each([
		['key-missing', {}, { apiKey: null }],
		['key-missing', {}, { apiKey: '' }],
		['framed', { framed: () => true }, {}],
		['framed', { framed: () => true }, { target: { kind: 'custom', baseUrl: 'http://localhost:1' } }],
		['bad-header', {}, { headers: [['x-note', 'two\nlines']] }],
		['bad-header', {}, { apiKey: 'sk-ant-…wxyz' }],
		['bad-address', {}, { target: { kind: 'custom', baseUrl: 'localhost' } }],
		['bad-address', {}, { target: { kind: 'custom', baseUrl: 'ftp://localhost' } }],
		['key-locked', {}, { obstacle: { cause: 'key-locked', reason: 'Locked.' } }],
	] as [string, Partial<World>, Partial<Outgoing>][])('is a request with %s', async (cause, parts, change) => {
		const { ending, request } = await sent(world(nowhere, parts), change);
		expect(ending).toMatchObject({ kind: 'not-sent', cause, reason: matching(/\.$/) });
		expect(JSON.stringify([ending, request])).not.toContain('abcdefgh');
	});

	test('is not a request without a key, nor one to the simulated API, where the page is framed', async () => {
		const { fetch, calls } = answering(() => new Response('{}'));
		await sent(world(fetch, { framed: () => true }), {
			target: { kind: 'custom', baseUrl: 'http://localhost:1' },
			apiKey: null,
		});
		await sent(world(fetch, { framed: () => true }), { target: { kind: 'simulated' } });
		expect(calls).toHaveLength(2);
	});
});

describe('no answer', () => {
	/** A `fetch` that fails for everything but, if `answers`, the probe. */
	function failing(answers: boolean) {
		const probes: { url: string; init: RequestInit }[] = [];
		const fetch: World['fetch'] = (input, init) => {
			if (init?.method === 'POST') return Promise.reject(new TypeError('Failed to fetch'));
			probes.push({ url: requestUrl(input), init: init ?? {} });
			return answers ? Promise.resolve(new Response()) : Promise.reject(new TypeError('Failed to fetch'));
		};
		return { fetch, probes };
	}

	test.each([
		['unreachable', false, {}],
		['cors', true, {}],
		['offline', true, { online: () => false }],
		['policy', false, { policyBlocked: (url: string) => url === 'https://api.anthropic.com/v1/messages' }],
	] as [string, boolean, Partial<World>][])('is told to be %s', async (cause, answers, parts) => {
		const { ending } = await sent(world(failing(answers).fetch, parts));
		expect(ending).toEqual({ kind: 'no-answer', cause, reason: 'Failed to fetch' });
	});

	test('is looked into with one bare probe, which carries nothing of ours', async () => {
		const { fetch, probes } = failing(true);
		await sent(world(fetch), { headers: [['x-note', 'mine']] });
		expect(probes).toHaveLength(1);
		expect(probes[0]?.url).toBe('https://api.anthropic.com');
		expect(probes[0]?.init).toMatchObject({ mode: 'no-cors', credentials: 'omit' });
		expect(probes[0]?.init.headers).toBeUndefined();
		expect(probes[0]?.init.body).toBeUndefined();
	});

	test('is not looked into where the device is offline', async () => {
		const { fetch, probes } = failing(true);
		await sent(world(fetch, { online: () => false }));
		expect(probes).toEqual([]);
	});

	test.each(['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080'])(
		'of %s is looked into without a network: this machine needs none',
		async (baseUrl) => {
			const { fetch } = failing(false);
			const { ending } = await sent(world(fetch, { online: () => false }), { target: { kind: 'custom', baseUrl } });
			expect(ending).toMatchObject({ kind: 'no-answer', cause: 'unreachable' });
		},
	);

	test('comes from a port nobody listens on', async () => {
		const baseUrl = await serve(() => undefined);
		servers.splice(0).forEach((close) => close());
		const { ending } = await sent(world(fetch), { target: { kind: 'custom', baseUrl } });
		expect(ending).toMatchObject({ kind: 'no-answer', cause: 'unreachable' });
	});
});
