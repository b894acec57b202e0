import { ANTHROPIC_KEY, keysIn, looksLikeKey, maskKey, ownIn } from './key';

/** `text` with whatever in it looks like a key of Anthropic's, and the user's own, `held`, shortened to the last four characters. */
export function withoutKeys(text: string, held: string | null = null): string {
	return ownIn(text, held).reduce(mask, text).replace(ANTHROPIC_KEY, maskKey);
}

/** `text` with the keys in it, as `keysIn` finds them, as they may be shown. */
export function maskKeys(text: string, held: string | null = null): string {
	return keysIn(text, held).reduce(mask, text);
}

/** What begins what stands in the place of a key that was taken out. */
export const TAKEN_OUT = 'sk-•••';

/** `text` without the keys in it, as long as it was, so that everything stands where it stood; and the first that is one of Anthropic's. */
export function takeOutKeys(text: string): { readonly text: string; readonly key: string | null } {
	const keys = keysIn(text);
	return {
		text: keys.reduce((kept, key) => kept.replaceAll(key, TAKEN_OUT.padEnd(key.length, '•')), text),
		key: keys.find(looksLikeKey) ?? null,
	};
}

function mask(text: string, key: string): string {
	return text.replaceAll(key, maskKey(key));
}
