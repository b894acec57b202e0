import { describe, expect, test } from 'vitest';
import { isCredentialHeader } from '../../../src/model/credentials';

describe('isCredentialHeader', () => {
	test.each([
		'Authorization',
		'Proxy-Authorization',
		'Helicone-Auth',
		'x-api-key',
		'x-goog-api-key',
		'apikey',
		'X-Auth-Token',
		'Cookie',
		'client_secret',
	])('sees one in %s', (name) => {
		expect(isCredentialHeader(name)).toBe(true);
	});
	test.each([
		'x-lesson',
		'x-author',
		'anthropic-beta',
		'anthropic-user-profile-id',
		'content-type',
		'x-tokens',
		'x-request-id',
	])('sees none in %s', (name) => {
		expect(isCredentialHeader(name)).toBe(false);
	});
});
