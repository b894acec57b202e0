import { indentUnit } from '@codemirror/language';
import { linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import { Annotation, EditorState, Prec, StateEffect, type ChangeSpec, type Extension } from '@codemirror/state';
import { EditorView, keymap, type ViewUpdate } from '@codemirror/view';
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { editBetween, type Edit } from '../../model/edit';
import type { Fault } from '../../model/draft';
import { rangesOf } from '../../model/lens';
import type { Mark } from '../../state/review.svelte';
import type { RequestDocument } from '../../state/request-document.svelte';
import { filesOf, isNoCode } from '../files/files.svelte';
import { codeToPage } from './code-to-page';
import { offsetOf, positionOf, withBreaksOf } from './line-breaks';
import { jsonLook, PLAIN_ABOVE } from './look';
import { payloads, type Describe } from './payloads';

/** Marks a change that comes from the document, so that it is not told to it again. */
const fromDocument = Annotation.define<true>();

/** Says that there are other marks. */
const remarked = StateEffect.define();

/** More would only be colour, and each costs. */
const MARKS = 100;
const severities = { rejected: 'error', changed: 'warning', surprising: 'info' } as const;

/** Time to finish a word, in milliseconds, before a fault is pointed out. */
const FAULT_DELAY = 250;

interface EditorOptions {
	readonly label: string;
	readonly describe: Describe;
	/** Places to underline, and what to say of them. */
	readonly marks: () => readonly Mark[];
	/** Hears of a fault once the writer pauses, and when it is gone. */
	readonly onfault: (fault: Fault | null) => void;
	/** The id of what says the fault in words. */
	readonly faultId: string;
	/** Takes files that are pasted, or dropped at an offset of the text. */
	readonly onfiles: (files: File[], offset: number) => void;
	readonly onview: (view: EditorView) => void;
}

/**
 * An editor for the text of `document`. What is typed goes to the document as edits, and what others do to the document
 * comes back as just those changes, so that caret, scroll and folding stay. Undo and redo are the document's own.
 */
export function requestEditor(
	document: RequestDocument,
	{ label, describe, marks, onfault, faultId, onfiles, onview }: EditorOptions,
): Attachment<HTMLElement> {
	return (parent) => {
		/** The document's text as the view shows it. */
		let shown = untrack(() => document.text);
		let speaking = false;

		function tell(update: ViewUpdate): void {
			if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(fromDocument))) return;
			const edits: Edit[] = [];
			update.changes.iterChanges((from, to, _fromB, _toB, inserted) => {
				const offset = offsetOf(shown, from);
				const content = withBreaksOf(shown, inserted.toString());
				edits.push({ offset, length: offsetOf(shown, to) - offset, content });
			});
			const [group] = ['input.type', 'delete'].filter((event) =>
				update.transactions.some((transaction) => transaction.isUserEvent(event)),
			);
			speaking = true;
			document.edit(edits, { origin: 'editor', ...(group && { group }) });
			speaking = false;
			shown = document.text;
		}

		const view = new EditorView({
			parent,
			state: EditorState.create({
				doc: shown,
				extensions: [
					Prec.high(historyKeys(document)),
					typingOver,
					filesTo((files, position) => onfiles(files, offsetOf(shown, position))),
					codeToPage(),
					jsonLook(shown),
					indentUnit.of(/\n([ \t]+)\S/.exec(shown)?.[1] ?? '  '),
					payloads(describe),
					lintGutter(),
					linter(
						({ state }) => {
							const { fault } = document;
							onfault(fault);
							if (!fault) return diagnosticsOf(untrack(marks), document.text, state);
							const from = Math.min(positionOf(document.text, fault.offset), state.doc.length);
							const to = Math.max(Math.min(from + 1, state.doc.length), endOfWord(state, from));
							return [{ from, to, severity: 'error', message: fault.reason }];
						},
						{
							delay: FAULT_DELAY,
							needsRefresh: ({ transactions }) =>
								transactions.some(({ effects }) => effects.some((effect) => effect.is(remarked))),
						},
					),
					EditorView.contentAttributes.of((): Record<string, string> => {
						const broken = untrack(() => document.fault !== null);
						return { 'aria-label': label, ...(broken && { 'aria-invalid': 'true', 'aria-describedby': faultId }) };
					}),
					EditorView.updateListener.of(tell),
				],
			}),
		});

		const stop = document.onedit((edits, origin) => {
			if (speaking) return;
			const changes = view.state.changes(changesOf(shown, edits));
			shown = document.text;
			let end = 0;
			changes.iterChanges((_from, _to, _fromB, toB) => (end = toB));
			view.dispatch({
				changes,
				annotations: fromDocument.of(true),
				...(origin === 'history' && { selection: { anchor: end }, scrollIntoView: true }),
			});
			// An edit can cut a line break in two, which CodeMirror cannot follow.
			if (view.state.doc.length !== positionOf(shown, shown.length))
				view.dispatch({
					changes: { from: 0, to: view.state.doc.length, insert: shown },
					annotations: fromDocument.of(true),
				});
		});
		$effect(() => {
			marks();
			view.dispatch({ effects: remarked.of(null) });
		});
		untrack(() => onview(view));
		return () => {
			stop();
			view.destroy();
		};
	};
}

