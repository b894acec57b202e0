import { Cursor } from '../cursor';
import { Misread } from '../misread';
import { PieceBuilder, shownText, wholeText, type Pieces } from '../pieces';
import type { Command, Word } from './command';

/** What ANSI-C quoting writes with one letter: https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html. */
const LETTERS: Readonly<Record<string, string>> = {
	a: '\x07',
	b: '\b',
	e: '\x1b',
	E: '\x1b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
};

/**
 * Read a script for bash, zsh or sh into its commands, without running any: variables that are set to plain words are
 * put in, all else that only a shell could tell is a gap. Throws a `Misread` at a quote that is not closed.
 */
export function readBash(source: string): Command[] {
	return new BashReader(source, new Map()).commands();
}

interface ReadCommand {
	readonly words: Word[];
	input: Pieces | null;
	/** The command whose output it reads. */
	readonly source: ReadCommand | null;
	/** Where its output goes. */
	file: string | null;
}

interface HereDocument {
	readonly end: string;
	readonly expands: boolean;
	readonly stripsTabs: boolean;
	readonly at: number;
}

class BashReader {
	readonly #cursor: Cursor;
	readonly #variables: Map<string, Pieces>;
	readonly #commands: ReadCommand[] = [];
	/** Here-documents that begin after the line that is being read, and whose input they are. */
	#awaited: { readonly document: HereDocument; readonly command: ReadCommand }[] = [];

	constructor(source: string, variables: Map<string, Pieces>) {
		this.#cursor = new Cursor(source);
		this.#variables = variables;
	}

	commands(): Command[] {
		const cursor = this.#cursor;
		let source: ReadCommand | null = null;
		while (!cursor.ended) {
			const command = this.#commandOrWords(source);
			if (!command) return this.#finished();
			if (command.words.length > 0) this.#commands.push(command);
			source = cursor.take(/\|(?!\|)&?\s*/y) === null ? null : command;
			if (cursor.take(/\n/y) !== null) this.#readHereDocuments();
			else cursor.take(/\|\||[;&|()]/y);
		}
		this.#readHereDocuments();
		return this.#finished();
	}

