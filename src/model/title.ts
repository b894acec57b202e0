import { isJsonArray, isJsonObject, type JsonValue } from './json';

const LONGEST = 60;

/** A title for the request `text`: the first words a user says in it. Null while it does not parse or has no such words. */
export function titleOf(text: string): string | null {
	const words = firstWords(parsed(text))?.trim().replace(/\s+/g, ' ');
	if (!words || words.length <= LONGEST) return words || null;
	const cut = words.lastIndexOf(' ', LONGEST);
	// One endless word is cut anywhere but inside a surrogate pair.
	return `${cut > 0 ? words.slice(0, cut) : words.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Whether every word of `query` occurs in `title`, whatever its case and accents. */
export function matchesTitle(title: string, query: string): boolean {
	const folded = fold(title);
	return fold(query)
		.split(/\s+/)
		.every((word) => folded.includes(word));
}

function fold(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function parsed(text: string): JsonValue | undefined {
	try {
		return JSON.parse(text) as JsonValue; // JSON.parse gives nothing else
	} catch {
		return undefined; // a text in the middle of being typed
	}
}

function firstWords(request: JsonValue | undefined): string | undefined {
	if (!isJsonObject(request) || !isJsonArray(request.messages)) return undefined;
	for (const turn of request.messages) {
		if (!isJsonObject(turn) || turn.role !== 'user') continue;
		const blocks = isJsonArray(turn.content) ? turn.content : [{ text: turn.content }];
		for (const block of blocks)
			if (isJsonObject(block) && typeof block.text === 'string' && block.text.trim()) return block.text;
	}
	return undefined;
}
