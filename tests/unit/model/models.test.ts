import { describe, expect, test } from 'vitest';
import { findModel, isRetired, mayExist, MODELS, modelsThatPrefill } from '../../../src/model/models';

describe('the table of models', () => {
	test('gives every id and alias to one model only', () => {
		const ids = MODELS.flatMap(({ id, aliases }) => [id, ...aliases]);
		expect(new Set(ids).size).toBe(ids.length);
	});

	test('says of every row where it comes from and when that was checked', () => {
		for (const { source, checked } of MODELS) {
			expect(source).toMatch(/^https:\/\/platform\.claude\.com\/docs\//);
			expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/);
		}
	});

	test('gives every retired model the day it went', () => {
		for (const model of MODELS.filter(({ lifecycle }) => lifecycle === 'retired'))
			expect(model.retiresOn).toBeDefined();
	});
});

describe('findModel', () => {
	test.each([
		['claude-sonnet-4-5', 'claude-sonnet-4-5'],
		['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
		['claude-3-5-sonnet-latest', 'claude-3-5-sonnet-20241022'],
	])('knows %s as %s', (id, known) => expect(findModel(id)?.id).toBe(known));

	test('gives null for what it does not know', () => expect(findModel('claude-3')).toBeNull());
});

describe('isRetired', () => {
	const sonnet = findModel('claude-sonnet-4-5')!; // a row of the table

	test('lets a model answer up to and on the day it retires', () => {
		expect(isRetired(sonnet, '2026-11-30')).toBe(false);
		expect(isRetired(sonnet, '2026-12-01')).toBe(true);
	});

	test('knows no end of a model without one', () => {
		expect(isRetired(findModel('claude-opus-5')!, '2099-01-01')).toBe(false); // a row of the table
	});
});

describe('modelsThatPrefill', () => {
	test('names those with no end in sight first, the cheaper first', () => {
		expect(modelsThatPrefill('2026-11-22').map(({ id }) => id)).toEqual([
			'claude-haiku-4-5',
			'claude-opus-4-5',
			'claude-sonnet-4-5',
		]);
	});

	test('drops a model the day after it retires', () => {
		expect(modelsThatPrefill('2026-12-01').map(({ id }) => id)).not.toContain('claude-sonnet-4-5');
	});
});

describe('mayExist', () => {
	test.each([
		['claude-opus-6', 'a newer one'],
		['claude-opus-5-6', 'a newer one'],
		['claude-haiku-6-1-20270101', 'a newer one'],
		['claude-lyric-1', 'a line that is not known'],
		['claude-opus-5-5-20260922', 'a dated name of one that is known without'],
	])('thinks so of %s: %s', (id) => expect(mayExist(id)).toBe(true));
	test.each([
		'claude-opus-5-4',
		'claude-opus-4-20250101',
		'claude-haiku-4-5-20250101',
		'gpt-9',
		'claude-opus',
		'',
		'claude-opus-99x',
	])('does not think so of %j', (id) => expect(mayExist(id)).toBe(false));
});
