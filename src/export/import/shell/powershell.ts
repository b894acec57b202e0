import { Cursor } from '../cursor';
import { PieceBuilder, wholeText, type Pieces } from '../pieces';
import type { Command, Word } from './command';
import { PowerShellText } from './powershell-text';

/** Read a script for PowerShell into its commands, as `readBash` does for its own. */
export function readPowerShell(source: string): Command[] {
	return new PowerShellReader(source).commands();
}

class PowerShellReader {
	readonly #cursor: Cursor;
	readonly #variables = new Map<string, Pieces>();
	readonly #text: PowerShellText;

	constructor(source: string) {
		this.#cursor = new Cursor(source);
		this.#text = new PowerShellText(this.#cursor, (name) => this.#variables.get(name));
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
			this.#skipBlanks();
			if (cursor.ended || /[\n;|(){}&]/.test(cursor.next)) return words;
			const variable = words.length === 0 ? cursor.take(/\$(?:env:)?\w+\s*=\s*/iy) : null;
			const word = this.#word();
			if (variable === null) {
				words.push(word);
				continue;
			}
			this.#skipBlanks();
			// What goes on is an expression, or the output of a command.
			const isWhole = cursor.ended || /[\n;)}]/.test(cursor.next);
			this.#set(/(\w+)\s*=/.exec(variable)?.[1] ?? '', isWhole ? word.pieces : []);
		}
	}

	#skipBlanks(): void {
		while (this.#cursor.take(/[^\S\n]+|`[^\S\n]*\n|#.*/y) !== null);
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
			const plain = cursor.take(/(?:[^\s`'"$;|(){}&@]|@(?!['"][^\S\n]*\n))+/y);
			if (plain !== null) builder.say(plain, start);
			else if (this.#text.takeEscape(builder) || this.#text.takeString(builder)) continue;
			else if (cursor.next === '$') this.#text.expansion(builder);
			else return { pieces: builder.pieces, at };
		}
	}
}
