import type { Cursor } from '../cursor';
import { Misread } from '../misread';
import type { PieceBuilder, Pieces } from '../pieces';

/** What a backtick and a letter write: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_special_characters. */
const LETTERS: Readonly<Record<string, string>> = {
	0: '\0',
	a: '\x07',
	b: '\b',
	e: '\x1b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
};

/** Reads what PowerShell quotes at a cursor, and puts in the variables that `valueOf` knows by their names in lower case. */
export class PowerShellText {
	readonly #cursor: Cursor;
	readonly #valueOf: (name: string) => Pieces | undefined;

	constructor(cursor: Cursor, valueOf: (name: string) => Pieces | undefined) {
		this.#cursor = cursor;
		this.#valueOf = valueOf;
	}

	/** Read a string that begins here, quoted or over lines of its own; gives whether there is one. Throws a `Misread` where it is not closed. */
	takeString(builder: PieceBuilder): boolean {
		const cursor = this.#cursor;
		const { at } = cursor;
		if (cursor.take(/@'[^\S\n]*\n/y) !== null) this.#hereString("'", at, builder);
		else if (cursor.take(/@"[^\S\n]*\n/y) !== null) this.#hereString('"', at, builder);
		else if (cursor.take(/'/y) !== null) this.#quoted(at, builder);
		else if (cursor.take(/"/y) !== null) this.#doubleQuoted(at, builder);
		else return false;
		return true;
	}

	/** Read a backtick and what it escapes; gives whether there is one. */
	takeEscape(builder: PieceBuilder): boolean {
		const cursor = this.#cursor;
		const { at } = cursor;
		if (cursor.take(/`/y) === null) return false;
		const letter = cursor.takeOne();
		builder.say(LETTERS[letter] ?? letter, at + 1);
		return true;
	}

	#quoted(start: number, builder: PieceBuilder): void {
		const cursor = this.#cursor;
		builder.say('', cursor.at);
		for (;;) {
			const { at } = cursor;
			builder.say(cursor.take(/[^']*/y) ?? '', at);
			if (cursor.take(/'/y) === null) throw new Misread('This quote is not closed.', start);
			if (cursor.next !== "'") return;
			builder.say(cursor.takeOne(), cursor.at - 1);
		}
	}

	#doubleQuoted(start: number, builder: PieceBuilder): void {
		const cursor = this.#cursor;
		builder.say('', cursor.at);
		for (;;) {
			this.#expand(builder, /[^`$"]+/y, /"/y);
			if (cursor.take(/"/y) === null) throw new Misread('This quote is not closed.', start);
			if (cursor.next !== '"') return;
			builder.say(cursor.takeOne(), cursor.at - 1);
		}
	}

	/** After `@'` or `@"` and the end of that line. */
	#hereString(quote: '"' | "'", start: number, builder: PieceBuilder): void {
		const cursor = this.#cursor;
		const end = cursor.source.indexOf(`\n${quote}@`, cursor.at - 1);
		if (end === -1) throw new Misread(`This here-string has no line that begins with ${quote}@.`, start);
		if (quote === "'") builder.say(cursor.source.slice(cursor.at, end), cursor.at);
		while (quote === '"' && cursor.at < end) this.#expand(builder, /[^`$\n]+|\n(?!"@)/y, /\n/y);
		cursor.at = end + 3;
	}

	/** Read text in which PowerShell looks for variables, up to what `end` finds. */
	#expand(builder: PieceBuilder, plain: RegExp, end: RegExp): void {
		const cursor = this.#cursor;
		while (!cursor.ended) {
			const start = cursor.at;
			const text = cursor.take(plain);
			if (text !== null) builder.say(text, start);
			else if (this.takeEscape(builder)) continue;
			else if (cursor.next === '$') this.expansion(builder);
			else {
				end.lastIndex = start;
				if (end.test(cursor.source)) return;
				builder.say(cursor.takeOne(), start);
			}
		}
	}

	/** Read a variable, a subexpression, or else the `$` that comes next. */
	expansion(builder: PieceBuilder): void {
		const cursor = this.#cursor;
		const start = cursor.at;
		const variable = cursor.take(/\$(?:env:)?\w+|\$\{[^}]+\}/iy);
		if (variable !== null) {
			const name = nameOfVariable(variable);
			const value = this.#valueOf(name.toLowerCase());
			if (value) builder.add(value);
			else builder.leave(name, start);
		} else if (cursor.take(/\$\(/y) !== null) {
			builder.leave(cursor.take(/[^()]*(?:\([^()]*\)[^()]*)*/y) ?? '', start);
			if (cursor.take(/\)/y) === null) throw new Misread('This parenthesis is not closed.', start);
		} else builder.say(cursor.takeOne(), start);
	}
}

/** The name in `$NAME`, `${NAME}` or `$env:NAME`. */
export const nameOfVariable = (variable: string) => variable.replace(/^\$\{?(?:env:)?|\}$/gi, '');
