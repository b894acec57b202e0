/** Where a request goes. */
export type Target =
	| { readonly kind: 'simulated' }
	| { readonly kind: 'anthropic' }
	| { readonly kind: 'custom'; readonly baseUrl: string };

/** The API's own origin: https://platform.claude.com/docs/en/api/overview, checked 2026-11-22. */
export const ANTHROPIC_ORIGIN = 'https://api.anthropic.com';

/** The values of `anthropic-version` that are live: https://platform.claude.com/docs/en/api/versioning, checked 2026-11-22. */
export const API_VERSIONS = ['2023-06-01', '2026-10-21'] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

/** The largest body, in bytes: https://platform.claude.com/docs/en/api/errors#request-size-limits, checked 2026-11-22. */
export const LARGEST_BODY = 32 * 1024 * 1024;

/** The base address of `target`, without a trailing slash. The simulated API answers under Anthropic's own. */
export function baseUrlOf(target: Target): string {
	return target.kind === 'custom' ? target.baseUrl.replace(/\/+$/, '') : ANTHROPIC_ORIGIN;
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
