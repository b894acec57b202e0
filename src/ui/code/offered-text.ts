/** What takes what is pasted or dropped for itself, and what lies over the page. */
const OWN = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), dialog';
/** Files that hold no text; what they are for is elsewhere. */
const NO_TEXT = /^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|gzip)$/;

/** Whether text that is pasted or dropped on `target` belongs to it, not to the page. */
export function takesText(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest(OWN) !== null;
}

/** The text file among files that are pasted or dropped. */
export function textFileIn(transfer: DataTransfer | null): File | undefined {
	return [...(transfer?.files ?? [])].find(({ type }) => !NO_TEXT.test(type));
}

/** The text that is pasted or dropped on the page itself, or that is in the file; null when that is none, or meant for a field. */
export function offeredText(event: ClipboardEvent | DragEvent): Promise<string> | null {
	const transfer = event instanceof ClipboardEvent ? event.clipboardData : event.dataTransfer;
	if (event.defaultPrevented || !transfer) return null;
	// Some systems put the address of a file beside it as text. A field takes words only, so the file is not for it.
	const file = textFileIn(transfer);
	if (file) return event.target instanceof Element && event.target.closest('dialog') ? null : file.text();
	const text = transfer.getData('text/plain');
	return text.trim() === '' || takesText(event.target) ? null : Promise.resolve(text);
}
