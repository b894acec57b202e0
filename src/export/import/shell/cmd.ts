import { Cursor } from '../cursor';
import { Misread } from '../misread';
import { PieceBuilder, type Pieces } from '../pieces';
import type { Command, Word } from './command';

/** Read what was written for the Windows command prompt into its commands, as `readBash` does for its own. */
export function readCmd(source: string): Command[] {
	return linesOf(source).map((line) => ({ words: wordsOf(line), input: null }));
}

/** One character that reaches the program, and where it stood. */
interface Unit {
	readonly text: string;
	readonly at: number;
	/** It is the name of a variable. */
	readonly variable?: true;
}

/** The prompt's own reading: carets escape outside quotes, one at the end of a line continues it, `%NAME%` is a variable. */
function linesOf(source: string): Unit[][] {
	const cursor = new Cursor(source);
	const lines: Unit[][] = [[]];
	let quoted = false;
	while (!cursor.ended) {
		const { at } = cursor;
		const line = lines.at(-1)!; // there is one from the beginning
		const variable = cursor.take(/%\w+%/y);
		if (variable !== null) line.push({ text: variable.slice(1, -1), at, variable: true });
		else if (!quoted && cursor.take(/\^[^\S\n]*\n/y) !== null) {
			// The line break after a caret is gone; what follows it is taken as it is, even another one.
			if (cursor.next === '\n') line.push({ text: cursor.takeOne(), at: at + 2 });
		} else if (!quoted && cursor.take(/\^/y) !== null) line.push({ text: cursor.takeOne(), at: at + 1 });
		else {
			const text = cursor.takeOne();
			if (text === '"') quoted = !quoted;
			// A quote ends with its line at the latest.
			if (text === '\n') quoted = false;
			if (text === '\n' || (!quoted && /[&|]/.test(text))) lines.push([]);
			else line.push({ text, at });
		}
	}
	return lines;
}

/** The program's own reading of its command line: https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments. */
function wordsOf(units: readonly Unit[]): Word[] {
	const words: Word[] = [];
	let index = 0;
	const isBlank = (unit: Unit | undefined) => unit?.text === ' ' || unit?.text === '\t';
	while (index < units.length) {
		while (isBlank(units[index])) index++;
		const first = units[index];
		if (!first) break;
		const builder = new PieceBuilder();
		let opened: Unit | null = null;
		for (; index < units.length; index++) {
			const unit = units[index]!; // the loop's bound
			if (opened === null && isBlank(unit)) break;
			if (unit.variable) builder.leave(unit.text, unit.at);
			else if (unit.text === '\\') {
				let end = index;
				while (units[end]?.text === '\\') end++;
				const count = end - index;
				const beforeQuote = units[end]?.text === '"';
				builder.say('\\'.repeat(beforeQuote ? Math.floor(count / 2) : count), unit.at);
				const escapes = beforeQuote && count % 2 === 1;
				if (escapes) builder.say('"', units[end]?.at ?? unit.at);
				index = escapes ? end : end - 1;
			} else if (unit.text === '"') {
				if (opened !== null && units[index + 1]?.text === '"') builder.say('"', units[++index]?.at ?? unit.at);
				else opened = opened === null ? unit : null;
				if (opened === unit) builder.say('', unit.at + 1);
			} else builder.say(unit.text, unit.at);
		}
		if (opened !== null) throw new Misread('This quote is not closed.', opened.at);
		words.push({ pieces: joined(builder.pieces), at: first.at });
	}
	return words;
}

/** Without the empty pieces that only said that there is a word. */
function joined(pieces: Pieces): Pieces {
	return pieces.length > 1 ? pieces.filter((piece) => !('text' in piece) || piece.text !== '') : pieces;
}
