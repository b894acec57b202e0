import Anthropic, { AuthenticationError, NotFoundError } from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/model/json';
import { MODELS } from '../../../src/model/models';
import { answerTo, headers, KEY, request, simulator } from './simulated';

const client = (apiKey = KEY) => new Anthropic({ apiKey, fetch: simulator(), maxRetries: 0 });
const hello = { model: 'claude-haiku-4-5', messages: [{ role: 'user' as const, content: 'Hello, Claude' }] };

async function ask(path: string, init: RequestInit = {}, api = simulator()) {
	const response = await api(`https://api.anthropic.com${path}`, { headers, ...init });
	return { response, body: (await response.json()) as JsonObject }; // all of them answer with an object
}
const count = (body: JsonObject) => ask('/v1/messages/count_tokens', { method: 'POST', body: JSON.stringify(body) });

describe('counting tokens', () => {
	test('gives what the answer’s usage will say', async () => {
		const { max_tokens: _, ...counted } = request();
		const { response, body } = await count(counted);
		expect(body).toEqual({ input_tokens: (await answerTo({})).usage.input_tokens });
		expect(response.headers.get('request-id')).toMatch(/^req_/);
	});

	test('is understood by the official SDK', async () => {
		expect(await client().messages.countTokens(hello)).toEqual({ input_tokens: 12 });
	});

	test('takes thinking of any budget the model has', async () => {
		const { body } = await count({ ...hello, thinking: { type: 'enabled', budget_tokens: 20_000 } });
		expect(body).toHaveProperty('input_tokens');
	});

	test('takes what a beta feature brings', async () => {
		const withBeta = { headers: { ...headers, 'anthropic-beta': 'context-management-2025-06-27' } };
		const body = JSON.stringify({ ...hello, context_management: { edits: [] } });
		const { response } = await ask('/v1/messages/count_tokens', { ...withBeta, method: 'POST', body });
		expect(response.status).toBe(200);
	});

	test.each<[string, JsonObject, number, string]>([
		['what only an answer needs', { ...hello, max_tokens: 5 }, 400, 'max_tokens: Extra inputs are not permitted'],
		['no messages', { model: 'claude-haiku-4-5' }, 400, 'messages: Field required'],
		['an unknown model', { ...hello, model: 'claude-nope' }, 404, 'model: claude-nope'],
	])('refuses %s', async (_, body, status, message) => {
		const answered = await count(body);
		expect(answered.response.status).toBe(status);
		expect(answered.body).toMatchObject({ type: 'error', error: { message } });
	});

	test.each([
		['stream', 'before a turn that is empty', { stream: true, messages: [{ role: 'user', content: '' }] }],
		['stream', 'before what nobody knows, if it comes first', { stream: true, zebra: 1 }],
		['zebra', 'before it, if that comes first', { zebra: 1, stream: true }],
		['temperature', 'even with a beta header', { temperature: 1 }],
	])('names %s %s', async (key, _, more) => {
		const { body } = await ask('/v1/messages/count_tokens', {
			method: 'POST',
			headers: { ...headers, ...(key === 'temperature' ? { 'anthropic-beta': 'some-beta-2026-01-01' } : {}) },
			body: JSON.stringify({ ...more, ...hello, messages: 'messages' in more ? more.messages : hello.messages }),
		});
		expect(body).toMatchObject({ error: { message: `${key}: Extra inputs are not permitted` } });
	});

	test('meets what is wrong in a field before that', async () => {
		const { body } = await count({ ...hello, stream: true, system: 5 });
		expect(body).toMatchObject({ error: { message: 'system: Input should be a valid array' } });
	});

	test('counts what a beta header brings', async () => {
		const { body } = await ask('/v1/messages/count_tokens', {
			method: 'POST',
			headers: { ...headers, 'anthropic-beta': 'context-management-2025-06-27' },
			body: JSON.stringify({ ...hello, context_management: {} }),
		});
		expect(body).toHaveProperty('input_tokens');
	});

	test.each(['{"model":', '[]'])('refuses the body %j', async (body) => {
		const { response } = await ask('/v1/messages/count_tokens', { method: 'POST', body });
		expect(response.status).toBe(400);
	});
});

