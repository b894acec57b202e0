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

/** The one edit that turns `before` into `after`: what is between their common beginning and their common end. */
export function editBetween(before: string, after: string): Edit[] {
	if (before === after) return [];
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
	let end = 0;
	while (
		end < shorter - start &&
		before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
	)
		end++;
	return [{ offset: start, length: before.length - start - end, content: after.slice(start, after.length - end) }];
}

function inOrder(edits: readonly Edit[]): Edit[] {
	return [...edits].sort((a, b) => a.offset - b.offset);
}
