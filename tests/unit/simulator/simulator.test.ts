import { describe, expect, test, vi } from 'vitest';
import { createSend } from '../../../src/api/send';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import type { Scenario } from '../../../src/simulator/scenarios/scenario';
import { createSimulator, SIMULATED_TODAY } from '../../../src/simulator/simulator';
import { grammarFaults } from '../../fidelity/grammar';
import { answerTo, headers, KEY, post, request, simulator, textOf } from './simulated';

const NEWER = { headers: { ...headers, 'anthropic-version': '2026-10-21' } };
const ant = 'What is latin for Ant? (A) Apoidea, (B) Rhopalocera, (C) Formicidae';
const prefilled = (question: string, beginning: string, more: JsonObject = {}) => ({
	messages: [
		{ role: 'user', content: question },
		{ role: 'assistant', content: beginning },
	],
	...more,
});
/** A PNG of 3 × 2 pixels: as much of one as its size needs. */
const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000003000000020802000000', 'hex').toString('base64');

/** A simulated API that answers what it lets in by `answer`. */
const answering = (answer: Scenario['answer']) =>
	simulator({ scenario: { id: 'test', title: 'Test', about: '', answer } });

const stringOf = (value: JsonValue | undefined) => (typeof value === 'string' ? value : '');

describe('usage', () => {
	test.each([
		['claude-haiku-4-5', 'not_available', false],
		['claude-sonnet-4-6', 'global', true],
		['claude-opus-4-8', 'global', true],
	])('of %s says that it ran %s, and how much of it was thinking: %j', async (model, geo, isTold) => {
		const { usage } = await answerTo({ model });
		expect(usage.inference_geo).toBe(geo);
		expect('output_tokens_details' in usage).toBe(isTold);
	});
});

describe('an answer', () => {
	test('says that it is simulated and what the request held', async () => {
		const answer = await answerTo({
			system: 'Be brief.',
			messages: [
				{ role: 'user', content: 'Hello, Claude' },
				{ role: 'assistant', content: 'Hello!' },
				{ role: 'user', content: 'Can you describe LLMs to me?' },
			],
		});
		expect(textOf(answer)).toMatch(/simulated/);
		expect(textOf(answer)).toContain('3 messages and a system prompt');
		expect(textOf(answer)).toContain('“Can you describe LLMs to me?”');
		expect(answer.stop_reason).toBe('end_turn');
	});

	test('names the type, pixels, size and estimated tokens of a picture', async () => {
		const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } };
		const answer = await answerTo({
			messages: [{ role: 'user', content: [image, { type: 'text', text: 'What is this?' }] }],
		});
		expect(textOf(answer)).toContain('image/png, 3 × 2 pixels, 29 B, about one token');
	});

	test('says that a picture by its address was not fetched', async () => {
		const url = 'https://example.com/ant.jpg';
		const answer = await answerTo({
			messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url } }] }],
		});
		expect(textOf(answer)).toContain(`${url}, from where only the real API would fetch it`);
	});

	test('comes as the API writes it, in its order of keys', async () => {
		const answer = await answerTo({});
		expect(Object.keys(answer)).toEqual([
			'model',
			'id',
			'type',
			'role',
			'content',
			'stop_reason',
			'stop_sequence',
			'stop_details',
			'usage',
		]);
		expect(answer).toMatchObject({ type: 'message', role: 'assistant', model: 'claude-sonnet-4-5-20250929' });
		expect(answer.id).toMatch(/^msg_01Sim\w{19}$/);
		expect(answer.usage.input_tokens).toBe(12);
		expect(answer.usage.output_tokens).toBeGreaterThan(20);
	});

	test('writes the fields that only the newer version always has', async () => {
		const older = await answerTo({});
		const newer = await answerTo({}, NEWER);
		expect(older).not.toHaveProperty('container');
		expect(older.usage).not.toHaveProperty('speed');
		expect(newer).toMatchObject({
			container: null,
			diagnostics: null,
			usage: { output_tokens_details: { thinking_tokens: 0 } },
		});
		expect(newer.content[0]).toHaveProperty('citations', null);
	});

	test.each([headers, NEWER.headers])(
		'says how it was asked for: its speed, and what the cache is compared with',
		async (headers) => {
			const fast = await answerTo(
				{ model: 'claude-opus-5-5', speed: 'fast', diagnostics: { previous_message_id: 'msg_01' } },
				{ headers },
			);
			expect(fast.usage.speed).toBe('fast');
			expect(fast.diagnostics).toEqual({ cache_miss_reason: { type: 'previous_message_not_found' } });
			expect(await answerTo({ diagnostics: { previous_message_id: null } }, { headers })).toHaveProperty(
				'diagnostics',
				null,
			);
		},
	);

	test('is the same for the same seed and request, but for its id', async () => {
		const api = simulator();
		const [first, second] = [await answerTo({}, {}, api), await answerTo({}, {}, api)];
		expect(textOf(second)).toBe(textOf(first));
		expect(second.id).not.toBe(first.id);
		expect(await answerTo({}, {}, simulator())).toEqual(first);
	});

	test('carries the headers of a real one, and says who serves it', async () => {
		const response = await post(request());
		expect(response.headers.get('request-id')).toMatch(/^req_011CSim\w{19}$/);
		expect(response.headers.get('anthropic-ratelimit-requests-remaining')).toBe('999');
		expect(response.headers.get('anthropic-ratelimit-input-tokens-reset')).toBe('2026-11-22T00:00:01Z');
		expect(response.headers.get('content-type')).toBe('application/json');
		expect(response.headers.get('date')).toBe('Sun, 22 Nov 2026 00:00:00 GMT');
		expect(response.headers.get('server')).toBe('simulated');
	});
});

