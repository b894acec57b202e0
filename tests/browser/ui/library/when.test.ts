import { describe, expect, test } from 'vitest';
import { when } from '../../../../src/ui/library/when';

/** In the reader's own time zone, as people count days. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const now = at(22, 15);

describe('when', () => {
	test.each([
		[now - 59_000, 'now'],
		[now + 5_000, 'now'],
		[at(22, 14, 58), '2 minutes ago'],
		[at(22, 9), '6 hours ago'],
		[at(21, 23), 'yesterday'],
		[at(17, 1), '5 days ago'],
		[at(14, 12), '14 Nov'],
		[new Date(2025, 11, 31).getTime(), '31 Dec 2025'],
	])('says of %i: %s', (then, words) => {
		expect(when(new Date(then).toISOString(), now)).toBe(words);
	});
	test('says nothing of what is no date', () => {
		expect(when('', now)).toBe('');
	});
});
