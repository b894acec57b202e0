import { describe, expect, test } from 'vitest';
import { inOrder } from '../../../src/model/saved';

const summary = (id: string, changedAt: string, pinned = false) => ({ id, title: id, pinned, changedAt, runs: 0 });

describe('inOrder', () => {
	test('puts pinned ones first, then what was changed last, in whatever order they come', () => {
		const list = [
			summary('old and pinned', '2026-11-20', true),
			summary('new', '2026-11-30'),
			summary('a of one moment', '2026-11-25'),
			summary('b of one moment', '2026-11-25'),
			summary('old', '2026-11-20'),
		];
		expect(list.toSorted(inOrder)).toEqual(list);
		expect(list.toReversed().sort(inOrder)).toEqual(list);
	});
});