describe('a prefilled answer', () => {
	test("is gone on with: the guide's ant gets its letter within one token", async () => {
		const answer = await answerTo({ ...prefilled(ant, 'The answer is ('), max_tokens: 1 });
		expect(answer.content).toEqual([{ type: 'text', text: 'C' }]);
		expect(answer).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 1 } });
	});

	test('is gone on with when several turns begin it', async () => {
		const messages = [
			{ role: 'user', content: 'JSON, please.' },
			{ role: 'assistant', content: 'Here it is:\n{' },
			{ role: 'assistant', content: '"a":' },
		];
		expect(textOf(await answerTo({ messages }))).toBe('"simulated"}');
	});

	test('makes one text with its beginning', async () => {
		const answer = await answerTo(prefilled(ant, 'The answer is ('));
		expect(`The answer is (${textOf(answer)}`).toMatch(/^The answer is \(C\) Formicidae\. /);
	});

	test('becomes JSON when it began as JSON', async () => {
		const answer = await answerTo(prefilled('Give me JSON.', '{"name": "'));
		expect(JSON.parse(`{"name": "${textOf(answer)}`)).toHaveProperty('name');
	});

	test('is refused by a model that does not go on with one', async () => {
		const response = await post(request({ ...prefilled('Hi', 'Hello'), model: 'claude-sonnet-4-6' }));
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({
			error: { message: expect.stringContaining('assistant message prefill') as string },
		});
	});
});

describe('the length of an answer', () => {
	test('is nothing with max_tokens 0', async () => {
		expect(await answerTo({ max_tokens: 0 })).toMatchObject({
			content: [],
			stop_reason: 'max_tokens',
			usage: { output_tokens: 0 },
		});
	});

	test.each([1, 2, 7, 20])('is cut after %i tokens, at the same words as the whole answer', async (max_tokens) => {
		const whole = textOf(await answerTo({ max_tokens: 1000 }));
		const cut = await answerTo({ max_tokens });
		expect(cut).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: max_tokens } });
		expect(textOf(cut).length).toBeLessThan(whole.length);
		expect(whole.startsWith(textOf(cut))).toBe(true);
	});

	test('ends before the first stop sequence, which is named', async () => {
		const answer = await answerTo({ stop_sequences: ['no such words', 'simulated'] });
		expect(answer).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'simulated' });
		expect(textOf(answer)).toBe('This answer is ');
	});

	test('says nothing at all where the stop sequence comes first, and costs what that is', async () => {
		const answer = await answerTo({ stop_sequences: ['This'] });
		expect(answer).toMatchObject({ content: [], stop_reason: 'stop_sequence', usage: { output_tokens: 1 } });
	});

	test('ends by max_tokens where the stop sequence comes later', async () => {
		expect(await answerTo({ stop_sequences: ['simulated'], max_tokens: 2 })).toMatchObject({
			stop_reason: 'max_tokens',
			stop_sequence: null,
		});
	});
});

