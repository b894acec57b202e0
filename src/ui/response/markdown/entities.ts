const entities: ReadonlyMap<string, string> = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
	['nbsp', '\u00A0'],
]);

/** Decode the character references that markdown writers use; a browser would know two thousand more, and models do not write them. */
export function decodeEntities(text: string): string {
	return text.replaceAll(
		/&(?:(\w+)|#(\d{1,6})|#x([\da-f]{1,5}));/gi,
		(whole, name?: string, decimal?: string, hex?: string) => {
			if (name !== undefined) return entities.get(name) ?? whole;
			const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
			return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		},
	);
}
