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
		// A browser brings the caret into view that a field gets the focus with, but not a selection.
		field.setSelectionRange(start, start);
		field.focus();
		field.setSelectionRange(start, end);
	} else if (turn) turn.scrollIntoView({ block: 'nearest' });
	else if (request?.querySelector('[aria-label="Request JSON"], [aria-label^="Turn "]')) reveal(range);
}
