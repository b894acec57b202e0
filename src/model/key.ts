/** Where the key is kept: in this tab's memory, in the browser's storage, or there under a passphrase. */
export type KeyPlace = 'tab' | 'browser' | 'locked';

/** A shorter key has so little in it that four characters would tell too much, and may be a word that people write. */
const SHORTEST = 12;

/** The last four characters of `key`, or nothing when the key is so short that they would tell too much of it. */
export function lastFour(key: string): string {
	return key.length < SHORTEST ? '' : key.slice(-4);
}

/** `key` as it may be shown, logged and saved: `sk-ant-…1a2b`. */
export function maskKey(key: string): string {
	return `${key.startsWith('sk-ant-') ? 'sk-ant-' : ''}…${lastFour(key)}`;
}

/** What looks like a key of Anthropic's: https://platform.claude.com/docs/en/api/overview. */
export const ANTHROPIC_KEY = /sk-ant-[\w-]{16,}/g;

/** Whether something in `text` looks like a key of Anthropic's. */
export function looksLikeKey(text: string): boolean {
	return text.search(ANTHROPIC_KEY) !== -1;
}

/** Keys of Anthropic's, and OpenAI's, whose requests are read too. */
const KEYS = new RegExp(
	// A word begins here, or has begun with the letter of an escape: in JSON, a line break before a key is `\n`.
	String.raw`(?:\b|(?<=\\(?:[bfnrt]|u[\da-fA-F]{4})))sk-(?:(?:ant|proj|svcacct)-[\w-]{16,}|[A-Za-z\d]{32,})`,
	'g',
);
/**
 * The keys in `text`: the user's own, `held`, and those that look as if they could be used. What examples write in the place of one (`sk-ant-api03-xxxx…`,
 * `sk-ant-your-key-goes-here`) has not the variety of what was drawn at random, and does not count.
 */
export function keysIn(text: string, held: string | null = null): readonly string[] {
	const usable = (text.match(KEYS) ?? []).filter((key) => {
		const drawn = key.replace(/^sk-(?:[a-z]+-)?(?:[a-z]+\d\d-)?/, '');
		return key !== held && /\d/.test(drawn) && new Set(drawn).size > 9;
	});
	return [...ownIn(text, held), ...usable];
}

/** The user's own key, whatever it looks like, if it is in `text`: a list of one or none. */
export function ownIn(text: string, held: string | null): readonly string[] {
	return held !== null && held.length >= SHORTEST && text.includes(held) ? [held] : [];
}
