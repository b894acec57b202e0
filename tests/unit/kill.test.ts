import { describe, expect, test } from 'vitest';
import { aboutToBe, beginsWith, isNow, judge, latest } from '../kill/timeline';

describe('a timeline', () => {
	const typed = isNow(aboutToBe(isNow(aboutToBe(beginsWith(''), 'a'), 100), 'ab'), 200);

	test('takes what it was last for kept, with nothing lost', () => {
		expect(judge(typed, 'ab', 1000)).toEqual({ kind: 'kept', lost: null });
		expect(latest(typed)).toBe('ab');
	});

	test('takes what is older for kept while the next change need not be, and says when that was made', () => {
		expect(judge(typed, 'a', 199)).toEqual({ kind: 'kept', lost: 200 });
		expect(judge(typed, '', 99)).toEqual({ kind: 'kept', lost: 100 });
	});

	test('takes what is older for wrong as soon as a change that had to be kept is missing', () => {
		expect(judge(typed, 'a', 200)).toEqual({ kind: 'wrong', lost: 200 });
		expect(judge(typed, '', 100)).toEqual({ kind: 'wrong', lost: 100 });
	});

	test('takes what never was for wrong', () => {
		expect(judge(typed, 'b', 0)).toEqual({ kind: 'wrong', lost: null });
	});

	test('takes a change that was not seen to be made as well as what was before it', () => {
		const deleting = aboutToBe<string | null>(typed, null);
		expect(judge(deleting, null, 1000)).toEqual({ kind: 'kept', lost: null });
		expect(judge(deleting, 'ab', 1000)).toEqual({ kind: 'kept', lost: null });
		expect(judge(deleting, 'a', 1000)).toEqual({ kind: 'wrong', lost: 200 });
	});

	test('knows nothing older than what it begins with', () => {
		expect(judge(beginsWith('a'), 'a', 0)).toEqual({ kind: 'kept', lost: null });
		expect(judge(beginsWith('a'), '', 0)).toEqual({ kind: 'wrong', lost: null });
	});
});
