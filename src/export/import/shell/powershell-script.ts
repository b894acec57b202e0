import { Cursor } from '../cursor';
import { Misread } from '../misread';
import { nameOfHole, PieceBuilder, type Pieces } from '../pieces';
import {
	array,
	constant,
	hole,
	holesIn,
	itemsOf,
	memberOf,
	stringOf,
	text,
	writeValue,
	type Member,
	type ObjectValue,
	type Value,
} from '../value';
import {
	changed,
	depthOf,
	emptyOf,
	isNumber,
	numberOf,
	stringFrom,
	sumOf,
	withItems,
	type Operand,
} from './powershell-operand';
import { nameOfVariable, PowerShellText } from './powershell-text';
import { Variables } from './powershell-variables';

/** A command that was found in a script, with what it is given. */
export interface Invocation {
	readonly name: string;
	readonly at: number;
	/** In their order; the name is null where it is given without one. */
	readonly parameters: readonly Parameter[];
	/** What comes to it through a pipe. */
	readonly input: Operand | null;
}

export interface Parameter {
	readonly name: string | null;
	readonly at: number;
	/** Null where nothing follows the name. */
	readonly operand: Operand | null;
}

/** Blanks within a line, and what continues it on the next; comments. */
const BLANKS = /(?:[^\S\n]|`[^\S\n]*\n|<#[^#]*(?:#(?!>)[^#]*)*#>|#.*)+/y;
/** The same, and line breaks. */
const SPACE = /(?:\s|`[^\S\n]*\n|<#[^#]*(?:#(?!>)[^#]*)*#>|#.*)+/y;
const VARIABLE = /\$(?:(?:env|global|local|script|using):)?\w+|\$\{[^}\n]+\}/iy;
const TYPE = /\[[a-z][\w.]*(?:\[[\w., [\]]*\])?\]/iy;
const NUMBER = /[+-]?(?:0x[\da-f]+|(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)[dl]?(?![\w.])/iy;
/** What may stand before a command in its place. */
const KEYWORD = /(?:return|process|begin|end|try|finally|else|do)\b/iy;
const CONSTANTS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
/** How many levels `ConvertTo-Json` writes when it is not told: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertto-json, checked 2026-11-29. */
const USUAL_DEPTH = 2;
/**
 * The commands in `source`, a script for PowerShell, whose names `wanted` takes, in their order, with what they are given.
 * Nothing is run: literals are read, variables are what they were set to above, all else is a hole. `notes` gets what was
 * guessed, a sentence each. Throws a `Misread` where a command that is wanted cannot be read.
 */
export function invocationsIn(source: string, wanted: (name: string) => boolean, notes: Set<string>): Invocation[] {
	return new ScriptReader(source, wanted, notes).invocations();
}

class ScriptReader {
	readonly #cursor: Cursor;
	readonly #text: PowerShellText;
	readonly #wanted: (name: string) => boolean;
	readonly #notes: Set<string>;
	readonly #variables: Variables;
	/** Operands, by the values in hashtables that came of them. */
	readonly #written = new WeakMap<Value, Operand>();
	readonly #found: Invocation[] = [];
	/** Where the last command that is wanted began. */
	#entered = -1;

	constructor(source: string, wanted: (name: string) => boolean, notes: Set<string>) {
		this.#cursor = new Cursor(source);
		this.#text = new PowerShellText(this.#cursor, (name) => this.#piecesOf(name));
		this.#variables = new Variables(source.length);
		this.#wanted = wanted;
		this.#notes = notes;
	}

	invocations(): Invocation[] {
		const cursor = this.#cursor;
		while (!cursor.ended) {
			cursor.take(SPACE);
			const { at } = cursor;
			try {
				this.#statement();
			} catch (error) {
				// What nobody wants is nobody's business: words with an apostrophe, perhaps.
				if (!(error instanceof Misread) || this.#entered >= at) throw error;
				cursor.at = at;
				cursor.take(/.*/y);
			}
			if (cursor.at === at) cursor.takeOne();
		}
		return this.#found;
	}

	#statement(): void {
		const cursor = this.#cursor;
		cursor.take(/PS(?: [^\n>]*)?>\s*/y); // a prompt that was copied too
		while (cursor.take(KEYWORD) !== null) cursor.take(SPACE);
		const { at } = cursor;
		cursor.take(TYPE);
		cursor.take(BLANKS);
		const variable = cursor.take(VARIABLE);
		if (variable !== null && this.#changes(nameOfVariable(variable.replace(/^\$\w+:/, '$')).toLowerCase())) return;
		cursor.at = at;
		this.#pipeline();
	}

	/** Read what sets or changes a variable, behind its name; gives whether anything does. */
	#changes(name: string): boolean {
		const cursor = this.#cursor;
		const before = this.#variables.peek(name)?.value;
		const path = cursor.take(/(?:\.\w+(?!\w*\()|\[(?:'[^'\n]*'|"[^"\n$`]*")\])+/y) ?? '';
		const names = Array.from(
			path.matchAll(/\.(\w+)|\[['"](.*?)['"]\]/g),
			([, dotted, quoted]) => dotted ?? quoted ?? '',
		);
		const added = cursor.take(/\.Add\(\s*/iy);
		if (added !== null) {
			const items = this.#arguments();
			if (before) this.#variables.set(name, { value: changed(before, names, (old) => withItems(old, items)) });
			return true;
		}
		cursor.take(BLANKS);
		const operator = cursor.take(/\+?=(?!=)/y);
		if (operator === null) return false;
		cursor.take(SPACE);
		const given = this.#givenTo(name);
		if (names.length === 0 && operator === '=') this.#variables.set(name, given);
		else if (names.length === 0) this.#variables.set(name, sumOf(this.#variables.peek(name) ?? given, given) ?? given);
		else if (before)
			this.#variables.set(name, {
				value: changed(before, names, (old) =>
					operator === '=' || !old ? given.value : (sumOf({ value: old }, given)?.value ?? hole(name)),
				),
			});
		return true;
	}

	#givenTo(name: string): Operand {
		try {
			return this.#pipeline();
		} catch (error) {
			if (error instanceof Misread) this.#variables.fail(name, error);
			throw error;
		}
	}

	/** What a variable adds to a string; undefined where that is not known. */
	#piecesOf(name: string): Pieces | undefined {
		const found = this.#variables.get(name);
		if (!found) return undefined;
		if (found.pieces) return found.pieces;
		const { value } = found;
		const said = value.kind === 'number' ? value.spelling : stringOf(value);
		return said === null ? undefined : [{ text: said, at: this.#cursor.at }];
	}

	/** Commands and values with pipes between them; gives what the last one gives. */
	#pipeline(): Operand {
		const cursor = this.#cursor;
		const { at } = cursor;
		let input: Operand | null = null;
		for (;;) {
			const name = cursor.take(/&?\s*[a-z][\w.-]*(?![\w.([:-])/iy);
			input = name === null ? this.#expression() : this.#command(name.replace(/^&?\s*/, ''), input, at);
			cursor.take(BLANKS);
			if (cursor.take(/\s*\|(?!\|)\s*/y) === null) return input;
		}
	}

	#command(name: string, input: Operand | null, from: number): Operand {
		const { at } = this.#cursor;
		const known = name.toLowerCase();
		if (this.#wanted(known)) {
			this.#entered = at;
			const parameters = this.#parameters();
			this.#found.push({ name, at: at - name.length, parameters, input });
			return this.#unknown(from);
		}
		if (known === 'convertto-json') return this.#json(this.#parameters(), input, from);
		if (known === 'new-object') return this.#newObject(from);
		this.#passOver();
		return this.#unknown(from);
	}

	#json(parameters: readonly Parameter[], input: Operand | null, from: number): Operand {
		const named = (start: string) =>
			parameters.find(({ name }) => name?.toLowerCase().startsWith(start))?.operand ?? undefined;
		const given = input ?? named('i') ?? parameters.find(({ name }) => name === null)?.operand;
		const { name: source } = this.#unknown(from).value;
		const json = given?.value ?? hole(source);
		const depth = named('d')?.value;
		const levels = depth ? Number(depth.kind === 'number' ? depth.spelling : stringOf(depth)) : USUAL_DEPTH;
		if (depthOf(json) > levels)
			this.#notes.add(
				`\`ConvertTo-Json\` would write ${levels} levels and the rest as words; here all of them are taken. \`-Depth\` says how many.`,
			);
		return { value: holesIn(json).length > 0 ? hole(source) : text(writeValue(json)), json };
	}

	/** An empty list or dictionary, of those that are made to be filled. */
	#newObject(from: number): Operand {
		const { at } = this.#cursor;
		this.#passOver();
		return emptyOf(this.#cursor.source.slice(at, this.#cursor.at)) ?? this.#unknown(from);
	}

	/** What a command is given, up to its end. */
	#parameters(): Parameter[] {
		const cursor = this.#cursor;
		const parameters: Parameter[] = [];
		for (;;) {
			cursor.take(BLANKS);
			if (cursor.ended || /[\n;|){}&]/.test(cursor.next)) return parameters;
			const { at } = cursor;
			const name = cursor.take(/-[a-z]\w*:?/iy)?.replace(/^-|:$/g, '') ?? null;
			const splat = name === null ? cursor.take(/@\w+/y) : null;
			if (splat !== null) {
				parameters.push(...this.#splat(splat.slice(1), at));
				continue;
			}
			cursor.take(BLANKS);
			const follows = !/^(?:[\n;|){}&]|-[a-z]|@\w|$)/i.test(cursor.source.slice(cursor.at, cursor.at + 2));
			const operand = name === null || follows ? this.#argument() : null;
			parameters.push({ name, at, operand });
			if (cursor.at === at) throw new Misread(`Unexpected ${cursor.next}.`, at);
		}
	}

	/** `@name`, which gives each member of a hashtable as a parameter. */
	#splat(name: string, at: number): Parameter[] {
		const value = this.#variables.get(name.toLowerCase())?.value;
		if (value?.kind !== 'object') {
			this.#notes.add(`What \`@${name}\` adds is not known, so it is missing.`);
			return [];
		}
		return value.members.map(([member, given]) => ({
			name: member,
			at,
			operand: this.#written.get(given) ?? { value: given },
		}));
	}

	/** What follows a name: a value, or words up to the next blank. */
	#argument(): Operand {
		const cursor = this.#cursor;
		const { at } = cursor;
		const entered = cursor.take(VARIABLE);
		const alone = entered !== null && /^[\s;|)}.[,]|^$/.test(cursor.next);
		cursor.at = at;
		if (alone || /^(?:@['"({]|['"([])/.test(cursor.source.slice(at, at + 2))) {
			const operand = this.#items();
			if (cursor.ended || /[\s;|)}`]/.test(cursor.next)) return operand;
			cursor.at = at;
		}
		const builder = new PieceBuilder();
		for (;;) {
			const { at: start } = cursor;
			const plain = cursor.take(/[^\s`'"$;|(){}&]+/y);
			if (plain !== null) builder.say(plain, start);
			else if (/`\s/.test(cursor.source.slice(start, start + 2))) break;
			else if (this.#text.takeEscape(builder) || this.#text.takeString(builder)) continue;
			else if (cursor.next === '$') this.#text.expansion(builder);
			else break;
		}
		return stringFrom(builder.pieces);
	}

	/** A value and what is added to it, up to where the expression ends; where anything else is done with it, a hole. */
	#expression(): Operand {
		const cursor = this.#cursor;
		const { at } = cursor;
		let operand = this.#items();
		for (;;) {
			cursor.take(BLANKS);
			if (this.#atEnd()) return operand;
			const adds = cursor.take(/\+(?![+=])\s*/y) !== null;
			const sum = adds ? sumOf(operand, this.#items()) : null;
			if (!sum) {
				this.#passOver();
				return this.#unknown(at);
			}
			operand = sum;
		}
	}

	#atEnd(): boolean {
		return this.#cursor.ended || /[\n;|)},]/.test(this.#cursor.next);
	}

	/** One value, or several with commas between them. */
	#items(): Operand {
		const cursor = this.#cursor;
		// A comma before it makes a list of one.
		const single = cursor.take(/,\s*/y) !== null;
		const first = this.#operand();
		const items = [first.value];
		while (cursor.take(/\s*,\s*/y) !== null) items.push(this.#operand().value);
		return single || items.length > 1 ? { value: array(items) } : first;
	}

	#operand(): Operand {
		const cursor = this.#cursor;
		const { at } = cursor;
		const type = cursor.take(TYPE);
		if (type !== null) {
			cursor.take(BLANKS);
			return cursor.take(/::/y) === null ? this.#cast(type) : this.#static(type, at);
		}
		return this.#members(this.#primary(), at);
	}

	/** What is made another type of: that matters for the numbers and words of JSON only. */
	#cast(type: string): Operand {
		const operand = this.#operand();
		const said = operand.value.kind === 'number' ? operand.value.spelling : stringOf(operand.value);
		if (/^\[(?:int|int32|long|int64|double|decimal|float)\]$/i.test(type) && said !== null && isNumber(said))
			return { value: { kind: 'number', spelling: said } };
		if (/^\[string\]$/i.test(type) && operand.value.kind === 'number') return stringFrom([{ text: said ?? '', at: 0 }]);
		return operand;
	}

	/** Behind `[Type]::`. */
	#static(type: string, at: number): Operand {
		const cursor = this.#cursor;
		if (cursor.take(/UTF8\.GetBytes\(\s*/iy) !== null) {
			const [bytes] = this.#operands();
			if (bytes) return bytes;
		}
		cursor.take(/\w+(?:\.\w+)*/y);
		if (cursor.next === '(') this.#skipBracket();
		return emptyOf(type) ?? this.#members(this.#unknown(at), at);
	}

	#primary(): Operand {
		const cursor = this.#cursor;
		const { at } = cursor;
		const builder = new PieceBuilder();
		if (this.#text.takeString(builder)) return stringFrom(builder.pieces);
		if (cursor.take(/@\{/y) !== null) return { value: this.#hashtable(at) };
		if (cursor.take(/@\(/y) !== null) return { value: array(this.#list(at)) };
		if (cursor.take(/\$?\(/y) !== null) return this.#parenthesised(at);
		const variable = cursor.take(VARIABLE);
		if (variable !== null) return this.#variable(nameOfVariable(variable.replace(/^\$\w+:/, '$')));
		const number = cursor.take(NUMBER);
		if (number !== null) return { value: numberOf(number) };
		this.#passOver();
		return this.#unknown(at);
	}

	#variable(name: string): Operand {
		const known = CONSTANTS[name.toLowerCase()];
		return known === undefined
			? (this.#variables.get(name.toLowerCase()) ?? { value: hole(name) })
			: { value: constant(known) };
	}

	/** `.name` and `[0]` behind a value; a method makes a hole of it. */
	#members(operand: Operand, from: number): Operand {
		const cursor = this.#cursor;
		let found = operand;
		for (;;) {
			const name = cursor.take(/\??\.\w+/y)?.replace(/^\??\./, '');
			const index = name === undefined ? cursor.take(/\[\d+\]/y) : null;
			if (name === undefined && index === null) {
				if (cursor.next !== '[' && cursor.next !== '(') return found;
				this.#skipBracket();
				found = this.#unknown(from);
				continue;
			}
			const inner =
				name === undefined ? itemsOf(found.value)[Number(index?.slice(1, -1))] : memberOf(found.value, name);
			found = inner ? (this.#written.get(inner) ?? { value: inner }) : this.#unknown(from);
		}
	}

	/** Behind `@{`. */
	#hashtable(start: number): ObjectValue {
		const cursor = this.#cursor;
		const members: Member[] = [];
		for (;;) {
			cursor.take(/(?:\s|;|`[^\S\n]*\n|<#[^#]*(?:#(?!>)[^#]*)*#>|#.*)+/y);
			if (cursor.take(/\}/y) !== null) return { kind: 'object', members };
			if (cursor.ended) throw new Misread('This @{ is not closed.', start);
			const name = this.#memberName();
			cursor.take(SPACE);
			const { at } = cursor;
			if (cursor.take(/=/y) === null) throw new Misread('Expected = after the name of a member.', at);
			cursor.take(SPACE);
			const operand = this.#pipeline();
			if (operand.json || operand.pieces) this.#written.set(operand.value, operand);
			members.push([name, operand.value]);
			if (!/[\n;}]/.test(cursor.next))
				throw new Misread(`Expected a line of its own or ; after this member.`, cursor.at);
		}
	}

	#memberName(): string {
		const cursor = this.#cursor;
		const { at } = cursor;
		const bare = cursor.take(/[\w-]+/y);
		const name = bare ?? stringOf(this.#primary().value);
		if (name === null) throw new Misread('The name of this member would have to be run.', at);
		return name;
	}

	/** Behind `@(`: what it holds, each on a line or with commas between them. */
	#list(start: number): Value[] {
		const cursor = this.#cursor;
		const items: Value[] = [];
		for (;;) {
			cursor.take(/(?:\s|;|`[^\S\n]*\n|<#[^#]*(?:#(?!>)[^#]*)*#>|#.*)+/y);
			if (cursor.take(/\)/y) !== null) return items;
			if (cursor.ended) throw new Misread('This @( is not closed.', start);
			const { at } = cursor;
			const { value } = this.#pipeline();
			// A list in it is its items.
			if (value.kind === 'array') items.push(...value.items);
			else items.push(value);
			if (cursor.at === at) throw new Misread(`Expected ), and found ${cursor.next}.`, at);
		}
	}

	/** Behind `(`. */
	#parenthesised(start: number): Operand {
		const cursor = this.#cursor;
		cursor.take(SPACE);
		const operand = this.#pipeline();
		cursor.take(SPACE);
		if (cursor.take(/\)/y) !== null) return operand;
		while (!cursor.ended && cursor.next !== ')') {
			this.#passOver();
			cursor.take(/[\s;|,}]+/y);
		}
		if (cursor.take(/\)/y) === null) throw new Misread('This parenthesis is not closed.', start);
		return this.#unknown(start);
	}

	/** Behind the parenthesis of a call. */
	#operands(): Operand[] {
		const cursor = this.#cursor;
		const start = cursor.at - 1;
		const operands: Operand[] = [];
		for (;;) {
			cursor.take(SPACE);
			if (cursor.take(/\)/y) !== null) return operands;
			if (cursor.ended) throw new Misread('This parenthesis is not closed.', start);
			operands.push(this.#operand());
			cursor.take(SPACE);
			if (cursor.take(/,/y) === null && cursor.next !== ')') {
				this.#passOver();
				cursor.take(/[\n;|}]/y);
			}
		}
	}

	#arguments(): Value[] {
		return this.#operands().map((operand) => {
			if (operand.json || operand.pieces) this.#written.set(operand.value, operand);
			return operand.value;
		});
	}

	/** Pass over what stands up to the end of an expression or a command, and brackets with all they hold. */
	#passOver(): void {
		const cursor = this.#cursor;
		while (!this.#atEnd() && cursor.next !== '{') {
			if (cursor.take(BLANKS) !== null) continue;
			const ahead = cursor.source.slice(cursor.at, cursor.at + 2);
			if (/^(?:[([]|@\{)/.test(ahead)) this.#skipBracket();
			else if (ahead.startsWith('@') && this.#skipString()) continue;
			// Among words a quote may be an apostrophe.
			else if (cursor.take(/'[^'\n]*'|"[^"\n]*"/y) === null) cursor.takeOne();
		}
	}

	/** Pass over the bracket that comes next, and all it holds. */
	#skipBracket(): void {
		const cursor = this.#cursor;
		const { at } = cursor;
		let depth = 0;
		do {
			if (cursor.ended) throw new Misread('This bracket is not closed.', at);
			if (cursor.take(BLANKS) !== null || this.#skipString()) continue;
			const mark = cursor.takeOne();
			if (/[([{]/.test(mark)) depth++;
			else if (/[)\]}]/.test(mark)) depth--;
		} while (depth > 0);
	}

	#skipString(): boolean {
		return new PowerShellText(this.#cursor, () => undefined).takeString(new PieceBuilder());
	}

	/** What stands from `from` up to here, as a hole of that name. */
	#unknown(from: number): { readonly value: Value & { readonly kind: 'hole' } } {
		return { value: hole(nameOfHole(this.#cursor.source.slice(from, this.#cursor.at)) || '…') };
	}
}
