import type { Attachment } from 'svelte/attachments';

/**
 * Let a text area be as tall as its text where the browser does not do so by itself (`field-sizing: content`).
 * `text` is read so that the height follows changes made from elsewhere.
 */
export function grow(text: () => string): Attachment<HTMLTextAreaElement> {
	return (area) => {
		if (CSS.supports('field-sizing', 'content')) return;
		$effect(() => {
			text();
			area.style.height = 'auto';
			area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
		});
	};
}
