import { keysIn } from './key';
import { ANTHROPIC_ORIGIN } from './target';

/** Why an address in which there is a key, be it the user's own, `held`, is not taken; null when there is none. */
export function keyInBaseUrl(baseUrl: string, held: string | null): string | null {
	if (keysIn(baseUrl, held).length === 0) return null;
	return 'There is a key in this address, which would be shown and saved with it: it is not taken over. A key goes under “API key”.';
}

/**
 * Check the base address of a custom API: a local server over http, or one of the `origins` this build names.
 * Gives null when it will do, else a sentence that says what is allowed.
 */
export function problemOfBaseUrl(baseUrl: string, origins: readonly string[]): string | null {
	const allowed = ['http://localhost:…', 'http://127.0.0.1:…', ANTHROPIC_ORIGIN, ...origins].join(', ');
	if (!URL.canParse(baseUrl)) return `This is not an address. This page can talk to ${allowed}.`;
	const url = new URL(baseUrl);
	if (url.username || url.password) return 'Leave the name and password out of the address; add a header instead.';
	if (url.search || url.hash) return 'Give the address without a query or fragment.';
	const local = url.protocol === 'http:' && (url.hostname === 'localhost' || url.hostname === '127.0.0.1');
	if (local || url.origin === ANTHROPIC_ORIGIN || origins.includes(url.origin)) return null;
	return `This page's security policy does not let it talk to ${url.origin}. It can talk to ${allowed}.`;
}
