import { editBetween, type Edit } from './edit';
import { equalJson, type JsonPath, type JsonValue } from './json';
import { nameOf, readTree, type JsonNode } from './json-tree';

// A lens reads a place in a JSON text and writes it by the smallest edits that will do. Of duplicate names it means the
// last, as `JSON.parse` does. Every function here speaks of valid JSON text; on any other it makes no edits.

export interface Range {
	readonly offset: number;
	readonly length: number;
}

/** A piece of JSON that is written already and goes into the text as it stands. */
export class Source {
	constructor(readonly json: string) {}
}
/** A value to write, of which parts may be written already. */
export type Part = null | boolean | number | string | Source | readonly Part[] | { readonly [key: string]: Part };

/** Where the values at `paths` stand in `text`, read once: of a value that is missing, what it is missing from. */
export function rangesOf(text: string, paths: readonly JsonPath[]): (Range | null)[] {
	const root = parseStrictly(text);
	return paths.map((path) => {
		for (let length = path.length; length >= 0; length--) {
			const node = nodeAt(root, path.slice(0, length));
			if (node) return { offset: node.offset, length: node.length };
		}
		return null;
	});
}

/** The value at `path` as it is spelled in `text`, or undefined when there is none. */
export function sourceAt(text: string, path: JsonPath): string | undefined {
	return sourcesIn(text)(path);
}

/** `sourceAt` for many places of one text, which is read once. */
export function sourcesIn(text: string): (path: JsonPath) => string | undefined {
	const placeOf = placesIn(text);
	return (path) => {
		const place = placeOf(path);
		return place && text.slice(place.offset, place.offset + place.length);
	};
}

/** Where the values at many paths stand in one text, which is read once. */
export function placesIn(text: string): (path: JsonPath) => Range | undefined {
	const root = parseStrictly(text);
	return (path) => nodeAt(root, path);
}

/** The places in `text` whose name is written more than once in its object, each once, the outer ones first. */
export function duplicatesIn(text: string): JsonPath[] {
	const root = parseStrictly(text);
	const found: JsonPath[] = [];
	// A list that grows while it is walked: no nesting is too deep, and no object too long to be spread.
	const open = root ? [root] : [];
	for (const node of open) {
		if (node.type !== 'object') for (const child of node.children) open.push(child);
		else {
			const names = node.children.map(nameOf);
			// What a later one of the same name hides is not in the request.
			const last = new Map(node.children.map((property) => [nameOf(property), property]));
			for (const [name, property] of last) {
				if (last.size < names.length && names.indexOf(name) < names.lastIndexOf(name))
					found.push([...pathOf(node), name]);
				open.push(property.children[1]!); // text that parses has the value
			}
		}
	}
	return found;
}

/** The path that leads to a value. */
function pathOf(node: JsonNode): JsonPath {
	const path: (string | number)[] = [];
	for (let here: JsonNode | undefined = node; here?.parent; here = here.parent) {
		if (here.parent.type === 'property') path.push(nameOf(here.parent));
		else if (here.parent.type === 'array') path.push(here.parent.children.indexOf(here));
	}
	return path.reverse();
}

/**
 * Make `path` hold `value`. Missing objects and arrays on the way are made (an index past the end appends), and a null
 * on the way gives room; anything else on the way stays, and there are no edits. A value that is there already keeps its
 * spelling, and of a string only the characters that differ are written anew.
 */
export function setValue(text: string, path: JsonPath, value: Part): Edit[] {
	const root = parseStrictly(text);
	if (!root) return [];
	let node = root;
	for (const [depth, step] of path.entries()) {
		const child = childAt(node, step);
		if (!child) {
			const rest = nest(path.slice(depth + 1), value);
			if (typeof step === 'string' && node.type === 'object')
				return [insertion(text, root, node, node.children.length, rest, step)];
			if (typeof step === 'number' && node.type === 'array')
				return [insertion(text, root, node, node.children.length, rest)];
			return node.type === 'null' ? [replacement(text, root, node, nest([step], rest))] : [];
		}
		node = child;
	}
	if (typeof value === 'string' && node.type === 'string') return respelling(text, node, value);
	return isSame(text, node, value) ? [] : [replacement(text, root, node, value)];
}

