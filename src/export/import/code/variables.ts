import type { Language, Token } from './token';

/** Where a variable is given its value, or a further one. */
export interface Assignment {
	/** The index of the first token of the value. */
	readonly value: number;
	/** The index of the name. */
	readonly name: number;
	/** How far its line is indented. */
	readonly indent: number;
}

/** What a text does with its variables, as far as its tokens show. */
export interface Variables {
	/** Where each is set, in the order of the text. */
	readonly set: ReadonlyMap<string, readonly Assignment[]>;
	/** Where a list has values added at its end: `value` is the index of the parenthesis they stand in. */
	readonly added: ReadonlyMap<string, readonly Assignment[]>;
	/** Those that are changed in any other way. */
	readonly changed: ReadonlySet<string>;
}

/** Find the variables in the tokens of `source`. */
export function variablesIn(tokens: readonly Token[], source: string, language: Language): Variables {
	const python = language === 'python';
	const set = new Map<string, Assignment[]>();
	const added = new Map<string, Assignment[]>();
	const changed = new Set<string>();
	let depth = 0;
	let indent = 0;
	for (const [index, token] of tokens.entries()) {
		if (token.first) indent = token.at - source.lastIndexOf('\n', token.at) - 1;
		if (token.kind === 'mark' && '([{'.includes(token.source)) depth++;
		else if (token.kind === 'mark' && ')]}'.includes(token.source)) depth--;
		const before = tokens[index - 1]?.source ?? '';
		if (token.kind !== 'name' || /^\??\.$/.test(before)) continue;
		const [next, method, bracket] = tokens.slice(index + 1, index + 4).map((following) => following.source);
		const calls = next === '.' && bracket === '(' ? (method ?? '') : '';
		// Between brackets Python names arguments this way.
		const isStatement = !python || depth === 0;
		const declares = python ? isStatement && token.first : /^(?:const|let|var)$/.test(before);
		const value = declares ? afterEquals(tokens, index, python) : null;
		if (value !== null) append(set, token.source, { value, name: index, indent });
		else if (token.first && calls === (python ? 'append' : 'push'))
			append(added, token.source, { value: index + 3, name: index, indent });
		else if (CHANGES.test(calls) || next === '+=' || (next === '=' && isStatement)) changed.add(token.source);
	}
	return { set, added, changed };
}

/** The methods that change a list or a dictionary. */
const CHANGES = /^(?:append|extend|insert|push|unshift|splice|update)$/;

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

function append(lists: Map<string, Assignment[]>, name: string, assignment: Assignment): void {
	const list = lists.get(name);
	if (list) list.push(assignment);
	else lists.set(name, [assignment]);
}
