import { describe, expect, test } from 'vitest';
import { usageOf } from '../../../src/model/usage';

describe('usageOf', () => {
	test('adds what went through the cache to the input', () => {
		const usage = {
			input_tokens: 15,
			cache_creation_input_tokens: 3000,
			cache_read_input_tokens: 935,
			output_tokens: 6,
		};
		expect(usageOf({ usage })).toEqual({ input: 3950, cacheWrite: 3000, cacheRead: 935, output: 6 });
	});

	test('takes what is missing or null for none', () => {
		expect(usageOf({ usage: { input_tokens: 12, cache_read_input_tokens: null } })).toEqual({
			input: 12,
			cacheWrite: 0,
			cacheRead: 0,
			output: 0,
		});
	});

	test('is null without a usage', () => {
		expect(usageOf(null)).toBeNull();
		expect(usageOf({ usage: null })).toBeNull();
	});
});
