import { applyEdits, editBetween } from '../../../model/edit';
import { offsetOf, withBreaksOf } from '../../editor/line-breaks';

/** `text` as a text area gives it back: every line break is one `\n`. */
export function asShown(text: string): string {
	return text.replaceAll(/\r\n?/g, '\n');
}

/** What `text` becomes when the text area that shows it holds `typed`: the line breaks that were not touched stay what they were. */
export function withTyped(text: string, typed: string): string {
	const edits = editBetween(asShown(text), typed).map(({ offset, length, content }) => {
		const start = offsetOf(text, offset);
		return { offset: start, length: offsetOf(text, offset + length) - start, content: withBreaksOf(text, content) };
	});
	const edited = applyEdits(text, edits);
	// A lone `\r` and a `\n` that have come to stand side by side would be one break.
	return asShown(edited) === typed ? edited : typed;
}
