import { mentionsIn } from '../model/attachment';
import { explainUnwritten } from '../model/saved';
import type { Database } from '../store/database';
import { isUnread, settleList } from '../store/list';
import { renewLog } from '../store/renew-log';
import { nameOf, removeRecords, survey, type Unreadable } from '../store/survey';
import { sweep } from '../store/sweep';
import { findCleared } from './cleared.svelte';
import { findCutOff, type CutOff } from './cut-off.svelte';
import type { Attachments } from './attachments.svelte';
import type { Disk, Usage } from './disk.svelte';
import type { KeyRing } from './key-ring.svelte';
import type { After, Library } from './library.svelte';
import type { ExportedFile } from './export-writer';
import type { Notes } from './notes';
import { writeUnreadable } from './unreadable-file';

interface Needs {
	readonly database: Database;
	readonly library: Library;
	readonly attachments: Pick<Attachments, 'keepAgain' | 'revive'>;
	readonly keyRing: Pick<KeyRing, 'read' | 'state' | 'load'>;
	readonly disk: Disk;
	/** What pages have left behind as they went. */
	readonly notes: Pick<Notes, 'keys' | 'read'>;
	/** Lets one tab at a time sweep; missing on pages without https, where nothing is swept. */
	readonly locks: Pick<LockManager, 'request'> | undefined;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Waits until what was typed just now, here and in other tabs, is saved. */
	readonly settle: () => Promise<void>;
	readonly after: After;
}

/** What is kept, in bytes, or in characters, which are about as many. */
export interface Report {
	readonly usage: Usage | null;
	readonly conversations: number;
	readonly runs: number;
	readonly recordings: number;
	readonly attachments: { readonly count: number; readonly bytes: number };
	/** Attachments that nothing names any more. */
	readonly unused: { readonly count: number; readonly bytes: number };
	/** The conversations whose deletion sets most free, the largest first. */
	readonly largest: readonly { readonly id: string; readonly title: string; readonly bytes: number }[];
	/** What the records are called that cannot be read, or be shown without one of those. */
	readonly unreadable: readonly string[];
}

const LARGEST = 5;
/** No browser says when there is room again: it is found out by trying, every so many milliseconds. */
const TRIED_AGAIN = 2000;

/** Looks after what is kept: what there is, what can go, and what cannot be read. */
export class Housekeeping {
	#report = $state.raw<Report | null>(null);
	#problem = $state('');
	#unreadable: readonly Unreadable[] = [];
	readonly #needs: Needs;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** Null until it was first looked at. */
	get report(): Report | null {
		return this.#report;
	}
	/** Why that could not be done, as a sentence, or nothing. */
	get problem(): string {
		return this.#problem;
	}

	/** Do what is due at the beginning of a visit. */
	async begin(): Promise<void> {
		const { database } = this.#needs;
		database.onclosed = () => void this.#findCleared();
		const { kept, name } = database;
		// Before all else that writes; where it cannot be done, another visit does it.
		if (kept) await renewLog(name).catch(() => undefined);
		await this.#findCutOff();
		await this.sweep();
	}

