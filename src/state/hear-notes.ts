import type { Library } from './library.svelte';
import type { Notes } from './notes';

interface Needs {
	readonly notes: Pick<Notes, 'keys'>;
	readonly library: Pick<Library, 'takeUp'>;
}

/** Take up what another tab notes as it goes: whoever has the same conversation open follows. Gives what ends that. */
export function hearNotes({ notes, library }: Needs): () => void {
	const onstorage = ({ key, newValue }: StorageEvent) => {
		const ours = newValue !== null && notes.keys.some((noted) => key?.endsWith(`/left/${noted}`));
		// What cannot be taken up now is at the next visit.
		if (ours) void library.takeUp().catch(() => undefined);
	};
	window.addEventListener('storage', onstorage);
	return () => window.removeEventListener('storage', onstorage);
}
