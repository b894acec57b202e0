import { tick } from 'svelte';
import type { Where } from '../../model/where-found';

/** Shows a range of the request's text in the JSON view. */
export type Reveal = (range: { readonly offset: number; readonly length: number }) => void;
/** Called when a conversation has been opened, with its request's text. */
export type Opened = (text: string, reveal: Reveal) => void;

/**
 * Bring the place that was found into view in the conversation that has just been opened, select it and go there: in the
 * field of the form that holds it, or else by `reveal`. Where the request is shown as code, it stays as it is.
 */
export async function leadTo({ path: [key, index], string, start, end, range }: Where, reveal: Reveal): Promise<void> {
	await tick();
	// Some parts of a form are drawn a moment after it.
	await new Promise(requestAnimationFrame);
	const request = document.querySelector('[aria-label="Request"]');
	const turn = typeof index === 'number' ? request?.querySelector(`[aria-label^="Turn ${index + 1}:"]`) : null;
	const fields = (key === 'messages' ? turn : request)?.querySelectorAll('textarea') ?? [];
	const field = [...fields].find(({ value }) => value === string);
	if (field) {
		field.focus({ preventScroll: true });
		field.setSelectionRange(start, end);
		scrollTo(field, start);
	} else if (turn) turn.scrollIntoView({ block: 'nearest' });
	else if (request?.querySelector('[aria-label="Request JSON"], [aria-label^="Turn "]')) reveal(range);
}

/** Bring a character of a field into view: a browser may do so for a caret it moves itself, and for no selection. */
function scrollTo(field: HTMLTextAreaElement, offset: number): void {
	const scroller = field.closest('.scroll');
	if (!scroller) return;
	const seen = scroller.getBoundingClientRect();
	const { top, height } = lineAt(field, offset);
	if (top < seen.top || top + height > seen.bottom) scroller.scrollBy({ top: top - (seen.top + seen.height / 2) });
}

/** Where on the screen the line with a character of a field is. No browser tells, but a copy of its words laid out alike does. */
function lineAt(field: HTMLTextAreaElement, offset: number): { readonly top: number; readonly height: number } {
	const copy = document.createElement('div');
	const { font, letterSpacing, lineHeight, padding, borderTopWidth } = getComputedStyle(field);
	const position = { position: 'absolute', visibility: 'hidden', boxSizing: 'border-box' };
	const words = { whiteSpace: 'pre-wrap', overflowWrap: 'break-word', font, letterSpacing, lineHeight, padding };
	Object.assign(copy.style, position, words, { width: `${field.clientWidth}px` });
	copy.append(field.value.slice(0, offset));
	const mark = copy.appendChild(document.createElement('span'));
	mark.append(field.value.slice(offset, offset + 1) || ' ');
	document.body.append(copy);
	const { offsetTop, offsetHeight } = mark;
	copy.remove();
	return { top: field.getBoundingClientRect().top + parseFloat(borderTopWidth) + offsetTop, height: offsetHeight };
}
