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
		import('./problems/Problems.svelte'),
		import('../state/check-for'),
		import('./problems/Remedy.svelte'),
		import('./problems/Peek.svelte'),
		import('./response/JsonBlock.svelte'),
		import('./response/ThinkingBlock.svelte'),
		import('./library/SavedList.svelte'),
		import('./runs/Runs.svelte'),
		import('./key/KeyDialog.svelte'),
		import('./editor/JsonEditor.svelte'),
		import('./code/CodeTab.svelte'),
	]);
}