/** Make `path` hold the value that `json` spells, as it is spelled. `json` must parse. */
export function setRaw(text: string, path: JsonPath, json: string): Edit[] {
	return setValue(text, path, new Source(json));
}

/**
 * Take the property or item at `path` out, with its comma; all of them where a name is there more than once. With
 * `pruneEmptyParents` the objects and arrays that are left with nothing in them go too, up to but not the root.
 */
export function removeValue(
	text: string,
	path: JsonPath,
	{ pruneEmptyParents = false }: { readonly pruneEmptyParents?: boolean } = {},
): Edit[] {
	const root = parseStrictly(text);
	if (!nodeAt(root, path)) return [];
	for (let depth = path.length - 1; depth >= 0; depth--) {
		const holder = nodeAt(root, path.slice(0, depth))!; // an ancestor of a node that is there
		const step = path[depth];
		const { children } = holder;
		const going = children.map((child, i) => (holder.type === 'array' ? i === step : nameOf(child) === step));
		if (pruneEmptyParents && depth > 0 && !going.includes(false)) continue;
		return removals(holder, going);
	}
	return [];
}

/** Put `value` into the array at `path` before item `index`, or at its end; the array is made where there is none. */
export function insertItem(text: string, path: JsonPath, index: number, value: Part): Edit[] {
	const root = parseStrictly(text);
	const array = nodeAt(root, path);
	if (root && array?.type === 'array') return [insertion(text, root, array, index, value)];
	return array && array.type !== 'null' ? [] : setValue(text, path, [value]);
}

/** Move an item of the array at `path`, byte for byte, so that it becomes item `to`. */
export function moveItem(text: string, path: JsonPath, from: number, to: number): Edit[] {
	const items = itemsAt(text, path);
	const item = items[from];
	const target = items[to];
	if (!item || !target || from === to) return [];
	const neighbour = items[from < to ? from + 1 : from - 1]!; // there, since `to` lies that way
	const source = sourceOf(text, item);
	if (from < to) {
		const gap = text.slice(endOf(item), neighbour.offset);
		return [
			{ offset: item.offset, length: neighbour.offset - item.offset, content: '' },
			{ offset: endOf(target), length: 0, content: gap + source },
		];
	}
	const gap = text.slice(endOf(neighbour), item.offset);
	return [
		{ offset: target.offset, length: 0, content: source + gap },
		{ offset: endOf(neighbour), length: endOf(item) - endOf(neighbour), content: '' },
	];
}

/** Take out all that comes after item `index` of the array at `path`. */
export function removeItemsAfter(text: string, path: JsonPath, index: number): Edit[] {
	const items = itemsAt(text, path);
	const item = items[index];
	const last = items.at(-1);
	if (!item || !last || item === last) return [];
	return [{ offset: endOf(item), length: endOf(last) - endOf(item), content: '' }];
}

/** Put a copy of an item, byte for byte, after it. */
export function duplicateItem(text: string, path: JsonPath, index: number): Edit[] {
	const item = itemsAt(text, path)[index];
	return item ? insertItem(text, path, index + 1, new Source(sourceOf(text, item))) : [];
}

/* Reading the tree */

/** The tree of a JSON text; undefined where it is none. */
export function parseStrictly(text: string): JsonNode | undefined {
	const { root, fault } = readTree(text);
	return fault ? undefined : root;
}

/** What stands at `path`; undefined where nothing does. */
export function nodeAt(root: JsonNode | undefined, path: JsonPath): JsonNode | undefined {
	let node = root;
	for (const step of path) node = node && childAt(node, step);
	return node;
}

/** The value under `step`: of duplicate names the last, which is the one `JSON.parse` reads. */
function childAt(node: JsonNode, step: string | number): JsonNode | undefined {
	const { children } = node;
	if (node.type === 'array') return typeof step === 'number' ? children[step] : undefined;
	if (node.type !== 'object') return undefined;
	return children.findLast((property) => nameOf(property) === step)?.children[1];
}

