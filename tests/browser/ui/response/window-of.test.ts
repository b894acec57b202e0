import { expect, test } from 'vitest';
import { windowOf } from '../../../../src/ui/response/window-of';

test.each([
	['a short list whole', { count: 200, row: 28, top: 0, height: 280 }, { first: 0, end: 200 }],
	['the beginning', { count: 5000, row: 28, top: 0, height: 280 }, { first: 0, end: 20 }],
	['the middle, and some to either side', { count: 5000, row: 28, top: 2800, height: 280 }, { first: 90, end: 120 }],
	['the end', { count: 5000, row: 28, top: 5000 * 28 - 280, height: 280 }, { first: 4980, end: 5000 }],
	['nothing beyond the end', { count: 300, row: 28, top: 100_000, height: 280 }, { first: 300, end: 300 }],
])('lays out %s', (_, list, window) => {
	expect(windowOf(list)).toEqual(window);
});
