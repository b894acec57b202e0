import { describe, expect, test } from 'vitest';
import { readModelsPage, withReport, type ModelReport } from '../../../src/model/model-report';
import { findModel, isRetired, MODELS } from '../../../src/model/models';
import type { JsonObject } from '../../../src/model/json';

const reportOf = (...items: readonly JsonObject[]): ModelReport => ({
	version: 1,
	target: { kind: 'anthropic' },
	askedAt: '2026-12-05T10:00:00.000Z',
	items,
});
const leaf = (supported: boolean) => ({ supported });
const found = (id: string, ...items: readonly JsonObject[]) => findModel(id, withReport(reportOf(...items)))!; // it is in the report

describe('a page of the list of models', () => {
	test('gives its items, and after which the next page begins', () => {
		const data = [{ id: 'a', new_field: [1] }, { id: 'b' }];
		expect(readModelsPage({ data, has_more: true, last_id: 'b' })).toEqual({ items: data, next: 'b' });
		expect(readModelsPage({ data, has_more: false, last_id: 'b' })).toEqual({ items: data, next: null });
	});

	test('may come from a local server that knows no pages', () => {
		expect(readModelsPage({ object: 'list', data: [{ id: 'llama', object: 'model' }] })?.next).toBeNull();
	});

	test.each([undefined, null, [], {}, { data: {} }, { data: [{}] }, { data: ['a'] }, { data: [], has_more: true }])(
		'is not %j',
		(body) => expect(readModelsPage(body as JsonObject)).toBeNull(),
	);
});

describe('a report', () => {
	test('brings models that this page has never heard of, and leaves unknown what it does not say', () => {
		const model = found('claude-opus-9', { id: 'claude-opus-9', line: 'opus', max_input_tokens: 5_000_000 });
		expect(model).toMatchObject({ line: 'opus', contextWindow: 5_000_000, name: 'claude-opus-9' });
		const { price, prefill, sampling, thinking, effort, imageTier, tokenizer, maxOutput } = model;
		expect([price, prefill, sampling, thinking, effort, imageTier, tokenizer, maxOutput]).toEqual(Array(8).fill(null));
		expect(withReport(reportOf({ id: 'claude-opus-9' }))[0]?.id).toBe('claude-opus-9');
	});

	test('speaks louder than the table, under any id of a model, and says where it comes from', () => {
		const haiku = found('claude-haiku-4-5', {
			id: 'claude-haiku-4-5-20251001',
			display_name: 'Haiku, renamed',
			max_input_tokens: 1,
			max_tokens: 2,
			capabilities: {
				structured_outputs: leaf(false),
				effort: {
					supported: true,
					...Object.fromEntries(['low', 'medium', 'high', 'xhigh', 'max'].map((of) => [of, leaf(of === 'low')])),
				},
				thinking: {
					supported: true,
					types: { adaptive: leaf(true), enabled: leaf(false), disabled: leaf(true), between_tools: leaf(false) },
				},
			},
		});
		expect(haiku).toMatchObject({
			id: 'claude-haiku-4-5',
			name: 'Haiku, renamed',
			contextWindow: 1,
			maxOutput: 2,
			structuredOutputs: false,
			effort: { levels: ['low'], byDefault: null },
			thinking: { types: ['adaptive', 'disabled'], byDefault: false, display: 'summarized' },
			prefill: true,
			price: { input: 1 },
			source: 'https://api.anthropic.com/v1/models',
			checked: '2026-12-05',
		});
	});

	test('leaves to the table what it says nothing of', () => {
		const before = findModel('claude-opus-5-5')!; // a row of the table
		const after = found('claude-opus-5-5', { id: 'claude-opus-5-5', capabilities: null, max_tokens: null, line: null });
		expect({ ...after, source: '', checked: '' }).toEqual({ ...before, source: '', checked: '' });
		const partly = { effort: { supported: true, xhigh: null }, thinking: { types: { adaptive: leaf(true) } } };
		expect(found('claude-opus-5-5', { id: 'claude-opus-5-5', capabilities: partly }).effort).toEqual(before.effort);
		expect(found('claude-new', { id: 'claude-new', capabilities: partly })).toMatchObject({
			effort: null,
			thinking: null,
		});
	});

	test('says by the stage, not by a day that is over, whether a model has retired', () => {
		const sonnet = (more: JsonObject) => found('claude-sonnet-4-5', { id: 'claude-sonnet-4-5', ...more });
		const overdue = sonnet({ lifecycle: 'deprecated', retires_at: '2026-11-30T00:00:00Z' });
		expect(isRetired(overdue, '2026-12-06')).toBe(false);
		const coming = sonnet({ lifecycle: 'deprecated', retires_at: '2026-12-31T00:00:00Z' });
		expect([isRetired(coming, '2026-12-31'), isRetired(coming, '2027-01-01')]).toEqual([false, true]);
		expect(isRetired(sonnet({ lifecycle: 'active', retires_at: null }), '2026-12-06')).toBe(false);
		expect(isRetired(sonnet({ lifecycle: 'retired', retires_at: '2026-12-31T00:00:00Z' }), '2026-12-06')).toBe(true);
		expect(isRetired(sonnet({}), '2026-12-06')).toBe(true);
	});

	test('marks what the API does not list, but for what has retired', () => {
		const models = withReport(reportOf({ id: 'claude-opus-5' }));
		expect(findModel('claude-opus-5', models)?.unlisted).toBeUndefined();
		expect(findModel('claude-opus-4-5', models)?.unlisted).toBe(true);
		expect(findModel('claude-3-opus-latest', models)?.unlisted).toBeUndefined();
		expect(models).toHaveLength(MODELS.length);
	});
});
