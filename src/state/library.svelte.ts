import type { Conversation, Summary } from '../model/conversation';
import type { Run } from '../model/run';
import {
	explainUnwritten,
	summaryOf,
	type KeptRun,
	type Loaded,
	type News,
	type RunHead,
	type Unsaved,
	type Unwritten,
} from '../model/saved';
import { titled, titleOf } from '../model/title';
import type { SavedRun, Store } from '../store/store';
import { KeptRuns } from './kept-runs';
import { Listing } from './listing.svelte';
import type { Notes } from './notes';
import type { Search } from './search.svelte';
import { tabLock } from './tab-lock';
import type { Undoable, Trash } from './trash.svelte';

/** Saving waits this long for the next keystroke, in milliseconds, … */
const PAUSE = 150;
/** … but never longer than this after the first, so that with the writing itself an edit is durable within 300. */
const LONGEST_WAIT = 250;
const UNTITLED = 'New conversation';

/** What of a conversation is edited. */
export type Content = Pick<Conversation, 'text' | 'apiVersion' | 'headers' | 'target'>;
/** What of it is changed by its editor or in the list. */
export type Change = Partial<Content & Pick<Conversation, 'title' | 'named' | 'pinned'>>;
export const contents: readonly (keyof Change)[] = ['text', 'apiVersion', 'headers', 'target'];

/** What a conversation is made of. Without a title, it follows the first words. */
export type Beginning = Content & Partial<Pick<Conversation, 'title' | 'origin'>>;

/** What happened to a conversation that was loaded here, beside what its own editor did. */
export type LibraryEvent =
	/** It is different now: renamed or pinned here, or changed in another tab. */
	| { readonly kind: 'changed'; readonly conversation: Conversation }
	/** Another tab changed the same at the same time. What was edited here goes on as `conversation`, a copy. */
	| { readonly kind: 'moved'; readonly from: string; readonly conversation: Conversation }
	/** It was deleted, here or in another tab. */
	| { readonly kind: 'gone'; readonly id: string; readonly elsewhere: boolean }
	/** It is on the disk for the first time. */
	| { readonly kind: 'kept'; readonly id: string }
	/** Another tab had deleted it, and brought it back. */
	| { readonly kind: 'back'; readonly id: string }
	/** It has other runs now. */
	| { readonly kind: 'runs'; readonly id: string }
	/** The page is hidden, and may never be shown again: what is still under way is to be left behind. */
	| { readonly kind: 'leaving'; readonly tab: string };

/** `not kept`: all is well, but this browser keeps nothing beyond the page. */
export type Saving = 'saved' | 'saving' | 'not kept' | { readonly problem: string; readonly full: boolean };

/** Runs `run` after so many milliseconds; the function it gives calls that off. */
export type After = (milliseconds: number, run: () => void) => () => void;

export interface LibraryNeeds {
	readonly store: Store;
	/** Reaches the library in other tabs, of the same version of this page; belongs to the library from here on. */
	readonly channel: BroadcastChannel;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly newId: () => string;
	readonly after: After;
	/** Where what is left behind is noted, too; missing where nothing outlives the page. */
	readonly notes?: Notes;
	/** Tell which tabs live; missing on pages without https. */
	readonly locks?: Pick<LockManager, 'request'>;
}

/** A conversation that was loaded here. `saved` and `current` are one object while they agree. */
type Draft = { -readonly [Name in keyof Unsaved]: Unsaved[Name] };

/** The saved conversations and their runs: what is listed, and that no edit is lost. */
export class Library {
	#loaded = $state(false);
	#saving = $state.raw<Saving>('saved');
	/** Null until something is deleted. */
	#trash = $state.raw<Trash | null>(null);
	readonly #list: Listing;
	readonly #runs: KeptRuns;
	readonly #drafts = new Map<string, Draft>();
	readonly #listeners = new Set<(event: LibraryEvent) => void>();
	/** When the oldest pending change must be written at the latest. */
	#deadline = Infinity;
	#callOffSave = () => {};
	/** Writes follow one another: each needs the revision the last one gave. */
	#writing = Promise.resolve();
	#search: Search | null = null;
	readonly #needs: LibraryNeeds;
	/** What was loaded when another tab deleted it. */
	readonly #lost = new Set<string>();
	readonly #closing = new AbortController();
	/** The name under which this tab leaves behind what it could not save, … */
	readonly #tab: string;
	/** … how often it has been left, and the last time something was left behind that is not saved; 0 when all is. */
	#leavings = 0;
	#left = 0;
	/** The tabs that have left something and live. */
	readonly #awaited = new Set<string>();

