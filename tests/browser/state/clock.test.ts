import { expect, test } from 'vitest';
import { createClock } from '../../../src/state/clock';

test('a clock goes on where the wall is after a sleep, never back, and never stands still', () => {
	const at = { ticks: 5000, wall: 5000 };
	const now = createClock(
		() => at.ticks,
		() => at.wall,
	);
	expect(now()).toBe(5000);
	// The computer slept for an hour.
	Object.assign(at, { ticks: 5010, wall: 3_605_010 });
	expect(now()).toBe(3_605_010);
	// Somebody set the clock on the wall back.
	Object.assign(at, { ticks: 5020, wall: 100 });
	expect(now()).toBe(3_605_020);
});
