import { describe, expect, test } from 'vitest';
import { headersFor, masked, problemOfHeaders } from '../../../src/api/headers';

const anthropic = { kind: 'anthropic' } as const;
const custom = { kind: 'custom', baseUrl: 'http://localhost:8080' } as const;

describe('headersFor', () => {
	test('sets what the API asks for, and nothing else', () => {
		expect(headersFor('sk-1', '2023-06-01', [])).toEqual([
			['x-api-key', 'sk-1'],
			['anthropic-version', '2023-06-01'],
			['content-type', 'application/json'],
			['anthropic-dangerous-direct-browser-access', 'true'],
		]);
	});

	test("lets the user's header replace the page's of the same name", () => {
		const headers = headersFor('sk-1', '2023-06-01', [
			['Anthropic-Version', '2099-01-01'],
			['anthropic-beta', 'a'],
		]);
		expect(headers).toContainEqual(['Anthropic-Version', '2099-01-01']);
		expect(headers).toContainEqual(['anthropic-beta', 'a']);
		expect(headers).not.toContainEqual(['anthropic-version', '2023-06-01']);
	});

	test('sends one credential: an authorization of the user instead of the key', () => {
		const names = headersFor('sk-1', '2023-06-01', [['Authorization', 'Bearer x']]).map(([name]) => name);
		expect(names).not.toContain('x-api-key');
		expect(headersFor(null, '2023-06-01', []).map(([name]) => name)).not.toContain('x-api-key');
	});
});

describe('problemOfHeaders', () => {
	test.each([
		[[['anthropic-beta', 'a,b']], null],
		[[['x-Ünicode', '1']], /cannot be the name/],
		[[['', '1']], /cannot be the name/],
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