function itemsAt(text: string, path: JsonPath): readonly JsonNode[] {
	const array = nodeAt(parseStrictly(text), path);
	return array?.type === 'array' ? array.children : [];
}

function endOf(node: JsonNode): number {
	return node.offset + node.length;
}

function sourceOf(text: string, node: JsonNode): string {
	return text.slice(node.offset, endOf(node));
}

function isSame(text: string, node: JsonNode, value: Part): boolean {
	const source = sourceOf(text, node);
	if (containsSource(value)) return value instanceof Source && value.json === source;
	return equalJson(JSON.parse(source) as JsonValue, value);
}

function containsSource(value: Part): value is Exclude<Part, JsonValue> {
	if (value instanceof Source) return true;
	return typeof value === 'object' && value !== null && Object.values(value).some(containsSource);
}

/* Writing */

function nest(path: JsonPath, value: Part): Part {
	return path.reduceRight<Part>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}

/** Take out those of the items or properties of `holder` that are `going`. */
export function removals(holder: JsonNode, going: readonly boolean[]): Edit[] {
	const { children } = holder;
	if (!going.includes(false)) return [{ offset: holder.offset + 1, length: holder.length - 2, content: '' }];
	const edits: Edit[] = [];
	for (let first = going.indexOf(true); first !== -1;) {
		const next = going.indexOf(false, first);
		// With what follows, if something stays there; else with the comma before.
		const start = next === -1 ? endOf(children[first - 1]!) : children[first]!.offset; // before the last run something stays
		const end = next === -1 ? endOf(children.at(-1)!) : children[next]!.offset;
		edits.push({ offset: start, length: end - start, content: '' });
		first = next === -1 ? -1 : going.indexOf(true, next);
	}
	return edits;
}

/** Replace only the characters that differ; the others keep their escapes. */
function respelling(text: string, node: JsonNode, value: string): Edit[] {
	const before = String(node.value);
	return editBetween(before, value).map(({ offset, length, content }) => {
		const start = offsetInString(text, node.offset + 1, offset);
		return {
			offset: start,
			length: offsetInString(text, start, length) - start,
			content: JSON.stringify(content).slice(1, -1),
		};
	});
}

/** Where `count` UTF-16 units of a string's value end, when spelled from `offset` on. */
function offsetInString(text: string, offset: number, count: number): number {
	let at = offset;
	for (let unit = 0; unit < count; unit++) at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2;
	return at;
}

function replacement(text: string, root: JsonNode, node: JsonNode, value: Part): Edit {
	const holder = holderOf(node);
	const spread =
		node.children.length > 0
			? isSpread(text, node)
			: !holder || spreadsIn(text, holder, holder.children.indexOf(memberOf(node)));
	const indent = indentAt(text, node.offset);
	const style = styleIn(text, root, holder ?? node, indent);
	return { offset: node.offset, length: node.length, content: write(value, style, spread ? indent : null) };
}

function insertion(text: string, root: JsonNode, holder: JsonNode, index: number, value: Part, name?: string): Edit {
	const { children } = holder;
	const at = Math.min(Math.max(index, 0), children.length);
	const spread = spreadsIn(text, holder, at);
	const outer = indentAt(text, holder.offset);
	const member = (style: Style, indent: string) =>
		(name === undefined ? '' : JSON.stringify(name) + style.colon) + write(value, style, spread ? indent : null);
	if (children.length === 0) {
		const style = styleIn(text, root, holder, outer);
		const inner = outer + style.unit;
		const content = spread ? style.eol + inner + member(style, inner) + style.eol + outer : member(style, outer);
		return { offset: holder.offset + 1, length: holder.length - 2, content };
	}
	const neighbour = children[Math.max(at - 1, 0)]!; // there is one at least
	const lead = leadOf(text, children[Math.min(at, children.length - 1)]!);
	const indent = /[\r\n]([ \t]*)[^\r\n]*$/.exec(lead)?.[1] ?? indentAt(text, neighbour.offset);
	const style = styleIn(text, root, holder, indent);
	const gap = gapBefore(text, holder, at) || style.comma;
	return at > 0
		? { offset: endOf(neighbour), length: 0, content: gap + member(style, indent) }
		: { offset: neighbour.offset, length: 0, content: member(style, indent) + gap };
}

