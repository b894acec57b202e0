import type { Attachment } from 'svelte/attachments';
import { editBetween } from '../../../model/edit';
import { asShown } from './typed';

/** Have a text area show a text. When that is changed elsewhere, by undo or another tab, the caret stays with its words. */
export function showing(text: () => string): Attachment<HTMLTextAreaElement> {
	return (area) => {
		const { value, selectionStart, selectionEnd } = area;
		const shown = asShown(text());
		const [edit] = editBetween(value, shown);
		// What was typed here comes back as it stands: writing it again would move the caret.
		if (!edit) return;
		const { offset, length, content } = edit;
		const placed = (at: number) => {
			if (at < offset) return at;
			return at > offset + length ? at + content.length - length : offset + content.length;
		};
		area.value = shown;
		// Chromium focuses what is selected in, so only where the focus is.
		if (area.matches(':focus')) area.setSelectionRange(placed(selectionStart), placed(selectionEnd));
	};
}
