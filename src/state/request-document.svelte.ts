import { referenceTo, takeApart } from '../model/attachment';
import { emptyDraft, readDraft, type Draft, type Fault } from '../model/draft';
import { applyEdits, composeEdits, editBetween, invertEdits, rebaseEdit, type Edit } from '../model/edit';
import { amend, emptyHistory, record, redo, undo, type History } from '../model/history';
import type { JsonObject, JsonPath } from '../model/json';
import { placesIn, type Range } from '../model/lens';

/** Who changed the text: a view, files that went in, undo and redo, another tab, or another document taking its place. */
export type Origin = 'form' | 'editor' | 'files' | 'history' | 'elsewhere' | 'load';
export type EditListener = (edits: readonly Edit[], origin: Origin) => void;

export interface EditOptions {
	/** Edits of one group that follow closely in time and place are undone together. */
	readonly group?: string;
	readonly origin?: Origin;
}

interface Needs {
	readonly text: string;
	/** The time in milliseconds. */
	readonly now: () => number;
	/** Keep the bytes of an attachment. Gives whether they are on the disk: while they are refused, the text holds them. */
	readonly keepAttachment: (sha256: string, bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>;
}

/** Text that comes in at once and is shorter holds nothing that would be taken apart. */
const LONG = 1024;

/** The request being edited: its text, read as a draft, with one history for all views. Every change goes through here. */
export class RequestDocument {
	#draft: Draft = $state.raw(emptyDraft);
	#history: History = $state.raw(emptyHistory);
	/** The text that says what the request is: while the last one does not parse, the one before. */
	readonly #good = $derived(this.#draft.kind === 'valid' ? this.#draft.text : this.#draft.lastGood.text);
	/** Every block of a form asks for its own place: the text is read once for all of them. */
	readonly #places = $derived(placesIn(this.#good));
	/** What was typed for values and is no JSON yet, as edits that wait. Like any place, theirs moves with what is edited before it. */
	#unfinished = $state.raw<readonly Edit[]>([]);
	#settled: Promise<unknown> = Promise.resolve();
	readonly #needs: Needs;
	readonly #listeners = new Set<EditListener>();
	/** What has been done to the text since each taking apart that is under way began. */
	readonly #since = new Map<symbol, readonly Edit[]>();

	constructor(needs: Needs) {
		this.#needs = needs;
		this.#draft = readDraft(needs.text);
		this.#takeApart();
	}

	get text(): string {
		return this.#draft.text;
	}

	get draft(): Draft {
		return this.#draft;
	}

	/** What the text says; while it does not parse, what it said last. */
	get request(): JsonObject {
		return this.#draft.kind === 'valid' ? this.#draft.request : this.#draft.lastGood.request;
	}

	/** The value at `path` as it is spelled in the text, or in the last one that parsed; empty where there is none. */
	sourceAt(path: JsonPath): string {
		const { offset, length } = this.#places(path) ?? { offset: 0, length: 0 };
		return this.#good.slice(offset, offset + length);
	}

	/** What was typed for the value at `path` and is no JSON yet; null where there is nothing of the kind. */
	unfinishedAt(path: JsonPath): string | null {
		const place = this.#placeFor(path);
		return this.#unfinished.find(({ offset }) => offset === place?.offset)?.content ?? null;
	}

	/** Keep what was typed for the value at `path` until the value becomes another, by whomever; null forgets it. */
	holdUnfinished(path: JsonPath, typed: string | null): void {
		const place = this.#placeFor(path);
		if (!place) return;
		const { offset, length } = place;
		const others = this.#unfinished.filter((held) => held.offset !== offset);
		this.#unfinished = typed === null ? others : [...others, { offset, length, content: typed }];
	}

	/** Where the value at `path` stands; one that is missing, at the beginning of what it is missing from. */
	#placeFor(path: JsonPath): Range | undefined {
		const holder = this.#places(path.slice(0, -1));
		return this.#places(path) ?? (holder && { offset: holder.offset + 1, length: 0 });
	}

