export type TokenKind = 'plain' | 'keyword' | 'key' | 'string' | 'number' | 'constant' | 'comment' | 'attachment';

/** A run of source text that has one colour. The text of an `attachment` is the reference that stands for its base64. */
export interface Token {
	readonly kind: TokenKind;
	readonly text: string;
}

/** Source text in pieces: joined, they are the source. */
export type Code = readonly Token[];

export const token = (kind: TokenKind, text: string): Token => ({ kind, text });

/** The source text of `code`; what stands for an attachment is replaced by what `contentOf` gives for it. */
export function textOf(code: Code, contentOf = (reference: string): string => reference): string {
	return code.map(({ kind, text }) => (kind === 'attachment' ? contentOf(text) : text)).join('');
}

/**
 * A template tag for one language: gives the tokens of its fixed words, the `keywords` and quoted texts among them
 * coloured, with the given code in between.
 */
export function languageWith(keywords: readonly string[]) {
	const coloured = new RegExp(`("[^"]*"|'[^']*')|\\b(?:${keywords.join('|')})\\b`, 'g');
	return (fixed: TemplateStringsArray, ...between: readonly (string | Token | Code)[]): Token[] =>
		fixed.flatMap((words, index) => [...colour(words, coloured), ...asCode(between[index])]);
}

function colour(words: string, coloured: RegExp): Token[] {
	const tokens: Token[] = [];
	let read = 0;
	for (const match of words.matchAll(coloured)) {
		if (match.index > read) tokens.push(token('plain', words.slice(read, match.index)));
		tokens.push(token(match[1] === undefined ? 'keyword' : 'string', match[0]));
		read = match.index + match[0].length;
	}
	if (read < words.length) tokens.push(token('plain', words.slice(read)));
	return tokens;
}

function asCode(piece: string | Token | Code | undefined): Code {
	if (piece === undefined || piece === '') return [];
	if (typeof piece === 'string') return [token('plain', piece)];
	return 'kind' in piece ? [piece] : piece;
}
