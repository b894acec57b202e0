import { describe, expect, test } from 'vitest';
import { keeper } from '../../../../src/ui/request/keys';

describe('the keys of a list', () => {
	test.each([
		['stay when an item is changed', 'abc', 'aXc', [1, 2, 3]],
		['stay with those around one that comes', 'abc', 'abXc', [1, 2, 4, 3]],
		['stay with those around some that go', 'abcde', 'abe', [1, 2, 5]],
		['tell one that is added from one that was changed before it', 'abc', 'Xbcd', [1, 2, 3, 4]],
		['tell one that is put before from one that was changed behind it', 'abc', 'Yabx', [4, 1, 2, 3]],
		['stay with the first of two that are alike', 'ab', 'aab', [1, 3, 2]],
		['are new ones where nothing was', '', 'ab', [1, 2]],
		['go with the last', 'ab', '', []],
	])('%s', (_what, before, after, keys) => {
		const keysOf = keeper();
		keysOf([...before]);
		expect(keysOf([...after])).toEqual(keys);
	});

	test('are never given a second time', () => {
		const keysOf = keeper();
		keysOf(['a', 'b']);
		keysOf(['a']);
		expect(keysOf(['a', 'b'])).toEqual([1, 3]);
	});
});
