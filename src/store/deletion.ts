import { mentionsIn } from '../model/attachment';
import type { Unwritten, Written } from '../model/saved';
import { asJson } from './as-json';
import { Damaged, type Database, type Entry, type Records, type Steps } from './database';
import { index, isFull, unmark, write } from './store';
import { upgradeRunHead } from './upgrade';

/** What was deleted, to the byte, and the attachments it names, which stay: all that `restore` needs. */
export interface Deleted {
	readonly conversation: string;
	readonly records: readonly Entry[];
}
export type Deletion = { readonly kind: 'deleted'; readonly deleted: Deleted } | Unwritten;
export type Restored = Written | { readonly kind: 'missing' };

/** Delete the conversation and its runs. */
export function deleteConversation(database: Database, id: string): Promise<Deletion> {
	return free(database, async (records) => {
		const own = await readAll(records, [`conversation/${id}`, `words/${id}`]);
		const [heads, chunks] = await Promise.all([records.range(`run/${id}/`), records.range(`chunks/${id}/`)]);
		return remove(records, id, [...own, ...heads, ...chunks]);
	});
}

/** Delete one run, unless it is `pinned`, be it by another tab. */
export function deleteRun(
	database: Database,
	conversation: string,
	id: string,
): Promise<Deletion | { readonly kind: 'pinned' }> {
	return free(database, async (records) => {
		const key = `run/${conversation}/${id}`;
		if (upgradeRunHead(await records.get(key), key)?.pinned) return { kind: 'pinned' } as const;
		return remove(records, conversation, await readAll(records, [key, `chunks/${conversation}/${id}`]));
	});
}

/**
 * Put back what was deleted, exactly as it was, with the attachments that a sweep has removed since; what has been written
 * in its place stays. `missing`: the conversation would not be here even then, and nothing was put back.
 */
export function restore(database: Database, { conversation, records: deleted }: Deleted): Promise<Restored> {
	return write(database, async (records) => {
		const key = `conversation/${conversation}`;
		const there = deleted.some(([each]) => each === key) || (await records.get(key)) !== undefined;
		if (!there) return { kind: 'missing' } as const;
		const readable = deleted.filter(([, record]) => !(record instanceof Damaged));
		// All at once: whoever leaves the page the moment after wants it back, too.
		const since = await Promise.all(readable.map(([key]) => records.get(key)));
		for (const [place, [key, record]] of readable.entries()) if (since[place] === undefined) records.put(key, record);
		await unmark(records, namedBy(deleted));
		await index(records, conversation);
		return { kind: 'saved' } as const;
	});
}

/**
 * Do `steps`, which delete, in one transaction. When the disk is full, a browser lets nothing pass that writes as well: then
 * what they would write is deleted instead, and so is the list, which is made anew from what is there.
 */
export async function free<T>(database: Database, steps: Steps<T>): Promise<T | Unwritten> {
	try {
		return await database.write(steps);
	} catch (error) {
		if (!isFull(error)) return { kind: 'failed', reason: String(error) };
	}
	return write(database, async (records) => {
		const value = await steps({ ...records, put: (key) => records.delete(key) });
		for (const key of ['first', ...(await records.keys('index/'))]) records.delete(key);
		return value;
	});
}

async function remove(records: Records, conversation: string, found: readonly Entry[]) {
	for (const [key] of found) records.delete(key);
	await index(records, conversation);
	// Whoever undoes this holds them: until then, a sweep in any tab may take them from the disk.
	const named = await readAll(
		records,
		namedBy(found).map((sha256) => `attachment/${sha256}`),
	);
	return { kind: 'deleted', deleted: { conversation, records: [...found, ...named] } } as const;
}

/** The records under `keys` that are there. */
async function readAll(records: Records, keys: readonly string[]): Promise<readonly Entry[]> {
	const found = await Promise.all(keys.map(async (key) => [key, await records.get(key)] as const));
	return found.filter(([, record]) => record !== undefined);
}

/** The attachments that records name, each once; the bytes of answers name none. */
function namedBy(entries: readonly Entry[]): readonly string[] {
	const texts = entries.filter(([key]) => !key.startsWith('chunks/')).map(([, record]) => asJson(record));
	return [...new Set(texts.flatMap(mentionsIn))];
}