describe('thinking', () => {
	const withThinking = (thinking: JsonObject, model = 'claude-sonnet-4-6') => ({ model, thinking, max_tokens: 2048 });

	test('comes before the text when it is asked for, signed', async () => {
		const { content } = await answerTo(withThinking({ type: 'adaptive' }));
		expect(content.map(({ type }) => type)).toEqual(['thinking', 'text']);
		expect(content[0]?.thinking).toMatch(/^Simulated thinking\. Asked “Hello, Claude”/);
		expect(atob(stringOf(content[0]?.signature))).toMatch(/^simulated signature/);
	});

	test.each([
		['claude-opus-4-8', { type: 'adaptive' }, ''],
		['claude-opus-4-8', { type: 'adaptive', display: 'summarized' }, 'Simulated'],
		['claude-sonnet-4-6', { type: 'enabled', budget_tokens: 1024, display: 'omitted' }, ''],
	])('is shown by %s with %j as it would be, and counts either way', async (model, thinking, beginning) => {
		const { content, usage } = await answerTo(withThinking(thinking, model));
		expect(stringOf(content[0]?.thinking).slice(0, 9)).toBe(beginning);
		expect(usage.output_tokens).toBeGreaterThan(stringOf(content[1]?.text).length / 6);
	});

	test('stays away when it is not asked for', async () => {
		expect((await answerTo({ model: 'claude-opus-4-8' })).content.map(({ type }) => type)).toEqual(['text']);
	});
});

