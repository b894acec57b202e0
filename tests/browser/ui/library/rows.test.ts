import { describe, expect, test } from 'vitest';
import { rowsInView, withRow } from '../../../../src/ui/library/rows';

describe('rowsInView', () => {
	test.each([
		[{ top: 0, height: 0 }, 5, { first: 0, end: 5 }],
		[{ top: 0, height: 500 }, 1000, { first: 0, end: 15 }],
		[{ top: 5020, height: 500 }, 1000, { first: 96, end: 115 }],
		[{ top: 49_500, height: 500 }, 1000, { first: 986, end: 1000 }],
		[{ top: 49_500, height: 500 }, 30, { first: 16, end: 30 }],
		[{ top: 49_500, height: 500 }, 3, { first: 0, end: 3 }],
		[{ top: 0, height: 500 }, 0, { first: 0, end: 0 }],
	])('at %j of %i rows of 50 draws %j', (view, count, rows) => {
		expect(rowsInView(view, 50, count)).toEqual(rows);
	});
});

describe('withRow', () => {
	test.each([
		[-1, [3, 4, 5]],
		[4, [3, 4, 5]],
		[0, [0, 3, 4, 5]],
		[6, [3, 4, 5, 6]],
	])('draws row %i beside those in view', (row, rows) => {
		expect(withRow({ first: 3, end: 6 }, row)).toEqual(rows);
	});
});
