import { faultOf } from '../../../model/draft';
import { Misread } from '../misread';
import { nameOfHole, type Gap, type Pieces, type Said } from '../pieces';
import {
	array,
	constant,
	hole,
	memberOf,
	readJson,
	stringOf,
	text,
	writeValue,
	type Hole,
	type Member,
	type ObjectValue,
	type StringValue,
	type Value,
} from '../value';
import { changed } from './changes';
import { concatenated, environmentName, isLiteral, lastOfEach, merged, numberOf, type Operand } from './operand';
import { afterTypes, closingOf, type Scope } from './scopes';
import { tokensOf, wordsIn, type Language, type StringPart, type Token } from './token';
import { variablesIn, type Edit, type Variables } from './variables';

/** What a call is given. */
export interface Arguments {
	readonly positional: readonly Value[];
	/** By name in Python; JavaScript has none. */
	readonly named: ObjectValue;
	/** What is spread among them and is not known. */
	readonly unknown: readonly string[];
}

const CONSTANTS: Readonly<Record<string, boolean | null>> = {
	true: true,
	false: false,
	null: null,
	True: true,
	False: false,
	None: null,
};
/** Functions that give back what they are given, or a copy of it. */
const SAME = /^(?:Object\.freeze|structuredClone|copy\.(?:deep)?copy|deepcopy)$/;
const NOTHING = /^(?:undefined|NOT_GIVEN|omit|not_given)$/;
/** Words that go on with an expression. */
const OPERATOR = /^(?:and|as|else|for|if|in|instanceof|is|not|or|satisfies)$/;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** Deeper than any request, and well above where a reader that calls itself would break. */
const DEEPEST = 400;
/** Variables made of variables made of variables can grow without end. */
const MOST_LOOK_UPS = 1000;

/** Says that what is spread by this name is left out. */
export const missingOf = (name: string) => `What \`${name}\` adds is not known, so it is missing.`;

/**
 * Reads the values in source text, without running any of it: literals as they are, variables by what they were set to in
 * the same text, and all else as holes.
 */
export class CodeReader {
	readonly tokens: readonly Token[];
	readonly #source: string;
	readonly #python: boolean;
	readonly #variables: Variables;
	/** Where brackets are closed, by where they are opened. */
	readonly #closing: ReadonlyMap<number, number>;
	/** Variables that are being looked up, lest one that names itself is looked up for ever. */
	readonly #looking = new Set<string>();
	#lookUps = 0;
	readonly #notes = new Set<string>();
	/** What `JSON.stringify` or `json.dumps` was given, by the text that stands for what it gives. */
	readonly #written = new WeakMap<Value, Value>();
	/** Where the strings stand that were read. */
	readonly #pieces = new WeakMap<Value, Pieces>();
	#index = 0;
	#depth = 0;
	/** How many brackets are open around what is being read: outside all, a statement may end with its line. */
	#brackets = 0;

	constructor(source: string, language: Language) {
		this.#source = source;
		this.#python = language === 'python';
		this.tokens = tokensOf(source, language);
		this.#closing = closingOf(this.tokens);
		this.#variables = variablesIn(this.tokens, source, language);
	}

