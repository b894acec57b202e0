/** Whether a key asks for what was done last to be undone, as Ctrl+Z does. */
export function isUndo({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
	return key.toLowerCase() === 'z' && (ctrlKey || metaKey) && !altKey && !shiftKey;
}
