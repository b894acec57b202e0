import { describe, expect, test } from 'vitest';
import { echoHider } from '../../../src/api/echoed-key';

const KEY = 'sk-ant-api03-canary0canary1canary2canary3-Zq9w';
const OWN = 'of-some-proxy-canary-Zq9w';

/** What is left of `text` when it comes `size` bytes at a time; each chunk is as long as it was. */
function hidden(text: string, size: number, key: string | null): string {
	const bytes = new TextEncoder().encode(text);
	const hide = echoHider(key);
	const decoder = new TextDecoder();
	let read = '';
	for (let start = 0; start < bytes.length; start += size) {
		const chunk = bytes.slice(start, start + size);
		const shown = hide(chunk);
		expect(shown).toHaveLength(chunk.length);
		read += decoder.decode(shown, { stream: true });
	}
	return read;
}

describe('an answer that echoes the key', () => {
	test.each([KEY, OWN])('shows no more than the last four characters of %s', (key) => {
		expect(hidden(`{"error":"ä ${key} is bad, ${key}!"}`, 1000, key)).toBe(
			`{"error":"ä ${'*'.repeat(key.length - 4)}Zq9w is bad, ${'*'.repeat(key.length - 4)}Zq9w!"}`,
		);
	});

	test.each([1, 2, 3, 7, 20, 40])('shows nothing of what is secret in it when it comes %i bytes at a time', (size) => {
		const said = `{"error":"€ ${KEY} is bad"}`;
		const read = hidden(said, size, KEY);
		// How keys begin is no secret, and is told from one only when more of it has come.
		expect(read).not.toMatch(/canary/);
		expect(read).toMatch(/^\{"error":"€ [*a-z\d-]*\*{20,}Zq9w is bad"\}$/);
	});

	test('is otherwise as it was, also where it only begins like the key', () => {
		for (const size of [1, 5, 100])
			expect(hidden(`${KEY.slice(0, 15)}, sk-ant-…`, size, KEY)).toBe(`${KEY.slice(0, 15)}, sk-ant-…`);
		const whole = new TextEncoder().encode(`${KEY.slice(0, 30)} and on`);
		expect(echoHider(KEY)(whole)).toBe(whole);
	});

	test('is left alone when there is no key, or one as short as a word', () => {
		expect(hidden('a test', 3, null)).toBe('a test');
		expect(hidden('a test', 3, 'test')).toBe('a test');
	});
});
