import type { ImageTier } from '../model/image';
import type { JsonObject } from '../model/json';
import type { Attachments } from './attachments.svelte';
import type { NotIn, Read } from './file-blocks';
import type { KeyRing } from './key-ring.svelte';

/** A file that did not simply go in: why, and what can be done about it. */
export interface Notice {
	readonly id: number;
	readonly place: Place;
	/** The file's name. */
	readonly name: string;
	/** A sentence that follows the name: "It is …". */
	readonly reason: string;
	/** What `accept` would do, as the name of a button; null when nothing can be done. */
	readonly action: string | null;
	/** Whether the action is under way. */
	readonly busy: boolean;
}

/** Where files are meant to go: into a turn, as further blocks or in place of the image that is its block `replacing`. */
export interface Place {
	readonly turn: number;
	readonly replacing: number | null;
}

interface Needs {
	readonly attachments: Pick<Attachments, 'dataOf'>;
	readonly keyRing: Pick<KeyRing, 'read'>;
	readonly tier: () => ImageTier;
	/** How many images the request holds now. */
	readonly imageCount: () => number;
	/**
	 * Put blocks into the request, in this order, and give whether the turn is still there to take them. Called again, long
	 * after perhaps, when an offer is accepted.
	 */
	readonly insert: (blocks: readonly JsonObject[], place: Place) => Promise<boolean>;
}

const TURN_GONE = 'The turn that it was for is gone. Add it to another.';
const NOT_LOADED = 'The part of this page that reads files could not be loaded. Check the connection, then try again.';

/**
 * Files on their way into the request, however they came: dropped, pasted or picked. Pictures become image blocks, PDF and
 * text become documents; what the API would not take waits as a notice, and nothing that is already there is touched.
 */
export class Intake {
	readonly #needs: Needs;
	/** What each notice's action does, by the notice. */
	readonly #actions = new Map<number, () => Promise<Read>>();
	#notices = $state.raw<readonly Notice[]>([]);
	#lastId = 0;
	/** Raised when another request is opened: files still on their way belong to the one before. */
	#request = 0;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** Files that did not go in, oldest first. */
	get notices(): readonly Notice[] {
		return this.#notices;
	}

	/**
	 * Take files in, and put those that are ready into the request, all at once. In place of an image only images are taken,
	 * and the request will hold no more of them than before.
	 */
	async take(files: readonly File[], place: Place): Promise<void> {
		const request = this.#request;
		const replacing = place.replacing !== null;
		// With the first file comes what reads them.
		const reading = await import('./file-blocks').catch(() => null);
		if (!reading) {
			for (const { name } of files) this.#notify(name, { kind: 'refused', reason: NOT_LOADED }, place);
			return;
		}
		const { isPicture, readDocument, readPicture } = reading;
		const { attachments, keyRing, tier } = this.#needs;
		const pictures = await Promise.all(files.map(isPicture));
		const added = replacing ? 0 : pictures.filter(Boolean).length;
		const imageCount = this.#needs.imageCount() + added;
		const blocks: JsonObject[] = [];
		const names: string[] = [];
		// One after the other: a decoded picture takes a hundred times the room of its file.
		for (const [index, file] of files.entries()) {
			const read =
				replacing || pictures[index]
					? await readPicture(file, { tier: tier(), imageCount }, attachments)
					: await readDocument(file, attachments, keyRing.read());
			if (request !== this.#request) return;
			if (read.kind === 'block') {
				blocks.push(read.block);
				names.push(file.name);
			} else this.#notify(file.name, read, place);
		}
		if (blocks.length === 0 || (await this.#needs.insert(blocks, place))) return;
		for (const name of names) this.#notify(name, { kind: 'refused', reason: TURN_GONE }, place);
	}

	/** Do what a notice offers. What comes of it goes where the file was meant to go, and the notice goes away. */
	async accept(id: number): Promise<void> {
		const action = this.#actions.get(id);
		if (!action) return;
		this.#change(id, { busy: true });
		const read = await action();
		// Gone when it was dismissed meanwhile, or accepted twice and has been served.
		const notice = this.#notices.find((candidate) => candidate.id === id);
		if (!notice) return;
		if (read.kind === 'block') {
			this.dismiss(id);
			if (!(await this.#needs.insert([read.block], notice.place)))
				this.#notify(notice.name, { kind: 'refused', reason: TURN_GONE }, notice.place);
		} else {
			this.#change(id, { ...faceOf(read), busy: false });
			this.#offer(id, read);
		}
	}

	/** Put a notice away; its file stays out. */
	dismiss(id: number): void {
		this.#actions.delete(id);
		this.#notices = this.#notices.filter((notice) => notice.id !== id);
	}

	/** Forget every file, also those still on their way: another request has been opened. */
	clear(): void {
		this.#request++;
		this.#actions.clear();
		this.#notices = [];
	}

	#notify(name: string, read: NotIn, place: Place): void {
		const id = ++this.#lastId;
		this.#notices = [...this.#notices, { id, place, name, ...faceOf(read), busy: false }];
		this.#offer(id, read);
	}

	#offer(id: number, read: NotIn): void {
		if (read.kind === 'offer') this.#actions.set(id, () => read.convert());
	}

	#change(id: number, change: Partial<Notice>): void {
		this.#notices = this.#notices.map((notice) => (notice.id === id ? { ...notice, ...change } : notice));
	}
}

function faceOf(read: NotIn): Pick<Notice, 'reason' | 'action'> {
	return { reason: read.reason, action: read.kind === 'offer' ? read.action : null };
}
