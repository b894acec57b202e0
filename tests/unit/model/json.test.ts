import { describe, expect, test } from 'vitest';
import { valueAt, writePath } from '../../../src/model/json';

describe('valueAt', () => {
	const value = { messages: [{ content: 'Hi' }], 'a.b': 1 };

	test('follows names and indices', () => {
		expect(valueAt(value, ['messages', 0, 'content'])).toBe('Hi');
		expect(valueAt(value, ['a.b'])).toBe(1);
		expect(valueAt(value, [])).toBe(value);
	});

	test('finds nothing where there is nothing, nor what every object inherits', () => {
		for (const path of [['messages', 1], ['messages', '0'], ['messages', 0, 'content', 0], ['constructor'], ['x', 'y']])
			expect(valueAt(value, path)).toBeUndefined();
	});
});

describe('writePath', () => {
	test('writes a path as the API does in its errors', () => {
		expect(writePath(['messages', 0, 'content', 1, 'source'])).toBe('messages.0.content.1.source');
		expect(writePath([])).toBe('');
	});
});