	/** Save what there may be room for now, look at all that is kept, and report. */
	look(): Promise<void> {
		return this.#try(async () => {
			const { database, library, disk } = this.#needs;
			await this.#saveAgain();
			await library.readAll();
			// That a browser does not say how much room there is takes nothing from what is found.
			const [usage, found] = await Promise.all([disk.usage().catch(() => null), survey(database)]);
			const bytes = (hashes: Iterable<string>) =>
				[...hashes].reduce((sum, at) => sum + (found.attachments.get(at) ?? 0), 0);
			this.#unreadable = found.unreadable;
			this.#report = {
				usage,
				conversations: library.summaries.length,
				runs: found.runs,
				recordings: found.recordings,
				attachments: { count: found.attachments.size, bytes: bytes(found.attachments.keys()) },
				unused: { count: found.unused.length, bytes: bytes(found.unused) },
				largest: library.summaries
					.map(({ id, title }) => ({ id, title, bytes: found.conversations.get(id) ?? 0 }))
					.sort((a, b) => b.bytes - a.bytes)
					.slice(0, LARGEST),
				unreadable: found.unreadable.map(([key]) => nameOf(key)),
			};
		});
	}

	/** Save what the disk refused as soon as there is room. Gives what ends the trying. */
	keepTrying(): () => void {
		const { after } = this.#needs;
		let callOff = () => {};
		const wait = () => {
			callOff = after(TRIED_AGAIN, () => {
				wait();
				void this.#saveAgain();
			});
		};
		wait();
		return () => callOff();
	}

	/** Delete a conversation, which can be undone for a while. */
	async remove(id: string): Promise<void> {
		await this.#needs.library.remove(id);
		await this.look();
	}

	/** Remove the attachments that nothing names, now and for good: the last deletion cannot be undone any more. */
	async clearUnused(): Promise<void> {
		const { library, now, settle } = this.#needs;
		library.dismiss();
		await library.flush();
		await this.#try(() => this.#sweep({ now: now(), grace: 0, settle }));
		await this.look();
	}

	/** Remove those of the attachments `only` that nothing names, now and for good; nobody has seen them yet. */
	async clear(only: readonly string[]): Promise<void> {
		const { now, settle } = this.#needs;
		await this.#try(() => this.#sweep({ now: now(), grace: 0, only, settle }));
	}

	/** An import was finished: what is to be decided of those that were cut off may be less than before, or nothing. */
	async recount(): Promise<void> {
		const { disk } = this.#needs;
		if (!disk.mishap?.choices.length) return;
		await this.#try(async () => {
			disk.mishap = await this.#cutOff();
		});
	}

	/**
	 * Put what was noted of single conversations in the list, so that it is read in no time at the next visit, list by its
	 * title what can be read again, and remove the attachments that nothing has named for a day. Another time, if another tab does or it cannot be done.
	 */
	async sweep(): Promise<void> {
		await this.#try(async () => {
			const { database, library, now } = this.#needs;
			const list = await settleList(database);
			const unread = new Set(library.summaries.filter(isUnread).map(({ id }) => id));
			const healed = list.filter((summary) => unread.has(summary.id) && !isUnread(summary));
			if (healed.length > 0) library.announce(healed.map((summary) => ({ id: summary.id, summary })));
			await this.#sweep({ now: now() });
		});
	}

	/** Put the unreadable records that were last reported in a file. */
	exportUnreadable(): Promise<ExportedFile> {
		return writeUnreadable(this.#unreadable, this.#needs.keyRing.read());
	}

	/** Delete the unreadable records that were last reported, for good. */
	async removeUnreadable(): Promise<void> {
		const { database, library } = this.#needs;
		const removed = await removeRecords(
			database,
			this.#unreadable.map(([key]) => key),
		);
		if ('kind' in removed) {
			this.#problem = explainUnwritten(removed);
			return;
		}
		library.announce(removed.map((id) => ({ id, summary: null })));
		await this.look();
	}

	/** Find out whether imports were cut off; the disk tells it. */
	async #findCutOff(): Promise<void> {
		await this.#try(async () => {
			const { disk } = this.#needs;
			disk.mishap ??= await this.#cutOff();
		});
	}

	#cutOff(): Promise<CutOff | null> {
		return findCutOff({ ...this.#needs, clear: (only) => this.clear(only) });
	}

	/** The browser has closed the database under the page: find out whether that was to clear it away. */
	async #findCleared(): Promise<void> {
		await this.#try(async () => {
			const cleared = await findCleared(this.#needs);
			if (!cleared) return;
			this.#needs.disk.mishap = cleared;
			await this.#saveAgain();
		});
	}

	/** The attachments before the words that name them. */
	async #saveAgain(): Promise<void> {
		const { library, attachments } = this.#needs;
		await attachments.keepAgain();
		// A sweep in another tab knows nothing of words that were never on the disk.
		await attachments.revive(library.unsavedTexts.flatMap(mentionsIn));
		await library.flush();
	}

	async #sweep(options: Omit<Parameters<typeof sweep>[1], 'unsaved'>): Promise<void> {
		const { database, library, notes, locks } = this.#needs;
		// What a full disk refused, or what was only noted, may name what the disk has kept.
		const unsaved = () => [...library.unsavedTexts, ...notes.keys.map((key) => notes.read(key) ?? '')];
		await locks?.request(`${database.name}/sweep`, { ifAvailable: true }, async (lock) => {
			if (lock) await sweep(database, { ...options, unsaved });
		});
	}

	async #try(task: () => Promise<void>): Promise<void> {
		this.#problem = '';
		try {
			await task();
		} catch (error) {
			this.#problem = `What is kept cannot be looked after: ${String(error)}`;
		}
	}
}
