import { describe, expect, test } from 'vitest';
import { baseUrlOf } from '../../../src/model/target';

describe('baseUrlOf', () => {
	test('is the API’s own unless another is given, without a slash at its end', () => {
		expect(baseUrlOf({ kind: 'anthropic' })).toBe('https://api.anthropic.com');
		expect(baseUrlOf({ kind: 'simulated' })).toBe('https://api.anthropic.com');
		expect(baseUrlOf({ kind: 'custom', baseUrl: 'http://localhost:8080/llm//' })).toBe('http://localhost:8080/llm');
	});
});
