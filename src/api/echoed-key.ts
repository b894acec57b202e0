import { lastFour } from '../model/key';

const STAR = '*'.charCodeAt(0);

/**
 * Gives what hides `apiKey`, but for its last four characters, in an answer that echoes it, chunk by chunk. None gets
 * longer or shorter, and none is held back: where a key comes in several, what has come of it is hidden at once, as soon
 * as there is more of it than its beginning, which many keys have in common.
 */
export function echoHider(apiKey: string | null): (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> {
	// Of a short one nobody could say whether it is the key or a word.
	if (apiKey === null || lastFour(apiKey) === '') return (bytes) => bytes;
	const beginning = apiKey.slice(0, apiKey.startsWith('sk-ant-') ? 16 : 6);
	// A character for each byte, whichever it is.
	const decoder = new TextDecoder('latin1');
	let before = '';
	return (bytes) => {
		const start = before.length;
		const text = before + decoder.decode(bytes);
		before = text.slice(1 - apiKey.length);
		let hidden = bytes;
		for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
			if (!apiKey.startsWith(text.slice(at, at + apiKey.length))) continue;
			const end = at + apiKey.length - lastFour(apiKey).length;
			if (hidden === bytes) hidden = bytes.slice();
			hidden.fill(STAR, Math.max(0, at - start), Math.max(0, end - start));
		}
		return hidden;
	};
}
