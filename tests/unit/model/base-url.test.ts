import { describe, expect, test } from 'vitest';
import { problemOfBaseUrl } from '../../../src/model/base-url';

describe('problemOfBaseUrl', () => {
	test.each([
		'http://localhost',
		'http://localhost:8080',
		'http://127.0.0.1:1/v2',
		'https://api.anthropic.com',
		'https://named.example/x',
	])('has nothing against %s', (address) => {
		expect(problemOfBaseUrl(address, ['https://named.example'])).toBeNull();
	});

	test.each([
		['localhost:8080', /security policy/],
		['nowhere', /not an address/],
		['https://localhost:8080', /security policy/],
		['https://other.example', /security policy.*https:\/\/named\.example/],
		['https://named.example.evil', /security policy/],
		['http://user:secret@localhost', /name and password/],
		['http://localhost/?key=1', /query/],
		['http://localhost/#a', /fragment/],
	])('says what is wrong with %s', (address, problem) => {
		expect(problemOfBaseUrl(address, ['https://named.example'])).toMatch(problem);
	});
});
