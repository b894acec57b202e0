import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lex, lexOn, nothingLexed } from '../../../../../src/ui/response/markdown/lex';

const text =
	'# One\r\n\r\ntwo *three*\n\n- a\n- b\n\n```js\ncode\n\nmore\n```\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\nlast';

describe('lexOn', () => {
	test('reads what grows by any steps as it reads the whole', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }), (steps) => {
				let lexed = nothingLexed;
				for (let end = 0, turn = 0; end < text.length; turn++) {
					end += steps[turn % steps.length] ?? 1;
					lexed = lexOn(lexed, text.slice(0, end));
				}
				expect(lexed).toEqual(lex(text));
			}),
		);
	});

	test('keeps the blocks that will not change', () => {
		const before = lex(text);
		expect(lexOn(before, `${text} words`).tokens[0]).toBe(before.tokens[0]);
	});

	test('begins anew with another text', () => {
		expect(lexOn(lex(text), 'other')).toEqual(lex('other'));
	});
});
