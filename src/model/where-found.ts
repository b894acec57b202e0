import { isJsonArray, isJsonObject, parsed, valueAt, type JsonObject, type JsonPath } from './json';
import { rangesOf, sourcesIn } from './lens';
import { fold, placeIn, rank, wordsIn } from './search';
import { wordsOf } from './words';

/** A place in a request that says what was searched for. */
export interface Where {
	/** Leads to the string that says it. */
	readonly path: JsonPath;
	readonly string: string;
	/** From and up to which of its characters. */
	readonly start: number;
	readonly end: number;
	/** Where those are written in the request's text. */
	readonly range: { readonly offset: number; readonly length: number };
}

/** Nobody reads what is nested deeper. */
const DEEPEST = 32;

/**
 * Where the request `text` says what a search for `query` shows of it: the longest of its words, best as a word of its own.
 * Null where only the title has them, or the text does not parse.
 */
export function whereFound(query: string, text: string): Where | null {
	const request = parsed(text);
	if (!isJsonObject(request)) return null;
	const sourceAt = sourcesIn(text);
	for (const word of wordsIn(query).toSorted((a, b) => b.length - a.length)) {
		const path = pathOf(word, request, sourceAt);
		const string = path && valueAt(request, path);
		const place = typeof string === 'string' ? placeIn([word], string) : null;
		const source = path && sourceAt(path);
		const [range] = path ? rangesOf(text, [path]) : [];
		if (!path || typeof string !== 'string' || !place || !source || !range) continue;
		const from = spelledAt(source, place.start);
		const length = spelledAt(source, place.end) - from;
		return { path, string, ...place, range: { offset: range.offset + from, length } };
	}
	return null;
}

/** Leads to the first string of `request` that has `word` as a word of its own, or else to the first that has it. */
function pathOf(word: string, request: JsonObject, sourceAt: ReturnType<typeof sourcesIn>): JsonPath | null {
	const path: (string | number)[] = [];
	// In the order in which a conversation's words are kept.
	let names: readonly (string | number)[] = ['system', 'messages'];
	while (names.length > 0 && path.length < DEEPEST) {
		const ranks = names.map((name) => {
			const source = sourceAt([...path, name]);
			const words = wordsOf(`{"messages":{${JSON.stringify(String(name))}:${source ?? null}}}`);
			return rank([word], '', fold(words)) ?? Infinity;
		});
		const best = ranks.reduce((least, each) => Math.min(least, each), Infinity);
		const name = names[ranks.indexOf(best)];
		if (best === Infinity || name === undefined) return null;
		path.push(name);
		const value = valueAt(request, path);
		names = isJsonArray(value) ? [...value.keys()] : isJsonObject(value) ? Object.keys(value) : [];
	}
	return path;
}

/** Where the character at `place` of a string is in its JSON `source`, in which it may be escaped. */
function spelledAt(source: string, place: number): number {
	let at = 1;
	for (let passed = 0; passed < place; passed++) at += source[at] !== '\\' ? 1 : source[at + 1] === 'u' ? 6 : 2;
	return at;
}
