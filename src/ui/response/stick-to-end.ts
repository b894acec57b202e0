import type { Attachment } from 'svelte/attachments';

/** How near the end counts as being there, in CSS pixels. */
const NEAR = 16;
/** How a reader turns to something, within the element or beside it. */
const TURNS = ['pointerdown', 'keydown'] as const;

/**
 * Keep a scrolling element at its end while its content grows, as long as the reader is there. `growing` says whether
 * it should: what is complete is read from its beginning. What comes with its ending, and after it, is still followed until
 * the reader turns to something. The content is the element's first child.
 */
export function stickToEnd(growing: () => boolean): Attachment<HTMLElement> {
	return (scroller) => {
		const content = scroller.firstElementChild;
		if (!content) return;
		let following = true;
		let grew = false;
		// Not asked of the element: it is new, and the browser would have to lay it out to answer.
		let last = 0;

		const onscroll = () => {
			const { scrollTop, clientHeight, scrollHeight } = scroller;
			if (scrollHeight - scrollTop - clientHeight <= NEAR) following = true;
			// Only upwards is away: content that grew since the last scroll is not the reader's doing.
			else if (scrollTop < last) following = false;
			last = scrollTop;
		};
		const watcher = new ResizeObserver(() => {
			grew ||= growing();
			if (following && grew) scroller.scrollTop = scroller.scrollHeight;
		});
		const onturn = () => (grew = false);
		scroller.addEventListener('scroll', onscroll, { passive: true });
		for (const name of TURNS) addEventListener(name, onturn, { capture: true, passive: true });
		watcher.observe(content);
		return () => {
			scroller.removeEventListener('scroll', onscroll);
			for (const name of TURNS) removeEventListener(name, onturn, { capture: true });
			watcher.disconnect();
		};
	};
}
