import type { Conversation } from '../model/conversation';
import type { Unsaved } from '../model/saved';
import { contents, type Change } from './library.svelte';

const editable: readonly (keyof Change)[] = [...contents, 'title', 'named', 'pinned'];

/**
 * What was edited here of a conversation that another tab has written in between, together with what is `there` now; null
 * where both have changed the same, and neither's words must be lost.
 */
export function settle({ saved, current: ours }: Unsaved, there: Conversation): Unsaved | null {
	const changed = editable.filter((name) => differ(saved, ours, name));
	if (changed.some((name) => contents.includes(name) && differ(saved, there, name) && differ(ours, there, name)))
		return null;
	const mine = Object.fromEntries(changed.map((name) => [name, ours[name]])) as Change; // only editable fields
	const changedAt = there.changedAt > ours.changedAt ? there.changedAt : ours.changedAt;
	return { saved: there, current: { ...there, ...mine, changedAt } };
}

/** Whether the two differ in a field; JSON tells headers and targets apart, and they are small. */
function differ(a: Conversation, b: Conversation, name: keyof Change): boolean {
	return JSON.stringify(a[name]) !== JSON.stringify(b[name]);
}
