/** The same thing was said in other words at other times: https://platform.claude.com/docs/en/api/errors promises none. */
const ERAS: readonly (readonly [RegExp, string])[] = [
	[/Input should be a valid list/, 'Input should be a valid array'],
	[/Input should be a valid dictionary.*/, 'Input should be an object'],
	[/Input should be greater than or equal to 0$/, 'must be greater than or equal to 0'],
	[/Input should be (?:greater|less) than or equal to [01]$/, 'range: 0..1'],
	[/\.data: Image does not match the provided media type .*/, ': The image was specified using another media type'],
	[/: The image was specified using the .*/, ': The image was specified using another media type'],
	[/(does not match any of the expected tags): .*/, '$1'],
	[/^messages: Unexpected role "system"\. .*/, "role 'system' is not supported on this model"],
];

/** Whether two refusals say the same, but for ids, numbers, addresses and known changes of wording. */
export function sameWords(one: string, other: string): boolean {
	return settled(one) === settled(other);
}

function settled(message: string): string {
	return ERAS.reduce((text, [before, after]) => text.replace(before, after), message)
		.replace(/https?:\/\/\S+/g, '…')
		.replace(/\b(?:srv)?toolu_\w+/g, '…')
		.replace(/\d+/g, '…');
}
