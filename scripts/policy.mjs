// The page's Content-Security-Policy: the one list of places it can talk to.

/** Where the page may send requests in every build. */
const KNOWN = ['https://api.anthropic.com', 'http://localhost:*', 'http://127.0.0.1:*'];

/**
 * Read a space-separated list of origins, as given to a build in `API_ORIGINS`.
 * Throws when an entry is not a bare https or http origin, so that a typing slip cannot widen the policy.
 * @param {string | undefined} text
 * @returns {string[]}
 */
export function namedOrigins(text) {
	return (text ?? '')
		.split(/\s+/)
		.filter(Boolean)
		.map((entry) => {
			const url = URL.canParse(entry) ? new URL(entry) : null;
			if (!url || !/^https?:$/.test(url.protocol) || url.origin !== entry)
				throw new Error(`API_ORIGINS: "${entry}" is not an origin such as https://api.example.com`);
			return entry;
		});
}

/**
 * Give the policy as one header value. A meta tag cannot carry `frame-ancestors`; the page checks for a frame itself.
 * @param {{ origins: string[], dev: boolean }} options `dev` allows what Vite's dev server injects
 * @returns {string}
 */
export function contentSecurityPolicy({ origins, dev }) {
	return [
		"default-src 'none'",
		"script-src 'self'",
		// 'nonce-cm' is for CodeMirror's generated style sheets (EditorView.cspNonce); nothing else is inline.
		dev ? "style-src 'self' 'unsafe-inline'" : "style-src 'self' 'nonce-cm'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		`connect-src 'self' ${[...KNOWN, ...origins].join(' ')}${dev ? ' ws:' : ''}`,
		"worker-src 'self'",
		"manifest-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"require-trusted-types-for 'script'",
		'trusted-types svelte-trusted-html assess-worker examine-worker import-worker search-worker',
	].join('; ');
}
