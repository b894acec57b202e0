import { mentionsIn } from '../model/attachment';
import { asJson } from './as-json';
import type { Database } from './database';
import { isFull } from './store';
import { mentionedWithin, mentions } from './survey';
import { upgradeUnnamed } from './upgrade';

/** An attachment that nothing has named for so long, in milliseconds, is beyond every undo. */
export const GRACE = 24 * 60 * 60 * 1000;

interface Options {
	readonly now: number;
	readonly grace?: number;
	/** Called at the last moment. */
	readonly unsaved?: () => readonly string[];
	/** The only ones that may be removed; without it, all. */
	readonly only?: readonly string[];
	readonly settle?: () => Promise<void>;
}

/**
 * Remove the attachments that no conversation, run or unsaved edit has named for `grace` milliseconds; none, while there is
 * a damaged record that could name them. `now` is in milliseconds since 1970; what the texts name that `unsaved` gives counts as
 * named. Every attachment is first marked with the time; whatever names one takes its mark away (see `unmark`), so that a
 * mark which is still there says since when nothing did. Gives how many were removed; rejects when the database cannot be
 * read or written. To be done by one tab at a time.
 */
export async function sweep(database: Database, options: Options): Promise<number> {
	try {
		return await sweepMarked(database, options);
	} catch (error) {
		if (!isFull(error)) throw error;
		return sweepAtOnce(database, options);
	}
}

async function sweepMarked(
	database: Database,
	{ now, grace = GRACE, unsaved = () => [], only, settle = () => Promise.resolve() }: Options,
): Promise<number> {
	await database.write(async (records) => {
		const [keys, marks] = await Promise.all([records.keys('attachment/'), records.get('unnamed')]);
		const since = upgradeUnnamed(marks);
		const all = keys.map((key) => key.slice('attachment/'.length)).map((sha256) => [sha256, since[sha256] ?? now]);
		records.put('unnamed', { version: 1, since: Object.fromEntries(all) as Record<string, number> });
	});
	const named = new Set<string>();
	let known = true;
	for await (const [, found] of mentions(database)) {
		known &&= found !== null;
		for (const sha256 of found ?? []) named.add(sha256);
	}
	// What was typed just now, here or in another tab, is saved by then.
	await settle();
	return database.write(async (records) => {
		// A tab that was closed meanwhile had no time to take a mark away.
		const [marks, left] = await Promise.all([records.get('unnamed'), records.range('unsaved/')]);
		const texts = [...unsaved(), ...left.map(([, raw]) => asJson(raw))];
		for (const sha256 of texts.flatMap(mentionsIn)) named.add(sha256);
		const unnamed = Object.entries(upgradeUnnamed(marks)).filter(([sha256]) => !named.has(sha256));
		const due = unnamed.filter(([, since]) => known && now - since >= grace);
		const gone = due.filter(([sha256]) => only?.includes(sha256) ?? true);
		for (const [sha256] of gone) records.delete(`attachment/${sha256}`);
		const waiting = unnamed.filter((each) => !gone.includes(each));
		records.put('unnamed', { version: 1, since: Object.fromEntries(waiting) });
		return gone.length;
	});
}

/** The same where there is no room for marks: in one transaction that only deletes, while nobody can name anything. */
async function sweepAtOnce(
	database: Database,
	{ now, grace = GRACE, unsaved = () => [], only, settle = () => Promise.resolve() }: Options,
): Promise<number> {
	await settle();
	return database.write(async (records) => {
		const [keys, marks, named] = await Promise.all([
			records.keys('attachment/'),
			records.get('unnamed'),
			mentionedWithin(records),
		]);
		const since = upgradeUnnamed(marks);
		const kept = new Set([...(named ?? []), ...unsaved().flatMap(mentionsIn)]);
		const gone = keys
			.map((key) => key.slice('attachment/'.length))
			.filter((sha256) => named && !kept.has(sha256) && now - (since[sha256] ?? now) >= grace)
			.filter((sha256) => only?.includes(sha256) ?? true);
		for (const sha256 of gone) records.delete(`attachment/${sha256}`);
		return gone.length;
	});
}
