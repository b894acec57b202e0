import type { EditorState, Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { looksLikeProgram } from '../../export/import/marks';

/**
 * Leads a command or a program that is pasted or dropped outside all strings, where JSON has no place for one, to the page,
 * which offers to import it. Inside a string it is words like any others. Where the page does not take it, and with the
 * keys that paste plain text, it goes into the text as it is.
 */
export function codeToPage(): Extension {
	let plainly = false;
	return EditorView.domEventHandlers({
		keydown({ key, code, shiftKey, ctrlKey, metaKey }) {
			plainly = (code === 'KeyV' || key.toLowerCase() === 'v') && shiftKey && (ctrlKey || metaKey);
		},
		paste({ clipboardData }, { state }) {
			const asked = plainly;
			plainly = false;
			return !asked && isTaken(clipboardData, state, state.selection.main.from);
		},
		drop({ dataTransfer, clientX: x, clientY: y }, view) {
			return isTaken(dataTransfer, view.state, view.posAtCoords({ x, y }, false));
		},
	});
}

/** Whether the page takes what is for `position`. */
function isTaken(transfer: DataTransfer | null, state: EditorState, position: number): boolean {
	const text = transfer?.getData('text/plain') ?? '';
	if (!looksLikeProgram(text) || isInString(state, position)) return false;
	const words = new DataTransfer();
	words.setData('text/plain', text);
	// As if it had been dropped beside the editor. That drop the page prevents when it takes it: not one that began in the page.
	return !document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: words }));
}

/** Whether a position is between quotes, as far as its line tells: no string of JSON goes over lines. */
function isInString(state: EditorState, position: number): boolean {
	const before = state.sliceDoc(state.doc.lineAt(position).from, position);
	return before.replace(/\\./g, '').split('"').length % 2 === 0;
}
