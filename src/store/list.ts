import type { Summary } from '../model/conversation';
import { inOrder, summaryOf, type News } from '../model/saved';
import type { Database, Records } from './database';
import { isFull, listedFrom, readList } from './store';
import { upgradeConversation } from './upgrade';

/** Sixteen records of summaries are read far faster than one for each conversation, and written faster than one for all. */
const SHARDS = 16;
/** So many of the list are noted apart: more than a screen shows at once. */
const FIRST = 100;

/**
 * Put the summaries that were noted one by one, each with the edit it tells of, among all others, and note anew which are
 * the first of the list; a list that is damaged is made anew from the conversations, and what is listed as unreadable is
 * looked at again. All of it is one transaction: a list is never half settled, whoever else is writing. Gives every summary, also when the disk has no room for them; rejects
 * when nothing can be read or written.
 */
export async function settleList(database: Database): Promise<readonly Summary[]> {
	try {
		return await settle(database);
	} catch (error) {
		if (!isFull(error)) throw error;
		return database.read(async (records) => {
			const { summaries, whole } = await readList(records);
			return whole ? summaries : summariseAll(records);
		});
	}
}

function settle(database: Database): Promise<readonly Summary[]> {
	return database.write(async (records) => {
		const [{ summaries, fresh, whole }, first] = await Promise.all([readList(records), records.get('first')]);
		const healed = whole ? await readAgain(records, summaries) : [];
		if (whole && fresh.length + healed.length === 0 && first !== undefined) return summaries;
		const list = whole ? withHealed(summaries, healed) : await summariseAll(records);
		const shards = Array.from({ length: SHARDS }, () => new Array<Summary>());
		for (const summary of list) shards[shardOf(summary.id)]?.push(summary);
		const touched = new Set([...fresh, ...healed].map(({ id }) => shardOf(id)));
		for (const [shard, summaries] of shards.entries())
			if (!whole || touched.has(shard)) records.put(`index/${shard}`, { version: 1, summaries });
		for (const { id } of fresh) records.delete(`fresh/${id}`);
		records.put('first', { version: 1, summaries: list.toSorted(inOrder).slice(0, FIRST) });
		return list;
	});
}

/** What the disk says of the conversations with these ids now. Rejects when it cannot be read. */
export function newsOf(database: Database, ids: readonly string[]): Promise<readonly News[]> {
	return database.read((records) =>
		Promise.all(
			ids.map(async (id) => {
				const raw = await records.get(`conversation/${id}`);
				if (raw === undefined) return { id, summary: null };
				return { id, summary: summaryOf(listedFrom(raw, id), await records.count(`run/${id}/`)) };
			}),
		),
	);
}

/** Whether a summary is of a conversation that could not be read when that was noted. */
export function isUnread({ changedAt }: Summary): boolean {
	return changedAt === '';
}

/** What is listed as unreadable, and is not: this version of the page may know a shape that the one that noted it did not. */
async function readAgain(records: Records, summaries: readonly Summary[]): Promise<readonly Summary[]> {
	const unread = summaries.filter(isUnread);
	const found = await Promise.all(unread.map(({ id }) => records.get(`conversation/${id}`)));
	return unread.flatMap(({ id, runs }, place) => {
		const conversation = upgradeConversation(found[place], id);
		return conversation ? [summaryOf(conversation, runs)] : [];
	});
}

function withHealed(summaries: readonly Summary[], healed: readonly Summary[]): readonly Summary[] {
	const byId = new Map(healed.map((summary) => [summary.id, summary]));
	return summaries.map((summary) => byId.get(summary.id) ?? summary);
}

async function summariseAll(records: Records): Promise<readonly Summary[]> {
	const summaries: Summary[] = [];
	for (const [key, raw] of await records.range('conversation/')) {
		const id = key.slice('conversation/'.length);
		summaries.push(summaryOf(listedFrom(raw, id), await records.count(`run/${id}/`)));
	}
	return summaries;
}

function shardOf(id: string): number {
	let sum = 0;
	for (let place = 0; place < id.length; place++) sum += id.charCodeAt(place);
	return sum % SHARDS;
}