describe('the list of models', () => {
	const idsOf = ({ data }: JsonObject) => (data as { id: string }[]).map(({ id }) => id);

	test('is read to its end by the official SDK, page by page', async () => {
		const ids: string[] = [];
		for await (const { id } of client().models.list({ limit: 5 })) ids.push(id);
		expect(ids).toEqual(idsOf((await ask('/v1/models?limit=1000')).body));
		expect(ids.length).toBeGreaterThan(10);
	});

	test('takes the stages of life that the official SDK asks for', async () => {
		const { data } = await client().models.list({ lifecycle: ['deprecated', 'retired'], limit: 1000 });
		expect(new Set(data.map(({ lifecycle }) => lifecycle))).toEqual(new Set(['deprecated', 'retired']));
		expect(data.map(({ id }) => id)).toContain('claude-opus-4-1-20250805');
	});

	test('says of each what the SDK expects', async () => {
		const model = await client().models.retrieve('claude-haiku-4-5');
		expect(model).toMatchObject({
			type: 'model',
			id: 'claude-haiku-4-5-20251001',
			display_name: 'Claude Haiku 4.5',
			created_at: '2025-10-15T00:00:00Z',
			lifecycle: 'active',
			line: 'haiku',
			max_tokens: 64_000,
			capabilities: { thinking: { types: { adaptive: { supported: false }, enabled: { supported: true } } } },
		});
	});

	test('begins with the newest', async () => {
		const { data } = (await ask('/v1/models?limit=1000')).body;
		const days = (data as { created_at: string }[]).map(({ created_at }) => created_at);
		expect(days).toEqual(days.toSorted().toReversed());
	});

	test('gives no day and no capabilities that are not known', async () => {
		expect(await client().models.retrieve('claude-mythos-5-2')).toMatchObject({
			created_at: '1970-01-01T00:00:00Z',
			capabilities: null,
		});
	});

	test('goes back from a model to those before it', async () => {
		const all = idsOf((await ask('/v1/models')).body);
		const { body } = await ask(`/v1/models?limit=2&before_id=${all[3]}`);
		expect(idsOf(body)).toEqual(all.slice(1, 3));
		expect(body).toMatchObject({ has_more: true, first_id: all[1], last_id: all[2] });
	});

	test('holds the retired ones only when they are asked for', async () => {
		const usual = (await ask('/v1/models?limit=1000')).body;
		const retired = (await ask('/v1/models?lifecycle[]=retired&limit=1000')).body;
		expect(idsOf(usual).filter((id) => idsOf(retired).includes(id))).toEqual([]);
		expect(retired.data).toMatchObject([
			{ lifecycle: 'retired', retires_at: expect.stringMatching(/^20\d\d-/) as string },
			...(retired.data as JsonObject[]).slice(1).map(() => ({ lifecycle: 'retired' })),
		]);
	});

	test.each([
		['claude-opus-5', 'active', null, null],
		['claude-sonnet-4-5', 'deprecated', '2026-09-30T00:00:00Z', '2026-11-30T00:00:00Z'],
		['claude-2.1', 'retired', '2025-01-21T00:00:00Z', '2025-07-21T00:00:00Z'],
		['claude-3-sonnet-20240229', 'retired', '2025-01-21T00:00:00Z', '2025-07-21T00:00:00Z'],
		['claude-instant-1.2', 'retired', '2024-09-04T00:00:00Z', '2024-11-06T00:00:00Z'],
	])('says of %s that it is %s, since when, and until when', async (id, lifecycle, deprecated_at, retires_at) => {
		expect(await client().models.retrieve(id)).toMatchObject({ lifecycle, deprecated_at, retires_at });
	});

	test('says of each that is on its way out since when, and of no other', async () => {
		const query = ['active', 'deprecated', 'retired'].map((stage) => `lifecycle[]=${stage}`).join('&');
		const { data } = (await ask(`/v1/models?limit=1000&${query}`)).body;
		const models = data as { lifecycle: string; deprecated_at: string | null }[]; // as the SDK reads it
		expect(models).toHaveLength(MODELS.length);
		for (const { lifecycle, deprecated_at } of models) expect(deprecated_at === null).toBe(lifecycle === 'active');
	});

	test('calls retired what has retired on the day it plays', async () => {
		const { body } = await ask('/v1/models/claude-sonnet-4-5', {}, simulator({ today: '2026-12-24' }));
		expect(body).toMatchObject({ lifecycle: 'retired', retires_at: '2026-11-30T00:00:00Z' });
	});

	test.each([
		'limit=0',
		'limit=1001',
		'limit=many',
		'lifecycle=gone',
		'after_id=nobody',
		'after_id=claude-opus-5&before_id=claude-opus-5',
	])('refuses ?%s', async (query) => expect((await ask(`/v1/models?${query}`)).response.status).toBe(400));

	test('refuses who has no key, and models that are not there', async () => {
		await expect(client('nothing').models.list()).rejects.toBeInstanceOf(AuthenticationError);
		await expect(client('nothing').models.retrieve('claude-opus-5')).rejects.toBeInstanceOf(AuthenticationError);
		await expect(client().models.retrieve('claude-nope')).rejects.toBeInstanceOf(NotFoundError);
		expect((await ask('/v1/models/100%25%zz')).response.status).toBe(404);
		expect((await ask('/v1/models', { headers: { 'x-api-key': KEY } })).response.status).toBe(400);
	});
});
