import { describe, expect, test } from 'vitest';
import { headersFor } from '../../../src/model/headers';

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

	test('leaves a row out that is still being filled in, and keeps its own header until then', () => {
		const headers = headersFor('sk-1', '2023-06-01', [
			['anthropic-beta', ''],
			['', 'a'],
			['anthropic-version', ''],
			['x-note', '1'],
		]);
		expect(headers).toEqual([...headersFor('sk-1', '2023-06-01', []), ['x-note', '1']]);
	});
});
