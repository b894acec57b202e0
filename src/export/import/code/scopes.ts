import type { Token } from './token';

/** The tokens among which a name is a parameter, or what a loop goes through: what has that name outside is another. */
export interface Scope {
	/** The index of the token after which it begins, … */
	readonly from: number;
	/** … and of the first that is no longer in it. */
	readonly to: number;
}

/** Where names are parameters, or the variables of a loop in JavaScript, in the tokens of `source`. */
export function scopesIn(
	tokens: readonly Token[],
	source: string,
	python: boolean,
	closing: ReadonlyMap<number, number>,
): Map<string, Scope[]> {
	const scopes = new Map<string, Scope[]>();
	const bind = (names: readonly string[], scope: Scope) => {
		for (const name of names) scopes.set(name, [...(scopes.get(name) ?? []), scope]);
	};
	const sourceAt = (index: number) => tokens[index]?.source ?? '';
	for (const [index, token] of tokens.entries()) {
		if (python && token.source === 'def') {
			const open = index + 2;
			const end = closing.get(open);
			if (end !== undefined)
				bind(namesIn(tokens, open, end), { from: end, to: blockEnd(tokens, source, index, end, closing) });
		} else if (python && token.source === 'lambda') {
			let colon = index + 1;
			while (tokens[colon] && sourceAt(colon) !== ':') colon = (closing.get(colon) ?? colon) + 1;
			bind(namesIn(tokens, index, colon), { from: colon, to: bodyEnd(tokens, colon + 1, closing) });
		} else if (!python && token.source === '(') {
			const end = closing.get(index);
			const before = sourceAt(index - 1) === 'await' ? sourceAt(index - 2) : sourceAt(index - 1);
			if (end === undefined || /^(?:if|while|switch|with)$/.test(before)) continue;
			if (before === 'for') {
				const names = /^(?:const|let|var)$/.test(sourceAt(index + 1))
					? namesIn(tokens, index + 1, loopHead(tokens, index, end))
					: [];
				bind(names, { from: end, to: bodyEnd(tokens, end + 1, closing) });
				continue;
			}
			const body = afterTypeOfResult(tokens, end + 1);
			const arrow = sourceAt(body) === '=>';
			if (arrow || sourceAt(body) === '{')
				bind(namesIn(tokens, index, end), { from: end, to: bodyEnd(tokens, arrow ? body + 1 : body, closing) });
		} else if (!python && token.kind === 'name' && sourceAt(index + 1) === '=>')
			bind([token.source], { from: index + 1, to: bodyEnd(tokens, index + 2, closing) });
	}
	return scopes;
}

/** The names that a list of parameters or a pattern binds: with those of types and members, of which a gap is made for nothing at worst. */
export function namesIn(tokens: readonly Token[], open: number, end: number): string[] {
	const names: string[] = [];
	for (let index = open + 1; index < end; index++) {
		const before = tokens[index - 1]?.source ?? '';
		if (tokens[index]?.kind === 'name' && (index === open + 1 || BEFORE_A_NAME.test(before)))
			names.push(tokens[index]!.source); // it has a kind
	}
	return names;
}

const BEFORE_A_NAME = /^(?:[([{,:*]|\*\*|\.\.\.|public|private|protected|readonly)$/;

/** Where the brackets that open at these indices are closed; those that are not are not here. */
export function closingOf(tokens: readonly Token[]): Map<number, number> {
	const closing = new Map<number, number>();
	const open: number[] = [];
	for (const [index, { kind, source }] of tokens.entries()) {
		if (kind !== 'mark') continue;
		if ('([{'.includes(source)) open.push(index);
		else if (')]}'.includes(source)) {
			const opening = open.pop();
			if (opening !== undefined) closing.set(opening, index);
		}
	}
	return closing;
}

/** Where the token after `<…>` is, or `index` when there are no types. */
export function afterTypes(tokens: readonly Token[], index: number, closing: ReadonlyMap<number, number>): number {
	if (tokens[index]?.source !== '<') return index;
	let depth = 0;
	for (let at = index; at < tokens.length; at++) {
		const source = tokens[at]?.source ?? '';
		if (source === '<') depth++;
		else if (source === '>' && --depth === 0) return at + 1;
		else if (/^[({[]$/.test(source)) at = closing.get(at) ?? tokens.length;
		else if (/^[;)}\]]$/.test(source)) return index;
	}
	return index;
}

/** Where what a loop of JavaScript declares ends: before `of`, `in` or its first semicolon. */
function loopHead(tokens: readonly Token[], open: number, end: number): number {
	for (let index = open; index < end; index++) if (/^(?:of|in|;|=)$/.test(tokens[index]?.source ?? '')) return index;
	return end;
}

/** Where the token after the type of a result is, or `index` where there is none. */
function afterTypeOfResult(tokens: readonly Token[], index: number): number {
	if (tokens[index]?.source !== ':') return index;
	for (let at = index + 1; at < tokens.length; at++) {
		const { kind, source } = tokens[at]!; // the loop's bound
		if (/^(?:=>|\{)$/.test(source)) return at;
		if (kind === 'mark' && !/^[.<>[\]|&,]$/.test(source)) return index;
	}
	return index;
}

/** The end of a body that begins at `index`: of its braces, or of the one expression or statement it is. */
function bodyEnd(tokens: readonly Token[], index: number, closing: ReadonlyMap<number, number>): number {
	if (tokens[index]?.source === '{') return closing.get(index) ?? tokens.length;
	for (let at = index; at < tokens.length; at = (closing.get(at) ?? at) + 1) {
		const { kind, source, first } = tokens[at]!; // the loop's bound
		if (kind === 'mark' ? /^[,;)\]}]$/.test(source) : first && at > index) return at;
	}
	return tokens.length;
}

/** The end of the block of Python that belongs to the line of the token `index`, whose head ends after `from`. */
function blockEnd(
	tokens: readonly Token[],
	source: string,
	index: number,
	from: number,
	closing: ReadonlyMap<number, number>,
): number {
	const indent = indentOf(tokens[index], source);
	for (let at = from; at < tokens.length; at = (closing.get(at) ?? at) + 1)
		if (tokens[at]?.first && indentOf(tokens[at], source) <= indent) return at;
	return tokens.length;
}

/** How far the line of a token is indented. */
export function indentOf(token: Token | undefined, source: string): number {
	const start = source.lastIndexOf('\n', (token?.at ?? 0) - 1) + 1;
	return source.slice(start, token?.at).search(/\S|$/);
}
