import { EXPORT_START } from '../../model/export-start';

/** What takes what is pasted or dropped for itself, and what lies over the page. */
const OWN = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), dialog';
/** Files that hold no text; what they are for is elsewhere. */
const NO_TEXT = /^(?:image|audio|video|font)\/|^application\/(?:pdf|gzip)$/;
/** As which a long export comes. */
const ZIP_START = /^PK\x03\x04/; // eslint-disable-line no-control-regex -- so zips begin

/** Whether text that is pasted or dropped on `target` belongs to it, not to the page. */
export function takesText(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest(OWN) !== null;
}

/** Whether a file may hold text, or an export of this page. */
export function mayHoldText({ type }: File): boolean {
	return !NO_TEXT.test(type);
}

/** The text files, and the exports of this page, among files that are pasted or dropped. */
export function textFilesIn(transfer: DataTransfer | null): File[] {
	return [...(transfer?.files ?? [])].filter(mayHoldText);
}

/**
 * The text that is pasted or dropped on the page itself, or that is in the file; an export of this page, and several files
 * at once, as the files they are. Null when that is none, or meant for a field.
 */
export function offeredText(event: ClipboardEvent | DragEvent): Promise<string | readonly Blob[]> | null {
	const transfer = event instanceof ClipboardEvent ? event.clipboardData : event.dataTransfer;
	if (event.defaultPrevented || !transfer) return null;
	// Some systems put the address of a file beside it as text. A field takes words only, so the file is not for it.
	const [file, ...more] = textFilesIn(transfer);
	if (file && event.target instanceof Element && event.target.closest('dialog')) return null;
	if (file) return more.length > 0 ? Promise.resolve([file, ...more]) : textOrExport(file);
	const text = transfer.getData('text/plain');
	if (text.trim() === '' || takesText(event.target)) return null;
	return Promise.resolve(isExport(text) ? [new Blob([text])] : text);
}

async function textOrExport(file: File): Promise<string | readonly Blob[]> {
	return isExport(await file.slice(0, 100).text()) ? [file] : file.text();
}

function isExport(start: string): boolean {
	return EXPORT_START.test(start) || ZIP_START.test(start);
}
