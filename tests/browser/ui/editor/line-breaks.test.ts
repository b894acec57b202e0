import { Text } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offsetOf, positionOf, withBreaksOf } from '../../../../src/ui/editor/line-breaks';

const text = fc.string({ unit: fc.constantFrom('a', '\r\n', '\n', '\r'), maxLength: 12 });

describe('line breaks', () => {
	test('lead from the text to CodeMirror’s document and back', () => {
		fc.assert(
			fc.property(text, (text) => {
				const doc = Text.of(text.split(/\r\n?|\n/));
				expect(positionOf(text, text.length)).toBe(doc.length);
				for (let position = 0; position <= doc.length; position++) {
					const offset = offsetOf(text, position);
					expect(positionOf(text, offset)).toBe(position);
					expect(text.slice(0, offset).replaceAll(/\r\n?/g, '\n')).toBe(doc.sliceString(0, position));
				}
			}),
		);
	});

	test('are written as the text writes them', () => {
		expect(withBreaksOf('{\r\n}', 'a\nb')).toBe('a\r\nb');
		expect(withBreaksOf('{\n}', 'a\nb')).toBe('a\nb');
	});
});
