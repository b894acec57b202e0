import { describe, expect, test } from 'vitest';
import { ruleOf, RULES, rulesOn } from '../../../src/lint/every-rule';
import { editsOf } from '../../../src/lint/fix';
import { lint, refusalIn } from '../../../src/lint/lint';
import { applyEdits } from '../../../src/model/edit';
import type { JsonObject } from '../../../src/model/json';
import { findModel } from '../../../src/model/models';
import { INHERITED } from '../../fixtures/inherited';

const good = {
	model: 'claude-sonnet-5',
	max_tokens: 1024,
	messages: [{ role: 'user', content: 'Hi' }],
} satisfies JsonObject;

function findingsOf(more: JsonObject) {
	const request = { ...good, ...more };
	const model = typeof request.model === 'string' ? findModel(request.model) : null;
	return lint({ request, apiVersion: '2023-06-01', headers: [], model, today: '2026-11-22' });
}

describe('the order of checks', () => {
	/** Faults from first to last in the order in which the API was measured to meet them. */
	const faults: readonly [rule: string, fault: JsonObject][] = [
		['model-shape', { model: 5 }],
		['tool-choice-shape', { tool_choice: 'any' }],
		['tools-shape', { tools: {} }],
		['messages-shape', { messages: [5] }],
		['system-shape', { system: 5 }],
		['thinking-shape', { thinking: 5 }],
		['output-config-shape', { output_config: 5 }],
		['cache-control-shape', { cache_control: 5 }],
		['max-tokens-shape', { max_tokens: 'x' }],
		['metadata-shape', { metadata: 5 }],
		['stop-sequences-shape', { stop_sequences: 5 }],
		['temperature-shape', { temperature: 'x' }],
		['service-tier-shape', { service_tier: 5 }],
		['top-k-shape', { top_k: 'x' }],
		['top-p-shape', { top_p: 'x' }],
		['stream-shape', { stream: 5 }],
		['container-shape', { container: 5 }],
		['inference-geo-shape', { inference_geo: 5 }],
		['unknown-keys', { bogus: 5 }],
	];

	test.each(faults.slice(1).map((later, at) => [faults[at]!, later] as const))(
		'meets %j before %j',
		async (first, second) => {
			// Written the other way round: the order in the body does not matter.
			expect(refusalIn(await findingsOf({ ...second[1], ...first[1] }))?.rule).toBe(first[0]);
		},
	);

	test('meets a wrong type before a turn that is empty, and that before a model that is not there', async () => {
		const empty = { messages: [{ role: 'user', content: [] }] };
		expect(refusalIn(await findingsOf({ ...empty, temperature: 'x' }))?.rule).toBe('temperature-shape');
		expect(refusalIn(await findingsOf({ ...empty, model: 'claude-nope' }))?.rule).toBe('empty-turns');
	});

	test('names the first unknown key of the body', async () => {
		expect(refusalIn(await findingsOf({ zebra: 1, apple: 1 }))?.path).toEqual(['zebra']);
	});
});

describe('lint', () => {
	test('says everything there is to say, not only what the API would', async () => {
		expect((await findingsOf({ stream: 5, bogus: 5, temperature: 0.5 })).map(({ rule }) => rule)).toEqual([
			'stream-shape',
			'unknown-keys',
			'sampling-model',
		]);
	});

	test.each<JsonObject>([
		{},
		{ messages: null },
		{
			messages: [
				null,
				1,
				'x',
				[],
				{},
				{ role: 1 },
				{ role: 'user', content: [null, [], { type: 1 }, { type: 'tool_result' }] },
			],
		},
		{
			messages: [
				{ role: 'assistant', content: [{ type: 'image' }, { type: 'tool_use' }, { type: 'document', source: 1 }] },
			],
		},
		{
			tools: [
				null,
				{},
				{ strict: true },
				{ strict: true, input_schema: { properties: 1, anyOf: 2, $defs: [], $ref: 3 } },
			],
		},
		{ thinking: [], output_config: { format: { schema: 1 } }, tool_choice: { type: 'tool' }, system: [null] },
	])('gets through %j', async (request) => {
		await expect(
			lint({ request, apiVersion: '2023-06-01', headers: [], model: null, today: '2026-11-22' }),
		).resolves.toBeDefined();
	});

	test('says nothing about what a model takes when it does not know the model', async () => {
		const findings = await findingsOf({
			model: 'claude-opus-6',
			temperature: 0.1,
			thinking: { type: 'enabled', budget_tokens: 1024 },
			max_tokens: 2048,
		});
		expect(findings.map(({ rule }) => rule)).toEqual(['model-gone', 'sampling-thinking']);
	});

	test('leads from each finding to its rule', async () => {
		const [finding] = await findingsOf({ stream: 5 });
		expect(finding && ruleOf(finding).title).toBe('stream is true or false');
	});
});