	/** The next command; null where only words follow what curl was told, in which a quote may be an apostrophe. */
	#commandOrWords(source: ReadCommand | null): ReadCommand | null {
		const { at } = this.#cursor;
		try {
			return this.#command(source);
		} catch (error) {
			const asks = this.#commands.some(({ words: [program] }) => program && /curl/.test(shownText(program.pieces)));
			if (error instanceof Misread && asks && !/\bcurl\b/.test(this.#cursor.source.slice(at))) return null;
			throw error;
		}
	}

	#finished(): Command[] {
		return this.#commands.map((command) => {
			const { words, input, source, file } = command;
			const pieces = file === null ? null : knownOutputOf(command);
			return {
				words,
				input: input ?? (source && outputOf(source)),
				...(file !== null && pieces && { writes: { file, pieces } }),
			};
		});
	}

	/** Read up to what ends a command, which stays unread. */
	#command(source: ReadCommand | null): ReadCommand {
		const cursor = this.#cursor;
		const command: ReadCommand = { words: [], input: null, source, file: null };
		// A prompt that was copied too.
		cursor.take(/[^\S\n]*[$%>][^\S\n]+(?=\S)/y);
		for (;;) {
			// With blanks after it a backslash continues no line in a shell; copied from a page it was meant to.
			while (cursor.take(/[^\S\n]+|\\[^\S\n]*\n|#.*/y) !== null);
			if (cursor.ended || /[\n;&|()]/.test(cursor.next)) {
				const redirects = cursor.take(/&>>?/y);
				if (redirects === null) return command;
				this.#redirect(redirects, command);
				continue;
			}
			const operator = cursor.take(/\d*(?:<<<|<<-?|<>|[<>]&|>>|>\||[<>])/y);
			if (operator !== null) this.#redirect(operator.replace(/^\d+/, ''), command);
			else {
				const word = this.#word();
				if (!this.#assigns(word, command.words)) command.words.push(word);
			}
		}
	}

	/** Remember what `NAME=words` sets; gives whether it was one, in a place where a shell would take it for one. */
	#assigns({ pieces: [first, ...rest] }: Word, before: readonly Word[]): boolean {
		const declares = /^(?:export|local|readonly|declare|typeset|-\w+)$/;
		if (!first || !('text' in first) || !before.every(({ pieces }) => declares.test(shownText(pieces)))) return false;
		const [all, name = ''] = /^(\w+)=/.exec(first.text) ?? [];
		if (all === undefined) return false;
		const value = [{ text: first.text.slice(all.length), at: first.at + all.length }, ...rest];
		// What is set to a command's output is still best known by its own name.
		if (wholeText(value) === null) this.#variables.delete(name);
		else this.#variables.set(name, value);
		return true;
	}

	#redirect(operator: string, command: ReadCommand): void {
		const cursor = this.#cursor;
		const { at } = cursor;
		if (/[<>]&$/.test(operator) && cursor.take(/[\d-]+/y) !== null) return;
		cursor.take(/[^\S\n]+/y);
		const from = cursor.at;
		const { pieces } = this.#word();
		if (/^<<-?$/.test(operator)) {
			const expands = !/['"\\]/.test(cursor.source.slice(from, cursor.at));
			const document = { end: shownText(pieces), expands, stripsTabs: operator === '<<-', at };
			this.#awaited.push({ document, command });
		} else if (operator === '<<<') command.input = pieces;
		else if (operator === '<') command.input = [{ hole: shownText(pieces), at }];
		else if (/^(?:>|>\|)$/.test(operator)) command.file = shownText(pieces);
	}

	#readHereDocuments(): void {
		for (const { document, command } of this.#awaited) {
			command.input = this.#hereDocument(document);
			// `read -r -d '' BODY <<END`, a usual way to keep a text over lines.
			const [program, ...rest] = command.words.map(({ pieces }) => shownText(pieces));
			const name = rest.at(-1);
			if (program === 'read' && name !== undefined && wholeText(command.input) !== null)
				this.#variables.set(name, command.input);
		}
		this.#awaited = [];
	}

	#hereDocument({ end, expands, stripsTabs, at }: HereDocument): Pieces {
		const cursor = this.#cursor;
		const builder = new PieceBuilder();
		while (!cursor.ended) {
			if (stripsTabs) cursor.take(/\t+/y);
			const start = cursor.at;
			const line = cursor.take(/[^\n]*\n?/y) ?? '';
			if (line.replace(/\n$/, '') === end) return builder.pieces;
			if (!expands) {
				builder.say(line, start);
				continue;
			}
			cursor.at = start;
			this.#expand(builder, '\n');
			const { at: breakAt } = cursor;
			if (cursor.take(/\n/y) !== null) builder.say('\n', breakAt);
		}
		throw new Misread(`This here-document has no line ${end} at its end.`, at);
	}

	#word(): Word {
		const cursor = this.#cursor;
		const { at } = cursor;
		const builder = new PieceBuilder();
		for (;;) {
			const start = cursor.at;
			const plain = cursor.take(/[^\s\\'"$`;&|()<>]+/y);
			if (plain !== null) builder.say(plain, start);
			else if (cursor.take(/\\\n/y) !== null) continue;
			else if (cursor.take(/\\/y) !== null) builder.say(cursor.takeOne(), start + 1);
			else if (cursor.take(/'/y) !== null) this.#quoted(start, builder);
			else if (cursor.take(/\$'/y) !== null) this.#ansiQuoted(start, builder);
			else if (cursor.take(/\$?"/y) !== null) this.#doubleQuoted(start, builder);
			else if (/[$`]/.test(cursor.next)) this.#expansion(builder);
			else if (cursor.take(/<\(/y) !== null) builder.leave(this.#commandUpTo(start), start);
			else return { pieces: builder.pieces, at };
		}
	}

	#quoted(start: number, builder: PieceBuilder): void {
		const { at } = this.#cursor;
		const text = this.#cursor.take(/[^']*/y) ?? '';
		this.#close(/'/y, start);
		// Even when it is empty: an empty string is a word too.
		builder.say(text, at);
	}

	#ansiQuoted(start: number, builder: PieceBuilder): void {
		const cursor = this.#cursor;
		builder.say('', cursor.at);
		while (cursor.next !== "'" && !cursor.ended) {
			const { at } = cursor;
			const plain = cursor.take(/[^'\\]+/y);
			const bytes = plain === null ? cursor.take(/(?:\\x[\da-fA-F]{1,2}|\\[0-7]{1,3})+/y) : null;
			builder.say(plain ?? (bytes === null ? this.#escape() : wordsOfBytes(bytes)), at);
		}
		this.#close(/'/y, start);
	}

	#escape(): string {
		const cursor = this.#cursor;
		cursor.take(/\\/y);
		const hex = cursor.take(/u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}/y);
		if (hex !== null) return characterOf(Number.parseInt(hex.slice(1), 16));
		const letter = cursor.takeOne();
		return LETTERS[letter] ?? (/['"\\?]/.test(letter) ? letter : `\\${letter}`);
	}

	#doubleQuoted(start: number, builder: PieceBuilder): void {
		builder.say('', this.#cursor.at);
		this.#expand(builder, '"');
		this.#close(/"/y, start);
	}

	#close(quote: RegExp, start: number): void {
		if (this.#cursor.take(quote) === null) throw new Misread('This quote is not closed.', start);
	}

	/** Read text in which a shell looks for variables and commands, up to `end`, which stays unread. */
	#expand(builder: PieceBuilder, end: '"' | '\n'): void {
		const cursor = this.#cursor;
		const plain = end === '"' ? /[^\\$`"]+/y : /[^\\$`\n]+/y;
		while (!cursor.ended && cursor.next !== end) {
			const start = cursor.at;
			const text = cursor.take(plain);
			if (text !== null) builder.say(text, start);
			else if (cursor.take(/\\\n/y) !== null) continue;
			else if (cursor.take(/\\/y) === null) this.#expansion(builder);
			else if (/[\\$`]/.test(cursor.next) || (cursor.next === '"' && end === '"'))
				builder.say(cursor.takeOne(), start + 1);
			else builder.say('\\', start);
		}
	}

	/** At a `$` or a backquote. */
	#expansion(builder: PieceBuilder): void {
		const cursor = this.#cursor;
		const start = cursor.at;
		const document = cursor.take(/\$\(\s*cat\s+<<-?[ \t]*(?:'\w+'|"\w+"|\\?\w+)[ \t]*\n/y);
		if (document !== null) return this.#documentIn(document, start, builder);
		const variable = cursor.take(/\$(?:\w+|\{\w+[^}]*\})/y);
		if (variable !== null) {
			const name = /\w+/.exec(variable)?.[0] ?? '';
			const value = this.#variables.get(name);
			const [, usual] = /^\$\{\w+:?-([^"'`$\\]+)\}$/.exec(variable) ?? [];
			if (value && /^\$(?:\w+|\{\w+(?::?-.*)?\})$/s.test(variable)) builder.add(value);
			else if (usual !== undefined) builder.say(usual, start);
			else builder.leave(name, start);
		} else if (cursor.take(/\$\(/y) !== null) builder.leave(this.#commandUpTo(start), start);
		else if (cursor.take(/`/y) !== null) {
			builder.leave(cursor.take(/[^\\`]*(?:\\[^][^\\`]*)*/y) ?? '', start);
			this.#close(/`/y, start);
		} else builder.say(cursor.takeOne(), start);
	}

	/** `$(cat <<END`, then the lines and the parenthesis: a usual way to write a text. */
	#documentIn(opening: string, start: number, builder: PieceBuilder): void {
		const [, minus = '', quote = '', end = ''] = /<<(-?)[ \t]*(['"\\]?)(\w+)/.exec(opening) ?? [];
		const pieces = this.#hereDocument({ end, expands: quote === '', stripsTabs: minus !== '', at: start });
		if (this.#cursor.take(/\s*\)/y) === null) throw new Misread('This parenthesis is not closed.', start);
		const last = pieces.at(-1);
		if (!last || !('text' in last)) return builder.add(pieces);
		// A shell takes the line breaks at the end of a command's output away.
		builder.add([...pieces.slice(0, -1), { ...last, text: last.text.replace(/\n+$/, '') }]);
	}

	/** The command between `$(`, which stands at `start`, and its parenthesis. */
	#commandUpTo(start: number): string {
		const cursor = this.#cursor;
		const from = cursor.at;
		for (let depth = 1; depth > 0;) {
			if (cursor.take(/[^()'"\\]+|\\[^]|'[^']*'|"[^"\\]*(?:\\[^][^"\\]*)*"/y) !== null) continue;
			if (cursor.take(/\(/y) !== null) depth++;
			else if (cursor.take(/\)/y) !== null) depth--;
			else throw new Misread('This parenthesis is not closed.', start);
		}
		const command = cursor.source.slice(from, cursor.at - 1);
		// The answer may be what is kept: `ANSWER=$(curl …)`. Behind blanks, everything stands where it stood.
		if (/\bcurl\b/.test(command)) {
			const inner = new BashReader(' '.repeat(from) + command, this.#variables);
			this.#commands.push(
				...inner.commands().map((inside) => ({ ...inside, words: [...inside.words], source: null, file: null })),
			);
		}
		return command;
	}
}

/** What a command writes, where that stands in the text. */
function knownOutputOf(command: ReadCommand): Pieces | null {
	const pieces = outputOf(command);
	return wholeText(pieces) === null && command.input === null ? null : pieces;
}

/** What a command before a pipe writes, of the few that are used to hand a text on. */
function outputOf({ words: [program, ...rest], input, source }: ReadCommand): Pieces {
	const name = program ? shownText(program.pieces) : '';
	const given = rest.filter(({ pieces }) => !/^(?:-[neE]+|%s(?:\\n)?|--)$/.test(shownText(pieces)));
	if (name === 'cat' && given.length === 0) return input ?? (source ? outputOf(source) : []);
	if (/^(?:echo|printf)$/.test(name)) return given.flatMap(({ pieces }) => pieces);
	return [{ hole: given.map(({ pieces }) => shownText(pieces)).join(' ') || name, at: program?.at ?? 0 }];
}

/** What escapes that each write a byte say together, as UTF-8. */
function wordsOfBytes(escapes: string): string {
	const bytes = Array.from(escapes.matchAll(/\\(x?)([^\\]+)/g), ([, hex, digits = '']) =>
		Number.parseInt(digits, hex ? 16 : 8),
	);
	return new TextDecoder().decode(Uint8Array.from(bytes));
}

function characterOf(code: number): string {
	return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
