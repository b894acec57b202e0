import { describe, expect, test } from 'vitest';
import { keyInBaseUrl, problemOfBaseUrl } from '../../../src/model/base-url';

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

test('keyInBaseUrl finds what looks like a key, and the own key whatever it looks like', () => {
	expect(keyInBaseUrl('http://localhost/sk-ant-api03-canary0canary1canary2-Zq9w', null)).toMatch(/There is a key/);
	expect(keyInBaseUrl('http://localhost/of-some-proxy-Zq9w', 'of-some-proxy-Zq9w')).toMatch(/There is a key/);
	expect(keyInBaseUrl('http://localhost/of-some-proxy-Zq9w', null)).toBeNull();
});