describe('editsOf', () => {
	test('changes what the fix is about and not a byte more', () => {
		const text = '{ "model":"claude-sonnet-5",\n  "temperature" : 0.50,"max_tokens":1e3, "messages":[]}';
		const edited = applyEdits(text, editsOf({ label: '', changes: [{ kind: 'remove', path: ['temperature'] }] }, text));
		expect(edited).not.toContain('temperature');
		expect(edited).toContain('"max_tokens":1e3, "messages":[]}');
		expect(edited.startsWith('{ "model":"claude-sonnet-5",')).toBe(true);
	});

	test('takes several steps one after the other', () => {
		const text = '{"a": 1, "b": 2}';
		const changes = [
			{ kind: 'remove', path: ['a'] },
			{ kind: 'set', path: ['c', 'd'], value: [3] },
		] as const;
		expect(JSON.parse(applyEdits(text, editsOf({ label: '', changes }, text)))).toEqual({ b: 2, c: { d: [3] } });
	});
});

describe('the rules of a day', () => {
	const on = (today: string) => rulesOn(today).map(({ id }) => id);

	test('are those that the API is known to have followed on it', () => {
		expect(on('2024-06-12')).toContain('alternating-turns');
		expect(on('2024-06-12')).not.toContain('tool-pairs');
		expect(on('2026-11-22')).toContain('tool-pairs');
		expect(on('2026-11-22')).not.toContain('alternating-turns');
	});

	test('hold from their first day to their last', () => {
		expect(on('2026-01-30')).toContain('empty-messages');
		expect(on('2026-01-30')).not.toContain('empty-turns');
		expect(on('2026-01-31')).not.toContain('empty-messages');
		expect(on('2026-01-31')).toContain('empty-turns');
	});

	test.each(RULES.filter(({ since, until }) => since !== undefined || until !== undefined))(
		'name the days of $id as days',
		({ since, until }) => {
			for (const day of [since, until]) if (day !== undefined) expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
		},
	);

	test('decide what would have been answered then', async () => {
		const request = { ...good, model: 'claude-haiku-4-5', messages: [{ role: 'user', content: '' }] };
		const model = findModel('claude-haiku-4-5');
		const findings = await lint({ request, apiVersion: '2023-06-01', headers: [], model, today: '2026-01-30' });
		expect(refusalIn(findings)?.rule).toBe('empty-messages');
	});
});

describe('words that every object answers to', () => {
	test.each(INHERITED)('are unknown like any other: %s', async (type) => {
		const headers = [['anthropic-beta', 'mcp-client-2026-09-15']] as const;
		const messages = [{ role: 'user', content: [{ type }] }];
		const output_config = { format: { type: 'json_schema', schema: { type } } };
		const request: JsonObject = { ...good, messages, tools: [{ type, name: type }], output_config };
		const context = {
			request,
			apiVersion: '2023-06-01',
			headers,
			model: findModel(good.model),
			today: '2026-11-22',
		} as const;
		const said = (await lint(context)).map(({ message }) => message);
		expect(said.filter((message) => message.includes(`a type the API does not know: "${type}"`))).toHaveLength(2);
	});
});
