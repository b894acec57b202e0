// jsonc-parser, which lays out what is shown, could read too. This reads only JSON, so it is a third of the size where size
// counts; it says what is wrong in the words of the page; and it bears any nesting.

/** A value in a JSON text, or a property of an object, and where it stands. Offsets and lengths count UTF-16 units. */
export interface JsonNode {
	readonly type: 'object' | 'array' | 'property' | Scalar['type'];
	readonly offset: number;
	readonly length: number;
	/** The object of a property, the property of a name or a value, the array of an item; undefined at the root. */
	readonly parent: JsonNode | undefined;
	/** As written: the properties of an object, duplicates too, the items of an array, the name and value of a property. */
	readonly children: readonly JsonNode[];
	/** What a string, a number, true, false or null says; undefined for the others. */
	readonly value: Scalar['value'] | undefined;
}

/** Why a text is not JSON, in a sentence for the reader, and where that shows. */
export interface JsonFault {
	readonly reason: string;
	readonly offset: number;
}

/** All of a text, or what comes before its first fault; what is open there reaches to the end of the text. */
export type JsonTree =
	| { readonly root: JsonNode; readonly fault: null }
	| { readonly root: JsonNode | undefined; readonly fault: JsonFault };

interface GrowingNode extends JsonNode {
	length: number;
	readonly parent: GrowingNode | undefined;
	readonly children: GrowingNode[];
}

interface Scalar {
	readonly type: 'string' | 'number' | 'boolean' | 'null';
	readonly value: string | number | boolean | null;
	readonly end: number;
}

/**
 * Read `text` by the grammar of RFC 8259, which is that of `JSON.parse`, into a tree of its values. What is open waits
 * in the tree and not on the call stack, so no nesting is too deep.
 */
export function readTree(text: string): JsonTree {
	let at = 0;
	let root: GrowingNode | undefined;
	/** The innermost object or array that is open. */
	let holder: GrowingNode | undefined;

	/** Pass over white space; gives the character after it. */
	const skipSpace = (): string | undefined => {
		for (let unit; (unit = text.charCodeAt(at)) === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;) at++;
		return text[at];
	};
	const begin = (type: JsonNode['type'], parent: GrowingNode | undefined, value?: Scalar['value']) => {
		const node: GrowingNode = { type, offset: at, length: text.length - at, parent, children: [], value };
		if (parent) parent.children.push(node);
		else root = node;
		return node;
	};
	const add = (scalar: Scalar, parent: GrowingNode | undefined) => {
		const node = begin(scalar.type, parent, scalar.value);
		at = scalar.end;
		node.length = at - node.offset;
		return node;
	};
	/** End `node` here, and the property whose value it is; gives what holds it. */
	const end = (node: GrowingNode): GrowingNode | undefined => {
		node.length = at - node.offset;
		return node.parent?.type === 'property' ? end(node.parent) : node.parent;
	};
	const failed = ({ reason, offset }: JsonFault): JsonTree => {
		return { root, fault: { reason: foreignMark(text.slice(offset, offset + 2)) ?? reason, offset } };
	};
	const expected = (what: string) => failed({ reason: `Expected ${what}`, offset: at });

	for (;;) {
		let found = skipSpace();
		let parent = holder;
		if (holder?.type === 'object') {
			if (found !== '"') return expected(missingName(found));
			const name = stringAt(text, at);
			if ('reason' in name) return failed(name);
			parent = begin('property', holder);
			add(name, parent);
			if (skipSpace() !== ':') return expected(`a colon after the name ${quoted(parent)}.`);
			at++;
			found = skipSpace();
		}
		if (found === '{' || found === '[') {
			holder = begin(found === '{' ? 'object' : 'array', parent);
			at++;
			found = skipSpace();
			if (found !== undefined && found !== closing(holder)) continue;
		} else {
			const value = scalarAt(text, at);
			if (!value) return expected(missingValue(parent, found));
			if ('reason' in value) return failed(value);
			end(add(value, parent));
			found = skipSpace();
		}
		for (; holder && found === closing(holder); found = skipSpace()) {
			at++;
			holder = end(holder);
		}
		if (!holder && at === text.length) return { root: root!, fault: null }; // a value has been read
		if (!holder) return expected('nothing after the end of the request.');
		if (found !== ',') return expected(missingComma(holder, found));
		at++;
	}
}

