import { describe, expect, test } from 'vitest';
import { changedLines } from '../../../src/model/change';
import { removeValue, setValue } from '../../../src/model/lens';

const text = `{
  "model": "claude-sonnet-5",
  "max_tokens": 1,
  "messages": []
}`;

describe('changedLines', () => {
	test('are the lines that a value stands in, whole', () => {
		expect(changedLines(text, setValue(text, ['model'], 'claude-haiku-4-5'))).toEqual([
			{ line: 2, before: ['  "model": "claude-sonnet-5",'], after: ['  "model": "claude-haiku-4-5",'] },
		]);
	});

	test('show a line that goes, and what its going changes', () => {
		expect(changedLines(text, removeValue(text, ['messages']))).toEqual([
			{ line: 3, before: ['  "max_tokens": 1,', '  "messages": []'], after: ['  "max_tokens": 1'] },
		]);
	});

	test('are told apart where lines between them stay', () => {
		const edits = [...setValue(text, ['messages'], [1]), ...setValue(text, ['model'], 'claude-opus-4-5')];
		expect(changedLines(text, edits).map(({ line }) => line)).toEqual([2, 4]);
	});

	test('are one where edits share a line', () => {
		const line = '{"a": 1, "b": 2}';
		const edits = [...setValue(line, ['b'], 4), ...setValue(line, ['a'], 3)];
		expect(changedLines(line, edits)).toEqual([{ line: 1, before: [line], after: ['{"a": 3, "b": 4}'] }]);
	});

	test('of a long line are what is near the change', () => {
		const long = JSON.stringify({ before: 'x'.repeat(500), a: 1, after: 'x'.repeat(500) });
		const [change] = changedLines(long, setValue(long, ['a'], 2));
		expect(change?.before).toEqual([expect.stringMatching(/^….{60}1.{60}…$/)]);
		expect(change?.after).toEqual([expect.stringMatching(/^….{60}2.{60}…$/)]);
	});

	test('know nothing of how lines are broken', () => {
		const windows = text.replaceAll('\n', '\r\n');
		expect(changedLines(windows, removeValue(windows, ['messages']))).toEqual(
			changedLines(text, removeValue(text, ['messages'])),
		);
	});

	test('are none when nothing changes', () => {
		expect(changedLines(text, [])).toEqual([]);
		expect(changedLines(text, [{ offset: 5, length: 1, content: text[5]! }])).toEqual([]);
	});
});
