import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, composeEdits, editBetween, invertEdits, rebaseEdit, type Edit } from '../../../src/model/edit';

/** Some edits of `text` that do not overlap. */
function editsOf(text: string): fc.Arbitrary<Edit[]> {
	const cuts = fc.array(fc.nat(text.length), { maxLength: 6 }).map((offsets) => offsets.sort((a, b) => a - b));
	return fc
		.tuple(cuts, fc.array(fc.string({ maxLength: 4 }), { minLength: 3, maxLength: 3 }))
		.map(([offsets, contents]) => {
			const edits: Edit[] = [];
			for (let i = 0; i + 1 < offsets.length; i += 2) {
				const offset = offsets[i]!;
				edits.push({ offset, length: offsets[i + 1]! - offset, content: contents[i / 2]! });
			}
			return edits;
		});
}
const textAndEdits = fc.string({ maxLength: 20 }).chain((text) => fc.tuple(fc.constant(text), editsOf(text)));
/** Among them characters that share their first half, or their second. */
const halves = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁', '🏀', '\u{1f7c0}'), maxLength: 8 });

describe('applyEdits', () => {
	test('applies edits in whatever order they come', () => {
		const edits = [
			{ offset: 4, length: 1, content: 'E' },
			{ offset: 0, length: 1, content: 'AA' },
		];
		expect(applyEdits('abcde', edits)).toBe('AAbcdE');
	});

	test.each([
		{ name: 'overlap', edits: [{ offset: 0, length: 2, content: '' }, { offset: 1, length: 1, content: '' }] }, // prettier-ignore
		{ name: 'leave the text', edits: [{ offset: 2, length: 2, content: '' }] },
	])('refuses edits that $name', ({ edits }) => {
		expect(() => applyEdits('abc', edits)).toThrow(RangeError);
	});
});

describe('invertEdits', () => {
	test('gives the edits that bring the text back', () => {
		fc.assert(
			fc.property(textAndEdits, ([text, edits]) => {
				expect(applyEdits(applyEdits(text, edits), invertEdits(text, edits))).toBe(text);
			}),
		);
	});
});

describe('composeEdits', () => {
	test('does at once what two lots of edits do one after the other', () => {
		const twice = textAndEdits.chain(([text, first]) =>
			fc.tuple(fc.constant(text), fc.constant(first), editsOf(applyEdits(text, first))),
		);
		fc.assert(
			fc.property(twice, ([text, first, second]) => {
				expect(applyEdits(text, composeEdits(first, second))).toBe(applyEdits(applyEdits(text, first), second));
			}),
			{ numRuns: 2000 },
		);
	});

	test('makes one edit of letters typed one after the other', () => {
		const typed = ['a', 'b', 'c'].map((content, i) => ({ offset: 5 + i, length: 0, content }));
		const all = typed.reduce<Edit[]>((edits, edit) => composeEdits(edits, [edit]), []);
		expect(all).toEqual([{ offset: 5, length: 0, content: 'abc' }]);
	});

	test('keeps edits apart that do not touch', () => {
		const first = [{ offset: 0, length: 0, content: 'x' }];
		expect(composeEdits(first, [{ offset: 9, length: 1, content: '' }])).toEqual([
			{ offset: 0, length: 0, content: 'x' },
			{ offset: 8, length: 1, content: '' },
		]);
	});
});

describe('rebaseEdit', () => {
	const edit = { offset: 5, length: 3, content: 'x' };

	test('moves an edit along with its place', () => {
		const others = [
			{ offset: 9, length: 1, content: 'later' },
			{ offset: 0, length: 1, content: 'four' },
		];
		expect(rebaseEdit(edit, others)).toEqual({ offset: 8, length: 3, content: 'x' });
	});

	test.each([0, 1, 4, 5, 8])('gives up an edit whose place another touches from %i on', (offset) => {
		expect(rebaseEdit(edit, [{ offset, length: Math.min(5, 8 - offset), content: 'y' }])).toBeNull();
	});
});

describe('editBetween', () => {
	test('gives what lies between the common beginning and the common end', () => {
		expect(editBetween('Hello, Claude', 'Hello, dear Claude')).toEqual([{ offset: 7, length: 0, content: 'dear ' }]);
		expect(editBetween('same', 'same')).toEqual([]);
	});

	test('leads from one text to the other and never cuts a character in two', () => {
		fc.assert(
			fc.property(halves, halves, (before, after) => {
				const edits = editBetween(before, after);
				expect(applyEdits(before, edits)).toBe(after);
				for (const { offset, length, content } of edits) {
					expect(content).not.toMatch(/\p{Surrogate}/u);
					expect(before.slice(offset, offset + length)).not.toMatch(/\p{Surrogate}/u);
				}
			}),
		);
	});
});
