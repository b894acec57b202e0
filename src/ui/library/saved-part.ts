/** The part of the page that lists the saved conversations, once it has been loaded. */
export type SavedPart = typeof import('./Saved.svelte');
