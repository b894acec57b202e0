// CodeMirror counts every line break as one unit; in the text a break may be two (`\r\n`). These lead from one count to the other.

/** The position in CodeMirror's document of an offset in `text`. */
export function positionOf(text: string, offset: number): number {
	let position = offset;
	for (let at = text.indexOf('\r\n'); at !== -1 && at + 2 <= offset; at = text.indexOf('\r\n', at + 2)) position--;
	return position;
}

/** The offset in `text` of a position in CodeMirror's document. */
export function offsetOf(text: string, position: number): number {
	let offset = position;
	for (let at = text.indexOf('\r\n'); at !== -1 && at < offset; at = text.indexOf('\r\n', at + 2)) offset++;
	return offset;
}

/** `content`, whose lines end as CodeMirror ends them, with the line breaks of `text`. */
export function withBreaksOf(text: string, content: string): string {
	return text.includes('\r\n') ? content.replaceAll('\n', '\r\n') : content;
}