describe('tools', () => {
	const weather = {
		name: 'get_weather',
		input_schema: {
			type: 'object',
			properties: { city: { type: 'string' }, unit: { enum: ['C', 'F'] }, days: { type: 'integer', minimum: 3 } },
			required: ['city', 'unit', 'days'],
		},
	};
	const asked = [{ role: 'user', content: 'What is the weather in Lisbon?' }];

	test('are called when the question asks for one, with an input of the right form', async () => {
		const { content, stop_reason } = await answerTo({ tools: [weather], messages: asked });
		expect(stop_reason).toBe('tool_use');
		expect(content.map(({ type }) => type)).toEqual(['text', 'tool_use']);
		expect(content[1]).toMatchObject({
			name: 'get_weather',
			input: { city: 'simulated city', unit: expect.stringMatching(/^[CF]$/) as string, days: 3 },
		});
		expect(content[1]?.id).toMatch(/^toolu_01Sim\w{19}$/);
	});

	test('are left alone when the question asks for something else, or they are forbidden', async () => {
		expect((await answerTo({ tools: [weather] })).stop_reason).toBe('end_turn');
		expect((await answerTo({ tools: [weather], messages: asked, tool_choice: { type: 'none' } })).stop_reason).toBe(
			'end_turn',
		);
	});

	test.each([{ type: 'any' }, { type: 'tool', name: 'get_weather' }])(
		'are called without a word for %j',
		async (tool_choice) => {
			const { content } = await answerTo({ tools: [weather], tool_choice });
			expect(content.map(({ type, name }) => [type, name])).toEqual([['tool_use', 'get_weather']]);
		},
	);

	test('are answered with what they gave', async () => {
		const answer = await answerTo({
			tools: [weather],
			messages: [
				...asked,
				{ role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_01', name: 'get_weather', input: {} }] },
				{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_01', content: '23 °C and sunny' }] },
			],
		});
		expect(answer.stop_reason).toBe('end_turn');
		expect(textOf(answer)).toContain('get_weather came back with “23 °C and sunny”');
	});

	test.each([
		['bash_20250124', 'bash', 'bash', { command: 'echo simulated' }],
		['computer_toolset_20260801', undefined, 'screenshot', {}],
	])('of type %s are called by the names and inputs they bring', async (type, name, called, input) => {
		const { content } = await answerTo({
			model: 'claude-opus-5',
			tools: [{ type, ...(name ? { name } : {}) }],
			tool_choice: { type: 'any' },
		});
		expect(content[0]).toMatchObject({ type: 'tool_use', name: called, input });
	});

	test('lose the input of a call that is cut short', async () => {
		const { content, stop_reason } = await answerTo({ tools: [weather], tool_choice: { type: 'any' }, max_tokens: 3 });
		expect(stop_reason).toBe('max_tokens');
		expect(content[0]?.input).toEqual({});
	});
});

describe('an answer after a schema', () => {
	test('is JSON that the schema describes', async () => {
		const schema = {
			type: 'object',
			properties: { name: { type: 'string' }, tags: { type: 'array', items: { $ref: '#/$defs/tag' } } },
			required: ['name', 'tags'],
			additionalProperties: false,
			$defs: { tag: { enum: ['a'] } },
		};
		const answer = await answerTo({ output_config: { format: { type: 'json_schema', schema } } });
		expect(JSON.parse(textOf(answer))).toEqual({ name: 'simulated name', tags: ['a'] });
	});
});

describe('a stream', () => {
	const streamed = async (more: JsonObject = {}) => (await post(request({ stream: true, ...more }))).text();

	test.each<[string, JsonObject]>([
		['text', {}],
		['a prefill', { ...prefilled(ant, 'The answer is ('), max_tokens: 1 }],
		['thinking', { model: 'claude-opus-4-8', thinking: { type: 'adaptive' } }],
		['a tool call', { tools: [{ name: 'f', input_schema: { type: 'object' } }], tool_choice: { type: 'any' } }],
	])("of %s keeps to the API's grammar", async (_, more) => expect(grammarFaults(await streamed(more))).toEqual([]));

	test.each(['2023-06-01', '2026-10-21'])(
		'says in %s how it ends, and no more of it than the API does',
		async (version) => {
			const more = { model: 'claude-opus-4-8' };
			const init = { headers: { ...headers, 'anthropic-version': version } };
			const text = await (await post(request({ stream: true, ...more }), init)).text();
			expect(grammarFaults(text)).toEqual([]);
			const [, ending = ''] = /event: message_delta\ndata: (.*)/.exec(text) ?? [];
			const { usage } = JSON.parse(ending) as { usage: JsonObject };
			expect(Object.keys(usage).slice(0, 5)).toEqual([
				'input_tokens',
				'cache_creation_input_tokens',
				'cache_read_input_tokens',
				'output_tokens',
				'output_tokens_details',
			]);
		},
	);

	test('is padded as the API pads, its first ping behind the first block', async () => {
		const text = await streamed();
		expect(text).toMatch(
			/^event: message_start\ndata: .*\n\nevent: content_block_start\ndata: .*\n\nevent: ping\ndata: \{"type": "ping"\}\n\n/,
		);
		expect(text).toMatch(/ \}\n\n/);
	});

	test('says the same as the answer in one piece', async () => {
		const response = await post(request({ stream: true }));
		expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
		const said = [...(await response.text()).matchAll(/"text_delta","text":("(?:[^"\\]|\\.)*")/g)];
		const whole = said.map(([, text]) => JSON.parse(text ?? '""') as string).join('');
		// Whether it is streamed is part of the request, so only the beginning is the same for sure.
		expect(whole).toMatch(/^This answer is simulated: .* “Hello, Claude”/);
	});

	test('waits before its first byte and before each piece', async () => {
		const waits: number[] = [];
		const api = createSimulator({ now: () => 0, wait: (ms) => Promise.resolve(void waits.push(ms)) });
		const text = await (await post(request({ stream: true }), {}, api)).text();
		const deltas = text.match(/event: content_block_delta/g)?.length;
		expect(waits).toEqual([350, ...Array.from({ length: deltas ?? 0 }, () => 30)]);
	});
});

describe('a refusal', () => {
	test.each<[string, JsonObject, number, string]>([
		['a model', { model: null }, 400, 'model: Input should be a valid string'],
		['messages', { messages: [] }, 400, 'messages: at least one message is required'],
		['a known model', { model: 'claude-nope' }, 404, 'model: claude-nope'],
		[
			'a known role',
			{ messages: [{ role: 'robot', content: 'Hi' }] },
			400,
			'messages: Unexpected role "robot". Allowed roles are "user" or "assistant"',
		],
		[
			'text',
			{ messages: [{ role: 'user', content: [{ type: 'text', text: '' }] }] },
			400,
			'messages: text content blocks must be non-empty',
		],
	])('for want of %s has the status and text of the API', async (_, more, status, message) => {
		const response = await post(request(more));
		const type = status === 404 ? 'not_found_error' : 'invalid_request_error';
		expect(response.status).toBe(status);
		expect(await response.json()).toEqual({
			type: 'error',
			error: { type, message },
			request_id: response.headers.get('request-id'),
		});
		expect(response.headers.get('x-should-retry')).toBe('false');
		expect(response.headers.has('anthropic-ratelimit-requests-limit')).toBe(false);
	});

	test('names the first fault only, in the order in which the API checks', async () => {
		const response = await post(request({ messages: [{ role: 'user', content: [] }], temperature: 'x' }));
		expect(await response.json()).toMatchObject({ error: { message: 'temperature: Input should be a valid number' } });
	});

	const { 'x-api-key': _, ...keyless } = headers;
	test.each<[string, HeadersInit, number, string]>([
		['no version', { 'x-api-key': KEY }, 400, 'anthropic-version: header is required'],
		['no key', keyless, 401, 'x-api-key header is required'],
		['a malformed key', { ...headers, 'x-api-key': 'my key' }, 401, 'invalid x-api-key'],
		['a malformed token', { ...keyless, authorization: 'Bearer nothing' }, 401, 'invalid x-api-key'],
	])('meets headers with %s', async (_name, sent, status, message) => {
		const response = await post(request(), { headers: sent });
		expect(response.status).toBe(status);
		expect(await response.json()).toMatchObject({ error: { message } });
	});

	test('takes the key as a bearer token too', async () => {
		expect((await post(request(), { headers: { ...keyless, authorization: `Bearer ${KEY}` } })).status).toBe(200);
	});

	test.each(['{"model":', '[]', 'null'])('meets the body %j', async (body) => {
		expect((await post(body)).status).toBe(400);
	});

	test.each([
		['letters', ' '.repeat(33 * 1024 * 1024)],
		['characters of several bytes', '€'.repeat(12 * 1024 * 1024)],
	])('meets a body that is too large: %s', async (_, body) => {
		const response = await post(body);
		expect(response.status).toBe(413);
		expect(await response.json()).toMatchObject({ error: { type: 'request_too_large' } });
	});

	test('meets a prompt that is longer than the context window', async () => {
		const response = await post(request({ messages: [{ role: 'user', content: 'ant '.repeat(200_000) }] }));
		expect(response.status).toBe(400);
		expect(await response.text()).toMatch(/prompt is too long: \d+ tokens > 200000 maximum/);
	});

	test('meets sampling parameters in the newer version only', async () => {
		expect((await post(request({ temperature: 1 }))).status).toBe(200);
		const response = await post(request({ temperature: 1 }), NEWER);
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ error: { message: 'temperature: Extra inputs are not permitted' } });
	});

	test.each([
		['GET', '/v1/messages'],
		['POST', '/v1/complete'],
	])('meets %s %s', async (method, path) => {
		const response = await simulator()(`https://api.anthropic.com${path}`, { method, headers });
		expect(response.status).toBe(404);
		expect(await response.json()).toMatchObject({ error: { type: 'not_found_error' } });
	});
});