/** The name of a property, its escapes resolved. */
export function nameOf(property: JsonNode): string {
	return String(property.children[0]?.value);
}

/* What has no parts */

/** The string, number or word that begins at `at`; null where none does. */
function scalarAt(text: string, at: number): Scalar | JsonFault | null {
	if (text[at] === '"') return stringAt(text, at);
	const number = matchAt(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y, text, at);
	if (number) {
		const end = at + number.length;
		if (/[.eE]/.test(text.charAt(end))) return { reason: 'This number is not complete.', offset: at };
		return { type: 'number', value: Number(number), end };
	}
	// The beginning is enough to say: the word may be a whole file that lacks its quotes.
	const word = matchAt(/[^ \t\r\n{}[\]":,/]{1,40}/y, text, at);
	if (word === 'null') return { type: 'null', value: null, end: at + word.length };
	if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true', end: at + word.length };
	return word ? { reason: wordReason(word), offset: at } : null;
}

function stringAt(text: string, offset: number): Scalar | JsonFault {
	let at = offset + 1;
	let plain = true;
	for (let unit; (unit = text.charCodeAt(at)) !== 0x22;) {
		if (unit === 0x5c) {
			const length = text[at + 1] === 'u' ? 6 : 2;
			if (!/^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})$/.test(text.slice(at, at + length)))
				return {
					reason:
						length === 6
							? 'Expected four hexadecimal digits after \\u.'
							: 'This escape is unknown: a backslash is written \\\\.',
					offset: at,
				};
			at += length;
			plain = false;
		} else if (unit >= 0x20) at++;
		else if (/[^\r\n]/.test(text.charAt(at)))
			return { reason: 'A control character within a string is written as an escape, such as \\t.', offset: at };
		else return { reason: 'This string is not closed: a line break within a string is written \\n.', offset };
	}
	const end = at + 1;
	const value = plain ? text.slice(offset + 1, at) : (JSON.parse(text.slice(offset, end)) as string);
	return { type: 'string', value, end };
}

/** What `pattern`, which is sticky, matches at `at`, or the empty string. */
function matchAt(pattern: RegExp, text: string, at: number): string {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0] ?? '';
}

function closing(holder: JsonNode): '}' | ']' {
	return holder.type === 'object' ? '}' : ']';
}

/* What to say */

function missingName(found: string | undefined): string {
	// An empty object has been closed where it began: a brace here follows a comma.
	return found === '}'
		? 'a property name after the comma: the last property takes no comma.'
		: 'a property name in double quotes.';
}

function missingValue(parent: JsonNode | undefined, found: string | undefined): string {
	if (!parent) return 'a JSON value.';
	if (parent.type === 'property') return `a value for ${quoted(parent)}.`;
	return found === ']' ? 'an item after the comma: the last item takes no comma.' : 'an item or ].';
}

function missingComma(holder: JsonNode, found: string | undefined): string {
	if (found === undefined) return `a closing ${closing(holder)}.`;
	if (holder.type === 'array') return 'a comma or ] after this item.';
	return `a comma or } after the value of ${quoted(holder.children.at(-1)!)}.`; // a value has just been read
}

function quoted(property: JsonNode): string {
	return JSON.stringify(nameOf(property));
}

/** What a word that JSON does not know may have been meant as: Python and JavaScript write some of their own. */
function wordReason(word: string): string {
	const meant = new Map([
		['True', 'true'],
		['False', 'false'],
		['None', 'null'],
		['undefined', 'null'],
	]).get(word);
	return meant ? `JSON writes ${word} as ${meant}.` : `Unexpected ${JSON.stringify(word)}.`;
}

/** What is wrong with `mark` wherever it stands: Python, JavaScript and word processors write it and JSON does not. */
function foreignMark(mark: string): string | null {
	if (/^\/[/*]/.test(mark)) return 'JSON has no comments.';
	return /^['‘’“”`]/.test(mark) ? 'JSON takes only straight double quotes: ".' : null;
}
