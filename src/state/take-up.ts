import { fromBase64, mentionsIn } from '../model/attachment';
import type { Conversation } from '../model/conversation';
import type { Chunk } from '../model/run';
import type { Left, RunHead, Unsaved } from '../model/saved';
import { titled } from '../model/title';
import { newsOf } from '../store/list';
import { index, unmark, write, type Store } from '../store/store';
import type { Records } from '../store/database';
import { isArrayOf, isRecord, isText, upgradeLeft, upgradeRunHead } from '../store/upgrade';
import type { Library } from './library.svelte';
import type { Notes } from './notes';
import { settle } from './settle';
import { tabLock } from './tab-lock';

interface Needs {
	readonly store: Pick<Store, 'database' | 'leftBehind' | 'clearBehind' | 'saveConversation'>;
	/** Missing where the browser does not let the page note anything. */
	readonly notes?: Notes;
	/** Tell which tabs live; missing on pages without https, where what is left behind is taken for that of tabs that are gone. */
	readonly locks?: Pick<LockManager, 'request'>;
	/** The tabs whose end is awaited. */
	readonly awaited: Set<string>;
	readonly library: Pick<Library, 'announce' | 'hear'>;
	/** Have the page itself go on with an edit that the disk does not take. */
	readonly resume: (draft: Unsaved) => void;
	readonly newId: () => string;
}

/** A run as it is noted: all of it that had come, and the tab that left it. */
interface LeftRun {
	readonly tab: string;
	readonly head: RunHead;
	readonly chunks: readonly Chunk[];
}

/**
 * Save what other tabs have left behind as they went, as if it were edited just now. What a tab has left that still lives is
 * its own affair until it goes, and saved then. What cannot be saved is left for another visit.
 */
export async function takeUp(needs: Needs): Promise<void> {
	const { store, notes, locks, awaited } = needs;
	const runs = (notes?.keys ?? []).flatMap((key) => runNoted(notes?.read(key), key)?.tab ?? []);
	const drafts = (notes?.keys ?? [])
		.filter((key) => key.startsWith('unsaved/'))
		.map((key) => key.slice('unsaved/'.length));
	const kept = (await store.leftBehind()).map(({ tab }) => tab.replace(/\/run$/, ''));
	for (const tab of new Set([...kept, ...drafts, ...runs])) {
		if (!locks) {
			await takeUpFrom(tab, needs);
			continue;
		}
		const lock = tabLock(store.database.name, tab);
		const gone = await locks.request(lock, { ifAvailable: true }, async (free) => {
			if (free) await takeUpFrom(tab, needs);
			return free !== null;
		});
		if (gone || awaited.has(tab)) continue;
		awaited.add(tab);
		void locks
			.request(lock, () => takeUpFrom(tab, needs))
			.catch(() => undefined)
			.finally(() => awaited.delete(tab));
	}
}

async function takeUpFrom(tab: string, needs: Needs): Promise<void> {
	const { store, notes } = needs;
	const key = `unsaved/${tab}`;
	const kept = (await store.leftBehind()).find((left) => left.tab === tab);
	const noted = upgradeLeft(parse(notes?.read(key)), tab);
	// What was left last is the truth, and the database's, where it has that: it knows what has been saved of it since.
	const { at, drafts } = noted && (!kept || noted.at > kept.at) ? noted : (kept ?? { at: 0, drafts: [] });
	let rest = drafts;
	for (const draft of drafts) {
		const others = rest.filter((other) => other !== draft);
		if (await save(draft, { tab, at, drafts: others }, needs)) rest = others;
	}
	if (rest.length > 0) return;
	// The runs after their conversations: without those, none is kept.
	for (const key of notes?.keys ?? []) {
		const run = runNoted(notes?.read(key), key);
		if (run?.tab !== tab) continue;
		const written = await write(store.database, (records) => putRun(records, key, run));
		if (written.kind !== 'saved') return;
		notes?.remove(key);
		if (written.put) await tell(run.head.conversation, needs);
	}
	// The notes first: alone, they would be taken for what was never written.
	if (noted) notes?.remove(key);
	await store.clearBehind(tab);
	await store.clearBehind(`${tab}/run`);
}

/** Save an edit; where its conversation is another since, both are kept, together or, as a copy, beside each other. Gives whether it could be. */
async function save(draft: Unsaved, left: Left, needs: Needs): Promise<boolean> {
	const { store, resume, newId } = needs;
	let { saved, current } = draft;
	for (;;) {
		const written = await store.saveConversation(titled(current), saved.revision, left);
		if (written.kind === 'saved') {
			await tell(current.id, needs);
			return true;
		}
		if (written.kind !== 'conflict') {
			resume({ saved, current });
			return false;
		}
		const there = written.current;
		const both = there.kind === 'found' ? settle({ saved, current }, there.value) : null;
		if (both) ({ saved, current } = both);
		else saved = current = copyOf(current, newId());
	}
}

function copyOf(conversation: Conversation, id: string): Conversation {
	const title = `${conversation.title} (copy from another tab)`;
	return { ...conversation, id, revision: 0, title, named: true, pinned: false };
}

/** Show here and in other tabs what the disk says of a conversation now. */
async function tell(id: string, { store, library }: Needs): Promise<void> {
	const news = (await newsOf(store.database, [id])).map((one) => ({ ...one, runs: true as const }));
	library.announce(news);
	library.hear(news);
}

/** The run that is noted under `key`; null where it is something else. */
function runNoted(note: string | null | undefined, key: string): LeftRun | null {
	const left = parse(note);
	if (!isRecord(left) || !isText(left.tab) || !isArrayOf(left.chunks, isNotedChunk)) return null;
	const head = upgradeRunHead(left.head, key);
	const chunks = left.chunks.map(([at, base64]) => ({ at, bytes: fromBase64(base64) }));
	return head && chunks.every((chunk): chunk is Chunk => chunk.bytes !== null) ? { tab: left.tab, head, chunks } : null;
}

function isNotedChunk(value: unknown): value is readonly [at: number, base64: string] {
	return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string';
}

/** Put a run among those of its conversation, unless that is gone, or the run has been there whole or as far as this. Gives whether it was put. */
async function putRun(records: Records, key: string, { tab, head, chunks }: LeftRun) {
	const { id, conversation, request } = head;
	const not = { kind: 'saved', put: false } as const;
	const [home, raw, mark] = await Promise.all([
		records.get(`conversation/${conversation}`),
		records.get(key),
		records.get(`unsaved/${tab}/run`),
	]);
	const begun = upgradeRunHead(raw, key);
	if (home === undefined || (raw !== undefined && begun?.ending !== null)) return not;
	// The tab's own write got through: what is not there any more was deleted.
	if (isRecord(mark) && mark.run === id && (raw === undefined || Number(mark.chunks) >= chunks.length)) return not;
	records.put(key, begun?.pinned ? { ...head, pinned: true } : head);
	records.put(key.replace('run', 'chunks'), { version: 1, chunks });
	await unmark(records, mentionsIn(request.text));
	await index(records, conversation);
	return { kind: 'saved', put: true } as const;
}

function parse(note: string | null | undefined): unknown {
	try {
		return JSON.parse(note ?? 'null');
	} catch {
		// No note of ours.
		return null;
	}
}
