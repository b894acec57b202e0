import { printParseErrorCode, visit } from 'jsonc-parser';
import { isJsonObject, type JsonObject } from './json';

/** What the editor holds: text first, a request only when the text is one. */
export type Draft = ValidDraft | BrokenDraft;
export interface ValidDraft {
	readonly kind: 'valid';
	readonly text: string;
	readonly request: JsonObject;
}
export interface BrokenDraft {
	readonly kind: 'broken';
	readonly text: string;
	readonly fault: Fault;
	/** The last text that was a request, for views that need one to show. */
	readonly lastGood: { readonly text: string; readonly request: JsonObject };
}

/** Where and why a text stops being a request. `offset` counts UTF-16 units from 0, `line` and `column` from 1. */
export interface Fault {
	/** A sentence for the reader. */
	readonly reason: string;
	readonly offset: number;
	readonly line: number;
	readonly column: number;
}

/** The draft to compare with when there was none before: an object with nothing in it. */
export const emptyDraft: ValidDraft = { kind: 'valid', text: '{}', request: {} };

/** Read `text` as the draft that follows `before`. Whatever was typed is kept, so a slip never costs work. */
export function readDraft(text: string, before: Draft = emptyDraft): Draft {
	const value = parse(text);
	if (isJsonObject(value)) return { kind: 'valid', text, request: value };
	const fault = faultOf(text) ?? faultAt(text, text.search(/\S/), 'A request is a JSON object: { … }.');
	const lastGood = before.kind === 'valid' ? { text: before.text, request: before.request } : before.lastGood;
	return { kind: 'broken', text, fault, lastGood };
}

/** The first thing that keeps `text` from being JSON, or null when `JSON.parse` takes it. */
export function faultOf(text: string): Fault | null {
	if (parse(text) !== undefined) return null;
	let fault: Fault | undefined;
	/** The containers open at the point reached; an object with the name of its property last seen. */
	const open: { readonly close: '}' | ']'; name?: string }[] = [];
	visit(
		text,
		{
			onObjectBegin: () => void open.push({ close: '}' }),
			onArrayBegin: () => void open.push({ close: ']' }),
			onObjectProperty: (name) => void (open.at(-1)!.name = name), // a property is seen in an object only
			onObjectEnd: () => void open.pop(),
			onArrayEnd: () => void open.pop(),
			onError(code, offset, length) {
				const atName = open.at(-1)?.close === '}' && /[{,]$/.test(text.slice(0, offset).trimEnd());
				fault ??= faultAt(text, offset, reasonFor(code, text.slice(offset, offset + length), open.at(-1), atName));
			},
		},
		{ disallowComments: true },
	);
	return fault ?? faultAt(text, 0, 'This is not JSON.');
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Why is for `faultOf` to say: the engine's own message differs from browser to browser.
		return undefined;
	}
}

/** A fault of `text`: `reason`, and the line and column of the UTF-16 unit `at`. */
export function faultAt(text: string, at: number, reason: string): Fault {
	const offset = Math.max(0, at);
	const before = text.slice(0, offset).split(/\r\n|\r|\n/);
	return { reason, offset, line: before.length, column: before.at(-1)!.length + 1 }; // split gives one part at least
}

function reasonFor(
	code: number,
	found: string,
	inside: { readonly close: '}' | ']'; readonly name?: string } | undefined,
	atName: boolean,
): string {
	const of = inside?.name === undefined ? '' : ` of ${JSON.stringify(inside.name)}`;
	switch (printParseErrorCode(code)) {
		case 'CommaExpected':
			return inside?.close === ']'
				? 'Expected a comma or ] after this item.'
				: `Expected a comma or } after the value${of}.`;
		case 'ColonExpected':
			return `Expected a colon after the name${inside?.name === undefined ? '' : ` ${JSON.stringify(inside.name)}`}.`;
		case 'PropertyNameExpected':
			return found === '}'
				? 'Expected a property name after the comma: the last property takes no comma.'
				: 'Expected a property name in double quotes.';
		case 'ValueExpected':
			if (inside === undefined) return 'Expected a JSON value.';
			if (inside.close === '}') return `Expected a value for ${JSON.stringify(inside.name)}.`;
			return found === ']'
				? 'Expected an item after the comma: the last item takes no comma.'
				: 'Expected an item or ].';
		case 'CloseBraceExpected':
			return 'Expected a closing }.';
		case 'CloseBracketExpected':
			return 'Expected a closing ].';
		case 'EndOfFileExpected':
			return 'Expected nothing after the end of the request.';
		case 'InvalidCommentToken':
		case 'UnexpectedEndOfComment':
			return 'JSON has no comments.';
		case 'UnexpectedEndOfString':
			return 'This string is not closed: a line break within a string is written \\n.';
		case 'UnexpectedEndOfNumber':
			return 'This number is not complete.';
		case 'InvalidUnicode':
			return 'Expected four hexadecimal digits after \\u.';
		case 'InvalidEscapeCharacter':
			return 'This escape is unknown: a backslash is written \\\\.';
		case 'InvalidCharacter':
			return 'A control character within a string is written as an escape, such as \\t.';
		default:
			return reasonForSymbol(found, atName);
	}
}

/** What Python, JavaScript and word processors write where JSON wants something else. */
function reasonForSymbol(found: string, atName: boolean): string {
	if (/^['‘’“”`]/.test(found)) return 'JSON takes only straight double quotes: ".';
	if (atName) return 'Expected a property name in double quotes.';
	const word = /^\w+/.exec(found)?.[0];
	const meant = { True: 'true', False: 'false', None: 'null', undefined: 'null' }[word ?? ''];
	if (meant) return `JSON writes ${word} as ${meant}.`;
	return `Unexpected ${JSON.stringify(found)}.`;
}
