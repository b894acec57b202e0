import { filledHeaders } from '../model/headers';
import { maskKey } from '../model/key';
import type { Header } from '../model/run';
import type { Target } from '../model/target';

/** Names a page may not set: the browser would leave them out in silence. https://fetch.spec.whatwg.org/#forbidden-request-header */
const FORBIDDEN =
	/^(?:accept-charset|accept-encoding|access-control-request-(?:headers|method)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/;

/**
 * What is wrong with the headers a user adds, as a sentence; null when they can be sent. Credentials are not among
 * them: the key has its own place, which exports and saved conversations do not hold. A custom API may want
 * `authorization` all the same.
 */
export function problemOfHeaders(headers: readonly Header[], target: Target): string | null {
	for (const [name, value] of filledHeaders(headers)) {
		const shown = JSON.stringify(name);
		if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) return `${shown} cannot be the name of a header.`;
		if (FORBIDDEN.test(name.toLowerCase())) return `A page may not set the header ${shown}; the browser does.`;
		if (!isHeaderValue(value)) return `The value of the header ${shown} holds a character that no header can carry.`;
		if (name.toLowerCase() === 'x-api-key') return 'The key goes under “API key”, not into a header of its own.';
		if (name.toLowerCase() === 'authorization' && target.kind !== 'custom')
			return 'The key goes under “API key”: exactly one credential is sent, as x-api-key.';
	}
	return null;
}

/** Whether `value` can be carried by a header. https://fetch.spec.whatwg.org/#header-value */
export function isHeaderValue(value: string): boolean {
	// eslint-disable-next-line no-control-regex -- the three control characters are what is asked about
	return /^[\x00-\xff]*$/.test(value) && !/[\x00\r\n]/.test(value);
}

/** Headers fit to be shown and kept: of a credential, only its last four characters. */
export function masked(headers: readonly Header[], apiKey: string | null): Header[] {
	return headers.map(([name, value]): Header => {
		const lower = name.toLowerCase();
		if (lower === 'x-api-key' || lower === 'authorization') return [name, mask(value)];
		return [name, apiKey ? value.replaceAll(apiKey, mask(apiKey)) : value];
	});
}

function mask(credential: string): string {
	const scheme = /^Bearer /i.exec(credential)?.[0] ?? '';
	return scheme + maskKey(credential.slice(scheme.length));
}
