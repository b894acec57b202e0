/** What befell the saved conversations, to be told until it was read, and decided where there is something to decide. */
export interface Mishap {
	/** What there is to be told, as sentences; nothing once it was read. */
	readonly message: string;
	/** Whether that is bad news. */
	readonly bad: boolean;
	/** What can be done about it; without any, it can be dismissed. */
	readonly choices: readonly { readonly name: string; readonly run: () => Promise<void> }[];
	/** Let go of the message. */
	dismiss(): void;
}
