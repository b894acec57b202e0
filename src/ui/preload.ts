/** Load the parts of the page that were left out of the first visit, so that opening one later waits for nothing. */
export function preload(): void {
	void Promise.allSettled([
		import('../lint/every-rule'),
		import('./request/TurnContent.svelte'),
		import('./request/FormMark.svelte'),
		import('./request/ModelList.svelte'),
		import('./request/Simulation.svelte'),
		import('./request/fields/FieldControl.svelte'),
		import('./response/JsonTab.svelte'),
		import('./response/StreamTab.svelte'),
		import('./response/HeadersTab.svelte'),
		import('./response/Notice.svelte'),
		import('../state/refused'),
		import('./problems/ProblemList.svelte'),
		import('./problems/Remedy.svelte'),
		import('./problems/Peek.svelte'),
		import('./response/JsonBlock.svelte'),
		import('./response/ThinkingBlock.svelte'),
		import('./library/Saved.svelte'),
		import('./library/Notices.svelte'),
		import('../state/search.svelte'),
		import('./runs/RunList.svelte'),
		import('./key/KeyDialog.svelte'),
		import('./editor/JsonEditor.svelte'),
		import('./code/CodeTab.svelte'),
	]);
}