	get fault(): Fault | null {
		return this.#draft.kind === 'broken' ? this.#draft.fault : null;
	}

	get canUndo(): boolean {
		return this.#history.past.length > 0;
	}

	get canRedo(): boolean {
		return this.#history.future.length > 0;
	}

	/** Done when all base64 that has come in so far has become attachments. */
	get settled(): Promise<void> {
		return this.#settled.then(() => undefined);
	}

	/** Make edits, which all speak of the text as it is now. */
	edit(edits: readonly Edit[], { group, origin = 'form' }: EditOptions = {}): void {
		if (edits.length === 0) return;
		const inverse = invertEdits(this.text, edits);
		this.#history = record(this.#history, { edits, inverse, group: group ?? null, at: this.#needs.now() });
		this.#apply(edits, origin);
	}

	/** Make the text `text`, by the one edit that leads there. */
	replace(text: string, options?: EditOptions): void {
		this.edit(editBetween(this.text, text), options);
	}

	/** Begin another document: nothing that was done before can be undone. */
	load(text: string): void {
		this.#history = emptyHistory;
		this.#apply([{ offset: 0, length: this.text.length, content: text }], 'load', emptyDraft);
	}

	undo(): void {
		this.#step(undo(this.#history));
	}

	redo(): void {
		this.#step(redo(this.#history));
	}

	/** Hear of every change as the edits that made it, after it was made. Gives what ends the listening. */
	onedit(listener: EditListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#step(step: { readonly edits: readonly Edit[]; readonly history: History } | null): void {
		if (!step) return;
		this.#history = step.history;
		this.#apply(step.edits, 'history');
	}

	#apply(edits: readonly Edit[], origin: Origin, before = this.#draft): void {
		this.#draft = readDraft(applyEdits(this.text, edits), before);
		this.#unfinished = this.#unfinished.flatMap((held) => moved(held, edits));
		for (const [job, since] of this.#since) this.#since.set(job, composeEdits(since, edits));
		for (const listener of this.#listeners) listener(edits, origin);
		if (edits.some(({ content }) => content.length > LONG)) this.#takeApart();
	}

	#takeApart(): void {
		if (this.text.length > LONG) this.#settled = Promise.allSettled([this.#settled, this.#moveOut(this.text)]);
	}

	/** Keep the base64 in `text`, which is the text as it is now, and put references to what was kept in its place where it still stands then. */
	async #moveOut(text: string): Promise<void> {
		const job = Symbol();
		this.#since.set(job, []);
		try {
			const { edits, attachments } = await takeApart(text);
			const kept = new Set<string>();
			const keep = async ([sha256, bytes]: readonly [string, Uint8Array<ArrayBuffer>]) => {
				if (await this.#needs.keepAttachment(sha256, bytes)) kept.add(referenceTo(sha256));
			};
			await Promise.all([...attachments].map(keep));
			const since = this.#since.get(job)!; // set above, deleted below
			const references = edits
				.filter(({ content }) => kept.has(content))
				.map((edit) => rebaseEdit(edit, since))
				.filter((edit) => edit !== null);
			if (references.length === 0) return;
			this.#history = amend(this.#history, references, invertEdits(this.text, references));
			this.#apply(references, 'files');
		} finally {
			this.#since.delete(job);
		}
	}
}

/** What waits for a value, at the place where the value is after `edits`; nothing where they change the value. */
function moved(held: Edit, edits: readonly Edit[]): Edit[] {
	let { offset } = held;
	for (const edit of edits) {
		const end = edit.offset + edit.length;
		// What merely touches it is a neighbour's.
		if (end <= held.offset) offset += edit.content.length - edit.length;
		else if (edit.offset < held.offset + held.length) return [];
	}
	return [{ ...held, offset }];
}
