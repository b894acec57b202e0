import { isJsonObject, parsed, type JsonValue } from './json';

/** Properties that hold names of things rather than words. */
const NAMES = /^(?:type|role|media_type|cache_control|(?:.*_)?id)$/;
/** An attachment's reference, or base64 that was too short to become one: nobody searches for that. */
const PAYLOAD = /^(?:attachment:|[\w+/-]{64,}=*$)/;

/**
 * The words of the request `text`, by which it is found: what its system prompt and its messages say, piece by piece in
 * their order, each on lines of its own. A text that does not parse is its own words.
 */
export function wordsOf(text: string): string {
	const request = parsed(text);
	if (!isJsonObject(request)) return text;
	const words: string[] = [];
	// A list of what is still to be looked at rather than recursion: a request may be nested as deep as it likes.
	const ahead: (JsonValue | undefined)[] = [request.messages, request.system];
	while (ahead.length > 0) {
		const value = ahead.pop();
		if (typeof value === 'string' && !PAYLOAD.test(value)) words.push(value);
		else if (typeof value === 'object' && value)
			for (const [name, inner] of Object.entries(value).reverse()) if (!NAMES.test(name)) ahead.push(inner);
	}
	return words.join('\n');
}