describe('the day it plays', () => {
	test('is the one on which the table of models was checked, so that the examples keep working', async () => {
		expect(SIMULATED_TODAY).toBe('2026-11-22');
		expect((await post(request())).status).toBe(200);
	});

	test('can be another, on which a model has retired', async () => {
		const response = await post(request(), {}, simulator({ today: '2026-12-01' }));
		expect(response.status).toBe(404);
	});
});

describe('stopping', () => {
	/** Waits that last until they are stopped. */
	const forever = createSimulator({
		now: () => 0,
		wait: (_, signal) =>
			new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
	});

	test('before the request is sent rejects as fetch does', async () => {
		await expect(post(request(), { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
	});

	test('before the first byte rejects with AbortError', async () => {
		const stop = new AbortController();
		const answer = post(request(), { signal: stop.signal }, forever);
		stop.abort();
		await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
	});

	test('while a part that the answer needs is being loaded rejects with AbortError', async () => {
		const stop = new AbortController();
		const answer = post(
			request(),
			{ signal: stop.signal },
			answering(() => new Promise(() => {})),
		);
		stop.abort();
		await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
	});

	/** A stream that has begun: what comes before the first delta is there, the rest waits forever. */
	async function begun(signal: AbortSignal, onwait: (signal: AbortSignal) => void) {
		let first = true;
		const api = createSimulator({
			now: () => 0,
			wait: (_ms, waited) => {
				if (first) {
					first = false;
					return Promise.resolve();
				}
				onwait(waited);
				return new Promise((_, reject) => waited.addEventListener('abort', () => reject(waited.reason as Error)));
			},
		});
		return (await post(request({ stream: true }), { signal }, api)).body!.getReader(); // a stream has a body
	}

	test('in mid-stream keeps what came and breaks off with AbortError', async () => {
		const stop = new AbortController();
		const reader = await begun(stop.signal, () => stop.abort());
		const seen: string[] = [];
		const readAll = async () => {
			for (let part = await reader.read(); !part.done; part = await reader.read())
				seen.push(new TextDecoder().decode(part.value));
		};
		await expect(readAll()).rejects.toMatchObject({ name: 'AbortError' });
		expect(seen[0]).toMatch(/^event: message_start/);
	});

	test('ends the waiting when the reader gives up', async () => {
		const waits: AbortSignal[] = [];
		const reader = await begun(new AbortController().signal, (waited) => waits.push(waited));
		// What comes before the first delta: the waiting begins when the last of it has been taken.
		for (let events = 0; events < 3; events++) await reader.read();
		await vi.waitFor(() => expect(waits).toHaveLength(1));
		await reader.cancel();
		expect(waits[0]?.aborted).toBe(true);
	});
});

describe('a scenario', () => {
	test('decides how a request that was let in is answered, and is not asked about others', async () => {
		const answer = vi.fn(() => ({
			after: 0,
			status: 529,
			headers: { 'retry-after': '2' },
			steps: [{ after: 0, text: '{}' }],
		}));
		const api = answering(answer);
		const response = await post(request(), {}, api);
		expect(response.status).toBe(529);
		expect(response.headers.get('retry-after')).toBe('2');
		expect(response.headers.has('request-id')).toBe(true);
		expect((await post({}, {}, api)).status).toBe(400);
		expect(answer).toHaveBeenCalledOnce();
	});
});

describe('a part of it that cannot be loaded', () => {
	const missing = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module: stream.js'));
	/** How a run against the simulated API ends. */
	const ending = (api: typeof fetch) =>
		createSend({ fetch: api, now: () => 0, framed: () => false, online: () => true, policyBlocked: () => false })(
			{
				target: { kind: 'simulated' },
				apiVersion: '2023-06-01',
				headers: [],
				text: '',
				body: JSON.stringify(request()),
				apiKey: null,
			},
			() => {},
			new AbortController().signal,
		);

	test('makes it unreachable, not forbidden: who asks if anybody is there hears the same', async () => {
		expect(await ending(answering(missing))).toEqual({
			kind: 'no-answer',
			cause: 'unreachable',
			reason: 'Failed to fetch dynamically imported module: stream.js',
		});
	});

	test('is asked for again with the next request', async () => {
		const script = { after: 0, status: 200, headers: {}, steps: [{ after: 0, text: '{}' }] };
		const answers = [missing, () => script];
		const api = answering(() => answers.shift()!()); // two are asked for
		await ending(api);
		expect(await ending(api)).toEqual({ kind: 'complete' });
	});
});
