/** Rows laid out beyond either edge, so that a quick scroll does not show a gap. */
const BEYOND = 10;
/** Lists up to this long are laid out whole: then the browser's own search finds every row. */
const WHOLE = 200;

/** Which of `count` rows of equal height need to exist when `height` of the list is in sight from `top`, in one unit. */
export function windowOf(list: { count: number; row: number; top: number; height: number }): {
	first: number;
	end: number;
} {
	const { count, row, top, height } = list;
	if (count <= WHOLE) return { first: 0, end: count };
	const first = Math.min(Math.max(0, Math.floor(top / row) - BEYOND), count);
	return { first, end: Math.min(count, Math.ceil((top + height) / row) + BEYOND) };
}
