import Anthropic, { APIError } from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import type { Wait } from '../../../src/simulator/script';
import { findScenario } from '../../../src/simulator/scenarios/find';
import { scenarios } from '../../../src/simulator/scenarios/every-scenario';
import { createSimulator } from '../../../src/simulator/simulator';
import { grammarFaults } from '../../fidelity/grammar';
import { answerTo, headers, KEY, post, request, simulator, textOf } from './simulated';

const behaving = async (id: string) => simulator({ scenario: await findScenario(id) });
const streamed = async (id: string) => (await post(request({ stream: true }), {}, await behaving(id))).text();

/** What of a body arrives before it breaks off, and whether it does. */
async function read(body: ReadableStream<Uint8Array>) {
	const chunks: Uint8Array[] = [];
	try {
		for await (const chunk of body) chunks.push(chunk);
		return { chunks, broke: null };
	} catch (error) {
		return { chunks, broke: error };
	}
}

describe('every scenario', () => {
	test.each(scenarios)('“$title” is found by its id, and describes itself', async (scenario) => {
		expect(await findScenario(scenario.id)).toBe(scenario);
		expect(scenario.about).toMatch(/^[A-Z].+\.$/);
	});

	test('has an id of its own', () => expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length));

	test.each(scenarios.filter(({ id }) => id !== 'connection-cut'))(
		'“$title” streams as the API does, or is refused before',
		async ({ id }) => {
			const response = await post(request({ stream: true }), {}, await behaving(id));
			const text = await response.text();
			if (response.status === 200) expect(grammarFaults(text)).toEqual([]);
			else expect(JSON.parse(text)).toMatchObject({ type: 'error', request_id: response.headers.get('request-id') });
		},
	);

	test('that is not there is the ordinary one', async () => {
		expect((await findScenario('gone')).id).toBe('ordinary');
	});
});

