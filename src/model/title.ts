import type { Conversation } from './conversation';
import { isJsonArray, isJsonObject, parsed, type JsonValue } from './json';

const LONGEST = 60;

/** A title for the request `text`: the first words a user says in it. Null while it does not parse or has no such words. */
export function titleOf(text: string): string | null {
	const words = firstWords(parsed(text))?.trim().replace(/\s+/g, ' ');
	if (!words || words.length <= LONGEST) return words || null;
	const cut = words.lastIndexOf(' ', LONGEST);
	// One endless word is cut anywhere but inside a surrogate pair.
	return `${cut > 0 ? words.slice(0, cut) : words.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The conversation with the title that it is listed by: until it is renamed, that follows the first words. */
export function titled(conversation: Conversation): Conversation {
	const { named, text, title } = conversation;
	return named ? conversation : { ...conversation, title: titleOf(text) ?? title };
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
