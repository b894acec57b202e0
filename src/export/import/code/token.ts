import { Cursor } from '../cursor';
import { Misread } from '../misread';
import type { Said } from '../pieces';

export type Language = 'python' | 'javascript';

/** A part of a string literal: words with their escapes undone, or the source of an expression that is put in there. */
export type StringPart = Said | { readonly expression: string; readonly at: number };

export interface Token {
	readonly kind: 'name' | 'number' | 'string' | 'mark';
	/** As it stands in the source. */
	readonly source: string;
	readonly at: number;
	/** Whether it is the first on its line. */
	readonly first: boolean;
	/** Why it is no string, though it begins like one: it stands for the rest of its line. */
	readonly broken?: Misread;
	/** What a string says. */
	readonly parts?: readonly StringPart[];
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER = /0[xob][\da-f_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d[\d_]*)?[nj]?/iy;
const MARK = /\.\.\.|=>|===?|!==?|\?\.|\?\?|&&|\|\||\*\*|->|:=|[+\-*/%&|^@]=|[^]/y;

/** Cut source text into its tokens; comments are none. A string that is not closed is broken, and ends with its line. */
export function tokensOf(source: string, language: Language): Token[] {
	const cursor = new Cursor(source);
	const tokens: Token[] = [];
	const blank = language === 'python' ? /(?:\s+|\\\n|#.*)+/y : /(?:\s+|\/\/.*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)+/y;
	for (;;) {
		const space = cursor.take(blank) ?? '';
		if (cursor.ended) return tokens;
		const { at } = cursor;
		const first = tokens.length === 0 || (space.includes('\n') && !/^\\\n[ \t]*$/.test(space));
		const token = (kind: Token['kind'], found: string): Token => ({ kind, source: found, at, first });
		try {
			const parts = language === 'python' ? pythonString(cursor) : javascriptString(cursor, tokens.at(-1));
			if (parts) {
				tokens.push({ ...token('string', source.slice(at, cursor.at)), parts });
				continue;
			}
		} catch (error) {
			if (!(error instanceof Misread)) throw error;
			// It may be an apostrophe among words of a page, or a slip that is nobody's business here.
			cursor.at = at;
			tokens.push({ ...token('mark', cursor.take(/.+/y) ?? ''), broken: error });
			continue;
		}
		const name = cursor.take(NAME);
		const number = name === null ? cursor.take(NUMBER) : null;
		if (name !== null) tokens.push(token('name', name));
		else if (number !== null) tokens.push(token('number', number));
		else tokens.push(token('mark', cursor.take(MARK) ?? ''));
	}
}

/** What a string says that has no expressions in it; undefined where the token is none. */
export function wordsIn(token: Token | undefined): string | undefined {
	const parts = token?.parts ?? [{ expression: '', at: 0 }];
	return parts.every((part) => 'text' in part) ? parts.map(({ text }) => text).join('') : undefined;
}

/** Gathers the parts of a string literal. */
class Parts {
	readonly list: StringPart[] = [];

	/** Add characters that begin at `at` in the source; those that stand side by side are one part. */
	say(text: string, at: number): void {
		const last = this.list.at(-1);
		if (last && 'text' in last && last.at + last.text.length === at)
			this.list[this.list.length - 1] = { text: last.text + text, at: last.at };
		else this.list.push({ text, at });
	}
}

const unclosed = (at: number) => new Misread('This string is not closed.', at);

/** A string of Python that begins at `cursor`, read: https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals. */
function pythonString(cursor: Cursor): readonly StringPart[] | null {
	const { at } = cursor;
	const opening = cursor.take(/(?:[rbuft]{0,2})(?:"""|'''|"|')/iy);
	if (opening === null) return null;
	const [, prefix = '', quote = ''] = /^(\w*)(\W+)$/.exec(opening) ?? [];
	const raw = /r/i.test(prefix);
	const formats = /[ft]/i.test(prefix);
	const bytes = /b/i.test(prefix);
	const end = new RegExp(quote, 'y');
	const plain = new RegExp(`[^\\\\{}\\n${quote[0]}]+`, 'y');
	const parts = new Parts();
	while (cursor.take(end) === null) {
		if (cursor.ended || (quote.length === 1 && cursor.next === '\n')) throw unclosed(at);
		const { at: from } = cursor;
		const text = cursor.take(plain);
		const named = text !== null || raw || bytes ? null : cursor.take(NAMED);
		if (text !== null) parts.say(text, from);
		else if (named !== null) parts.list.push({ expression: named, at: from });
		else if (cursor.next === '\\')
			parts.say(raw ? (cursor.take(/\\[^]/y) ?? cursor.takeOne()) : pythonEscape(cursor), from);
		else if (formats && cursor.take(/\{\{|\}\}/y) !== null) parts.say(cursor.source[cursor.at - 1] ?? '', from);
		else if (formats && cursor.next === '{')
			parts.list.push({ expression: pythonField(expressionIn(cursor)), at: from });
		else parts.say(cursor.takeOne(), from);
	}
	return parts.list;
}

/**
 * A character by its name, `\N{BULLET}`: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences. Which one
 * it is only a table of 30,000 would say, so it is for the user to fill in.
 */
const NAMED = /\\N\{[^{}\n]*\}/y;

/** What stands in the braces of an f-string without how it is written there: `x!r`, `x:>10`. */
function pythonField(source: string): string {
	return /^((?:[^[\](){}!:]|![=]|[[({].*[\])}])*)/s.exec(source)?.[1]?.replace(/=\s*$/, '') || source;
}

/** What a letter after a backslash stands for in both languages, … */
const LETTERS: Readonly<Record<string, string>> = {
	'\n': '',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
};
/** … and in one of them. */
const PYTHON_LETTERS: Readonly<Record<string, string>> = { ...LETTERS, a: '\x07' };
const JAVASCRIPT_LETTERS: Readonly<Record<string, string>> = { ...LETTERS, 0: '\0' };

function pythonEscape(cursor: Cursor): string {
	cursor.takeOne();
	const hex = cursor.take(/x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}/y);
	if (hex !== null) return characterOf(Number.parseInt(hex.slice(1), 16));
	const octal = cursor.take(/[0-7]{1,3}/y);
	if (octal !== null) return characterOf(Number.parseInt(octal, 8));
	const letter = cursor.takeOne();
	return PYTHON_LETTERS[letter] ?? (/['"\\]/.test(letter) ? letter : `\\${letter}`);
}

/** A string, template or regular expression of JavaScript that begins at `cursor`, read; what a regular expression says is of no use. */
function javascriptString(cursor: Cursor, before: Token | undefined): readonly StringPart[] | null {
	const { at, next } = cursor;
	// After a value a slash divides.
	const divides =
		before &&
		(/[\])}]/.test(before.source) || (before.kind !== 'mark' && !/^(?:return|typeof|case)$/.test(before.source)));
	if (next === '/' && !divides) {
		const found = cursor.take(/\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y);
		return found === null ? null : [{ expression: found, at }];
	}
	if (next !== '"' && next !== "'" && next !== '`') return null;
	cursor.takeOne();
	const plain = { '"': /[^"\\\n]+/y, "'": /[^'\\\n]+/y, '`': /[^`\\$]+/y }[next];
	const parts = new Parts();
	while (cursor.next !== next) {
		if (cursor.ended || (next !== '`' && cursor.next === '\n')) throw unclosed(at);
		const { at: from } = cursor;
		const text = cursor.take(plain);
		if (text !== null) parts.say(text, from);
		else if (cursor.next === '\\') parts.say(javascriptEscape(cursor), from);
		else if (next === '`' && cursor.take(/\$(?=\{)/y) !== null)
			parts.list.push({ expression: expressionIn(cursor), at: from });
		else parts.say(cursor.takeOne(), from);
	}
	cursor.takeOne();
	return parts.list;
}

function javascriptEscape(cursor: Cursor): string {
	cursor.takeOne();
	const hex = cursor.take(/x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]+\}/y);
	if (hex !== null) return characterOf(Number.parseInt(hex.replace(/[xu{}]/g, ''), 16));
	const letter = cursor.takeOne();
	return JAVASCRIPT_LETTERS[letter] ?? letter;
}

/** What holds no brace that counts: words, and whole strings. */
const INSIDE_BRACES = /[^{}'"`]+|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`\\]*(?:\\[^][^`\\]*)*`/y;

/** The source between a brace, which comes next, and the one that closes it. */
function expressionIn(cursor: Cursor): string {
	const { at } = cursor;
	cursor.takeOne();
	for (let depth = 1; depth > 0;) {
		if (cursor.take(INSIDE_BRACES) !== null) continue;
		if (cursor.ended) throw new Misread('This brace is not closed.', at);
		const mark = cursor.takeOne();
		if (mark === '{') depth++;
		else if (mark === '}') depth--;
	}
	return cursor.source.slice(at + 1, cursor.at - 1);
}

function characterOf(code: number): string {
	return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
