import type { JsonPath } from '../../../model/json';
import { array, type Value } from '../value';
import { wordsIn, type Token } from './token';

/** A change of a part of what a variable holds. */
export type Change =
	/** Values are put at the end of a list: `value` is the index of the parenthesis they stand in. */
	| { readonly kind: 'add'; readonly path: JsonPath; readonly value: number }
	/** A member becomes the value at this index. */
	| { readonly kind: 'set'; readonly path: JsonPath; readonly value: number }
	| { readonly kind: 'delete'; readonly path: JsonPath };

/** The methods that change a list or a dictionary, beside the one that adds at the end. */
const CHANGES =
	/^(?:append|clear|copyWithin|extend|fill|insert|pop|popitem|push|remove|reverse|setdefault|shift|sort|splice|unshift|update)$/;

/** How the variable whose name is at `index` is changed there: null when it is not, `unknown` when only running would tell. */
export function changeAt(
	tokens: readonly Token[],
	index: number,
	python: boolean,
	closing: ReadonlyMap<number, number>,
): Change | 'unknown' | null {
	const sourceAt = (at: number) => tokens[at]?.source ?? '';
	const path: (string | number)[] = [];
	/** Whether what is changed is where `path` says. */
	let known = true;
	let at = index + 1;
	for (;;) {
		const member = sourceAt(at) === '.' ? tokens[at + 1] : undefined;
		if (member && sourceAt(at + 2) === '(') {
			if (!CHANGES.test(member.source)) return null;
			const adds = known && member.source === (python ? 'append' : 'push');
			return adds ? { kind: 'add', path, value: at + 2 } : 'unknown';
		}
		if (member) {
			// What has a name after a point in Python is no member of a dictionary.
			known &&= !python;
			path.push(member.source);
			at += 2;
		} else if (sourceAt(at) === '[' && !tokens[at]?.first) {
			const step = /^\d+$/.test(sourceAt(at + 1)) ? Number(sourceAt(at + 1)) : wordsIn(tokens[at + 1]);
			known &&= (typeof step === 'string' || typeof step === 'number') && sourceAt(at + 2) === ']';
			if (typeof step === 'string' || typeof step === 'number') path.push(step);
			at = (closing.get(at) ?? tokens.length) + 1;
		} else break;
	}
	const next = sourceAt(at);
	const before = sourceAt(index - 1);
	const isMember = known && path.length > 0;
	if (before === (python ? 'del' : 'delete')) return isMember ? { kind: 'delete', path } : 'unknown';
	if (next === '=') return isMember ? { kind: 'set', path, value: at + 1 } : 'unknown';
	const assigns = before === '(' && sourceAt(index - 2) === 'assign' && sourceAt(index - 4) === 'Object';
	return assigns || /^(?:[+\-*/%&|^@:]=|(?:\*\*|\?\?|\|\||&&)=)/.test(next + sourceAt(at + 1)) ? 'unknown' : null;
}

/** `value` after `change`, which puts `given` there; null when there is no such place in it. */
export function changed(value: Value, { kind, path }: Change, given: readonly Value[]): Value | null {
	const [step, ...rest] = path;
	if (step === undefined) return kind === 'add' && value.kind === 'array' ? array([...value.items, ...given]) : null;
	const last = rest.length === 0 && kind !== 'add';
	const inner = (before: Value | undefined) =>
		last ? given[0] : before && changed(before, { kind, path: rest } as Change, given);
	if (value.kind === 'array' && typeof step === 'number') {
		const next = inner(value.items[step]);
		return next && value.items[step] ? array(value.items.with(step, next)) : null;
	}
	if (value.kind !== 'object') return null;
	const members = new Map(value.members);
	const next = inner(members.get(String(step)));
	if (last && kind === 'delete') members.delete(String(step));
	else if (next) members.set(String(step), next);
	else return null;
	return { kind: 'object', members: [...members] };
}