/** What the marks point out: of what takes several lines only the first, so that a whole message is not underlined. */
function diagnosticsOf(marks: readonly Mark[], text: string, state: EditorState): Diagnostic[] {
	if (text.length > PLAIN_ABOVE) return [];
	const shown = marks.slice(0, MARKS);
	const ranges = rangesOf(
		text,
		shown.map(({ path }) => path),
	);
	return shown.flatMap(({ severity, message }, index) => {
		const range = ranges[index];
		if (!range) return [];
		const from = Math.min(positionOf(text, range.offset), state.doc.length);
		const to = Math.min(positionOf(text, range.offset + range.length), state.doc.lineAt(from).to);
		return [{ from, to, severity: severities[severity], message }];
	});
}

/** A view of `text` to read, select and search. When the text changes, what stays the same stays where it is. */
export function jsonView(text: () => string, label: string): Attachment<HTMLElement> {
	return (parent) => {
		let shown = untrack(text);
		const view = new EditorView({
			parent,
			state: EditorState.create({
				doc: shown,
				extensions: [
					jsonLook(shown),
					payloads(),
					EditorState.readOnly.of(true),
					EditorView.editable.of(false),
					EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
				],
			}),
		});
		$effect(() => {
			const next = text();
			view.dispatch({ changes: changesOf(shown, editBetween(shown, next)) });
			shown = next;
		});
		return () => view.destroy();
	};
}

/** `edits` of `text`, as changes of the document in which CodeMirror shows it. */
function changesOf(text: string, edits: readonly Edit[]): ChangeSpec[] {
	return edits.map(({ offset, length, content }) => ({
		from: positionOf(text, offset),
		to: positionOf(text, offset + length),
		insert: content,
	}));
}

/** The keys and the menu entries for undo and redo, led to the document. */
function historyKeys(document: RequestDocument): Extension {
	const undo = () => {
		document.undo();
		return true;
	};
	const redo = () => {
		document.redo();
		return true;
	};
	// Not to be heard further up, where the page may have the same keys.
	const binding = { preventDefault: true, stopPropagation: true };
	return [
		keymap.of([
			{ key: 'Mod-z', run: undo, shift: redo, ...binding },
			{ key: 'Mod-y', run: redo, ...binding },
		]),
		EditorView.domEventHandlers({
			beforeinput(event) {
				if (event.inputType === 'historyUndo') return undo();
				if (event.inputType === 'historyRedo') return redo();
				return false;
			},
		}),
	];
}

/** Leads files to `take` with the position they are for. Left to itself, CodeMirror puts the words of them in place of the selection: none, of a picture. */
function filesTo(take: (files: File[], position: number) => void): Extension {
	return EditorView.domEventHandlers({
		paste({ clipboardData }, view) {
			// Copied words often come with a picture of themselves: the words are meant.
			if (!clipboardData || clipboardData.getData('text/plain') || clipboardData.getData('text/uri-list')) return false;
			take(filesOf(clipboardData), view.state.selection.main.head);
			return true;
		},
		drop({ dataTransfer, clientX: x, clientY: y }, view) {
			const files = filesOf(dataTransfer);
			if (!files.some(isNoCode)) return false;
			take(files, view.posAtCoords({ x, y }, false));
			return true;
		},
	});
}

/**
 * Text typed over a selection. Left to itself, Chromium gives what follows the look of what was there, as inline styles,
 * which the page's policy blocks and complains about.
 */
const typingOver = EditorView.domEventHandlers({
	beforeinput({ inputType, data, isComposing }, view) {
		if (inputType !== 'insertText' || data === null || isComposing) return false;
		if (view.state.selection.ranges.every(({ empty }) => empty)) return false;
		view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
		return true;
	},
});

/** Where the word or the simple string ends that begins at `position`. */
function endOfWord(state: EditorState, position: number): number {
	const line = state.doc.lineAt(position);
	return position + /^"?\w*"?/.exec(line.text.slice(position - line.from))![0].length; // matches the empty string at least
}
