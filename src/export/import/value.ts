import { readTree, type JsonNode } from '../../model/json-tree';
import { faultOf } from '../../model/draft';
import type { JsonPath } from '../../model/json';
import { Misread } from './misread';
import type { Pieces } from './pieces';

/** A JSON value as far as it can be told without running anything: numbers in their spelling, and holes where it cannot. */
export type Value =
	| ObjectValue
	| { readonly kind: 'array'; readonly items: readonly Value[] }
	| StringValue
	| { readonly kind: 'number'; readonly spelling: string }
	| { readonly kind: 'constant'; readonly value: boolean | null }
	| Hole;
export interface ObjectValue {
	readonly kind: 'object';
	readonly members: readonly Member[];
}
export interface StringValue {
	readonly kind: 'string';
	readonly parts: readonly (string | Hole)[];
}
export type Member = readonly [name: string, value: Value];

/** What the user has to say, by the name it has in what was pasted. */
export interface Hole {
	readonly kind: 'hole';
	readonly name: string;
}

export const hole = (name: string): Hole => ({ kind: 'hole', name });
export const text = (...parts: readonly (string | Hole)[]): StringValue => ({ kind: 'string', parts });
export const constant = (value: boolean | null): Value => ({ kind: 'constant', value });
export const array = (items: readonly Value[]): Value => ({ kind: 'array', items });

/** An object of these members, without those that are undefined. */
export function object(members: Readonly<Record<string, Value | undefined>>): ObjectValue {
	return {
		kind: 'object',
		members: Object.entries(members).filter((member): member is [string, Value] => member[1] !== undefined),
	};
}

/** The member `name` of an object, the last of that name; undefined when there is none, or `value` is no object. */
export function memberOf(value: Value | undefined, name: string): Value | undefined {
	return value?.kind === 'object' ? value.members.findLast(([key]) => key === name)?.[1] : undefined;
}

/** `object` without the members of these names. */
export function without({ members }: ObjectValue, names: readonly string[]): ObjectValue {
	return { kind: 'object', members: members.filter(([name]) => !names.includes(name)) };
}

/** What a string says; null when it is none or has a hole. */
export function stringOf(value: Value | undefined): string | null {
	if (value?.kind !== 'string') return null;
	return value.parts.every((part) => typeof part === 'string') ? value.parts.join('') : null;
}

export const itemsOf = (value: Value | undefined): readonly Value[] => (value?.kind === 'array' ? value.items : []);

/** Every hole in `value` and where it is, in order; one that occurs twice is here twice. */
export function holesIn(value: Value, path: JsonPath = []): { readonly name: string; readonly path: JsonPath }[] {
	switch (value.kind) {
		case 'object':
			return value.members.flatMap(([name, inner]) => holesIn(inner, [...path, name]));
		case 'array':
			return value.items.flatMap((item, index) => holesIn(item, [...path, index]));
		case 'string':
			return value.parts.flatMap((part) => (typeof part === 'string' ? [] : [{ name: part.name, path }]));
		case 'hole':
			return [{ name: value.name, path }];
		default:
			return [];
	}
}

/** Read the JSON that `pieces` spell. A gap inside a string is a part of it, a gap outside one a value. Throws a `Misread` when it is not JSON. */
export function readJson(pieces: Pieces): Value {
	const marks = marksFor(pieces);
	let json = '';
	let inString = false;
	let escaped = false;
	const starts = pieces.map((piece) => {
		const from = json.length;
		if ('hole' in piece) json += inString ? marks.inside : `"${marks.whole}"`;
		else {
			json += piece.text;
			for (const character of piece.text) {
				if (escaped) escaped = false;
				else if (character === '\\') escaped = inString;
				else if (character === '"') inString = !inString;
			}
		}
		return { from, piece };
	});
	const fault = faultOf(json);
	const root = fault ? undefined : readTree(json).root;
	if (!root) {
		const offset = fault?.offset ?? 0;
		const place = starts.findLast(({ from }) => from <= offset);
		const inside = place && 'text' in place.piece ? offset - place.from : 0;
		throw new Misread(fault?.reason ?? 'There is nothing here.', (place?.piece.at ?? 0) + inside);
	}
	const names = pieces.flatMap((piece) => ('hole' in piece ? [piece.hole] : []));
	return valueOf(root, json, marks, names.values());
}

