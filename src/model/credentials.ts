/** A word of a header's name that says its value is to be kept secret: `x-goog-api-key`, `proxy-authorization`, `cookie`. */
const SECRET = /(?:^|[-_])(?:\w*(?:auth|key|secret|token)|authori[sz]ation|cookies?|credentials?|password)(?:[-_]|$)/i;

/** What has such a word in its name and is none: the API's own headers, keys that are drawn anew each time, and counts. */
const OPEN = /^anthropic-|^(?:x-)?idempotency-key$|[-_](?:count|limit|budget)$/i;

/** Whether the value of a header of this name is a credential, which is never shown or written down. */
export function isCredentialHeader(name: string): boolean {
	return SECRET.test(name) && !OPEN.test(name);
}