describe('a scenario that refuses', () => {
	test.each([
		['400', 400, 'invalid_request_error', /^Your credit balance is too low/],
		['401', 401, 'authentication_error', 'invalid x-api-key'],
		['403', 403, 'permission_error', /not permitted/],
		['404', 404, 'not_found_error', 'model: claude-haiku-4-5'],
		['413', 413, 'request_too_large', 'Request exceeds the maximum size'],
		['429', 429, 'rate_limit_error', /1,000 requests per minute .*model: claude-haiku-4-5-20251001/],
		['500', 500, 'api_error', 'Internal server error'],
		['504', 504, 'timeout_error', /timed out/],
		['529', 529, 'overloaded_error', 'Overloaded'],
	])('%s is what the official SDK takes it for', async (id, status, type, words) => {
		const client = new Anthropic({ apiKey: KEY, fetch: await behaving(id), maxRetries: 0 });
		const error: unknown = await client.messages
			.create({ model: 'claude-haiku-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'Hi' }] })
			.catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(APIError);
		expect(error).toMatchObject({ status, type });
		expect((error as APIError).apiMessage).toMatch(words); // it is one
	});

	test('429 says when to try again', async () => {
		const response = await post(request(), {}, await behaving('429'));
		expect(response.headers.get('retry-after')).toBe('8');
		expect(response.headers.get('x-should-retry')).toBe('true');
		expect(response.headers.get('anthropic-ratelimit-requests-remaining')).toBe('0');
		expect(response.headers.get('anthropic-ratelimit-requests-reset')).toBe('2026-11-22T00:00:08Z');
	});

	test('404 is not asked about a request that is wrong in itself', async () => {
		expect((await post({}, {}, await behaving('404'))).status).toBe(400);
	});

	test.each(['401', '403', '413', '429', '500', '504', '529'])('%s comes before anything is read', async (id) => {
		const api = await behaving(id);
		const counting = 'https://api.anthropic.com/v1/messages/count_tokens';
		expect((await post('{', {}, api)).status).toBe(Number(id));
		expect((await api(counting, { method: 'POST', headers, body: '{' })).status).toBe(Number(id));
	});

	test.each([
		['401', 401],
		['529', 529],
		['413', 200],
	])('%s answers who asks for the models with %d: a body that is too large needs one', async (id, status) => {
		expect((await (await behaving(id))('https://api.anthropic.com/v1/models', { headers })).status).toBe(status);
	});

	test('429 does not hide that there is no key', async () => {
		expect((await post(request(), { headers: {} }, await behaving('429'))).status).toBe(400);
	});
});

describe('a scenario that ends otherwise', () => {
	test('“refusal” breaks off and says why', async () => {
		const whole = textOf(await answerTo({}));
		const answer = await answerTo({}, {}, await behaving('refusal'));
		expect(answer).toMatchObject({
			stop_reason: 'refusal',
			stop_details: { type: 'refusal', category: 'general_harms' },
		});
		expect(whole.startsWith(textOf(answer))).toBe(true);
		expect(textOf(answer).length).toBeLessThan(whole.length);
	});

	test('“model_context_window_exceeded” breaks off', async () => {
		const answer = await answerTo({}, {}, await behaving('context-window-exceeded'));
		expect(answer).toMatchObject({ stop_reason: 'model_context_window_exceeded', stop_details: null });
		expect(textOf(answer)).not.toBe('');
	});

	test.each([
		['refusal', 'refusal'],
		['context-window-exceeded', 'model_context_window_exceeded'],
	])('“%s” breaks off in a call of a tool, where nothing else is said', async (id, stop_reason) => {
		const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
		const forced = { tools: [{ name: 'get_weather', input_schema: schema }], tool_choice: { type: 'any' } };
		expect(await answerTo(forced, {}, await behaving(id))).toMatchObject({
			stop_reason,
			content: [{ type: 'tool_use', name: 'get_weather', input: {} }],
		});
	});

	test('“Very long answer” is ended by max_tokens alone', async () => {
		const api = await behaving('very-long-answer');
		expect(await answerTo({}, {}, api)).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 1024 } });
		const whole = await answerTo({ max_tokens: 60_000 }, {}, api);
		expect(whole.stop_reason).toBe('end_turn');
		expect(whole.usage.output_tokens).toBeGreaterThan(5_000);
	});

	test('“Slow stream” takes its time', async () => {
		const waits: number[] = [];
		const wait: Wait = (milliseconds) => Promise.resolve(void waits.push(milliseconds));
		const scenario = await findScenario('slow-stream');
		const api = createSimulator({ now: () => 0, wait, settings: () => ({ scenario }) });
		await (await post(request({ stream: true }), {}, api)).text();
		expect(waits[0]).toBeGreaterThan(3000);
		expect(waits[1]).toBeGreaterThan(300);
	});

	test('“Error event” comes after words, with the error in the stream', async () => {
		const text = await streamed('error-event');
		expect(text).toContain('text_delta');
		expect(text).not.toContain('message_stop');
		expect(text).toMatch(
			/event: error\ndata: \{"type":"error","error":\{"details":null,"type":"overloaded_error","message":"Overloaded"\},"request_id":"req_\w+"\}\n\n$/,
		);
		expect((await post(request(), {}, await behaving('error-event'))).status).toBe(529);
	});

	test.each([true, false])('“Connection cut” breaks off within the body, streamed: %s', async (stream) => {
		const { body } = await post(request({ stream }), {}, await behaving('connection-cut'));
		const { chunks, broke } = await read(body!); // an answer has one
		expect(broke).toBeInstanceOf(TypeError);
		const text = Buffer.concat(chunks).toString();
		expect(text).toContain(stream ? 'text_delta' : '"type":"message"');
		expect(text.endsWith('\n\n') || text.endsWith('}')).toBe(false);
	});

	test('“Split inside a character” sends pieces that are no text of their own, and the same in all', async () => {
		const { body } = await post(request({ stream: true }), {}, await behaving('split-character'));
		const { chunks } = await read(body!); // an answer has one
		const strict = new TextDecoder('utf-8', { fatal: true });
		const readable = (bytes: Uint8Array) => {
			try {
				return strict.decode(bytes) !== '';
			} catch {
				return false;
			}
		};
		expect(chunks.filter((chunk) => !readable(chunk)).length).toBeGreaterThan(3);
		expect(grammarFaults(strict.decode(Buffer.concat(chunks)))).toEqual([]);
	});
});

describe('the settings', () => {
	test('are asked for at every request', async () => {
		const ids = ['529', 'ordinary'];
		const api = createSimulator({
			now: () => 0,
			wait: () => Promise.resolve(),
			settings: async () => ({ scenario: await findScenario(ids.shift() ?? '') }),
		});
		expect((await post(request(), {}, api)).status).toBe(529);
		expect((await post(request(), {}, api)).status).toBe(200);
	});

	test('let a seed change what is said', async () => {
		const said = async (seed: number) => textOf(await answerTo({}, {}, simulator({ seed })));
		const first = await said(1);
		expect(await said(1)).toBe(first);
		expect((await Promise.all([2, 3, 4, 5].map(said))).some((other) => other !== first)).toBe(true);
	});
});