interface Marks {
	/** Stands for a gap inside a string. */
	readonly inside: string;
	/** Stands, in quotes, for a gap that is a value. */
	readonly whole: string;
}

/** Private characters that the text itself does not use. */
function marksFor(pieces: Pieces): Marks {
	const unused: string[] = [];
	for (let code = 0xe000; unused.length < 2; code++) {
		const mark = String.fromCharCode(code);
		if (!pieces.some((piece) => 'text' in piece && piece.text.includes(mark))) unused.push(mark);
	}
	const [inside = '', whole = ''] = unused;
	return { inside, whole };
}

function valueOf(node: JsonNode, json: string, marks: Marks, names: Iterator<string>): Value {
	const { children } = node;
	const nextHole = () => hole(String(names.next().value));
	switch (node.type) {
		case 'object':
			return {
				kind: 'object',
				members: children.flatMap(({ children: [name, value] }): Member[] => {
					if (!name || !value) return [];
					const key = String(name.value).replaceAll(marks.inside, () => `<${nextHole().name}>`);
					return [[key, valueOf(value, json, marks, names)]];
				}),
			};
		case 'array':
			return array(children.map((child) => valueOf(child, json, marks, names)));
		case 'string': {
			const words = String(node.value);
			if (words === marks.whole) return nextHole();
			const between = words.split(marks.inside);
			return text(...between.flatMap((part, index) => (index === 0 ? [part] : [nextHole(), part])));
		}
		case 'number':
			return { kind: 'number', spelling: json.slice(node.offset, node.offset + node.length) };
		default:
			return constant(node.value === null ? null : Boolean(node.value));
	}
}

/** What the user has filled in, by the name of the hole; undefined where nothing yet. */
export type Filled = (name: string) => string | undefined;

/** `value` as indented JSON, its holes filled; one that is not filled stands there by its name, `<name>`. */
export function writeValue(value: Value, filled: Filled = () => undefined, path: JsonPath = []): string {
	const indent = '  '.repeat(path.length);
	const lines = (open: string, items: readonly string[], close: string) =>
		items.length === 0
			? open + close
			: `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`;
	switch (value.kind) {
		case 'object': {
			const members = value.members.map(
				([name, inner]) => `${JSON.stringify(name)}: ${writeValue(inner, filled, [...path, name])}`,
			);
			return lines('{', members, '}');
		}
		case 'array':
			return lines(
				'[',
				value.items.map((item, index) => writeValue(item, filled, [...path, index])),
				']',
			);
		case 'string':
			return JSON.stringify(
				value.parts.map((part) => (typeof part === 'string' ? part : wordsFor(part, filled))).join(''),
			);
		case 'number':
			return value.spelling;
		case 'constant':
			return String(value.value);
		case 'hole': {
			const words = filled(value.name);
			return words !== undefined && takesAsJson(words, path) ? words.trim() : JSON.stringify(wordsFor(value, filled));
		}
	}
}

const wordsFor = ({ name }: Hole, filled: Filled) => filled(name) ?? `<${name}>`;

/** Where the API takes words and nothing else, `12` is words. */
const WORDS = /^(?:data|description|id|media_type|model|name|role|text|title|tool_use_id|type|url|user_id)$/;
/** Where it takes words or a list. */
const WORDS_OR_LIST = /^(?:content|system)$/;

/** Whether what was typed for the value at `path` is meant as JSON. The whole request is. */
function takesAsJson(words: string, path: JsonPath): boolean {
	const place = path.at(-1);
	if (place === undefined) return true;
	if (faultOf(words) !== null || /^\s*"/.test(words)) return false;
	if (typeof place === 'number' || WORDS_OR_LIST.test(place)) return /^\s*[[{]/.test(words);
	return !WORDS.test(place);
}
