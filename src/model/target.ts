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
