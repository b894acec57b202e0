import { describe, expect, test } from 'vitest';
import { masked, problemOfHeaders } from '../../../src/api/headers';

const anthropic = { kind: 'anthropic' } as const;
const custom = { kind: 'custom', baseUrl: 'http://localhost:8080' } as const;

describe('problemOfHeaders', () => {
	test.each([
		[[['anthropic-beta', 'a,b']], null],
		[[['x-Ünicode', '1']], /cannot be the name/],
		[[[' ', '1']], /cannot be the name/],
		[[['', '1']], null],
		[[['a b', '']], null],
		[[['a b', '1']], /cannot be the name/],
		[[['x-note', 'two\nlines']], /no header can carry/],
		[[['x-note', '→']], /no header can carry/],
		[[['Cookie', 'a=b']], /may not set/],
		[[['Sec-Fetch-Mode', 'cors']], /may not set/],
		[[['X-Api-Key', 'sk-2']], /under “API key”/],
		[[['Authorization', 'Bearer x']], /exactly one credential/],
	] as const)('judges %j', (headers, problem) => {
		const found = problemOfHeaders(headers, anthropic);
		if (problem === null) expect(found).toBeNull();
		else expect(found).toMatch(problem);
	});

	test('lets a custom API have its own authorization', () => {
		expect(problemOfHeaders([['Authorization', 'Bearer x']], custom)).toBeNull();
	});
});

describe('masked', () => {
	test('leaves of a credential its last four, wherever it stands', () => {
		const key = 'sk-ant-api03-abcdefgh-wxyz';
		const headers = [
			['x-api-key', key],
			['Authorization', 'Bearer other-secret-1234'],
			['x-note', `key=${key}`],
			['x-other', 'plain'],
		] as const;
		expect(masked(headers, key)).toEqual([
			['x-api-key', 'sk-ant-…wxyz'],
			['Authorization', 'Bearer …1234'],
			['x-note', 'key=sk-ant-…wxyz'],
			['x-other', 'plain'],
		]);
	});

	test('shows nothing of a credential so short that four would be most of it', () => {
		expect(masked([['x-api-key', 'abcd1234']], 'abcd1234')).toEqual([['x-api-key', '…']]);
	});
});
