/** Rows drawn beyond each edge of what is seen, so that scrolling and the Tab key find them there; each of them costs time. */
const BEYOND = 4;

/** Which of `count` rows of equal `height` to draw: from `first` up to but not including `end`. All lengths in one unit. */
export function rowsInView(
	view: { readonly top: number; readonly height: number },
	height: number,
	count: number,
): { readonly first: number; readonly end: number } {
	const seen = Math.ceil(view.height / height);
	// A list that has just become shorter may still be scrolled to where it ended before.
	const top = Math.min(Math.floor(view.top / height), Math.max(0, count - seen));
	const first = Math.max(0, top - BEYOND);
	const end = Math.min(count, top + seen + 1 + BEYOND);
	return { first, end };
}

/** Which rows to draw, in their order: those in `view` and the one at `row`, which is -1 where there is no such one. */
export function withRow({ first, end }: { readonly first: number; readonly end: number }, row: number): number[] {
	const inView = Array.from({ length: end - first }, (_, nth) => first + nth);
	if (row < 0 || (row >= first && row < end)) return inView;
	return row < first ? [row, ...inView] : [...inView, row];
}
