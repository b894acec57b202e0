import type { Page } from '@playwright/test';
import { referencesIn, sha256Hex } from '../../src/model/attachment';
import {
	upgradeAttachment,
	upgradeChunks,
	upgradeConversation,
	upgradeFresh,
	upgradeRunHead,
	upgradeShard,
} from '../../src/store/upgrade';

/** What of a request is followed: the words of its first turn, and how many images stand beside them. */
export interface Content {
	readonly words: string;
	readonly images: number;
}

/** A conversation as it is on the disk. */
export interface Found {
	readonly content: Content;
	readonly runs: number;
}

/** All that is on the disk, and what is wrong with it by itself, as sentences. */
export interface Disk {
	/** By the first word of each. */
	readonly conversations: ReadonlyMap<string, Found>;
	readonly problems: readonly string[];
}

/** Read the records of the only database of the page's origin, with no code of the page running, and look at each. */
export async function readDisk(page: Page): Promise<Disk> {
	const records = new Map(await recordsOf(page));
	const problems: string[] = [];
	const conversations = new Map<string, Found>();
	const named = new Map<string, string>();
	const ids = new Map<string, number>();
	const under = (prefix: string) => [...records].filter(([key]) => key.startsWith(prefix));

	for (const [key, raw] of under('conversation/')) {
		const conversation = upgradeConversation(raw, key.slice('conversation/'.length));
		if (!conversation) {
			problems.push(`${key} cannot be read.`);
			continue;
		}
		const content = contentOf(conversation.text);
		const runs = under(`run/${conversation.id}/`).length;
		ids.set(conversation.id, runs);
		conversations.set(firstWord(content.words), { content, runs });
		for (const sha256 of referencesIn(conversation.text)) named.set(sha256, key);
	}
	for (const [key, raw] of under('run/')) {
		const head = upgradeRunHead(raw, key);
		if (!head || !upgradeChunks(records.get(key.replace('run/', 'chunks/')))) problems.push(`${key} cannot be read.`);
		if (!records.has(`conversation/${key.split('/')[1]}`)) problems.push(`${key} belongs to no conversation.`);
		for (const sha256 of referencesIn(head?.request.text ?? '')) named.set(sha256, key);
	}
	for (const [key] of under('chunks/'))
		if (!records.has(key.replace('chunks/', 'run/'))) problems.push(`${key} belongs to no run.`);
	for (const [sha256, key] of named) {
		const blob = upgradeAttachment(records.get(`attachment/${sha256}`));
		if (!blob) problems.push(`${key} names the attachment ${sha256}, which is not there.`);
		else if ((await sha256Hex(new Uint8Array(await blob.arrayBuffer()))) !== sha256)
			problems.push(`The attachment ${sha256} has other bytes than its name says.`);
	}
	const listed = new Map(
		under('index/').flatMap(([key, raw]) => {
			const shard = upgradeShard(raw);
			if (!shard) problems.push(`${key} cannot be read.`);
			return (shard ?? []).map(({ id, runs }) => [id, runs] as const);
		}),
	);
	for (const [key, raw] of under('fresh/')) {
		const fresh = upgradeFresh(raw);
		if (fresh === undefined) problems.push(`${key} cannot be read.`);
		const id = key.slice('fresh/'.length);
		// Its runs are counted when the list is read.
		if (fresh) listed.set(id, under(`run/${id}/`).length);
		else listed.delete(id);
	}
	for (const [id, runs] of listed) {
		if (ids.get(id) !== runs)
			problems.push(`The list has ${runs} runs of ${id}, and there are ${ids.get(id) ?? 'none'}.`);
	}
	if (listed.size !== ids.size) problems.push(`The list has ${listed.size} conversations of ${ids.size}.`);
	return { conversations, problems };
}

/** What tells conversations apart: each begins with a word of its own. */
export function firstWord(words: string): string {
	return words.split(' ')[0] ?? '';
}

function contentOf(text: string): Content {
	const request = JSON.parse(text) as {
		messages: [{ content: string | { type: string; text?: string }[] }];
	}; // made from the blank request by typing words and dropping images
	const [{ content }] = request.messages;
	if (typeof content === 'string') return { words: content, images: 0 };
	return {
		words: content.map((block) => block.text ?? '').join(''),
		images: content.filter(({ type }) => type === 'image').length,
	};
}

async function recordsOf(page: Page): Promise<readonly (readonly [string, unknown])[]> {
	const entries = await page.evaluate(async () => {
		// Another is there for a moment at the beginning of a visit.
		const database = (await indexedDB.databases()).find(({ name }) => name?.endsWith('/'));
		if (!database?.name) throw new Error('There is no database any more.');
		const answer = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error!); // there is one by then
			});
		const opened = await answer(indexedDB.open(database.name));
		const records = opened.transaction('records').objectStore('records');
		const [keys, values] = await Promise.all([answer(records.getAllKeys()), answer<unknown[]>(records.getAll())]);
		opened.close();
		// A blob does not go through to the tests; its bytes do.
		return Promise.all(
			keys.map(async (key, place) => {
				const value = values[place] as { blob?: Blob };
				const bytes = value.blob instanceof Blob ? new Uint8Array(await value.blob.arrayBuffer()) : null;
				return [key as string, bytes ? { ...value, blob: null } : value, bytes] as const;
			}),
		);
	});
	return entries.map(([key, value, bytes]) => [key, bytes ? { ...value, blob: new Blob([bytes]) } : value] as const);
}
