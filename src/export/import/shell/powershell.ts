import { Cursor } from '../cursor';
import { Misread } from '../misread';
import { PieceBuilder, wholeText, type Pieces } from '../pieces';
import type { Command, Word } from './command';

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

/** Read a script for PowerShell into its commands, as `readBash` does for its own. */
export function readPowerShell(source: string): Command[] {
	return new PowerShellReader(source).commands();
}

class PowerShellReader {
	readonly #cursor: Cursor;
	readonly #variables = new Map<string, Pieces>();

	constructor(source: string) {
		this.#cursor = new Cursor(source);
	}

	commands(): Command[] {
		const cursor = this.#cursor;
		const commands: Command[] = [];
		let piped: Pieces | null = null;
		while (!cursor.ended) {
			const words = this.#command();
			if (words.length > 0) commands.push({ words, input: piped });
			const [only, ...more] = words;
			// A string before a pipe is what the next command reads.
			piped = cursor.take(/\|(?!\|)\s*/y) !== null && only && more.length === 0 ? only.pieces : null;
			if (piped === null) cursor.take(/[\n;|(){}&]/y);
		}
		return commands;
	}

	#command(): Word[] {
		const cursor = this.#cursor;
		const words: Word[] = [];
		cursor.take(/\s*PS[^\n>]*>\s*/y); // a prompt that was copied too
		for (;;) {
			while (cursor.take(/[^\S\n]+|`[^\S\n]*\n|#.*/y) !== null);
			if (cursor.ended || /[\n;|(){}&]/.test(cursor.next)) return words;
			const variable = words.length === 0 ? cursor.take(/\$(?:env:)?\w+\s*=\s*/iy) : null;
			const word = this.#word();
			if (variable === null) words.push(word);
			else this.#set(/(\w+)\s*=/.exec(variable)?.[1] ?? '', word.pieces);
		}
	}

	#set(name: string, value: Pieces): void {
		if (value.length === 0 || wholeText(value) === null) this.#variables.delete(name.toLowerCase());
		else this.#variables.set(name.toLowerCase(), value);
	}

	#word(): Word {
		const cursor = this.#cursor;
		const { at } = cursor;
		const builder = new PieceBuilder();
		for (;;) {
			const start = cursor.at;
			const plain = cursor.take(/(?:[^\s`'"$;|(){}&@]|@(?!['"]\n))+/y);
			if (plain !== null) builder.say(plain, start);
			else if (cursor.take(/`/y) !== null) builder.say(this.#escaped(), start + 1);
			else if (cursor.take(/@'\n/y) !== null) this.#hereString("'", start, builder);
			else if (cursor.take(/@"\n/y) !== null) this.#hereString('"', start, builder);
			else if (cursor.take(/'/y) !== null) this.#quoted(start, builder);
			else if (cursor.take(/"/y) !== null) this.#doubleQuoted(start, builder);
			else if (cursor.next === '$') this.#expansion(builder);
			else return { pieces: builder.pieces, at };
		}
	}

	#escaped(): string {
		const letter = this.#cursor.takeOne();
		return LETTERS[letter] ?? letter;
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
			else if (cursor.take(/`/y) !== null) builder.say(this.#escaped(), start + 1);
			else if (cursor.next === '$') this.#expansion(builder);
			else {
				end.lastIndex = start;
				if (end.test(cursor.source)) return;
				builder.say(cursor.takeOne(), start);
			}
		}
	}

	/** At a `$`. */
	#expansion(builder: PieceBuilder): void {
		const cursor = this.#cursor;
		const start = cursor.at;
		const variable = cursor.take(/\$(?:env:)?\w+|\$\{[^}]+\}/iy);
		if (variable !== null) {
			const name = variable.replace(/^\$\{?(?:env:)?|\}$/gi, '');
			const value = this.#variables.get(name.toLowerCase());
			if (value) builder.add(value);
			else builder.leave(name, start);
		} else if (cursor.take(/\$\(/y) !== null) {
			builder.leave(cursor.take(/[^()]*(?:\([^()]*\)[^()]*)*/y) ?? '', start);
			if (cursor.take(/\)/y) === null) throw new Misread('This parenthesis is not closed.', start);
		} else builder.say(cursor.takeOne(), start);
	}
}
