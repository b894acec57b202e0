import { referenceTo, sha256Hex, toBase64, type AttachmentFacts } from '../model/attachment';
import { base64LengthOf } from '../model/image';
import type { Unwritten } from '../model/saved';
import type { Store } from '../store/store';

/** What the page shows of an attachment. */
export interface AttachmentDescription extends AttachmentFacts {
	/** A small picture of it, for an image this browser can decode. */
	readonly url: string | null;
}

interface Needs {
	readonly store: Pick<Store, 'keepAttachment' | 'loadAttachment'>;
	/** Pictures that come with the page, loaded when they are first asked for. */
	readonly shipped: readonly { readonly sha256: string; readonly url: string }[];
	readonly fetch: (url: string) => Promise<Response>;
}

/** More than a request can hold (600 images), so that nothing on the screen is ever let go. */
const DESCRIPTIONS_KEPT = 1000;
/** A shorter one stays in the text: what the reference would take its place with is hardly shorter. */
const INLINE_BASE64 = 1024;

/**
 * The attachments of every request open here, in front of the store. What was kept or read stays at hand as long as the
 * page lives: it can be sent although the disk refused it, and undo finds it although a sweep took it from the disk.
 */
export class Attachments {
	readonly #needs: Needs;
	readonly #blobs = new Map<string, Promise<Blob | null>>();
	readonly #descriptions = new Map<string, Promise<AttachmentDescription | null>>();
	#unkept = $state.raw<ReadonlyMap<string, Unwritten>>(new Map());

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** What the disk refused to keep, as a sentence; null when everything is kept. */
	get problem(): string | null {
		const [first] = this.#unkept.values();
		if (!first) return null;
		const many = this.#unkept.size > 1 ? `${this.#unkept.size} attachments are` : 'One attachment is';
		const why = first.kind === 'full' ? 'the browser has no more room for this page' : first.reason;
		return `${many} kept only until this page is closed: ${why}.`;
	}

	/** Keep bytes under their SHA-256. They can be used at once; gives whether the disk took them, and `problem` says why not. */
	async keep(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
		const blob = new Blob([bytes]);
		this.#blobs.set(sha256, Promise.resolve(blob));
		return this.#write(sha256, blob);
	}

	/** Write again what the disk refused. */
	async keepAgain(): Promise<void> {
		for (const sha256 of this.#unkept.keys()) {
			const blob = await this.#blobs.get(sha256);
			if (blob) await this.#write(sha256, blob);
		}
	}

	/** Have at hand what may be named again, by undo, after a sweep took it from the disk. */
	hold(named: readonly string[]): void {
		for (const sha256 of named) void this.blob(sha256);
	}

	/** Keep again what is named anew: a sweep may have taken it from the disk, or be about to. */
	async revive(named: readonly string[]): Promise<void> {
		for (const sha256 of named) {
			const blob = await this.blob(sha256);
			if (blob) await this.#write(sha256, blob);
		}
	}

	/** Give what stands for `bytes` as the `data` of a base64 source: their base64 if it is short, else a reference to them, kept. */
	async dataOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
		if (base64LengthOf(bytes.length) <= INLINE_BASE64) return toBase64(bytes);
		const sha256 = await sha256Hex(bytes);
		await this.keep(sha256, bytes);
		return referenceTo(sha256);
	}

	/** The attachment itself, or null when it is nowhere to be found. */
	blob(sha256: string): Promise<Blob | null> {
		return once(this.#blobs, sha256, () => this.#find(sha256));
	}

	/**
	 * The characters that take the place of a reference when the request is sent, or null when the attachment is nowhere to
	 * be found, or cannot be read any more.
	 */
	async base64(sha256: string): Promise<string | null> {
		try {
			const blob = await this.blob(sha256);
			return blob && toBase64(new Uint8Array(await blob.arrayBuffer()));
		} catch {
			// A file of the browser's own is gone or damaged: as good as missing.
			return null;
		}
	}

	/** Have whoever shows an attachment ask again: some that were missing have come in. */
	lookAgain(): void {
		this.#unkept = new Map(this.#unkept);
	}

	/** What to show of the attachment, or null when it is nowhere to be found. An effect asks again when it may be by now. */
	describe(sha256: string): Promise<AttachmentDescription | null> {
		void this.#unkept;
		const description = once(this.#descriptions, sha256, () => this.#describe(sha256));
		const [oldest] = this.#descriptions;
		if (oldest && this.#descriptions.size > DESCRIPTIONS_KEPT) {
			this.#descriptions.delete(oldest[0]);
			void oldest[1].then((dropped) => dropped?.url && URL.revokeObjectURL(dropped.url));
		}
		return description;
	}

	async #write(sha256: string, blob: Blob): Promise<boolean> {
		const written = await this.#needs.store.keepAttachment(sha256, blob);
		const unkept = new Map(this.#unkept);
		if (written.kind === 'saved') unkept.delete(sha256);
		else unkept.set(sha256, written);
		this.#unkept = unkept;
		return written.kind === 'saved';
	}

	async #find(sha256: string): Promise<Blob | null> {
		return (await this.#needs.store.loadAttachment(sha256)) ?? (await this.#loadShipped(sha256));
	}

	async #loadShipped(sha256: string): Promise<Blob | null> {
		const shipped = this.#needs.shipped.find((picture) => picture.sha256 === sha256);
		if (!shipped) return null;
		let blob: Blob;
		try {
			blob = await (await this.#needs.fetch(shipped.url)).blob();
		} catch (error) {
			// This is how fetch says that there is no connection.
			if (error instanceof TypeError) return null;
			throw error;
		}
		// A host may answer a missing file with a page of its own.
		return (await sha256Hex(new Uint8Array(await blob.arrayBuffer()))) === sha256 ? blob : null;
	}

	async #describe(sha256: string): Promise<AttachmentDescription | null> {
		const blob = await this.blob(sha256);
		return blob && (await import('./describe')).describe(blob);
	}
}

/** The promise under `key`, made when there is none. What turned out to be missing, or failed, is looked for again the next time. */
function once<T>(
	promises: Map<string, Promise<T | null>>,
	key: string,
	make: () => Promise<T | null>,
): Promise<T | null> {
	const held = promises.get(key);
	if (held) return held;
	const made = make();
	promises.set(key, made);
	const forget = () => {
		if (promises.get(key) === made) promises.delete(key);
	};
	made.then((value) => {
		if (value === null) forget();
	}, forget);
	return made;
}
