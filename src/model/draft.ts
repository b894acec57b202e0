import { isJsonObject, type JsonObject } from './json';
import { readTree, type JsonFault } from './json-tree';

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
export interface Fault extends JsonFault {
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
	// Nesting is all that the tree bears and an engine may not.
	const { reason, offset } = readTree(text).fault ?? {
		reason: 'This is nested too deeply for this browser.',
		offset: 0,
	};
	return faultAt(text, offset, reason);
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
	const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
	return { reason, offset, line: lines.length, column: lines.at(-1)!.length + 1 }; // split gives one part at least
}
