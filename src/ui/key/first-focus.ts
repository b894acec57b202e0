/** Give a field the focus, whether its dialog is about to open or is open already. */
export function firstFocus(field: HTMLInputElement): void {
	// An opening dialog looks for this.
	field.autofocus = true;
	field.focus();
}