	constructor(needs: LibraryNeeds) {
		this.#needs = needs;
		const { store, channel } = needs;
		this.#list = new Listing({ store, channel, isUnsaved: (id) => this.#unsaved(id) !== null });
		this.#runs = new KeptRuns({ store, oncount: (id, more) => this.#list.countRuns(id, more) });
		if (!store.kept) this.#saving = 'not kept';
		channel.onmessage = ({ data }: MessageEvent<readonly News[]>) => this.hear(data);
		this.#tab = needs.newId();
		const { signal } = this.#closing;
		void needs.locks?.request(
			tabLock(store.name, this.#tab),
			() => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
		);
		// A page that is hidden may never be shown again.
		const onhide = () => this.#leave();
		document.addEventListener('visibilitychange', onhide, { signal });
		window.addEventListener('pagehide', onhide, { signal });
	}

	/** Pinned ones first, then by last change. */
	get summaries(): readonly Summary[] {
		return this.#list.sorted;
	}
	/** Whether the list has been read. */
	get loaded(): boolean {
		return this.#loaded;
	}
	/** Whether the list is all there is, rather than unread or unreadable. */
	get complete(): boolean {
		return this.#list.complete;
	}
	get saving(): Saving {
		return this.#saving;
	}
	/** Whether anything outlives the page. */
	get kept(): boolean {
		return this.#needs.store.kept;
	}
	/** What the browser said when nothing could be opened that outlives the page; else empty. */
	get refusal(): string {
		return this.#needs.store.refusal;
	}
	/** The request texts of edits and runs that are on this page and not on the disk. */
	get unsavedTexts(): readonly string[] {
		const drafts = this.#dirty().map(({ current }) => current);
		return [...drafts, ...this.#runs.waiting.map(({ request }) => request)].map(({ text }) => text);
	}
	/** The present, in milliseconds since 1970, for saying how long ago something was. */
	get now(): number {
		return this.#needs.now();
	}
	/** What was deleted last, while that can be undone. */
	get removed(): Undoable | null {
		return this.#trash?.last ?? null;
	}

	/** Read the list, or the first of it where there is more, and save what an earlier visit could not. */
	async start(): Promise<void> {
		try {
			const { store, notes } = this.#needs;
			const [left] = await Promise.all([store.leftBehind(), this.#read(this.#list.readFirst())]);
			if (left.length > 0 || notes?.keys.length) await this.takeUp();
		} catch (error) {
			this.#failReading(error);
		}
		this.#loaded = true;
	}

	/** Save what other tabs have left behind that are gone, now, and that of others as soon as they are. Rejects when it cannot be read. */
	async takeUp(): Promise<void> {
		const { takeUp } = await import('./take-up');
		const resume = (draft: Unsaved) => void this.#drafts.set(draft.saved.id, { ...draft });
		await takeUp({ ...this.#needs, library: this, awaited: this.#awaited, resume });
	}

	/** Read the rest of the list, unless all of it is here; where that cannot be done, it is told and `complete` stays false. */
	async readAll(): Promise<void> {
		await this.#read(this.#list.readAll());
	}

	async #read(reading: Promise<void>): Promise<void> {
		try {
			await reading;
		} catch (error) {
			this.#failReading(error);
		}
	}

	#failReading(error: unknown): void {
		this.#saving = { problem: `The saved conversations cannot be read: ${String(error)}`, full: false };
	}

	/** Write what is pending and stop listening. */
	async close(): Promise<void> {
		this.#closing.abort();
		await this.flush();
		this.#needs.channel.close();
	}

	/** Hear of what happens to loaded conversations. Gives the function that ends it. */
	listen(listener: (event: LibraryEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Gives what searches the saved conversations; it is loaded when it is first needed, and rejects when it cannot be. */
	async loadSearch(): Promise<Search> {
		const { openSearch } = await import('./search.svelte');
		const { store, channel } = this.#needs;
		return (this.#search ??= openSearch(store.database, channel.name));
	}

	/**
	 * Give the conversation with all that was edited here, saved or not; changes to it are followed from here on. One that
	 * is gone without a word leaves the list.
	 */
	async load(id: string): Promise<Loaded<Conversation>> {
		const loaded = await this.read(id);
		if (loaded.kind === 'found') return { kind: 'found', value: this.#see(loaded.value) };
		if (loaded.kind === 'missing' && this.#list.find(id)) this.announce([{ id, summary: null }]);
		return loaded;
	}

	/** Give the conversation as `load` does, without following it: for going through many. */
	async read(id: string): Promise<Loaded<Conversation>> {
		const unsaved = this.#unsaved(id);
		return unsaved ? { kind: 'found', value: titled(unsaved.current) } : this.#needs.store.loadConversation(id);
	}

	/** Show in the list, here and in other tabs, what was written past this library, however much, at once. */
	announce(news: readonly News[]): void {
		this.#list.tell(news);
		for (const { id, summary } of news)
			if (summary) this.#emit({ kind: 'runs', id });
			else this.#lose(id, false);
	}

	/** Take over what was done to conversations on the disk, by another tab or by nobody. */
	hear(news: readonly News[]): void {
		const loaded = news.filter(({ id }) => this.#drafts.has(id));
		const before = new Map(loaded.map(({ id }) => [id, this.#list.find(id)?.runs]));
		void this.#list.hear(news).catch(() => undefined);
		for (const { id, summary } of news) if (summary && this.#lost.delete(id)) this.#emit({ kind: 'back', id });
		for (const { id, summary, runs } of loaded) {
			if (summary && (runs || summary.runs !== before.get(id))) this.#emit({ kind: 'runs', id });
			const draft = this.#drafts.get(id);
			// What was edited here finds out when it is written.
			if (!draft || isDirty(draft)) continue;
			if (summary) void this.load(id);
			else this.#lose(id, true);
		}
		// What waits for its conversation may have got it back.
		if (this.#runs.waiting.length > 0) void this.flush();
	}

	/**
	 * Have a conversation that was loaded here written with the next `flush` as if it never was before. Gives the revision it
	 * had, 0 for one that is new indeed; null where none was loaded.
	 */
	renew(id: string): number | null {
		const draft = this.#drafts.get(id);
		if (!draft) return null;
		const { saved, current } = draft;
		draft.saved = { ...saved, revision: 0 };
		draft.current = { ...current };
		return saved.revision;
	}

	/** Make a conversation. It can be edited at once; saving it goes on by itself. */
	create(content: Beginning): Conversation {
		const conversation = this.#make(content);
		void this.flush();
		return conversation;
	}

	/** Take over an edit of a loaded conversation; it is written within 300 ms. One that is gone cannot be edited. */
	edit(id: string, change: Partial<Content>): void {
		if (!this.#change(id, change)) return;
		const now = this.#needs.now();
		this.#deadline = Math.min(this.#deadline, now + LONGEST_WAIT);
		this.#callOffSave();
		this.#callOffSave = this.#needs.after(Math.min(PAUSE, this.#deadline - now), () => void this.flush());
	}

	/** The title of a saved conversation; null when there is none with this id. */
	titleOf(id: string): string | null {
		return this.#list.find(id)?.title ?? null;
	}

	/** Write all that is pending now. */
	flush(): Promise<void> {
		this.#callOffSave();
		this.#deadline = Infinity;
		const write = () => this.#writeDirty();
		// What broke one write must not keep the later ones from being made.
		this.#writing = this.#writing.then(write, write);
		return this.#writing;
	}

	/** Give a conversation a title of its own; an empty one lets the title follow the first words again. */
	async rename(id: string, title: string): Promise<void> {
		const named = title.trim() !== '';
		await this.#changeHere(id, named ? { title: title.trim(), named } : { named });
	}

	async setPinned(id: string, pinned: boolean): Promise<void> {
		await this.#changeHere(id, { pinned });
	}

	/** Delete a conversation with its runs. For ten seconds, and as many after each deletion that follows, it can be undone. */
	async remove(id: string): Promise<void> {
		await (await this.#openTrash())?.removeConversation(id);
	}

	/** Put back what was deleted last, exactly as it was. What was deleted before it can be put back next. */
	async undo(): Promise<void> {
		await this.#trash?.undo();
	}

	/** Let what was deleted be gone. */
	dismiss(): void {
		this.#trash?.dismiss();
	}

	/** Nobody deletes as the page begins: what does it is loaded when it is first needed. */
	async #openTrash(): Promise<Trash | null> {
		try {
			const { Trash } = await import('./trash.svelte');
			const { store, after } = this.#needs;
			return (this.#trash ??= new Trash({
				store,
				after,
				list: this.#list,
				runs: this.#runs,
				unsaved: (id) => this.#unsaved(id),
				resume: (draft) => this.#drafts.set(draft.saved.id, { ...draft }),
				announce: (news) => this.announce(news),
				onruns: (id) => this.#emit({ kind: 'runs', id }),
				onfail: (unwritten) => this.#fail(unwritten),
				flush: () => this.flush(),
			}));
		} catch (error) {
			this.#fail({ kind: 'failed', reason: String(error) });
			return null;
		}
	}

	/** The runs of a conversation without their bytes, newest first; those that could not be saved among them. */
	runs(conversation: string): Promise<readonly RunHead[]> {
		return this.#runs.list(conversation);
	}

	loadRun(conversation: string, id: string): Promise<Loaded<KeptRun>> {
		return this.#runs.load(conversation, id);
	}

	/**
	 * Keep a run that has ended, and so many runs of its conversation in all; the oldest that are not pinned make room. One
	 * that the disk refuses, or whose conversation has been deleted, stays here, and is tried again with every `flush`.
	 */
	async keepRun(run: Run, keep?: number): Promise<SavedRun> {
		// It is kept with its conversation or not at all.
		if (this.#unsaved(run.conversation)) await this.flush();
		const written = await this.#runs.keep({ run, keep });
		if (written.kind === 'full' || written.kind === 'failed') this.#fail(written);
		return written;
	}

	/** Leave behind what has come of a run under way, in case its page does not see it end. `keepRun` writes it over. */
	async leaveRun(run: Run): Promise<void> {
		const listed = this.#list.find(run.conversation);
		if (listed) await this.#runs.leave(run, listed, this.#tab);
	}

	async pinRun(conversation: string, id: string, pinned: boolean): Promise<void> {
		const written = await this.#runs.pin(conversation, id, pinned);
		if (written.kind !== 'saved') return this.#fail(written);
		this.#list.countRuns(conversation, 0);
		this.#emit({ kind: 'runs', id: conversation });
	}

	/** Delete a run that is not pinned, which can be undone like the deletion of a conversation. */
	async removeRun(conversation: string, id: string): Promise<void> {
		await (await this.#openTrash())?.removeRun(conversation, id);
	}

	async #changeHere(id: string, change: Change): Promise<void> {
		if (!this.#drafts.has(id)) await this.load(id);
		if (this.#change(id, change)) await this.flush();
	}

	/** Change a loaded conversation, on the page and not yet on the disk. Gives whether there is such a one. */
	#change(id: string, change: Change): boolean {
		const draft = this.#drafts.get(id);
		if (!draft) return false;
		const changedAt = contents.some((name) => name in change) ? this.#time() : draft.current.changedAt;
		draft.current = { ...draft.current, ...change, changedAt };
		// What went wrong stays to be seen until a write succeeds.
		if (typeof this.#saving === 'string') this.#saving = 'saving';
		return true;
	}

	#make({ text, apiVersion, headers, target, title, origin }: Beginning): Conversation {
		const at = this.#time();
		const saved: Conversation = {
			version: 1,
			id: this.#needs.newId(),
			revision: 0,
			title: title ?? titleOf(text) ?? UNTITLED,
			named: title !== undefined,
			pinned: false,
			createdAt: at,
			changedAt: at,
			text,
			apiVersion,
			headers,
			target,
			...(origin && { origin }),
		};
		const current = { ...saved };
		this.#drafts.set(saved.id, { saved, current });
		this.#list.show([{ id: saved.id, summary: summaryOf(saved, 0) }]);
		return current;
	}

	/** The page may be gone before anything can be read: leave behind what is not saved, then go on as if it stayed. */
	#leave(): void {
		const { store, notes } = this.#needs;
		this.#emit({ kind: 'leaving', tab: this.#tab });
		const drafts = this.#dirty();
		if (drafts.length === 0) return;
		const left = { tab: this.#tab, at: (this.#left = ++this.#leavings), drafts };
		notes?.write(`unsaved/${left.tab}`, { version: 1, ...left });
		void store.leaveBehind(left);
		void this.flush();
	}

	async #writeDirty(): Promise<void> {
		const problems: Unwritten[] = [];
		for (const [id, draft] of [...this.#drafts]) {
			const problem = isDirty(draft) ? await this.#write(id) : null;
			if (problem !== null) problems.push(problem);
		}
		if (problems[0]) return this.#fail(problems[0]);
		// What was written is smaller than what was run: while there is no room for the one, there is none for the other.
		const { problem, missed } = await this.#runs.keepWaiting();
		if (problem) return this.#fail(problem);
		// What was typed meanwhile is for the next write.
		if (this.#dirty().length > 0) return;
		if (!missed) this.#saving = this.kept ? 'saved' : 'not kept';
		if (!this.#left) return;
		this.#left = 0;
		const { store, notes } = this.#needs;
		// The note first: alone, it would be taken for what was never written.
		notes?.remove(`unsaved/${this.#tab}`);
		await store.clearBehind(this.#tab);
	}

	/** What was edited of a conversation and is not written; null where all is. */
	#unsaved(id: string): Draft | null {
		const draft = this.#drafts.get(id);
		return draft && isDirty(draft) ? draft : null;
	}

	#dirty(): Draft[] {
		return [...this.#drafts.values()].filter(isDirty);
	}

	/** Write a draft to the disk. Gives what went wrong, or null. */
	async #write(id: string): Promise<Unwritten | null> {
		const draft = this.#drafts.get(id);
		if (!draft) return null;
		const { saved, current } = draft;
		const next = titled(current);
		const drafts = this.#dirty().filter((other) => other !== draft);
		const left = this.#left ? { tab: this.#tab, at: this.#left, drafts } : undefined;
		const result = await this.#needs.store.saveConversation(next, saved.revision, left);
		if (result.kind === 'conflict') {
			try {
				return this.#write(await this.#settle(draft, result.current));
			} catch (error) {
				return { kind: 'failed', reason: String(error) };
			}
		}
		const listed = this.#list.find(id);
		if (result.kind !== 'saved') {
			if (listed) this.#list.show([{ id, summary: summaryOf(next, listed.runs) }]);
			return result;
		}
		draft.saved = { ...next, revision: result.revision };
		if (!saved.revision) this.#emit({ kind: 'kept', id });
		// Whatever was typed in the meantime is for the next write.
		if (draft.current === current) draft.current = draft.saved;
		const runs = listed?.runs ?? (await this.#needs.store.runsOf(id)).length;
		this.#list.tell([{ id, summary: summaryOf(next, runs) }]);
		if (saved.title !== next.title || saved.pinned !== next.pinned)
			this.#emit({ kind: 'changed', conversation: draft.current });
		// What another tab wrote behind it was told while this was under way.
		if (this.#list.shared) void this.load(id);
		return null;
	}

	/**
	 * Another tab wrote first. Keep both: together where they changed different things, else ours as a copy. Gives the id
	 * under which ours is to be written. Rejects when the part of the page that does so cannot be loaded.
	 */
	async #settle(draft: Draft, theirs: Loaded<Conversation>): Promise<string> {
		const { settle } = await import('./other-tabs');
		const { saved, current: ours } = draft;
		const both = theirs.kind === 'found' ? settle(draft, theirs.value) : null;
		if (both) {
			Object.assign(draft, both);
			this.#emit({ kind: 'changed', conversation: draft.current });
			// What was cleared away and is written anew, another tab may write first.
			if (!saved.revision) this.#emit({ kind: 'kept', id: saved.id });
			return saved.id;
		}
		this.#drafts.delete(saved.id);
		const conversation = this.#make({ ...ours, title: `${ours.title} (copy from another tab)` });
		this.#emit({ kind: 'moved', from: saved.id, conversation });
		return conversation.id;
	}

	/** Take over what is on the disk, and pass on what is new about it. Gives the conversation as it is here. */
	#see(conversation: Conversation): Conversation {
		const draft = this.#drafts.get(conversation.id);
		// What was edited while this was read finds out when it is written; what was written meanwhile is newer.
		if (draft && (isDirty(draft) || conversation.revision <= draft.saved.revision)) return draft.current;
		this.#drafts.set(conversation.id, { saved: conversation, current: conversation });
		if (draft) this.#emit({ kind: 'changed', conversation });
		return conversation;
	}

	#lose(id: string, elsewhere: boolean): void {
		if (elsewhere) this.#lost.add(id);
		if (this.#drafts.delete(id)) this.#emit({ kind: 'gone', id, elsewhere });
	}

	#emit(event: LibraryEvent): void {
		for (const listener of this.#listeners) listener(event);
	}

	#fail(unwritten: Unwritten): void {
		this.#saving = { problem: explainUnwritten(unwritten), full: unwritten.kind === 'full' };
	}

	#time(): string {
		return new Date(this.#needs.now()).toISOString();
	}
}

function isDirty({ saved, current }: Unsaved): boolean {
	return current !== saved;
}
