import type { Attachment } from 'svelte/attachments';

/**
 * Tell an element that it has a size, after it has been laid out and whenever that changes. Unlike `bind:clientWidth`, this
 * never makes the browser lay out the page while it is still being built.
 */
export function whenSized(tell: (element: HTMLElement) => void): Attachment<HTMLElement> {
	return (element) => {
		const observer = new ResizeObserver(() => tell(element));
		observer.observe(element);
		return () => observer.disconnect();
	};
}
