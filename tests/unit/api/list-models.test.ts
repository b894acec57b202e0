import { describe, expect, test } from 'vitest';
import { createListModels, type Asking } from '../../../src/api/list-models';
import { outcomeOf } from '../../../src/model/outcome';
import { simulator } from '../simulator/simulated';

const asking: Asking = {
	target: { kind: 'anthropic' },
	apiVersion: '2023-06-01',
	headers: [['x-lesson', 'seven']],
	apiKey: 'sk-ant-api03-test-key-1a2b',
};
const never = new AbortController().signal;

/** An API that gives these answers in turn, and notes what it is asked. */
function listing(...answers: readonly (Response | Error)[]) {
	const seen: { url: string; init: RequestInit }[] = [];
	const left = [...answers];
	const fetch = (input: RequestInfo | URL, init: RequestInit = {}) => {
		seen.push({ url: input instanceof Request ? input.url : input.toString(), init });
		const answer = left.shift();
		return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new TypeError('gone'));
	};
	const world = { now: () => 0, framed: () => false, online: () => true, policyBlocked: () => false };
	return { seen, list: createListModels({ ...world, fetch }) };
}
const page = (ids: readonly string[], more: boolean) =>
	Response.json({ data: ids.map((id) => ({ id })), has_more: more, last_id: ids.at(-1) ?? null });

describe('the list of models', () => {
	test('is read page by page, with the key and the headers that requests have', async () => {
		const { seen, list } = listing(page(['a', 'b'], true), page(['c'], false));
		expect(await list(asking, never)).toEqual({ kind: 'listed', items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
		expect(seen.map(({ url }) => url)).toEqual([
			'https://api.anthropic.com/v1/models?limit=1000',
			'https://api.anthropic.com/v1/models?limit=1000&after_id=b',
		]);
		expect(seen[0]?.init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error' });
		expect(seen[0]?.init.headers).toEqual([
			['x-api-key', asking.apiKey],
			['anthropic-version', '2023-06-01'],
			['anthropic-dangerous-direct-browser-access', 'true'],
			['x-lesson', 'seven'],
		]);
	});

	test('of the simulated API needs no key', async () => {
		const world = { now: () => 0, framed: () => false, online: () => true, policyBlocked: () => false };
		const list = createListModels({ ...world, fetch: simulator() });
		const listed = await list({ ...asking, target: { kind: 'simulated' }, apiKey: null }, never);
		expect(listed).toMatchObject({ kind: 'listed' });
		expect(listed.kind === 'listed' && listed.items.map(({ id }) => id)).toContain('claude-haiku-5-5');
	});

	test('is not asked for without a key, nor from inside another page', async () => {
		const { seen, list } = listing();
		expect(await list({ ...asking, apiKey: null }, never)).toMatchObject({
			asked: { ending: { kind: 'not-sent', cause: 'key-missing' } },
		});
		const obstacle = { cause: 'key-locked', reason: 'Locked.' } as const;
		expect(await list({ ...asking, obstacle }, never)).toMatchObject({ asked: { ending: obstacle } });
		expect(seen).toEqual([]);
	});

	test('may be refused, and a refusal on a later page is one', async () => {
		const said = { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } };
		const { list } = listing(page(['a'], true), Response.json(said, { status: 401 }));
		const refused = await list(asking, never);
		expect(refused.kind === 'failed' && outcomeOf(refused.asked)).toMatchObject({
			kind: 'refused',
			status: 401,
			message: 'invalid x-api-key',
		});
	});

	test('may not come at all', async () => {
		const { list, seen } = listing(new TypeError('Failed to fetch'));
		const failed = await list(asking, never);
		expect(failed.kind === 'failed' && outcomeOf(failed.asked)?.kind).toBe('unreachable');
		// The probe carries neither the key nor any header of the user's.
		expect(seen[1]?.init.headers).toBeUndefined();
	});

	test.each([
		['is none', () => [Response.json({ object: 'list' })]],
		['is not JSON', () => [new Response('<html>')]],
		['never ends', () => Array.from({ length: 60 }, (_, at) => page([`model-${at}`], true))],
	])('is told to be malformed when it %s', async (_, answers) => {
		const { list, seen } = listing(...answers());
		expect((await list(asking, never)).kind).toBe('malformed');
		expect(seen.length).toBeLessThanOrEqual(50);
	});
});