/* The layout around a place */

interface Style {
	readonly eol: string;
	/** One step of indentation. */
	readonly unit: string;
	/** What stands between a name and its value, and between the items of a list on one line. */
	readonly colon: string;
	readonly comma: string;
}

/** How `holder` is written, whose members stand at `indent`; where it says nothing, how the document is. */
function styleIn(text: string, root: JsonNode, holder: JsonNode, indent: string): Style {
	const document = sourceOf(text, root);
	const outer = indentAt(text, holder.offset);
	const [name, value] = [...holder.children, ...root.children].find(({ type }) => type === 'property')?.children ?? [];
	const between = name && value ? text.slice(endOf(name), value.offset) : ': ';
	const colon = /[\r\n]/.test(between) ? ': ' : between;
	return {
		eol: /\r?\n/.exec(document)?.[0] ?? '\n',
		unit:
			indent.length > outer.length && indent.startsWith(outer)
				? indent.slice(outer.length)
				: (/\n([ \t]+)\S/.exec(document)?.[1] ?? '  '),
		colon,
		comma: /\s$/.test(colon) ? ', ' : ',',
	};
}

/** Whether a list or object put into `holder` at `index` goes over several lines: as its nearest sibling does, else as
 * `holder` itself, else as one would in place of `holder`; a document with nothing in it opens up. */
function spreadsIn(text: string, holder: JsonNode, index: number): boolean {
	const { children } = holder;
	const sibling = [...children.slice(0, index).reverse(), ...children.slice(index)]
		.map((child) => (child.type === 'property' ? child.children[1]! : child)) // valid text: a property has a value
		.find((value) => value.children.length > 0);
	if (sibling) return isSpread(text, sibling);
	if (children.length > 0) return isSpread(text, holder);
	const around = holderOf(holder);
	return !around || spreadsIn(text, around, around.children.indexOf(memberOf(holder)));
}

/** Whether `node` goes over several lines: within strings JSON has no line breaks. */
function isSpread(text: string, node: JsonNode): boolean {
	return sourceOf(text, node).includes('\n');
}

/** What separates a new member at `index` from its neighbour, as the members there are separated; empty where they do not say. */
function gapBefore(text: string, holder: JsonNode, index: number): string {
	const { children } = holder;
	if (children.length > 1) return leadOf(text, children[Math.min(Math.max(index, 1), children.length - 1)]!); // within bounds
	const lead = leadOf(text, children[0]!); // only asked where there is a member
	return lead && `,${lead}`;
}

/** What stands between a member and the end of the one before it, or the bracket. */
function leadOf(text: string, member: JsonNode): string {
	const holder = member.parent!; // a member has a holder
	const before = holder.children[holder.children.indexOf(member) - 1];
	return text.slice(before ? endOf(before) : holder.offset + 1, member.offset);
}

/** The property that has `node` as its value, or `node` itself where it is an item. */
function memberOf(node: JsonNode): JsonNode {
	return node.parent?.type === 'property' ? node.parent : node;
}

function holderOf(node: JsonNode): JsonNode | undefined {
	return memberOf(node).parent;
}

/** The white space at the beginning of the line of `offset`. */
function indentAt(text: string, offset: number): string {
	const start = text.lastIndexOf('\n', offset - 1) + 1;
	return /^[ \t]*/.exec(text.slice(start, offset))![0]; // matches the empty string at least
}

/** Write `value` on one line, or, given the indentation of the line it begins on, over several. */
function write(value: Part, style: Style, indent: string | null): string {
	if (value instanceof Source) return value.json;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const inner = indent === null ? null : indent + style.unit;
	const members = Array.isArray(value)
		? value.map((item: Part) => write(item, style, inner))
		: Object.entries(value).map(([name, member]) => JSON.stringify(name) + style.colon + write(member, style, inner));
	const [open, close] = Array.isArray(value) ? '[]' : '{}';
	if (members.length === 0 || inner === null) return open + members.join(style.comma) + close;
	return open + style.eol + inner + members.join(`,${style.eol}${inner}`) + style.eol + indent + close;
}
