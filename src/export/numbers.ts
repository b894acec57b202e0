import type { Literal } from './source';

/** Whether every number in `value` is one that a language reads and writes without changing it. */
export function numbersSurvive(value: Literal, survives: (spelling: string) => boolean): boolean {
	if (value.kind === 'number') return survives(value.spelling);
	if (value.kind === 'array') return value.items.every((item) => numbersSurvive(item, survives));
	return value.kind !== 'object' || value.members.every(([, inner]) => numbersSurvive(inner, survives));
}

/** Whether a number is the same after it was one of 64 bits, as all are in JavaScript, and those with a point in Python. */
export function survivesAsDouble(spelling: string): boolean {
	return decimalOf(spelling) === decimalOf(String(Number(spelling)));
}

/** A number in the one way there is to write it with digits that begin and end in none that is zero: `12e-1` for `1.20`. */
function decimalOf(spelling: string): string | null {
	const [all, sign, whole = '', fraction = '', exponent = '0'] =
		/^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(spelling) ?? [];
	if (all === undefined) return null;
	const digits = (whole + fraction).replace(/^0+/, '');
	const significant = digits.replace(/0+$/, '');
	if (significant === '') return '0';
	return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
