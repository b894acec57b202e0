import type { Conversation } from '../model/conversation';
import type { Library } from './library.svelte';

/** Make a copy of a saved conversation, without its runs. Null when the original cannot be read. */
export async function duplicate(library: Pick<Library, 'load' | 'create'>, id: string): Promise<Conversation | null> {
	const loaded = await library.load(id);
	if (loaded.kind !== 'found') return null;
	const { text, apiVersion, headers, target, title } = loaded.value;
	return library.create({ text, apiVersion, headers, target, title: `${title} (copy)` });
}
