import { describe, expect, test } from 'vitest';
import { isCredentialHeader } from '../../../src/model/credentials';

describe('isCredentialHeader', () => {
	test.each([
		'Authorization',
		'proxy-authorization',
		'x-api-key',
		'api-key',
		'x-goog-api-key',
		'X-ApiKey',
		'x-auth',
		'x-amz-security-token',
		'cf-access-client-secret',
		'x_access_token',
		'Cookie',
	])('is true of %s', (name) => {
		expect(isCredentialHeader(name)).toBe(true);
	});

	test.each([
		'anthropic-beta',
		'anthropic-version',
		'anthropic-ratelimit-tokens-limit',
		'content-type',
		'x-max-tokens',
		'x-token-count',
		'idempotency-key',
		'x-author',
		'x-note',
	])('is false of %s', (name) => {
		expect(isCredentialHeader(name)).toBe(false);
	});
});
