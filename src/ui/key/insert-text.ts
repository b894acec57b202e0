import type { CaughtKey } from './caught-key';

/** Put `text` where what was caught was to go, as if it had been pasted or dropped there. */
export function insertText({ field, dropped }: CaughtKey, text: string): void {
	const transfer = new DataTransfer();
	transfer.setData('text/plain', text);
	const kind = { bubbles: true, cancelable: true };
	const event = dropped
		? new DragEvent('drop', { ...kind, clientX: dropped.clientX, clientY: dropped.clientY, dataTransfer: transfer })
		: new ClipboardEvent('paste', kind);
	// Not every browser takes it from the constructor.
	if (!dropped) Object.defineProperty(event, 'clipboardData', { value: transfer });
	// The JSON editor puts it in by itself; the browser does so for its own fields, but not when the page asks.
	if (!field.dispatchEvent(event)) return;
	if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
	const { selectionStart, selectionEnd } = field;
	// A field for numbers has no place for words.
	if (selectionStart === null || selectionEnd === null) return;
	field.setRangeText(text, selectionStart, selectionEnd, 'end');
	for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
}
