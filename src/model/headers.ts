import type { Header } from './run';
import type { ApiVersion } from './target';

/** Every header the page sends, and no other: its own, then the user's. */
export function headersFor(apiKey: string | null, apiVersion: ApiVersion, own: readonly Header[]): Header[] {
	return [...pageHeaders(apiKey, apiVersion, own), ...filledHeaders(own)];
}

/**
 * The headers the page adds to the user's, which replace those of the same name; an `authorization` of theirs takes the
 * place of the key. https://platform.claude.com/docs/en/api/overview, checked 2026-11-22.
 */
export function pageHeaders(apiKey: string | null, apiVersion: ApiVersion, own: readonly Header[]): Header[] {
	const names = new Set(filledHeaders(own).map(([name]) => name.toLowerCase()));
	const page: Header[] = [
		...(apiKey !== null && !names.has('authorization') ? [['x-api-key', apiKey] as const] : []),
		['anthropic-version', apiVersion],
		['content-type', 'application/json'],
		['anthropic-dangerous-direct-browser-access', 'true'],
	];
	return page.filter(([name]) => !names.has(name));
}

/** Those of the user's headers that are sent: a row that has no name or no value yet is still being filled in. */
export function filledHeaders(own: readonly Header[]): readonly Header[] {
	return own.filter(([name, value]) => name !== '' && value !== '');
}
