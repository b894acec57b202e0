import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../src/model/json';
import { findModel } from '../../../src/model/models';
import { costOf, estimateInputTokens, estimateTextTokens } from '../../../src/model/tokens';

const unknown = () => ({});
const counts = { input: 0, output: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0 };

describe('estimateTextTokens', () => {
	test('counts the same text higher with the newer tokenizer', () => {
		const text = 'The quick brown fox jumps over the lazy dog.';
		expect(estimateTextTokens(text, 'older')).toBe(12);
		expect(estimateTextTokens(text, 'newer')).toBe(16);
	});

	test('counts a character of another script as a token', () => expect(estimateTextTokens('蟻蟻蟻', 'older')).toBe(3));
});

describe('estimateInputTokens', () => {
	test.each([
		['one short message', [{ role: 'user', content: 'Hello, Claude' }], 12],
		[
			'a conversation',
			[
				{ role: 'user', content: 'Hello, Claude' },
				{ role: 'assistant', content: 'Hello!' },
				{ role: 'user', content: 'Can you describe LLMs to me?' },
			],
			30,
		],
	])("meets the documentation's count of %s", (_, messages, tokens) => {
		expect(estimateInputTokens({ model: 'claude-sonnet-4-5', messages }, unknown)).toBe(tokens);
	});

	const withImage = (model: string) => ({
		model,
		messages: [
			{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }] },
		],
	});

	test.each([
		['claude-sonnet-4-5', 1560],
		['claude-sonnet-5', 2691],
	])('counts an image of 1920 × 1080 as %s sees it', (model, tokens) => {
		expect(estimateInputTokens(withImage(model), () => ({ size: { width: 1920, height: 1080 } }))).toBe(8 + tokens);
	});

	test('counts an image of unknown size as the largest', () => {
		const tokens = estimateInputTokens(withImage('claude-sonnet-4-5'), unknown);
		expect(tokens).toBeGreaterThan(1500);
		expect(tokens).toBeLessThanOrEqual(8 + 1568);
	});

	test('counts a PDF by its pages, and as one where they are unknown', () => {
		const source = { type: 'base64', media_type: 'application/pdf', data: '' };
		const request = { model: 'claude-sonnet-5', messages: [{ role: 'user', content: [{ type: 'document', source }] }] };
		expect(estimateInputTokens(request, unknown)).toBe(8 + 2188);
		expect(estimateInputTokens(request, () => ({ pages: 30 }))).toBe(8 + 30 * 2188);
	});

	test('adds the hidden prompt of tools, and more when one is forced', () => {
		const request = {
			model: 'claude-opus-5',
			messages: [],
			tools: [{ name: 'a', input_schema: { type: 'object' } }],
		};
		const free = estimateInputTokens(request, unknown);
		expect(free).toBeGreaterThan(286);
		expect(estimateInputTokens({ ...request, tool_choice: { type: 'any' } }, unknown) - free).toBe(406 - 286);
	});

	test.each([
		['claude-sonnet-4-5', { bash_20250124: 244, text_editor_20250728: 700 }],
		[
			'claude-opus-5',
			{
				bash_20250124: 325,
				text_editor_20250728: 700,
				computer_toolset_20260801: 4500,
				browser_toolset_20260801: 6600,
			},
		],
	])("adds what the API's own tools say of themselves to %s", (model, extras) => {
		for (const [type, extra] of Object.entries(extras)) {
			// Of the same length, and nobody's own.
			const custom = estimateInputTokens({ model, messages: [], tools: [{ type: 'x'.repeat(type.length) }] }, unknown);
			expect(estimateInputTokens({ model, messages: [], tools: [{ type }] }, unknown) - custom).toBe(extra);
		}
	});

	test.each([
		// What recorded answers of these shapes came to, give or take a tenth.
		['claude-sonnet-4-5', 150, 182],
		['claude-sonnet-4-5', 201, 211],
		['claude-haiku-4-5', 135, 170],
	])('counts for %s a schema of %i characters, with the words around it', (model, length, recorded) => {
		const description = 'a'.repeat(length - '{"description":""}'.length);
		const output_config = { format: { type: 'json_schema', schema: { description } } };
		const messages = [{ role: 'user', content: 'What is two and two, and why so?' }];
		const tokens = estimateInputTokens({ model, messages, output_config }, unknown);
		expect(Math.abs(tokens / recorded - 1)).toBeLessThan(0.1);
	});

	test('leaves out the thinking of turns before, and keeps that of a turn in which tools are still called', () => {
		const thought = { type: 'thinking', thinking: 'On and on. '.repeat(20), signature: 'abc' };
		const redacted = { type: 'redacted_thinking', data: 'abcd'.repeat(50) };
		const call = { type: 'tool_use', id: 'toolu_1', name: 'a', input: {} };
		const count = (thoughts: JsonValue[], next: JsonValue) =>
			estimateInputTokens(
				{
					model: 'claude-sonnet-4-5',
					messages: [
						{ role: 'user', content: 'Go.' },
						{ role: 'assistant', content: [...thoughts, call] },
						{ role: 'user', content: next },
					],
				},
				unknown,
			);
		const result = { type: 'tool_result', tool_use_id: 'toolu_1' };
		for (const next of ['And now?', [result, { type: 'text', text: 'And now?' }]])
			expect(count([thought, redacted], next)).toBe(count([], next));
		expect(count([thought, redacted], [result])).toBeGreaterThan(count([], [result]) + 50);
	});

	test('reads what is no request without falling over', () => {
		expect(
			estimateInputTokens({ messages: [null, 3, { content: [null, { type: 'image' }] }], system: 4 }, unknown),
		).toBeGreaterThan(0);
	});
});

describe('costOf', () => {
	const haiku = findModel('claude-haiku-5-5')!; // rows of the table
	const fable = findModel('claude-fable-5-2')!;

	test('adds up what each kind of token costs', () => {
		const sonnet = findModel('claude-sonnet-4-5')!; // a row of the table
		const million = 1_000_000;
		const all = { input: million, output: million, cacheWrite5m: million, cacheWrite1h: million, cacheRead: million };
		expect(costOf(sonnet, all)).toBeCloseTo(3 + 15 + 3.75 + 6 + 0.3);
	});

	test('prices every token of a long prompt higher where the model does', () => {
		expect(costOf(haiku, { ...counts, input: 100_000 })).toBeCloseTo(0.01);
		expect(costOf(haiku, { ...counts, input: 100_000, cacheRead: 1 })).toBeCloseTo(0.05);
	});

	test('gives null only where an unknown price is needed', () => {
		expect(costOf(fable, { ...counts, input: 1_000_000 })).toBe(8);
		expect(costOf(fable, { ...counts, cacheRead: 1 })).toBeNull();
		expect(costOf(findModel('claude-mythos-5-2')!, counts)).toBeNull(); // a row of the table
	});
});
