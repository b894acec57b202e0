import { Lexer, type Token } from 'marked';

/** A text read as markdown: its top-level tokens, in order, without the spaces between them. */
export interface Lexed {
	/** With line feeds for line ends, as the lexer wants it. */
	readonly text: string;
	readonly tokens: readonly Token[];
	/** Where each token begins in `text`. */
	readonly starts: readonly number[];
}

export const nothingLexed: Lexed = { text: '', tokens: [], starts: [] };

/** Read `text` as markdown. */
export function lex(text: string): Lexed {
	return lexFrom(withLineFeeds(text), 0);
}

/**
 * Read a text that has grown since `before`. Only the last two blocks are read again: a block that two others follow
 * will not change any more, and its token stays the same object, so what is drawn of it stays too.
 */
export function lexOn(before: Lexed, grown: string): Lexed {
	const text = withLineFeeds(grown);
	const kept = before.tokens.length - 2;
	const start = before.starts[kept];
	if (start === undefined || !text.startsWith(before.text)) return lex(text);
	const fresh = lexFrom(text, start);
	return {
		text,
		tokens: [...before.tokens.slice(0, kept), ...fresh.tokens],
		starts: [...before.starts.slice(0, kept), ...fresh.starts],
	};
}

function lexFrom(text: string, start: number): Lexed {
	const tokens: Token[] = [];
	const starts: number[] = [];
	let at = start;
	for (const token of new Lexer({ gfm: true }).lex(text.slice(start))) {
		if (token.type !== 'space') {
			tokens.push(token);
			starts.push(at);
		}
		at += token.raw.length;
	}
	return { text, tokens, starts };
}

function withLineFeeds(text: string): string {
	return text.replaceAll(/\r\n?/g, '\n');
}
