import { describe, expect, test } from 'vitest';
import { fieldsOfBlock } from '../../../src/model/blocks';
import { controlFor, fieldsToOffer, fieldsToShow, type Field } from '../../../src/model/fields';
import { INHERITED } from '../../fixtures/inherited';

const known: readonly Field[] = [
	{ path: ['type'], control: { kind: 'choice', options: ['a'] }, start: 'a', required: true },
	{ path: ['limit'], control: { kind: 'number' }, start: 1 },
	{ path: ['nested', 'deep'], control: { kind: 'text' }, start: '' },
];
const paths = (fields: readonly Field[]) => fields.map(({ path }) => path.join('.'));

describe('fieldsToShow', () => {
	test('shows what is required even when it is absent, and the rest once it is set', () => {
		expect(paths(fieldsToShow(known, {}))).toEqual(['type']);
		expect(paths(fieldsToShow(known, { limit: 3, nested: { deep: 'x' } }))).toEqual(['type', 'limit', 'nested.deep']);
	});

	test('shows a key it has never heard of as JSON, beside the known ones and below them', () => {
		const shown = fieldsToShow(known, { new_key: [1], nested: { deep: '', newer: null } });
		expect(paths(shown)).toEqual(['type', 'nested.deep', 'new_key', 'nested.newer']);
		expect(shown.slice(2).map(({ control }) => control.kind)).toEqual(['json', 'json']);
	});

	test('shows a value as a whole where an object with known parts was expected', () => {
		expect(paths(fieldsToShow(known, { nested: 7 }))).toEqual(['type', 'nested']);
	});

	test('does not take what every object inherits for something that is set', () => {
		expect(paths(fieldsToShow([{ path: ['constructor'], control: { kind: 'text' }, start: '' }], {}))).toEqual([]);
	});
});

describe('fieldsToOffer', () => {
	test('offers what could be set and is not', () => {
		expect(paths(fieldsToOffer(known, { limit: 3 }))).toEqual(['nested.deep']);
	});
});

describe('controlFor', () => {
	test.each([
		[{ kind: 'number' }, '12', 'json'],
		[{ kind: 'number' }, 12, 'number'],
		[{ kind: 'choice', options: ['a'] }, 'not among them', 'choice'],
		[{ kind: 'choice', options: ['a'] }, null, 'json'],
		[{ kind: 'strings' }, ['a', 1], 'json'],
		[{ kind: 'strings' }, [], 'strings'],
		[{ kind: 'switch' }, 'true', 'json'],
		[{ kind: 'long-text' }, [{ type: 'text', text: '' }], 'json'],
		[{ kind: 'text' }, undefined, 'text'],
	] as const)('edits by %j the value %j as %s', (control, value, kind) => {
		expect(controlFor(control, value).kind).toBe(kind);
	});
});

describe('fieldsOfBlock', () => {
	test.each(['hologram', ...INHERITED])('knows no fields of a type it has never heard of: %s', (type) => {
		expect(fieldsOfBlock(type)).toEqual([]);
	});
});
