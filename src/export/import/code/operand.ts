import { array, text, type Member, type Value } from '../value';

/** A value as an operand gives it; null when only running would tell. `nothing` is what leaves a parameter out. */
export type Operand = Value | 'nothing' | null;

/** Whether an operand is a value that stands in the text. */
export const isLiteral = (operand: Operand) => operand !== null && operand !== 'nothing' && operand.kind !== 'hole';

/** Texts or lists one after the other, with holes between them; null when one of them is neither. */
export function concatenated(operands: readonly Operand[]): Operand {
	const values = operands.filter((operand) => operand !== null && operand !== 'nothing');
	if (values.length < operands.length) return null;
	const kind = values.find((value) => value.kind !== 'hole')?.kind;
	const fits = values.every((value) => value.kind === kind || value.kind === 'hole');
	if (fits && kind === 'array')
		return array(values.flatMap((value) => (value.kind === 'array' ? value.items : [value])));
	if (!fits || kind !== 'string') return null;
	return text(
		...values.flatMap((value) => (value.kind === 'string' ? value.parts : value.kind === 'hole' ? [value] : [])),
	);
}

/** Dictionaries of which the later counts more; null when one of them is none. */
export function merged(operands: readonly Operand[]): Operand {
	const members = operands.map((operand) =>
		operand !== null && operand !== 'nothing' && operand.kind === 'object' ? operand.members : null,
	);
	return members.every((all) => all !== null) ? { kind: 'object', members: lastOfEach(members.flat()) } : null;
}

/** The variable of the environment that an expression reads; null when it reads none. */
export function environmentName(expression: string): string | null {
	const match =
		/^(?:process\.env|import\.meta\.env|Deno\.env\.get|os\.environ(?:\.get)?|os\.getenv)(?:\.|\[|\()["'`]?(\w+)/.exec(
			expression,
		);
	return match?.[1] ?? null;
}

/** A number as JSON spells it; null for what JSON cannot say. */
export function numberOf(source: string): Value | null {
	const plain = source.replaceAll('_', '').replace(/n$/, '');
	if (/^(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(plain)) return { kind: 'number', spelling: plain };
	if (/^0[xob]/i.test(plain)) return { kind: 'number', spelling: String(BigInt(plain)) };
	// JSON wants a digit on both sides of the point.
	const [, whole = '', fraction, exponent = ''] = /^(\d*)(?:\.(\d*))?(e[+-]?\d+)?$/i.exec(plain) ?? [];
	if (fraction === undefined || /^0\d/.test(whole)) return null;
	return { kind: 'number', spelling: `${whole || '0'}.${fraction || '0'}${exponent}` };
}

/** Of members with one name the last, where the first stood, as in every object. */
export function lastOfEach(members: readonly Member[]): Member[] {
	return [...new Map(members)];
}
