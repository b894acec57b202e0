import { describe, expect, test } from 'vitest';
import { problemOfKey } from '../../../src/model/entered-key';
import { keysIn, lastFour, looksLikeKey, maskKey } from '../../../src/model/key';
import { maskKeys, takeOutKeys, withoutKeys } from '../../../src/model/mask-keys';

const key = `sk-ant-api03-${'x'.repeat(40)}1a2b`;

describe('maskKey', () => {
	test('shows the kind of key and its last four characters', () => {
		expect(maskKey(key)).toBe('sk-ant-…1a2b');
		expect(maskKey('a-token-of-some-proxy')).toBe('…roxy');
	});
	test.each(['', 'abcd', 'hunter2', 'elevenchars'])('shows nothing of the short key %j', (short) => {
		expect(maskKey(short)).toBe('…');
		expect(lastFour(short)).toBe('');
	});
});

describe('looksLikeKey', () => {
	test.each([key, `my key is ${key}, keep it`, `x-api-key: ${key}`])('finds the key in %j', (text) => {
		expect(looksLikeKey(text)).toBe(true);
	});
	test.each(['', 'sk-ant-', 'sk-ant-…1a2b', 'ask an ant'])('finds none in %j', (text) => {
		expect(looksLikeKey(text)).toBe(false);
	});
});

describe('problemOfKey', () => {
	test.each([key, 'x', 'any~printable!characters'])('lets %j pass', (good) => {
		expect(problemOfKey(good)).toBeNull();
	});
	test.each([
		['', 'Enter a key'],
		[`"${key}"`, 'quotation marks'],
		[`'${key}`, 'quotation marks'],
		[`Bearer ${key}`, 'without the name'],
		[`x-api-key: ${key}`, 'without the name'],
		[`${key} ${key}`, 'space'],
		[`${key}\n`, 'line break'],
		['sk-ant-…1a2b', '“…”'],
		[`${key}é`, '“é”'],
		[`${key}\u0000`, 'cannot carry'],
	])('says what is wrong with %j', (bad, problem) => {
		expect(problemOfKey(bad)).toContain(problem);
	});
	test('never repeats the key', () => {
		expect(problemOfKey(`"${key}"`)).not.toContain(key.slice(0, 12));
	});
});

describe('takeOutKeys', () => {
	test('gives the first key of Anthropic, and the text without any, as long as it was', () => {
		const own = 'sk-ant-api03-Q7rT2wXy-9Lm_4kBvN8sZ1cD5fGh6jKp0aR3eU-VtIyOqAA';
		const other = 'sk-proj-Q7rT2wXy9Lm4kBvN8sZ1';
		const { text, key: found } = takeOutKeys(`a ${other} "${own}" z`);
		expect(found).toBe(own);
		expect(text).toBe(`a ${'sk-'.padEnd(other.length, '•')} "${'sk-'.padEnd(own.length, '•')}" z`);
	});
	test.each([
		'',
		'sk-ant-…1a2b',
		'sk-spinner-of-some-style-sheet',
		'a risk-ant-hill',
		`sk-ant-api03-${'x'.repeat(95)}`,
	])('leaves %j alone', (text) => {
		expect(takeOutKeys(text)).toEqual({ text, key: null });
	});
});

describe('keysIn', () => {
	const drawn = 'sk-ant-api03-Q7rT2wXy-9Lm_4kBvN8sZ1cD5fGh6jKp0aR3eU-VtIyOqAA';
	const others = ['sk-proj-Q7rT2wXy9Lm4kBvN8sZ1', 'sk-Q7rT2wXy9Lm4kBvN8sZ1cD5fGh6jKp0aR3eU'];

	const escaped = [`{"text": "Key:\\n${drawn}"}`, `"Key:\\u000a${drawn}"`];
	test.each([drawn, `x-api-key: ${drawn}`, `{"text": "${drawn}"}`, `(${drawn}).`, ...escaped])(
		'finds the key in %j',
		(text) => {
			expect(keysIn(text)).toEqual([drawn]);
		},
	);

	test('finds every key, of Anthropic and of others', () => {
		expect(keysIn([drawn, ...others].join('\n'))).toEqual([drawn, ...others]);
	});

	test.each([
		'',
		'sk-ant-...',
		'sk-ant-…1a2b',
		'$ANTHROPIC_API_KEY',
		'sk-ant-api03-',
		`sk-ant-api03-${'x'.repeat(95)}`,
		'sk-ant-api03-xxxxxxxxxxxxxxxx1234',
		'sk-ant-your-api-key-goes-right-here',
		'sk-ant-api03-YOUR-KEY-GOES-RIGHT-HERE',
		'sk-ant-0000000000000000000000',
		'A key begins with sk-ant-api03- and goes on for 95 characters.',
		'the risk-antagonists-of-2026-and-beyond-it',
	])('takes nothing in %j for one', (text) => {
		expect(keysIn(text)).toEqual([]);
	});

	test('finds the user’s own, whatever it looks like, unless it is as short as a word', () => {
		expect(keysIn('the token of-some-proxy', 'of-some-proxy')).toEqual(['of-some-proxy']);
		expect(keysIn(`${drawn} ${drawn}`, drawn)).toEqual([drawn]);
		expect(keysIn('a test', 'test')).toEqual([]);
		expect([maskKeys, withoutKeys].map((hide) => hide('the token of-some-proxy', 'of-some-proxy'))).toEqual([
			'the token …roxy',
			'the token …roxy',
		]);
	});

	test('has them shown by their last four characters', () => {
		expect(maskKeys(`use ${drawn} or ${others[0]}, not sk-ant-...`)).toBe('use sk-ant-…OqAA or …8sZ1, not sk-ant-...');
	});
});
