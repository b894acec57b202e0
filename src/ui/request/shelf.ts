import type { Playground } from '../../state/playground.svelte';

/** What models are chosen from, and by which day. */
export interface Shelf extends Pick<Playground, 'models' | 'today' | 'loadCatalogue'> {
	/** Where and how requests are sent. */
	readonly conversation: Pick<Playground['conversation'], 'target' | 'apiVersion' | 'headers'>;
}
