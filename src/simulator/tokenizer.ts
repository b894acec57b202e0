/**
 * Cut `text` into pieces about as long as a model's tokens: words of up to six letters with the space before them, the
 * rest of longer words, up to three digits, and every other character. Joined they are the text again.
 */
export function tokensOf(text: string): string[] {
	return text.match(/ ?\p{L}{1,6}| ?\p{N}{1,3}| ?[^\s\p{L}\p{N}]|\s/gsu) ?? [];
}
