import { describe, expect, test } from 'vitest';
import { automatonOf, takes } from '../../../src/lint/automaton';

function taken(pattern: string, text: string): boolean | null {
	const automaton = automatonOf(pattern);
	return automaton && takes(automaton, text);
}

describe('an automaton', () => {
	test.each<[string, readonly string[], readonly string[]]>([
		['(a+)+$', ['a', 'baaa'], ['', 'ab']],
		['^\\d{3}-\\d{4}$', ['555-1234'], ['5555-1234', '555-12345']],
		['^(?:one|two)?$', ['', 'one', 'two'], ['onetwo', 'three']],
		['^(?=.*\\d)(?!x)\\w{2,4}$', ['a1', 'abc1'], ['ab', 'x1', 'abcd1']],
		[`^[${'acegi'.repeat(30)}]+$`, ['ace'], ['b']],
		['^\\p{Lu}.$', ['Éa', 'A😀'], ['éa']],
		['^\\ud83d\\ude00$', ['😀'], ['😁']],
		['^[a\\-b]\\_$', ['-_'], ['c_']],
		['(?:){0,1000000000}x', ['x'], ['y']],
	])('of %s takes what the expression matches', (pattern, right, wrong) => {
		for (const text of right) expect(taken(pattern, text), text).toBe(true);
		for (const text of wrong) expect(taken(pattern, text), text).toBe(false);
	});

	test.each(['(a)\\1', '(?<=a)b', '(?<!a)b', 'a(?=b)', '\\bword', '(', '\\_\\p{L}', '^[^\\_]$', '(?<né>a)'])(
		'is not made of %s, which looks back, ahead or about, or is none',
		(pattern) => expect(automatonOf(pattern)).toBeNull(),
	);

	test('is not made of what is too large, or too deep', () => {
		expect(automatonOf('(?:a{1000}){1000}')).toBeNull();
		expect(automatonOf(`${'('.repeat(1000)}${')'.repeat(1000)}`)).toBeNull();
	});

	test('goes through a text once, over which a browser would take for ever', () => {
		for (const pattern of ['(a+)+$', '^(a|a)*$', '^(a*)*b$', '^([a-z]+)*@$'])
			expect(taken(pattern, `${'a'.repeat(40)}!`), pattern).toBe(false);
	});

	test('gives up after a number of steps', () => {
		const automaton = automatonOf('(?:a?){700}b');
		expect(automaton && takes(automaton, `${'a'.repeat(100)}b`)).toBe(true);
		expect(automaton && takes(automaton, 'a'.repeat(100_000))).toBeNull();
	});
});
