import { wholeText, type Pieces } from '../pieces';
import { array, constant, hole, itemsOf, memberOf, object, stringOf, text, type Value } from '../value';

/** What an expression gives, as far as it can be told. */
export interface Operand {
	readonly value: Value;
	/** A string, and where it stands. */
	readonly pieces?: Pieces;
	/** What it is the JSON of. */
	readonly json?: Value;
}

/** The operand that a string is. */
export function stringFrom(pieces: Pieces): Operand {
	const [only, ...more] = pieces.filter((piece) => 'hole' in piece || piece.text !== '');
	// A variable in quotes and nothing else may be anything that it is filled with.
	if (only && 'hole' in only && more.length === 0) return { value: hole(only.hole), pieces };
	const words = wholeText(pieces);
	if (words !== null) return { value: text(words), pieces };
	return { value: text(...pieces.map((piece) => ('hole' in piece ? hole(piece.hole) : piece.text))), pieces };
}

/** What `+` makes of two operands; null where that is not known. */
export function sumOf(left: Operand, right: Operand): Operand | null {
	const { value } = left;
	if (value.kind === 'array')
		return { value: array([...value.items, ...(right.value.kind === 'array' ? right.value.items : [right.value])]) };
	if (left.pieces && right.pieces) return stringFrom([...left.pieces, ...right.pieces]);
	if (left.pieces && right.value.kind === 'hole')
		return stringFrom([...left.pieces, { hole: right.value.name, at: 0 }]);
	if (right.pieces && value.kind === 'hole') return stringFrom([{ hole: value.name, at: 0 }, ...right.pieces]);
	if (value.kind === 'object' && right.value.kind === 'object')
		return { value: { kind: 'object', members: [...value.members, ...right.value.members] } };
	return null;
}

/** `value` with what `change` makes of the member at the end of `path`. */
export function changed(
	value: Value,
	[name, ...rest]: readonly string[],
	change: (old: Value | undefined) => Value,
): Value {
	if (name === undefined) return change(value);
	if (value.kind !== 'object') return value;
	const old = memberOf(value, name);
	const made = rest.length > 0 && old ? changed(old, rest, change) : change(old);
	return old
		? { kind: 'object', members: value.members.map((member) => (member[0] === name ? [name, made] : member)) }
		: { kind: 'object', members: [...value.members, [name, made]] };
}

/** What `.Add(…)` makes of a list or a dictionary. */
export function withItems(value: Value | undefined, items: readonly Value[]): Value {
	const [first, second] = items;
	if (value?.kind === 'array') return array([...value.items, ...items]);
	const name = stringOf(first);
	if (value?.kind === 'object' && name !== null && second)
		return { kind: 'object', members: [...value.members, [name, second]] };
	return value ?? constant(null);
}

/** An empty list or dictionary, where that is what the name of a type says; else null. */
export function emptyOf(type: string): Operand | null {
	if (/Dictionary|Hashtable/i.test(type)) return { value: object({}) };
	return /ArrayList|List\[/i.test(type) ? { value: array([]) } : null;
}

/** Whether words are a number as JSON spells it. */
export function isNumber(said: string): boolean {
	return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(said);
}

/** A number as PowerShell spells it, as JSON does. */
export function numberOf(source: string): Value {
	const bare = source.replace(/^\+/, '').replace(/^(-?0x[\da-f]+)l?$|[dl]$/i, '$1');
	return { kind: 'number', spelling: isNumber(bare) ? bare : String(Number(bare)) };
}

/** How many levels of lists and objects lie in `value` below itself. */
export function depthOf(value: Value): number {
	const inner = value.kind === 'object' ? value.members.map(([, member]) => member) : itemsOf(value);
	return inner.reduce(
		(deepest, each) =>
			each.kind === 'object' || each.kind === 'array' ? Math.max(deepest, depthOf(each) + 1) : deepest,
		0,
	);
}
