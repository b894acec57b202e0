import { keysIn } from '../../model/key';
import { takesText } from '../code/offered-text';

/** A text with a key in it that was about to go into a field, and was held back. */
export interface CaughtKey {
	readonly text: string;
	readonly field: Element;
	/** Where in the window it was dropped; null when it was pasted. */
	readonly dropped: { readonly clientX: number; readonly clientY: number } | null;
}

/**
 * Hold back a text with a key in it, be it the user's own, `held`, on its way into a field: pasted, dropped, or put in by the keyboard of a telephone. To
 * be called before the field hears of the event. Null when there is no key, or when the field is there for one.
 */
export function catchKey(event: ClipboardEvent | DragEvent | InputEvent, held: string | null): CaughtKey | null {
	const { target: field } = event;
	// What the page itself puts in has been asked about; dialogs are there for a key, or take it out by themselves.
	if (!event.isTrusted || !(field instanceof Element) || !takesText(field) || field.closest('dialog')) return null;
	const transfer = event instanceof ClipboardEvent ? event.clipboardData : event.dataTransfer;
	const text = (event instanceof InputEvent && event.data) || transfer?.getData('text/plain');
	if (!text || keysIn(text, held).length === 0) return null;
	event.preventDefault();
	event.stopImmediatePropagation();
	return { text, field, dropped: event instanceof DragEvent ? event : null };
}
