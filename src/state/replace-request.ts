import type { Content } from './library.svelte';
import type { Playground } from './playground.svelte';

/** Put a request that was pasted or dropped in the place of the open one; undo brings its text back. */
export function replaceRequest(
	playground: Pick<Playground, 'document' | 'change'>,
	{ text, apiVersion, headers, target }: Content,
): void {
	playground.document.replace(text);
	playground.change({ apiVersion, headers, target });
}
