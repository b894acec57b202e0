import { defaultKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
	bracketMatching,
	codeFolding,
	foldGutter,
	foldKeymap,
	HighlightStyle,
	syntaxHighlighting,
} from '@codemirror/language';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Above this many characters colours and folding cost more than they give. */
export const PLAIN_ABOVE = 5_000_000;

/** How JSON is shown wherever it is, and the keys for finding one's way in it. `text` is what will be shown first. */
export function jsonLook(text: string): Extension {
	return [
		// The page's policy lets in only styles with this nonce.
		EditorView.cspNonce.of('cm'),
		lineNumbers(),
		text.length > PLAIN_ABOVE
			? []
			: [json(), codeFolding(), foldGutter({ openText: '⌄', closedText: '›' }), bracketMatching()],
		EditorView.lineWrapping,
		syntaxHighlighting(colours),
		search({ top: true }),
		EditorState.phrases.of(phrases),
		// Ctrl+Enter runs the request, so it may not add a line.
		keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')]),
		theme,
	];
}

const colours = HighlightStyle.define([
	{ tag: tags.propertyName, color: 'var(--json-name)' },
	{ tag: tags.string, color: 'var(--json-string)' },
	{ tag: tags.number, color: 'var(--json-number)' },
	{ tag: [tags.bool, tags.null], color: 'var(--json-word)', fontWeight: '600' },
	{ tag: tags.punctuation, color: 'var(--ink-3)' },
]);

const phrases = {
	next: 'Next',
	previous: 'Previous',
	all: 'Select all',
	'match case': 'Match case',
	regexp: 'Regular expression',
	'by word': 'Whole words',
	replace: 'Replace',
	'replace all': 'Replace all',
	close: 'Close search',
};

