import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokensOf } from '../../../src/simulator/tokenizer';

describe('tokensOf', () => {
	test('cuts words with the space before them, and long ones in pieces', () => {
		expect(tokensOf('C) Formicidae, 2026')).toEqual(['C', ')', ' Formic', 'idae', ',', ' 202', '6']);
	});

	test('loses nothing and makes nothing up, whatever the text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				expect(tokensOf(text).join('')).toBe(text);
			}),
		);
	});
});
