/** Say why `key` cannot be sent as the value of a header, or null when it can. Says nothing about whether the API takes it. */
export function problemOfKey(key: string): string | null {
	if (key === '') return 'Enter a key.';
	if (/^["'`]|["'`]$/.test(key)) return 'There are quotation marks around the key: leave them out.';
	if (/^(bearer\s|authorization:|x-api-key:)/i.test(key)) return 'Enter the key alone, without the name of the header.';
	if (/\s/.test(key)) return 'There is a space or a line break in the key.';
	const strange = /[^\x21-\x7e]/u.exec(key)?.[0];
	if (strange !== undefined)
		return `A header cannot carry the character “${strange}”. Was the key copied from where it is shortened?`;
	return null;
}
