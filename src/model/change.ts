import { applyEdits, editBetween, type Edit } from './edit';

/** Neighbouring lines of a text before and after a change. */
export interface ChangedLines {
	/** The number of the first of them, from 1. */
	readonly line: number;
	readonly before: readonly string[];
	readonly after: readonly string[];
}

/** As much of a long line is shown on either side of what changes in it, in UTF-16 units. */
const CONTEXT = 60;

/** The lines of `text` that `edits` change, before and after; of long lines only what is near the change. */
export function changedLines(text: string, edits: readonly Edit[]): ChangedLines[] {
	return byLines(text, edits).flatMap((group) => {
		const from = startOfLine(text, group[0]!.offset); // no group is empty
		const to = Math.max(...group.map(({ offset, length }) => endOfLine(text, offset + length)));
		const before = text.slice(from, to);
		const after = applyEdits(
			before,
			group.map((edit) => ({ ...edit, offset: edit.offset - from })),
		);
		return editBetween(before, after).map(({ offset, length, content }) => {
			const start = startOfLine(before, offset);
			const lead = before.slice(start, offset);
			const tail = before.slice(offset + length, endOfLine(before, offset + length));
			const around = (middle: string) => linesOf(endOf(lead) + middle + beginningOf(tail));
			return {
				line: linesOf(text.slice(0, from + start)).length,
				before: around(before.slice(offset, offset + length)),
				after: around(content),
			};
		});
	});
}

/** The edits in their order, those that touch the same lines together. */
function byLines(text: string, edits: readonly Edit[]): Edit[][] {
	const groups: Edit[][] = [];
	let end = -1;
	for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
		if (startOfLine(text, edit.offset) <= end)
			groups.at(-1)!.push(edit); // the first edit begins after -1
		else groups.push([edit]);
		end = Math.max(end, endOfLine(text, edit.offset + edit.length));
	}
	return groups;
}

function startOfLine(text: string, offset: number): number {
	return text.slice(0, offset).lastIndexOf('\n') + 1;
}

function endOfLine(text: string, offset: number): number {
	const end = text.indexOf('\n', offset);
	return end < 0 ? text.length : end;
}

function linesOf(text: string): string[] {
	return text.split('\n').map((line) => line.replace(/\r$/, ''));
}

function endOf(text: string): string {
	return text.length > CONTEXT ? `…${text.slice(-CONTEXT)}` : text;
}

function beginningOf(text: string): string {
	return text.length > CONTEXT ? `${text.slice(0, CONTEXT)}…` : text;
}
