import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, namedOrigins } from '../../scripts/policy.mjs';

describe('namedOrigins', () => {
	test('reads origins between any white space, and none from nothing', () => {
		expect(namedOrigins(' https://a.example\n http://b.example:81 ')).toEqual([
			'https://a.example',
			'http://b.example:81',
		]);
		expect(namedOrigins(undefined)).toEqual([]);
	});

	test.each([
		'a.example',
		'https://a.example/',
		'https://a.example/v1',
		'https:',
		'*',
		"'unsafe-inline'",
		'ftp://a.example',
	])('takes nothing that is not an origin: %s', (entry) => {
		expect(() => namedOrigins(entry)).toThrow(/API_ORIGINS/);
	});
});

describe('contentSecurityPolicy', () => {
	const built = contentSecurityPolicy({ origins: ['https://a.example'], dev: false });
	const directive = (name: string) =>
		built
			.split('; ')
			.find((part) => part.startsWith(`${name} `))
			?.slice(name.length + 1);

	test('lets the page talk to itself, the API, this machine and what the build names, and to nobody else', () => {
		expect(directive('connect-src')).toBe(
			"'self' https://api.anthropic.com http://localhost:* http://127.0.0.1:* https://a.example",
		);
		expect(directive('img-src')).toBe("'self' data: blob:");
	});

	test('lets no inline script run, no worker but its own, and nothing become markup but through a policy', () => {
		expect(directive('worker-src')).toBe("'self'");
		expect(directive('trusted-types')).toBe(
			'svelte-trusted-html assess-worker examine-worker import-worker search-worker',
		);
		expect(directive('script-src')).toBe("'self'");
		expect(directive('default-src')).toBe("'none'");
		expect(directive('require-trusted-types-for')).toBe("'script'");
		expect(built).not.toMatch(/unsafe/);
	});
});
