import { changeAt, type Change } from './changes';
import { closingOf, indentOf, namesIn, scopesIn, type Scope } from './scopes';
import type { Language, Token } from './token';

/** Where a text speaks of a variable. */
interface Place {
	/** The index of the name. */
	readonly name: number;
	/** How far its line is indented, … */
	readonly indent: number;
	/** … and how many brackets are open around it. */
	readonly depth: number;
}

/** Where a variable is given its value, or a further one. */
export interface Assignment extends Place {
	/** The index of the first token of the value; null where only running would tell which it is. */
	readonly value: number | null;
}

/** Where a part of its value becomes another. */
export type Edit = Place & Change;

/** What a text does with its variables, as far as its tokens show. */
export interface Variables {
	/** Where each is set, in the order of the text. */
	readonly set: ReadonlyMap<string, readonly Assignment[]>;
	/** Where parts of what it holds are, in the order of the text. */
	readonly edits: ReadonlyMap<string, readonly Edit[]>;
	/** Those that are changed in any other way. */
	readonly changed: ReadonlySet<string>;
	/** Where the name is another's: a parameter's, or that of what a loop goes through. */
	readonly hidden: ReadonlyMap<string, readonly Scope[]>;
}

/** Find the variables in the tokens of `source`. */
export function variablesIn(tokens: readonly Token[], source: string, language: Language): Variables {
	const python = language === 'python';
	const set = new Map<string, Assignment[]>();
	const edits = new Map<string, Edit[]>();
	const changed = new Set<string>();
	const closing = closingOf(tokens);
	let depth = 0;
	for (const [index, token] of tokens.entries()) {
		if (token.kind === 'mark' && '([{'.includes(token.source)) depth++;
		else if (token.kind === 'mark' && ')]}'.includes(token.source)) depth--;
		// The brackets of that line are not closed in it.
		if (token.broken) depth = 0;
		const before = tokens[index - 1]?.source ?? '';
		if (token.kind !== 'name' || /^\??\.$/.test(before)) continue;
		const place = { name: index, indent: indentOf(token, source), depth };
		// Between brackets Python names arguments with an equals sign.
		const isStatement = !python || depth === 0;
		if (isStatement) for (const name of namesSetAt(tokens, index, python)) append(set, name, { ...place, value: null });
		const begins = isStatement && (token.first || before === ';');
		const declares = python ? begins : /^(?:const|let|var)$/.test(before);
		const value = declares ? afterEquals(tokens, index, python) : null;
		if (value !== null) {
			append(set, token.source, { ...place, value });
			continue;
		}
		const change = isStatement || tokens[index + 1]?.source !== '=' ? changeAt(tokens, index, python, closing) : null;
		if (change === 'unknown' || (change && !(begins || (change.kind === 'delete' && tokens[index - 1]?.first))))
			changed.add(token.source);
		else if (change) append(edits, token.source, { ...place, ...change });
	}
	return { set, edits, changed, hidden: scopesIn(tokens, source, python, closing) };
}

/** The names that the statement or loop at `index` sets to parts of a value, or one after the other. */
function namesSetAt(tokens: readonly Token[], index: number, python: boolean): string[] {
	const { source, first } = tokens[index]!; // the caller has seen it
	const next = tokens[index + 1]?.source ?? '';
	const upTo = (from: number, end: RegExp) => {
		let at = from + 1;
		while (tokens[at] && !end.test(tokens[at]?.source ?? '')) at++;
		return at;
	};
	if (!python)
		return /^(?:const|let|var)$/.test(source) && /^[[{]$/.test(next)
			? namesIn(tokens, index + 1, upTo(index + 1, /^[=;)]$/))
			: [];
	if (source === 'for') return namesIn(tokens, index, upTo(index, /^(?:in|:)$/));
	if (source === 'as' && tokens[index + 1]?.kind === 'name') return [next];
	if (!first || next !== ',') return [];
	const end = upTo(index, /^(?:=|;)$|[^\w.,*]/);
	return tokens[end]?.source === '=' ? namesIn(tokens, index - 1, end) : [];
}

/** Where the value begins in `name = value` and `name: type = value`; null when it is neither. */
function afterEquals(tokens: readonly Token[], index: number, python: boolean): number | null {
	let at = index + 1;
	if (tokens[at]?.source === ':') {
		let depth = 0;
		for (at++; at < tokens.length; at++) {
			const { source, first } = tokens[at]!; // the loop's bound
			if ('([{<'.includes(source)) depth++;
			else if (')]}>'.includes(source)) depth--;
			else if (depth === 0 && (/^[=;]$/.test(source) || (first && python))) break;
		}
	}
	return tokens[at]?.source === '=' ? at + 1 : null;
}

function append<T>(lists: Map<string, T[]>, name: string, item: T): void {
	const list = lists.get(name);
	if (list) list.push(item);
	else lists.set(name, [item]);
}
