/** What the names of headers have among their words that hold what only their owner may know. */
const CREDENTIAL = /(?:^|[-_])(?:o?auth(?:orization|entication)?|[a-z]*token|[a-z]*key|secret|cookies?|password)(?:[-_]|$)/i;

/** Whether the header `name` is likely to hold a credential: a key, a token, a cookie. */
export function isCredentialHeader(name: string): boolean {
	return !/^(?:anthropic|content)-/i.test(name) && CREDENTIAL.test(name);
}