	/** What was guessed or left out since it was last asked for, a sentence each. */
	takeNotes(): string[] {
		const notes = [...this.#notes];
		this.#notes.clear();
		return notes;
	}

	/** What of which `value` is the JSON, where the code says so; else null. */
	jsonIn(value: Value): Value | null {
		return this.#written.get(value) ?? null;
	}

	/** The text of a string with the places where it stands in the source, as far as they are known. */
	piecesOf(value: StringValue): Pieces {
		const nowhere = (part: string | Hole) =>
			typeof part === 'string' ? { text: part, at: 0 } : { hole: part.name, at: 0 };
		return this.#pieces.get(value) ?? value.parts.map(nowhere);
	}

	/** Whether the name at `at` is a parameter's or a loop's, which has it to itself until it is set, and not what was set at `setAt`. */
	isHidden(name: string, at: number, setAt: number): boolean {
		const hides = ({ from, to }: Scope) => from < at && at < to && !(from < setAt && setAt < at);
		return this.#variables.hidden.get(name)?.some(hides) ?? false;
	}

	/** A sentence where headers are put into the variable `name`, as into a session of Python's; none where not. */
	headersSetOn(name: string): string[] {
		const isSet = this.tokens.some(
			({ source, kind }, index) =>
				kind === 'name' &&
				source === name &&
				this.tokens[index + 2]?.source === 'headers' &&
				/^[.[=]$/.test(this.tokens[index + 3]?.source ?? ''),
		);
		return isSet ? [`The headers in \`${name}.headers\` are not known.`] : [];
	}

	/** The pieces of one of the texts that are put together; a hole stands at `at`, or near it. */
	#piecesWithin(part: Operand, at: number): Pieces {
		if (part === null || part === 'nothing') return [];
		return part.kind === 'string' ? this.piecesOf(part) : part.kind === 'hole' ? [{ hole: part.name, at }] : [];
	}

	/** Read the arguments that follow the parenthesis at `index`. Throws a `Misread` when it is not closed. */
	argumentsAt(index: number): Arguments {
		const before = this.#index;
		this.#index = index;
		const args = this.#arguments();
		this.#index = before;
		return args;
	}

	/** Read the value that begins at `index`, and is all there is. Throws a `Misread` when more follows. */
	wholeValue(): Value {
		this.#index = 0;
		const value = this.#value();
		this.#takeMark(';');
		const rest = this.tokens[this.#index];
		if (rest) throw new Misread(`Expected nothing after the value, and found ${rest.source.slice(0, 20)}.`, rest.at);
		return value === 'nothing' ? constant(null) : value;
	}

	/** Read the value that begins at `index`, and give it with the index of the first token after it. */
	valueAt(index: number): { readonly value: Value; readonly next: number } {
		const before = this.#index;
		this.#index = index;
		const value = this.#valueOrNull();
		const next = this.#index;
		this.#index = before;
		return { value, next };
	}

	/** Read a value up to the comma or bracket after it; what cannot be told becomes a hole that is named by its source. */
	#value(): Value | 'nothing' {
		const start = this.#index;
		const first = this.tokens[start];
		if (!first) throw new Misread('Expected a value, and the text ends.', this.#source.length);
		if (++this.#depth > DEEPEST) throw new Misread('This is nested deeper than any request.', first.at);
		let operand = this.#operand();
		const parts = [operand];
		const joins = this.tokens[this.#index]?.source === '|' ? '|' : '+';
		while (this.#takeMark(joins)) parts.push(this.#operand());
		if (parts.length > 1) operand = joins === '|' ? merged(parts) : concatenated(parts);
		if (parts.length > 1 && operand !== null && operand !== 'nothing' && operand.kind === 'string')
			this.#pieces.set(
				operand,
				parts.flatMap((part) => this.#piecesWithin(part, first.at)),
			);
		this.#depth--;
		if (operand !== null && this.#atEnd()) return operand;
		const next = this.tokens[this.#index];
		if (this.#brackets > 0 && next && isLiteral(operand) && next.kind !== 'mark' && !OPERATOR.test(next.source))
			throw new Misread(`Expected a comma, and found ${next.source.slice(0, 20)}.`, next.at);
		this.#index = start;
		this.#skip();
		return hole(this.#sourceFrom(start));
	}

	#valueOrNull(): Value {
		const value = this.#value();
		return value === 'nothing' ? constant(null) : value;
	}

	#operand(): Operand {
		// A type in angle brackets says what comes after it is.
		if (!this.#python) while (this.#takeName('await') || this.#takeName('new') || this.#takeTypes());
		const token = this.tokens[this.#index];
		if (!token) return null;
		if (token.broken) throw token.broken;
		let operand: Operand = null;
		if (token.kind === 'string') operand = this.#string();
		else if (token.kind === 'number') {
			this.#index++;
			operand = numberOf(token.source);
		} else if (token.kind === 'name') operand = this.#name();
		else if (token.source === '-' || token.source === '+') operand = this.#signed();
		else if (token.source === '[') operand = array(this.#items('[', ']'));
		else if (token.source === '{') operand = this.#object();
		else if (token.source === '(') operand = this.#parenthesised();
		return this.#after(operand);
	}

	/** What may follow an operand without changing it. */
	#after(operand: Operand): Operand {
		for (;;) {
			const next = this.tokens[this.#index];
			if (next?.source === '!' && !this.#python && !next.first) this.#index++;
			else if (!this.#python && !next?.first && /^(?:as|satisfies)$/.test(next?.source ?? '')) {
				this.#index++;
				this.#skipType();
			} else if (operand !== null && this.#follows(this.#python ? '.strip()' : '.trim()')) {
				const words = operand === 'nothing' ? null : stringOf(operand);
				if (words === null) return null;
				this.#index += 4;
				operand = text(words.trim());
			} else if (this.#python && operand !== null && this.#follows('.encode(')) {
				this.#index += 2;
				this.#skipBracket();
			} else {
				const member = this.#member(operand);
				if (!member) return operand;
				operand = member;
			}
		}
	}

	/** Pass over `<…>`. */
	#takeTypes(): boolean {
		const after = afterTypes(this.tokens, this.#index, this.#closing);
		const taken = after > this.#index;
		this.#index = after;
		return taken;
	}

	/** Pass over a type, which may have commas and braces in it: `Record<string, unknown>[] | { a: 1 }`. */
	#skipType(): void {
		do {
			while (/^(?:keyof|typeof|readonly|unique|infer|new)$/.test(this.tokens[this.#index]?.source ?? '')) this.#index++;
			const token = this.tokens[this.#index];
			if (token?.kind === 'mark' && CLOSING[token.source]) this.#skipBracket();
			else if (token && token.kind !== 'mark') this.#index++;
			while (this.#takeMark('.')) this.#index++;
			this.#takeTypes();
			while (this.tokens[this.#index]?.source === '[' && !this.tokens[this.#index]?.first) this.#skipBracket();
		} while (this.#takeMark('|') || this.#takeMark('&') || this.#takeMark('=>'));
	}

	/** The member of an object that is named next, as `["name"]`; undefined when there is none to be told. */
	#member(operand: Operand): Value | undefined {
		const [open, name, close] = this.tokens.slice(this.#index, this.#index + 3);
		if (operand === null || operand === 'nothing' || open?.first || open?.source !== '[' || close?.source !== ']')
			return undefined;
		const words = wordsIn(name);
		const member = words === undefined ? undefined : memberOf(operand, words);
		if (member) this.#index += 3;
		return member;
	}

	/** Whether this stands next, however it is spaced. */
	#follows(marks: string): boolean {
		const next = this.tokens.slice(this.#index, this.#index + 4).map(({ source }) => source);
		return next.join('').startsWith(marks);
	}

	/** A string; in Python those that follow one another are one. */
	#string(): Value {
		const pieces: (Said | Gap)[] = [];
		for (let token = this.tokens[this.#index]; token?.parts; token = this.tokens[this.#index]) {
			pieces.push(...token.parts.flatMap((part) => this.#piecesOf(part)));
			this.#index++;
			if (!this.#python) break;
		}
		const value = text(...pieces.map((piece) => ('text' in piece ? piece.text : hole(piece.hole))));
		this.#pieces.set(value, pieces);
		return value;
	}

	#piecesOf(part: StringPart): Pieces {
		if ('text' in part) return [part];
		const { at } = part;
		const name = part.expression.trim();
		const value = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? this.#lookUp(name) : null;
		if (value?.kind === 'string')
			return value.parts.map((inner) => (typeof inner === 'string' ? { text: inner, at } : { hole: inner.name, at }));
		if (value?.kind === 'number') return [{ text: value.spelling, at }];
		return [{ hole: nameOfHole(environmentName(name) ?? name), at }];
	}

	#signed(): Operand {
		const sign = this.tokens[this.#index++]?.source;
		const number = this.tokens[this.#index++];
		if (number?.kind !== 'number') return null;
		const value = numberOf(number.source);
		return value?.kind === 'number' && sign === '-' ? { kind: 'number', spelling: `-${value.spelling}` } : value;
	}

	/** A constant, a variable, or a call of one of the few functions whose result can be told. */
	#name(): Operand {
		const start = this.#index;
		const first = this.tokens[start]!; // it was looked at by the caller
		let last = first.source;
		this.#index++;
		while (this.#takeMark('.') || this.#takeMark('?.')) last = this.tokens[this.#index++]?.source ?? '';
		const path = this.#sourceFrom(start);
		const parenthesis = this.#python ? this.#index : afterTypes(this.tokens, this.#index, this.#closing);
		if (this.tokens[parenthesis]?.source === '(') {
			this.#index = parenthesis;
			return this.#call(path, last, start);
		}
		const environment = path === 'os.environ' && this.tokens[this.#index]?.source === '[';
		if (environment) this.#skipBracket();
		const whole = this.#sourceFrom(start);
		if (NOTHING.test(last)) return 'nothing';
		if (path !== first.source) return this.#lookUpPath(path) ?? hole(environmentName(whole) ?? whole);
		if (Object.hasOwn(CONSTANTS, path)) return constant(CONSTANTS[path] ?? null);
		return this.#lookUp(path) ?? (/^(?:async|function|lambda|not|typeof)$/.test(path) ? null : hole(path));
	}

	#call(path: string, name: string, start: number): Operand {
		if (/^(?:JSON\.stringify|json\.dumps)$/.test(path)) {
			const [value] = this.#arguments().positional;
			if (!value) return null;
			const written = text(writeValue(value));
			this.#written.set(written, value);
			return written;
		}
		// Types of parameters are dictionaries in Python.
		if (this.#python && (name === 'dict' || /Param(?:s\w*)?$/.test(name))) return this.#namedArguments();
		if (SAME.test(path)) return this.#arguments().positional[0] ?? null;
		if (/^(?:JSON\.parse|json\.loads)$/.test(path)) return this.#parsed();
		if (this.#python && name === 'dedent') return this.#dedented();
		if (name === 'Headers') return this.#arguments().positional[0] ?? { kind: 'object', members: [] };
		if (NOTHING.test(name) || name === 'NotGiven') {
			this.#skipBracket();
			return 'nothing';
		}
		this.#skipBracket();
		const environment = environmentName(this.#sourceFrom(start));
		return environment === null ? null : hole(environment);
	}

	/** Arguments by name as a dictionary; what is not known among them is missing. */
	#namedArguments(): ObjectValue {
		const { named, unknown } = this.#arguments();
		for (const name of unknown) this.#notes.add(missingOf(name));
		return named;
	}

	/** What the JSON in the text that comes next says. */
	#parsed(): Operand {
		const words = stringOf(this.#arguments().positional[0]);
		if (words === null || faultOf(words) !== null) return null;
		return readJson([{ text: words, at: 0 }]);
	}

	/** The text that comes next without the blanks that all its lines begin with. */
	#dedented(): Operand {
		const words = stringOf(this.#arguments().positional[0]);
		if (words === null) return null;
		const lines = words.replace(/^[ \t]+$/gm, '').split('\n');
		const blanks = lines.filter((line) => line !== '').map((line) => /^[ \t]*/.exec(line)![0].length); // it finds at least nothing
		return text(lines.map((line) => line.slice(Math.min(...blanks))).join('\n'));
	}

	/** What the variable that is set at `at` holds in the end, or before it is set anew; null where only running would tell. */
	laterValueOf(name: string, at: number): Value | null {
		const before = this.#index;
		const next = this.#variables.set.get(name)?.find((known) => known.name > at);
		this.#index = next?.name ?? this.tokens.length;
		const value = this.#lookUp(name);
		this.#index = before;
		return value;
	}

	/** What a variable was set to last before the place that is read; null when only running would tell. */
	#lookUp(name: string): Value | null {
		const here = this.#index;
		const { set: all, edits: allEdits, changed: allChanged } = this.#variables;
		const set = all.get(name) ?? [];
		// A function may be called before the line that sets what it uses, though it stands above it.
		const assignment = set.findLast((known) => known.name < here) ?? set[0];
		if (!assignment || assignment.value === null || this.#looking.has(name)) return null;
		if (this.isHidden(name, here, assignment.name)) return null;
		const value = this.#readAt(assignment.value, name);
		// What is set to something that must be run is still best known by its own name.
		if (value === 'nothing' || value.kind === 'hole') return null;
		if (set.length > 1) this.#notes.add(`\`${name}\` is set more than once; it is taken as it was set last before.`);
		const edits = allEdits.get(name) ?? [];
		const between = edits.filter((edit) => edit.name > assignment.name && edit.name < here);
		// What stands deeper, in a loop or behind a condition, may happen often or never.
		const sure = between.every(({ indent, depth }) => indent === assignment.indent && depth === assignment.depth);
		const edited = sure
			? between.reduce<Value | null>((now, edit) => now && this.#edited(now, edit, name), value)
			: null;
		if (allChanged.has(name) || edited === null || (edits.length > 0 && between.length === 0))
			this.#notes.add(`\`${name}\` is changed later on; it is taken as it was first set.`);
		return edited ?? value;
	}

	/** `value`, which the variable `name` holds, after `edit`; null where there is nothing to edit. */
	#edited(value: Value, edit: Edit, name: string): Value | null {
		if (edit.kind === 'add') {
			this.#looking.add(name);
			const { positional } = this.argumentsAt(edit.value);
			this.#looking.delete(name);
			return changed(value, edit, positional);
		}
		if (edit.kind === 'delete') return changed(value, edit, []);
		const given = this.#readAt(edit.value, name);
		return given === 'nothing' ? changed(value, { ...edit, kind: 'delete' }, []) : changed(value, edit, [given]);
	}

	/** What `config.model` stands for in JavaScript, where `config` is an object in the same text; null where it is not. */
	#lookUpPath(path: string): Value | null {
		if (this.#python) return null;
		const [name = '', ...steps] = path.split(/\s*\??\.\s*/);
		return steps.reduce<Value | null>((value, step) => memberOf(value ?? undefined, step) ?? null, this.#lookUp(name));
	}

	/** Read the value at `index`, which belongs to the variable `name`. */
	#readAt(index: number, name: string): Value | 'nothing' {
		if (++this.#lookUps > MOST_LOOK_UPS)
			throw new Misread('This takes its values from too many variables.', this.tokens[index]?.at ?? 0);
		const before = { index: this.#index, brackets: this.#brackets };
		this.#looking.add(name);
		[this.#index, this.#brackets] = [index, 0];
		const value = this.#value();
		this.#looking.delete(name);
		[this.#index, this.#brackets] = [before.index, before.brackets];
		return value;
	}

	/** The arguments of the call whose parenthesis comes next. */
	#arguments(): Arguments {
		const positional: Value[] = [];
		const named: Member[] = [];
		const unknown: string[] = [];
		this.#between('(', ')', () => {
			const [name, equals] = this.tokens.slice(this.#index, this.#index + 2);
			if (this.#python && name?.kind === 'name' && equals?.source === '=') {
				this.#index += 2;
				const value = this.#value();
				if (value !== 'nothing') named.push([name.source, value]);
			} else if (this.#python && this.#takeMark('**')) named.push(...this.#spreadMembers(unknown));
			else positional.push(this.#valueOrNull());
		});
		return { positional, named: { kind: 'object', members: lastOfEach(named) }, unknown };
	}

	#items(open: string, close: string): Value[] {
		const items: Value[] = [];
		this.#between(open, close, () => {
			if (!this.#takeMark(this.#python ? '*' : '...')) return items.push(this.#valueOrNull());
			const spread = this.#valueOrNull();
			return items.push(...(spread.kind === 'array' ? spread.items : [spread]));
		});
		return items;
	}

	#object(): Value {
		const members: Member[] = [];
		this.#between('{', '}', () => {
			if (this.#takeMark(this.#python ? '**' : '...')) return members.push(...this.#spreadMembers());
			const name = this.#memberName();
			if (!this.#takeMark(':')) return members.push([name, this.#shorthand(name)]);
			const value = this.#value();
			return value === 'nothing' ? members.length : members.push([name, value]);
		});
		return { kind: 'object', members: lastOfEach(members) };
	}

	/** The name before a colon: a word, a string, a number, or in JavaScript a string between brackets. */
	#memberName(): string {
		const computed = !this.#python && this.#takeMark('[');
		const token = this.tokens[this.#index];
		if (!token || (token.kind === 'mark' && !computed))
			throw new Misread('Expected the name of a member.', token?.at ?? this.#source.length);
		let name: string | null = token.source;
		if (token.kind === 'string') name = stringOf(this.#string());
		else this.#index++;
		// A bare word is a variable in Python, and in JavaScript between brackets.
		if (token.kind === 'name' && (this.#python || computed)) name = stringOf(this.#lookUp(token.source) ?? undefined);
		if (name === null || (computed && !this.#takeMark(']')))
			throw new Misread('The name of this member would have to be run.', token.at);
		return name;
	}

	/** `{ model }`, which takes the variable of that name, or a method. */
	#shorthand(name: string): Value {
		const found = this.#atEnd() ? this.#lookUp(name) : null;
		this.#skip();
		return found ?? hole(name);
	}

	/** The members of what comes next; what is not known goes into `unknown`, or else a note says that it is missing. */
	#spreadMembers(unknown?: string[]): readonly Member[] {
		const start = this.#index;
		const value = this.#valueOrNull();
		if (value.kind === 'object') return value.members;
		const name = this.#sourceFrom(start);
		if (unknown) unknown.push(name);
		else this.#notes.add(missingOf(name));
		return [];
	}

	/** A value in parentheses, or a tuple. */
	#parenthesised(): Operand {
		const start = this.#index;
		const items = this.#items('(', ')');
		const [only] = items;
		const tuple = this.#python && this.tokens[this.#index - 2]?.source === ',';
		if (items.length === 1 && only && !tuple) return only;
		if (this.#python) return array(items);
		this.#index = start;
		this.#skipBracket();
		return null;
	}

	/** Go from one bracket to the other, and call `read` at the beginning of each item. */
	#between(open: string, close: string, read: () => unknown): void {
		const opening = this.tokens[this.#index];
		if (!this.#takeMark(open)) throw new Misread(`Expected ${open}.`, opening?.at ?? this.#source.length);
		this.#brackets++;
		while (!this.#takeMark(close)) {
			const token = this.tokens[this.#index];
			if (!token) throw new Misread(`This ${open} is not closed.`, opening?.at ?? 0);
			if (token.kind === 'mark' && ')]}'.includes(token.source))
				throw new Misread(`Expected ${close}, and found ${token.source}.`, token.at);
			read();
			const next = this.tokens[this.#index];
			if (!this.#takeMark(',') && next && next.source !== close)
				throw new Misread(`Expected a comma or ${close}, and found ${next.source.slice(0, 20)}.`, next.at);
		}
		this.#brackets--;
	}

	/** Pass over tokens up to the comma or bracket that ends a value; outside brackets, up to the end of the statement. */
	#skip(): void {
		const start = this.#index;
		for (let token = this.tokens[start]; token; token = this.tokens[this.#index]) {
			if (this.#index > start && this.#atEnd()) return;
			if (token.kind === 'mark' && ',;)]}'.includes(token.source)) return;
			if (token.kind === 'mark' && CLOSING[token.source]) this.#skipBracket();
			else this.#index++;
		}
	}

	/** Pass over the bracket that comes next and all it holds. */
	#skipBracket(): void {
		const opening = this.tokens[this.#index];
		const open: string[] = [];
		do {
			const token = this.tokens[this.#index++];
			if (!token) throw new Misread(`This ${opening?.source ?? 'bracket'} is not closed.`, opening?.at ?? 0);
			if (token.broken) throw token.broken;
			if (token.kind !== 'mark') continue;
			const closing = CLOSING[token.source];
			if (closing) open.push(closing);
			else if (')]}'.includes(token.source) && open.pop() !== token.source)
				throw new Misread(`This ${token.source} closes nothing.`, token.at);
		} while (open.length > 0);
	}

	/** Whether a value is over here: before what follows values, or, outside brackets, before another statement. */
	#atEnd(): boolean {
		const token = this.tokens[this.#index];
		if (!token) return true;
		if (token.kind === 'mark' && ',;)]}'.includes(token.source)) return true;
		return (
			this.#brackets === 0 &&
			token.first &&
			!(token.kind === 'mark' && /^[.?+\-*/|&[(=]/.test(token.source) && !this.#python)
		);
	}

	#takeMark(source: string): boolean {
		const token = this.tokens[this.#index];
		if (token?.kind !== 'mark' || token.source !== source) return false;
		this.#index++;
		return true;
	}

	#takeName(source: string): boolean {
		const token = this.tokens[this.#index];
		if (token?.kind !== 'name' || token.source !== source) return false;
		this.#index++;
		return true;
	}

	/** What stands from the token `start` up to the one that comes next, as a name. */
	#sourceFrom(start: number): string {
		const from = this.tokens[start];
		const last = this.tokens[this.#index - 1];
		return from && last ? nameOfHole(this.#source.slice(from.at, last.at + last.source.length)) : '';
	}
}
