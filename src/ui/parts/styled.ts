import type { Attachment } from 'svelte/attachments';

/** Set one property of an element's style. What Svelte needs for doing it itself would come with the first visit. */
export function styled(property: string, value: string): Attachment<HTMLElement> {
	return ({ style }) => style.setProperty(property, value);
}
