import { token, type Code, type Token } from './code';
import type { Attachment, Literal, Member, ObjectLiteral, Source } from './source';

/** How a language writes JSON values. */
export interface Notation {
	readonly indent: string;
	/** What stands inside the braces of an object on one line. */
	readonly padding: string;
	readonly name: (name: string) => Token;
	readonly string: (text: string) => Token;
	readonly number: (spelling: string) => string;
	readonly constant: (value: boolean | null) => string;
	readonly attachment: (attachment: Attachment) => Code;
	readonly environment: (variable: string) => Code;
}

/** What is no longer than this stands on one line. */
const WIDTH = 80;

/** Write `value`; `depth` counts the indents of the line it begins on, `column` the characters before it. */
export function writeLiteral(value: Literal, notation: Notation, depth = 0, column = 0): Code {
	if (value.kind !== 'object' && value.kind !== 'array') return [...flat(value, notation)];
	return onOneLine(value, notation, WIDTH - column) ?? onLines(value, notation, depth);
}

/** Write an object over several lines, however short it is. */
export function writeObject(object: ObjectLiteral, notation: Notation, depth = 0): Code {
	return object.members.length === 0 ? [token('plain', '{}')] : onLines(object, notation, depth);
}

/** Write the document's own text as a string; where an attachment stands in it, one that is put together. */
export function writeText({ text, attachments }: Source, notation: Notation): Code {
	const known = new Map(attachments.map((attachment) => [attachment.reference, attachment]));
	const parts = known.size === 0 ? [text] : text.split(new RegExp(`(?<=")(${[...known.keys()].join('|')})(?=")`));
	return parts.flatMap((part, index) => {
		const attachment = known.get(part);
		const piece = attachment ? notation.attachment(attachment) : [notation.string(part)];
		return index === 0 ? piece : [token('plain', ' + '), ...piece];
	});
}

/** A line of its own for `key`, `separator` and `value`, from its indent to the comma and the line's end. */
export function writeLine(key: Token, separator: string, value: Literal, notation: Notation, depth: number): Code {
	const before = notation.indent.repeat(depth);
	const column = before.length + key.text.length + separator.length + ','.length;
	return [
		token('plain', before),
		key,
		token('plain', separator),
		...writeLiteral(value, notation, depth, column),
		token('plain', ',\n'),
	];
}

/** One member of an object as a line of its own. */
export function writeMember([name, value]: Member, notation: Notation, depth: number): Code {
	return writeLine(notation.name(name), ': ', value, notation, depth);
}

function onLines(value: Literal & { kind: 'object' | 'array' }, notation: Notation, depth: number): Code {
	const inner = notation.indent.repeat(depth + 1);
	const end = notation.indent.repeat(depth);
	if (value.kind === 'object')
		return [
			token('plain', '{\n'),
			...value.members.flatMap((member) => writeMember(member, notation, depth + 1)),
			token('plain', `${end}}`),
		];
	return [
		token('plain', '[\n'),
		...value.items.flatMap((item) => [
			token('plain', inner),
			...writeLiteral(item, notation, depth + 1, inner.length + ','.length),
			token('plain', ',\n'),
		]),
		token('plain', `${end}]`),
	];
}

/** Null when it does not fit into `room`, or holds a text that goes over lines. */
function onOneLine(value: Literal, notation: Notation, room: number): Code | null {
	const tokens: Token[] = [];
	let width = 0;
	for (const next of flat(value, notation)) {
		width += next.text.length;
		if (width > room || next.text.includes('\n')) return null;
		tokens.push(next);
	}
	return tokens;
}

/** Token by token, so that whoever looks for what fits stops reading where it no longer does. */
function* flat(value: Literal, notation: Notation): Generator<Token> {
	switch (value.kind) {
		case 'object': {
			const padding = value.members.length > 0 ? notation.padding : '';
			yield token('plain', `{${padding}`);
			for (const [index, [name, inner]] of value.members.entries()) {
				if (index > 0) yield token('plain', ', ');
				yield notation.name(name);
				yield token('plain', ': ');
				yield* flat(inner, notation);
			}
			yield token('plain', `${padding}}`);
			break;
		}
		case 'array':
			yield token('plain', '[');
			for (const [index, item] of value.items.entries()) {
				if (index > 0) yield token('plain', ', ');
				yield* flat(item, notation);
			}
			yield token('plain', ']');
			break;
		case 'string':
			yield notation.string(value.text);
			break;
		case 'number':
			yield token('number', notation.number(value.spelling));
			break;
		case 'constant':
			yield token('constant', notation.constant(value.value));
			break;
		case 'attachment':
			yield* notation.attachment(value.attachment);
			break;
		case 'environment':
			yield* notation.environment(value.variable);
	}
}

/** Whether a text reads better over lines, between the long quotes of a language, than with its line breaks escaped. */
export function isLongText(text: string): boolean {
	return text.length > 60 && text.includes('\n');
}

export type Quote = '"' | "'";

/** The quote that needs fewer escapes in `text`; `usual` when it does not matter. */
export function quoteFor(text: string, usual: Quote): Quote {
	const other = usual === '"' ? "'" : '"';
	return text.includes(usual) && !text.includes(other) ? other : usual;
}

/** What cannot be seen, or would turn the text around it: controls, marks of direction, separators, halves of a pair. */
export const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|[^\S \n]/u;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };

/** One character as Python and JavaScript both escape it; `beyond` writes a code point over 0xFFFF. */
export function escapeCharacter(character: string, beyond: (hex: string) => string): string {
	if (/[\\"'`$]/.test(character)) return `\\${character}`;
	const short = SHORT[character];
	if (short !== undefined) return short;
	const hex = (character.codePointAt(0) ?? 0).toString(16);
	if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
	return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : beyond(hex);
}