const theme = EditorView.theme({
	'&': {
		'--json-name': 'light-dark(oklch(43% 0.1 255), oklch(81% 0.08 250))',
		'--json-string': 'light-dark(oklch(38% 0.06 160), oklch(84% 0.06 160))',
		'--json-number': 'light-dark(oklch(44% 0.12 320), oklch(80% 0.09 320))',
		'--json-word': 'light-dark(oklch(44% 0.12 320), oklch(80% 0.09 320))',
		height: '100%',
		color: 'var(--ink)',
		backgroundColor: 'transparent',
	},
	'&.cm-focused': { outline: 'none' },
	'&.cm-focused .cm-content:focus-visible': { outline: 'none' },
	'&.cm-focused .cm-scroller': { boxShadow: 'inset 2px 0 var(--accent)' },
	'.cm-scroller': { font: '0.8125rem/1.6 var(--mono)', overscrollBehavior: 'contain' },
	'.cm-content': { padding: 'var(--s3) 0', caretColor: 'var(--ink)' },
	'.cm-line': { padding: '0 var(--s4) 0 var(--s2)' },
	'.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-3)', border: 'none' },
	'.cm-lineNumbers .cm-gutterElement': { padding: '0 0 0 var(--s3)', minWidth: '2.25rem' },
	'.cm-foldGutter .cm-gutterElement': { padding: '0 0.25rem', cursor: 'pointer' },
	'.cm-foldPlaceholder': {
		padding: '0 0.375rem',
		border: '1px solid var(--line)',
		borderRadius: 'var(--r-s)',
		backgroundColor: 'var(--sunk)',
		color: 'var(--ink-2)',
	},
	'&.cm-focused .cm-matchingBracket, .cm-matchingBracket': {
		backgroundColor: 'var(--accent-soft)',
		boxShadow: '0 0 0 1px var(--accent)',
	},
	'&.cm-focused .cm-nonmatchingBracket, .cm-nonmatchingBracket': { backgroundColor: 'var(--bad-soft)' },
	'.cm-searchMatch': { backgroundColor: 'var(--accent-soft)', boxShadow: '0 0 0 1px var(--accent)' },
	'.cm-searchMatch-selected': { backgroundColor: 'var(--accent)', color: 'var(--accent-ink)' },
	'.cm-searchMatch-selected *': { color: 'inherit' },
	'.cm-panels': { backgroundColor: 'var(--sunk)', color: 'var(--ink)' },
	'.cm-panels-top': { borderBottom: '1px solid var(--line)' },
	'.cm-panel.cm-search': {
		display: 'flex',
		flexWrap: 'wrap',
		alignItems: 'center',
		gap: 'var(--s2)',
		padding: 'var(--s2) 2.5rem var(--s2) var(--s3)',
		font: 'var(--text-small)/1.5 var(--sans)',
		'& br': { display: 'none' },
		'& label': { display: 'inline-flex', alignItems: 'center', gap: '0.25rem', margin: '0', fontSize: 'inherit' },
		'& [name=close]': {
			top: 'var(--s2)',
			right: 'var(--s3)',
			minWidth: '1.5rem',
			fontSize: '1.125rem',
			cursor: 'pointer',
		},
	},
	'.cm-textfield, .cm-button': {
		minHeight: '1.75rem',
		margin: '0',
		padding: '0 var(--s2)',
		border: '1px solid var(--line-strong)',
		borderRadius: 'var(--r-s)',
		backgroundColor: 'var(--surface)',
		backgroundImage: 'none',
		font: 'inherit',
	},
	'.cm-button': { cursor: 'pointer', '&:active': { backgroundImage: 'none' } },
	'.cm-tooltip': {
		border: '1px solid var(--line)',
		borderRadius: 'var(--r-s)',
		backgroundColor: 'var(--surface)',
		color: 'var(--ink)',
		boxShadow: 'var(--float)',
	},
	'.cm-diagnostic': { padding: 'var(--s1) var(--s2)', font: 'var(--text-small)/1.5 var(--sans)' },
	'.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
	'.cm-lintRange-error': {
		backgroundImage: 'none',
		textDecoration: 'underline wavy var(--bad)',
		textDecorationSkipInk: 'none',
	},
	'.cm-diagnostic-warning': { borderLeft: '3px solid var(--ink-3)' },
	'.cm-diagnostic-info': { borderLeft: '3px solid var(--warn)' },
	'.cm-lintRange-warning': {
		backgroundImage: 'none',
		textDecoration: 'underline dashed var(--ink-3)',
		textDecorationSkipInk: 'none',
	},
	'.cm-lintRange-info': {
		backgroundImage: 'none',
		textDecoration: 'underline dotted var(--warn)',
		textDecorationSkipInk: 'none',
	},
	'.cm-lintPoint-error::after': { borderBottomColor: 'var(--bad)' },
	'.cm-gutter-lint': { width: '0.75rem' },
	'.cm-gutter-lint .cm-gutterElement': { padding: '0' },
	'.cm-lint-marker': { width: '0.75rem', height: '0.75rem' },
	'.cm-lint-marker-error': {
		content: 'none',
		'&::after': { content: '"!"', font: '700 0.75rem/1 var(--sans)', color: 'var(--bad)' },
	},
	'.cm-lint-marker-warning': {
		content: 'none',
		'&::after': { content: '"~"', font: '700 0.75rem/1 var(--sans)', color: 'var(--ink-3)' },
	},
	'.cm-lint-marker-info': {
		content: 'none',
		'&::after': { content: '"i"', font: '700 0.75rem/1 var(--sans)', color: 'var(--warn)' },
	},
	'.chip': {
		display: 'inline-flex',
		alignItems: 'center',
		gap: 'var(--s1)',
		padding: '0 0.375rem',
		border: '1px solid var(--line)',
		borderRadius: 'var(--r-s)',
		backgroundColor: 'var(--sunk)',
		color: 'var(--ink-2)',
		font: 'var(--text-small)/1.4 var(--sans)',
		verticalAlign: 'baseline',
		cursor: 'default',
		'&.missing': { borderStyle: 'dashed', color: 'var(--bad)' },
		'& img': { height: '1.1em', maxWidth: '2.2em', objectFit: 'contain' },
	},
});
