/** What both clocks may differ by, in milliseconds, before the one is taken to have stood still. */
const TOLERATED = 1000;

/**
 * Gives a clock that never goes back: it goes as `ticks` does, which may stand still while the computer sleeps, and leaps to
 * where the clock on the wall is when that is ahead. All in milliseconds since 1970.
 */
export function createClock(ticks: () => number, wall: () => number): () => number {
	let slept = 0;
	return () => {
		const missed = wall() - ticks() - slept;
		if (missed > TOLERATED) slept += missed;
		return ticks() + slept;
	};
}
