import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/model/edit';
import { keepLast } from '../../../src/model/keep-last';

describe('keepLast', () => {
	test.each([
		['{"a": 1, "b": 2, "a": 3}', ['a'], '{"b": 2, "a": 3}'],
		['{"a": 1, "a": 2, "b": 2, "\\u0061": 3, "c": 4}', ['a'], '{"b": 2, "\\u0061": 3, "c": 4}'],
		['{"x": [0, {"a": 1, "a": 2}]}', ['x', 1, 'a'], '{"x": [0, {"a": 2}]}'],
		['{"a": 1, "b": 2}', ['a'], '{"a": 1, "b": 2}'],
		['{"a": 1, "a": 2}', ['b'], '{"a": 1, "a": 2}'],
		['[1, 1]', [0], '[1, 1]'],
	])('leaves of %s at %j only the last', (text, path, left) => {
		expect(applyEdits(text, keepLast(text, path))).toBe(left);
	});
});
