import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { examples } from '../../../src/lessons/examples';
import { RULES, rulesOn } from '../../../src/lint/every-rule';
import { lint } from '../../../src/lint/lint';
import { isPlain, PLAIN } from '../../../src/lint/plain';
import type { Context } from '../../../src/lint/rule';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import { findModel, MODELS } from '../../../src/model/models';
import type { Header } from '../../../src/model/run';
import { API_VERSIONS, LARGEST_BODY } from '../../../src/model/target';

const good: JsonObject = { model: 'claude-sonnet-5', max_tokens: 1024, messages: [{ role: 'user', content: 'Hi' }] };

function contextOf(request: JsonObject, headers: readonly Header[] = [], more: Partial<Context> = {}): Context {
	const model = typeof request.model === 'string' ? findModel(request.model) : null;
	return { request, apiVersion: '2023-06-01', headers, model, today: '2026-11-22', ...more };
}

describe('the rules of plain requests', () => {
	test('are some of all the rules, in their order', () => {
		expect(RULES.filter((rule) => PLAIN.includes(rule))).toEqual(PLAIN);
	});

	const words = fc.constantFrom('Hi', 'Hi ', 'Bonjour\n', 'The answer is (');
	const turns = fc
		.array(words, { minLength: 1, maxLength: 4 })
		.map((said) => said.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content })));
	const request: fc.Arbitrary<JsonObject> = fc.record(
		{
			model: fc.constantFrom(...MODELS.map(({ id }) => id), 'claude-opus-9', 'gpt', ' '),
			max_tokens: fc.constantFrom(1, 1024, 64_001, 1e9),
			messages: turns,
			stream: fc.boolean(),
			system: fc.constantFrom('', 'Be brief.'),
		},
		{ requiredKeys: ['model', 'max_tokens', 'messages'] },
	); // a key that is left out is not there
	const circumstances = fc.record({
		apiVersion: fc.constantFrom(...API_VERSIONS),
		today: fc.constantFrom('2025-01-01', '2026-11-22', '2027-12-31'),
	});
	const saidByAll = (context: Context) =>
		rulesOn(context.today).flatMap((rule) =>
			rule.check(context).map((fault) => ({ severity: rule.severity, ...fault, rule: rule.id })),
		);

	test('say of a plain request what all the rules would', async () => {
		await fc.assert(
			fc.asyncProperty(request, circumstances, async (plain, circumstance) => {
				const context = contextOf(plain, [], circumstance);
				expect(isPlain(context)).toBe(true);
				expect(await lint(context)).toEqual(saidByAll(context));
			}),
			{ numRuns: 500 },
		);
	});

	test.each<[string, Partial<Context>, string]>([
		['for a body that is too large', { bytes: LARGEST_BODY + 1 }, 'request-size'],
		['for a prompt that is too long', { tokens: 1_000_001 }, 'prompt-too-long'],
		['where a name is there more than once', { duplicates: [['model']] }, 'duplicate-names'],
	])('are not enough %s', async (_, more, rule) => {
		const context = contextOf(good, [], more);
		expect(isPlain(context)).toBe(false);
		expect(await lint(context)).toMatchObject([{ rule }]);
	});

	const odd = fc.oneof(
		fc.constantFrom<JsonValue>(null, false, -1, 0, 1.5, '', ' ', [], {}, ['x']),
		fc.constantFrom<JsonValue>(
			[{ role: 'assistant', content: 'Hi' }],
			[{ role: 'user', content: '' }],
			[
				{ role: 'user', content: 'Hi' },
				{ role: 'user', content: 'Ho' },
			],
			[
				{ role: 'user', content: 'Hi' },
				{ role: 'system', content: 'Hi' },
			],
			[{ role: 'user', content: [{ type: 'image', source: {} }] }],
			[{ role: 'user' }, { role: 'user', content: 'Hi', cache_control: {} }],
		),
	);
	const key = fc.constantFrom('model', 'max_tokens', 'messages', 'stream', 'system', 'temperature', 'bogus');

	test('are not left alone with a request that others have something to say about', async () => {
		await fc.assert(
			fc.asyncProperty(request, key, odd, circumstances, async (plain, spoilt, value, circumstance) => {
				const { [spoilt]: _, ...rest } = plain;
				for (const other of [rest, { ...plain, [spoilt]: value }]) {
					const context = contextOf(other, [], circumstance);
					expect(await lint(context)).toEqual(saidByAll(context));
				}
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('isPlain', () => {
	test('holds for the examples that are only words', () => {
		const plain = examples.filter(({ text }) => isPlain(contextOf(JSON.parse(text) as JsonObject)));
		expect(plain.map(({ id }) => id)).toEqual(['hello', 'turns', 'prefill']);
	});

	test('holds with a system prompt, a stream and headers of no beta feature', () => {
		expect(isPlain(contextOf({ ...good, system: 'Be brief.', stream: true }, [['content-type', 'text/plain']]))).toBe(
			true,
		);
	});

	test.each<[string, JsonObject]>([
		['another key', { temperature: 1 }],
		['no model', { model: '' }],
		['a limit that is none', { max_tokens: 0 }],
		['half a token', { max_tokens: 0.5 }],
		['nothing to answer', { messages: [] }],
		['blocks', { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] }],
		['an empty turn', { messages: [{ role: 'user', content: ' ' }] }],
		['another key in a message', { messages: [{ role: 'user', content: 'Hi', name: 'me' }] }],
		['the assistant first', { messages: [{ role: 'assistant', content: 'Hi' }] }],
		[
			'more messages than anyone writes',
			{ messages: Array.from({ length: 2000 }, (_, at) => ({ role: at % 2 ? 'assistant' : 'user', content: 'Hi' })) },
		],
		['a list as the system prompt', { system: [] }],
		['a word for a flag', { stream: 'yes' }],
	])('does not hold with %s', (_, more) => expect(isPlain(contextOf({ ...good, ...more }))).toBe(false));

	test('does not hold with a beta feature, however its header is spelt', () => {
		expect(isPlain(contextOf(good, [['Anthropic-Beta', 'x-2026-01-01']]))).toBe(false);
	});
});
