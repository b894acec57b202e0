/** The same thing was said in other words at other times: https://platform.claude.com/docs/en/api/errors promises none. */
const ERAS: readonly (readonly [RegExp, string])[] = [
	[/Input should be a valid list/, 'Input should be a valid array'],
	[/Input should be a valid dictionary.*/, 'Input should be an object'],
	[/Input should be greater than or equal to 0$/, 'must be greater than or equal to 0'],
	[/Input should be (?:greater|less) than or equal to [01]$/, 'range: 0..1'],
	[/\.data: Image does not match the provided media type .*/, ': The image was specified using another media type'],
	[/: The image was specified using the .*/, ': The image was specified using another media type'],
	[/(does not match any of the expected tags): .*/, '$1'],
	[/(does not support tool types: [^.]*\.).*/, '$1'],
	[/(Unsupported regex feature in pattern field).*/, '$1'],
	[/(user_id appears to contain an email address\.).*/, '$1'],
	[/("thinking\.type\.disabled" is not supported for this model\.).*/, '$1'],
	[/(`temperature` may only be set to 1 when thinking is enabled).*/, '$1'],
	[/(must start with a thinking block \(preceeding the lastmost set of `tool_use` and `tool_result` blocks\)).*/, '$1'],
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
