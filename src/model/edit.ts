/** One replacement in a text: `length` UTF-16 units from `offset` become `content`. */
export interface Edit {
	readonly offset: number;
	readonly length: number;
	readonly content: string;
}

/** Apply edits that all speak of the same `text` and do not overlap, in whatever order they come. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
	let result = '';
	let read = 0;
	for (const edit of inOrder(edits)) {
		if (edit.offset < read || edit.offset + edit.length > text.length)
			throw new RangeError(`Edit at ${edit.offset} overlaps another or leaves the text.`);
		result += text.slice(read, edit.offset) + edit.content;
		read = edit.offset + edit.length;
	}
	return result + text.slice(read);
}

/** The edits that turn the edited text back into `text`. */
export function invertEdits(text: string, edits: readonly Edit[]): Edit[] {
	let shift = 0;
	return inOrder(edits).map(({ offset, length, content }) => {
		const inverse = { offset: offset + shift, length: content.length, content: text.slice(offset, offset + length) };
		shift += content.length - length;
		return inverse;
	});
}

/**
 * The edits that do to a text at once what `first` and then `second` do to it one after the other.
 * `second` speaks of the text that `first` leaves behind. Edits that touch become one.
 */
export function composeEdits(first: readonly Edit[], second: readonly Edit[]): Edit[] {
	let composed = inOrder(first);
	// From the last to the first, so that what is folded in moves nothing that is still to come.
	for (const edit of inOrder(second).reverse()) composed = fold(composed, edit);
	return composed;
}

/** Fold into `edits`, which are in order, one more edit that speaks of the text they leave behind. */
function fold(edits: readonly Edit[], { offset, length, content }: Edit): Edit[] {
	const end = offset + length;
	let shift = 0;
	const placed = edits.map((edit) => {
		const from = edit.offset + shift;
		shift += edit.content.length - edit.length;
		return { edit, from, to: from + edit.content.length, shift };
	});
	const before = placed.filter(({ to }) => to < offset);
	const after = placed.filter(({ from }) => from > end);
	const touched = placed.slice(before.length, placed.length - after.length);
	const first = touched.at(0);
	const last = touched.at(-1);
	// Text no edit has touched is found in the original by the shift of the edits before it.
	const shiftBefore = before.at(-1)?.shift ?? 0;
	const shiftAfter = last?.shift ?? shiftBefore;
	const start = first && first.from <= offset ? first.edit.offset : offset - shiftBefore;
	const stop = last && last.to >= end ? last.edit.offset + last.edit.length : end - shiftAfter;
	const left = first?.edit.content.slice(0, Math.max(0, offset - first.from)) ?? '';
	const right = last?.edit.content.slice(last.edit.content.length - Math.max(0, last.to - end)) ?? '';
	return [
		...before.map(({ edit }) => edit),
		{ offset: start, length: stop - start, content: left + content + right },
		...after.map(({ edit }) => edit),
	];
}

/** `edit` as it reads once `others` have been applied to the text they both speak of; null when one of them touches its place. */
export function rebaseEdit(edit: Edit, others: readonly Edit[]): Edit | null {
	let shift = 0;
	for (const other of others) {
		if (other.offset + other.length < edit.offset) shift += other.content.length - other.length;
		else if (other.offset <= edit.offset + edit.length) return null;
	}
	return { ...edit, offset: edit.offset + shift };
}

/**
 * The one edit that turns `before` into `after`: what is between their common beginning and their common end.
 * It never cuts a character in two: both halves of a surrogate pair are replaced or neither is.
 */
export function editBetween(before: string, after: string): Edit[] {
	if (before === after) return [];
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
	if (start > 0 && (before.charCodeAt(start - 1) & 0xfc00) === 0xd800) start--;
	let end = 0;
	while (
		end < shorter - start &&
		before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
	)
		end++;
	if (end > 0 && (before.charCodeAt(before.length - end) & 0xfc00) === 0xdc00) end--;
	return [{ offset: start, length: before.length - start - end, content: after.slice(start, after.length - end) }];
}

function inOrder(edits: readonly Edit[]): Edit[] {
	return [...edits].sort((a, b) => a.offset - b.offset);
}
