import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, editBetween, invertEdits, type Edit } from '../../../src/model/edit';
import { amend, emptyHistory, record, redo, undo, type History } from '../../../src/model/history';

/** A text under edit, as a document would hold it. */
class Editing {
	history: History = emptyHistory;
	constructor(public text: string) {}
	edit(edits: Edit[], { group = null, at = 0 }: { group?: string | null; at?: number } = {}): void {
		this.history = record(this.history, { edits, inverse: invertEdits(this.text, edits), group, at });
		this.text = applyEdits(this.text, edits);
	}
	amend(edits: Edit[]): void {
		this.history = amend(this.history, edits, invertEdits(this.text, edits));
		this.text = applyEdits(this.text, edits);
	}
	step(way: typeof undo): boolean {
		const step = way(this.history);
		if (!step) return false;
		this.history = step.history;
		this.text = applyEdits(this.text, step.edits);
		return true;
	}
}
const insert = (offset: number, content: string): Edit[] => [{ offset, length: 0, content }];

describe('the history', () => {
	test('undoes and redoes exactly what was done, however it was grouped', () => {
		const step = fc.oneof(
			fc.record({ to: fc.string({ maxLength: 8 }), group: fc.constantFrom(null, 'a', 'b'), wait: fc.nat(1500) }),
			fc.constantFrom(undo, redo),
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
				const editing = new Editing('start');
				let at = 0;
				for (const next of steps) {
					if (typeof next === 'function') editing.step(next);
					else editing.edit(editBetween(editing.text, next.to), { group: next.group, at: (at += next.wait) });
				}
				while (editing.step(redo));
				const end = editing.text;
				while (editing.step(undo));
				expect(editing.text).toBe('start');
				while (editing.step(redo));
				expect(editing.text).toBe(end);
			}),
			{ numRuns: 1000 },
		);
	});

	test('undoes in one step what was typed in one go', () => {
		const editing = new Editing('"" ""');
		for (const [i, letter] of ['H', 'i', '!'].entries())
			editing.edit(insert(1 + i, letter), { group: 'text', at: i * 900 });
		editing.step(undo);
		expect(editing.text).toBe('"" ""');
		expect(undo(editing.history)).toBeNull();
	});

	test.each([
		{ name: 'after a pause', next: insert(2, 'b'), options: { group: 'text', at: 1001 } },
		{ name: 'in another place', next: insert(5, 'b'), options: { group: 'text', at: 1 } },
		{ name: 'in another group', next: insert(2, 'b'), options: { group: 'other', at: 1 } },
		{ name: 'in no group', next: insert(2, 'b'), options: { at: 1 } },
	])('begins a new step for what comes $name', ({ next, options }) => {
		const editing = new Editing('"" ""');
		editing.edit(insert(1, 'a'), { group: 'group' in options ? 'text' : null });
		editing.edit(next, options);
		editing.step(undo);
		expect(editing.text).toBe('"a" ""');
	});

	test('begins a new step after an undo or a redo', () => {
		const editing = new Editing('');
		editing.edit(insert(0, 'a'), { group: 'text' });
		editing.step(undo);
		editing.step(redo);
		editing.edit(insert(1, 'b'), { group: 'text' });
		editing.step(undo);
		expect(editing.text).toBe('a');
	});

	test('does not carry on, after an undo, the step that is last then', () => {
		const editing = new Editing('');
		editing.edit(insert(0, 'a'), { group: 'text' });
		editing.edit(insert(1, '?'));
		editing.step(undo);
		editing.edit(insert(1, 'b'), { group: 'text' });
		editing.step(undo);
		expect(editing.text).toBe('a');
	});

	test('forgets what could be redone when something else is done', () => {
		const editing = new Editing('');
		editing.edit(insert(0, 'a'));
		editing.step(undo);
		editing.edit(insert(0, 'b'));
		expect(redo(editing.history)).toBeNull();
	});

	test('undoes with a step what was added to it later', () => {
		const editing = new Editing('"data": ""');
		editing.edit(insert(9, 'AAAA'));
		editing.amend([{ offset: 9, length: 4, content: 'attachment' }]);
		expect(editing.text).toBe('"data": "attachment"');
		editing.step(undo);
		expect(editing.text).toBe('"data": ""');
		editing.step(redo);
		expect(editing.text).toBe('"data": "attachment"');
	});

	test('cannot take back what belongs to no step', () => {
		const editing = new Editing('AAAA');
		editing.amend([{ offset: 0, length: 4, content: 'attachment' }]);
		expect(undo(editing.history)).toBeNull();
	});

	test('keeps the last thousand steps', () => {
		const editing = new Editing('');
		for (let i = 0; i < 1001; i++) editing.edit(insert(0, 'a'));
		while (editing.step(undo));
		expect(editing.text).toBe('a');
	});
});
