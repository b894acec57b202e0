import type { Outgoing, Send } from '../api/send';
import type { Example } from '../lessons/examples';
import type { Fix } from '../lint/rule';
import { mentionsIn, putBack, referencesIn } from '../model/attachment';
import type { Conversation } from '../model/conversation';
import { isJsonArray, isJsonObject, parsed, valueAt, type JsonObject, type JsonValue } from '../model/json';
import { setValue } from '../model/lens';
import { modelOf, MODELS, type Model } from '../model/models';
import { newRequest } from '../model/new-request';
import type { Run } from '../model/run';
import type { RunHead } from '../model/saved';
import { addBlock, countTurns, turnsOf, withFirstTurns } from '../model/turns';
import type { Attachments } from './attachments.svelte';
import type { Catalogue } from './catalogue.svelte';
import type { CheckFor } from './check-for';
import type { Disk } from './disk.svelte';
import { Exchange } from './exchange.svelte';
import type { Housekeeping } from './housekeeping.svelte';
import { Intake, type Place } from './intake.svelte';
import type { KeyRing } from './key-ring.svelte';
import type { Content, Library, LibraryEvent } from './library.svelte';
import type { Recordings } from './recordings.svelte';
import { RequestDocument } from './request-document.svelte';
import { Review } from './review.svelte';
import type { Settings } from './settings.svelte';
import type { Transfer } from './transfer.svelte';

/** A way in which the simulated API can behave, as it is offered. */
export interface ScenarioChoice {
	readonly id: string;
	readonly title: string;
	readonly about: string;
}

export interface PlaygroundNeeds {
	readonly library: Library;
	readonly attachments: Attachments;
	readonly keyRing: KeyRing;
	readonly settings: Settings;
	readonly send: Send;
	readonly examples: readonly Example[];
	/** The day the simulated API plays, as YYYY-MM-DD. */
	readonly simulatedToday: string;
	/** The ways in which the simulated API can behave. Rejects when they cannot be loaded. */
	readonly loadScenarios: () => Promise<readonly ScenarioChoice[]>;
	/** Milliseconds since the epoch, on a clock that never goes back. */
	readonly now: () => number;
	readonly newId: () => string;
	readonly frame: (callback: () => void) => void;
	/** Gives what takes conversations out of the page and into it; it is loaded when it is first needed. */
	readonly loadTransfer: () => Promise<Transfer>;
	/** Gives what looks after all that is kept; it is loaded when it is first needed. */
	readonly loadHousekeeping: () => Promise<Housekeeping>;
	/** Gives what APIs have reported of their models; it is loaded when the page is complete. */
	readonly loadCatalogue: () => Promise<Catalogue>;
	/** Gives the recordings that the simulated API can play; they are loaded when they are first needed. */
	readonly loadRecordings: () => Promise<Recordings>;
	readonly disk: Disk;
	/** Call back when the page has nothing better to do. */
	readonly idle: (callback: () => void) => void;
	/** Call back in this many milliseconds, unless what is given back is called first. */
	readonly after: (milliseconds: number, run: () => void) => () => void;
}

/** The request of a new conversation: one empty user turn. */
const BLANK = newRequest('[\n    {"role": "user", "content": ""}\n  ]');

/** The open conversation, and everything that can be done with it. */
export class Playground {
	readonly document: RequestDocument;
	readonly exchange: Exchange;
	readonly library: Library;
	readonly attachments: Attachments;
	readonly keyRing: KeyRing;
	readonly settings: Settings;
	/** What is to be said of the request. */
	readonly review: Review;
	/** Files on their way into the request. */
	readonly intake: Intake;
	readonly examples: readonly Example[];
	readonly loadTransfer: () => Promise<Transfer>;
	readonly loadHousekeeping: () => Promise<Housekeeping>;
	readonly disk: Disk;
	readonly #needs: PlaygroundNeeds;

	#conversation: Conversation = $state.raw(unsaved(NEW, BLANK));
	#runs = $state.raw<readonly RunHead[]>([]);
	/** Whether the open conversation is in the library: one that nobody has touched yet is not, and nobody would miss it. */
	#saved = $state.raw(false);
	#opened = $state.raw(false);
	#ready = $state.raw(false);
	#problem = $state.raw<string | null>(null);
	#recordings = $state.raw<Recordings | null>(null);
	#catalogue = $state.raw<Catalogue | null>(null);
	/** Counts openings and sends, so that what comes late does not take the place of what came after it. */
	#opening = 0;
	#sending = 0;
	/** The same of runs that are to be shown, and of those to be restored. */
	#choosing = 0;
	#restoring = 0;
	#busy = $state(false);
	/** Where runs are to be kept whose conversation went on as a copy before they were, by their ids. */
	readonly #moved = new Map<string, string>();

	constructor(needs: PlaygroundNeeds) {
		this.#needs = needs;
		({
			library: this.library,
			attachments: this.attachments,
			keyRing: this.keyRing,
			settings: this.settings,
			examples: this.examples,
			loadTransfer: this.loadTransfer,
			loadHousekeeping: this.loadHousekeeping,
			disk: this.disk,
		} = needs);
		const { now, newId, frame, send } = needs;
		this.document = new RequestDocument({
			text: BLANK,
			now,
			keepAttachment: (sha256, bytes) => this.attachments.keep(sha256, bytes),
		});
		this.document.onedit((edits, origin) => {
			const named = edits.flatMap(({ content }) => mentionsIn(content));
			if (origin === 'elsewhere' || origin === 'load') return needs.idle(() => this.attachments.hold(named));
			void this.attachments.revive(named);
			this.change({ text: this.document.text });
		});
		this.library.listen((event) => this.#hear(event));
		this.intake = new Intake({
			attachments: this.attachments,
			keyRing: this.keyRing,
			tier: () => modelOf(this.document.request, this.models)?.imageTier ?? 'high',
			imageCount: () => imagesIn(this.document.request.messages),
			insert: (blocks, place) => this.#insert(blocks, place),
		});
		this.exchange = new Exchange({
			send,
			now,
			newId,
			frame,
			onended: (run) => {
				void this.#keep(run);
				void this.review.lookInto(run);
			},
		});
		this.review = new Review({
			document: this.document,
			exchange: this.exchange,
			attachments: this.attachments,
			sending: () => ({
				apiVersion: this.#conversation.apiVersion,
				headers: this.#conversation.headers,
				today: this.today,
				models: this.models,
			}),
			checkFor: () => this.settings.values.checkFor,
			simulatedToday: needs.simulatedToday,
			idle: needs.idle,
		});
	}

	get conversation(): Conversation {
		return this.#conversation;
	}
	/** What could not be opened the last time something was to be, as a sentence; null when all is well. */
	get problem(): string | null {
		return this.#problem;
	}
	/** Whether there is a conversation to show: at the start, it is still being read. */
	get opened(): boolean {
		return this.#opened;
	}
	/** Whether the page is back as it was left, or the first example has been run: the rest of it may come now. */
	get ready(): boolean {
		return this.#ready;
	}
	/** Whether a run is under way: from the click on, while the request is put together, until its ending. */
	get busy(): boolean {
		return this.#busy;
	}
	/** Whether the open conversation is in the library; one that nobody has touched is not. */
	get saved(): boolean {
		return this.#saved;
	}
	/** The runs of the open conversation, newest first. */
	get runs(): readonly RunHead[] {
		return this.#runs;
	}
	/** The clock by which the page waits. */
	get clock(): Pick<PlaygroundNeeds, 'now' | 'after'> {
		return this.#needs;
	}
	/** The key as it may be shown; null when there is none. */
	get maskedKey(): string | null {
		const { state } = this.keyRing;
		return state.kind === 'none' ? null : `sk-ant-…${state.last4}`;
	}
	/** Every model that is known of the API the open conversation goes to. */
	get models(): readonly Model[] {
		return this.#catalogue?.modelsOf(this.#conversation.target) ?? MODELS;
	}
	/** What APIs have reported of their models. Rejects when it cannot be loaded. */
	async loadCatalogue(): Promise<Catalogue> {
		return (this.#catalogue = await this.#needs.loadCatalogue());
	}
	/** The recordings that the simulated API can play; null until they were needed. */
	get recordings(): Recordings | null {
		return this.#recordings;
	}
	/** The recordings as they are now. Rejects when the part of the page that keeps them cannot be loaded. */
	async loadRecordings(): Promise<Recordings> {
		const recordings = await this.#needs.loadRecordings();
		await recordings.load();
		return (this.#recordings = recordings);
	}
	/** The ways in which the simulated API can behave. Rejects when they cannot be loaded. */
	loadScenarios(): Promise<readonly ScenarioChoice[]> {
		return this.#needs.loadScenarios();
	}
	/** The day the open conversation's API goes by, as YYYY-MM-DD. */
	get today(): string {
		const { now, simulatedToday } = this.#needs;
		return this.#conversation.target.kind === 'simulated' ? simulatedToday : new Date(now()).toISOString().slice(0, 10);
	}

	/** Bring the page back as it was left; on a first visit, show the first example, already run. */
	async start(): Promise<void> {
		await this.#comeBack();
		this.#opened = this.#ready = true;
	}

	async #comeBack(): Promise<void> {
		const left = this.settings.values.openConversation;
		if (left === NEW) return this.create();
		const example = this.examples.find(({ id }) => left === exampleId(id));
		if (example) return this.openExample(example);
		if (left !== null && (await this.open(left))) return;
		if (await this.#openNewest()) return;
		const [first] = this.examples;
		if (!first) return;
		this.openExample(first);
		// A visitor who changes nothing is shown the same the next time.
		void this.settings.set({ openConversation: null });
		await this.#send();
		// The rest of the page is loaded after the answer has been painted, not with it.
		const { frame, idle } = this.#needs;
		await new Promise<void>((resolve) => frame(() => idle(resolve)));
	}

	/** Open a saved conversation with its last run. Gives whether it could be. */
	async open(id: string): Promise<boolean> {
		const opening = ++this.#opening;
		const loaded = await this.library.load(id);
		this.#problem =
			loaded.kind === 'unreadable'
				? `That conversation cannot be read (${loaded.reason}). Its record is left as it is.`
				: loaded.kind === 'missing'
					? 'That conversation is not here any more: another tab, or the browser itself, has deleted it.'
					: null;
		if (loaded.kind !== 'found') return false;
		if (opening !== this.#opening) return true;
		this.#show(loaded.value, true);
		const runs = await this.library.runs(id);
		const last = runs[0] ? await this.library.loadRun(id, runs[0].id) : null;
		if (opening !== this.#opening) return true;
		this.#runs = runs;
		if (last?.kind === 'found' && this.exchange.run === null && !this.#busy) this.#showRun(last.value);
		return true;
	}

	/** Start a new conversation from a blank request. It is saved from the first change or run on. */
	create(): void {
		this.#opening++;
		const { target, apiVersion, headers } = this.#conversation;
		this.#show({ ...unsaved(NEW, BLANK), target, apiVersion, headers }, false);
	}

	/** Start a new conversation from an example. It is saved from the first change or run on. */
	openExample({ id, text }: Example): void {
		this.#opening++;
		const { target, apiVersion } = this.#conversation;
		// Where requests go is the user's choice, and outlives the conversation it was made in.
		this.#show({ ...unsaved(exampleId(id), text), target, apiVersion }, false);
	}

	/** Go on in a new conversation from turn `index` of this one, which stays as it is. */
	async fork(index: number): Promise<void> {
		if (this.document.draft.kind !== 'valid') return;
		const { id, apiVersion, headers, target } = this.#conversation;
		const text = withFirstTurns(this.document.text, index + 1);
		const origin = this.#saved ? { origin: { conversation: id, turn: index + 1 } } : {};
		await this.open(this.library.create({ text, apiVersion, headers, target, ...origin }).id);
	}

	/** Start a new conversation from a request that was pasted or dropped, and save it. */
	openImported({ text, apiVersion, headers, target }: Content): void {
		this.#opening++;
		this.#show({ ...unsaved(NEW, text), apiVersion, headers, target }, false);
		this.#save({});
	}

	/** Put a request that was pasted or dropped in the place of the open one; undo brings its text back. */
	replaceRequest({ text, apiVersion, headers, target }: Content): void {
		this.document.replace(text);
		this.change({ apiVersion, headers, target });
	}

	/** Change the open conversation. */
	change(change: Partial<Content>): void {
		if (this.#saved) {
			this.#conversation = { ...this.#conversation, ...change };
			this.library.edit(this.#conversation.id, change);
			void this.disk.protect();
		} else {
			this.#save(change);
		}
		this.review.look();
	}

	/** Have the findings hold for another model or version than the request's own; null is its own. What is sent stays as it is. */
	checkFor(change: Partial<CheckFor>): void {
		void this.settings.set({ checkFor: { ...this.settings.values.checkFor, ...change } });
		this.review.look();
	}

	/** Apply the way out that a rule offers. */
	async fix(fix: Fix): Promise<void> {
		const { editsOf } = await import('../lint/fix');
		this.document.edit(editsOf(fix, this.document.text), { origin: 'form' });
	}

	/** Send the request as it stands, in place of a run under way. */
	run(): Promise<void> {
		if (!this.#saved) this.#save({});
		void this.disk.protect();
		return this.#send();
	}

	/** Stop the run under way, also one whose request is still being put together; what has arrived stays. */
	stop(): void {
		this.#sending++;
		this.#busy = false;
		this.exchange.stop();
	}

	/** Show an earlier run of the open conversation. */
	async showRun(id: string): Promise<void> {
		const choosing = ++this.#choosing;
		const loaded = await this.library.loadRun(this.#conversation.id, id);
		if (choosing === this.#choosing && loaded.kind === 'found') this.#showRun(loaded.value);
	}

	/** Take the request of an earlier run back into the document; undo brings back what was there. */
	async restoreRun(id: string): Promise<void> {
		const restoring = ++this.#restoring;
		const loaded = await this.library.loadRun(this.#conversation.id, id);
		if (restoring === this.#restoring && loaded.kind === 'found') this.document.replace(loaded.value.request.text);
	}

	/** Let a run of the open conversation stay when older ones make room, or no longer. */
	pinRun(id: string, pinned: boolean): Promise<void> {
		return this.library.pinRun(this.#conversation.id, id, pinned);
	}

	/** Record what a run of the open conversation was answered, for the simulated API to give it again. */
	async recordRun(id: string): Promise<void> {
		const loaded = await this.library.loadRun(this.#conversation.id, id);
		if (loaded.kind !== 'found') return;
		try {
			await (await this.loadRecordings()).record(loaded.value);
		} catch (error) {
			this.#problem = `The run was not recorded, as that part of the page could not be loaded: ${String(error)}`;
		}
	}

	/** Delete an earlier run of the open conversation, unless it is pinned. */
	async removeRun(id: string): Promise<void> {
		const conversation = this.#conversation.id;
		const choosing = this.#choosing;
		await this.library.removeRun(conversation, id);
		const runs = await this.library.runs(conversation);
		if (conversation !== this.#conversation.id) return;
		this.#runs = runs;
		if (choosing !== this.#choosing || this.exchange.run?.id !== id || runs.some((run) => run.id === id)) return;
		if (runs[0]) await this.showRun(runs[0].id);
		else this.exchange.show(null);
	}

	/** The body of a run, exactly as it was sent. Rejects when an attachment of it is nowhere to be found. */
	async bodyAsSent(run: Run): Promise<string> {
		const { text, missing } = await this.#body(run.request.text);
		if (missing.length > 0) throw new Error(`Missing: ${missing.join(', ')}.`);
		return text;
	}

	/** The words that the answer of `run` goes on from; null when its request did not end with the assistant's. */
	prefillOf(run: Run): string | null {
		const request = parsed(run.request.text);
		const last = isJsonObject(request) ? turnsOf(request).at(-1) : undefined;
		if (!last?.prefill) return null;
		return last.blocks.map((block) => (block.kind === 'text' ? block.text : '')).join('');
	}

	#showRun(run: Run): void {
		this.stop();
		this.exchange.show(run);
		void this.review.lookInto(run);
	}

	async #send(): Promise<void> {
		this.stop();
		this.#choosing++;
		const sending = this.#sending;
		this.#busy = true;
		try {
			await this.document.settled;
			const outgoing = await this.#outgoing();
			if (sending === this.#sending) await this.exchange.ask(outgoing, this.#conversation.id);
		} finally {
			if (sending === this.#sending) this.#busy = false;
		}
	}

	async #outgoing(): Promise<Outgoing> {
		const { target, apiVersion, headers } = this.#conversation;
		const { text } = this.document;
		const { text: body, missing } = await this.#body(text);
		const locked = this.keyRing.state.kind === 'locked' && target.kind !== 'simulated';
		return {
			target,
			apiVersion,
			headers,
			text,
			body,
			apiKey: this.keyRing.read(),
			...(missing.length > 0
				? {
						obstacle: {
							cause: 'attachment-missing',
							reason: `The request names ${missing.length === 1 ? 'an attachment' : 'attachments'} that this browser does not have: ${missing.join(', ')}.`,
						},
					}
				: locked
					? { obstacle: { cause: 'key-locked', reason: 'The key is locked with a passphrase.' } }
					: {}),
		};
	}

	async #body(text: string): Promise<{ text: string; missing: readonly string[] }> {
		const references = [...new Set(referencesIn(text))];
		const found = await Promise.all(
			references.map(async (sha256) => [sha256, await this.attachments.base64(sha256)] as const),
		);
		const base64 = new Map(found);
		return putBack(text, (sha256) => base64.get(sha256) ?? undefined);
	}

	#show(conversation: Conversation, saved: boolean): void {
		this.stop();
		this.#choosing++;
		this.#restoring++;
		this.#problem = null;
		this.#conversation = conversation;
		this.#opened = true;
		this.#saved = saved;
		this.#runs = [];
		this.review.begin();
		this.intake.clear();
		this.document.load(conversation.text);
		this.exchange.show(null);
		void this.settings.set({ openConversation: conversation.id });
		this.review.look();
	}

	/** Take the open conversation into the library, with the run that was shown of it. */
	#save(change: Partial<Content>): void {
		const { id: before, text, apiVersion, headers, target } = this.#conversation;
		this.#conversation = this.library.create({ text, apiVersion, headers, target, ...change });
		this.#saved = true;
		this.#opening++;
		// The first thing worth keeping: whoever is asked about it now knows what it is about.
		void this.disk.protect();
		void this.settings.set({ openConversation: this.#conversation.id });
		const { run } = this.exchange;
		if (run?.ending && run.conversation === before && !isSavedId(before)) void this.#keep(run);
	}

	async #keep(run: Run): Promise<void> {
		// What was run before anything was changed belongs to what it has become; on its own it is not kept.
		const conversation = isSavedId(run.conversation) ? run.conversation : this.#saved ? this.#conversation.id : null;
		if (conversation === null) return;
		// What it was sent with may be out of the text, and swept away, by the time the answer has ended.
		await this.attachments.revive(mentionsIn(run.request.text));
		// Whether its conversation goes on as a copy turns out when that is written.
		await this.library.flush();
		const home = this.#moved.get(run.id) ?? conversation;
		this.#moved.delete(run.id);
		await this.library.keepRun({ ...run, conversation: home }, this.settings.values.runsKept);
		if (home === this.#conversation.id) await this.#readRuns();
	}

	/** What has come of the run under way outlives the page with its conversation. */
	#leave(): void {
		const run = this.exchange.catchUp();
		if (run && isSavedId(run.conversation)) void this.library.leaveRun(run);
	}

	#hear(event: LibraryEvent): void {
		const { id } = this.#conversation;
		if (event.kind === 'leaving') this.#leave();
		else if (event.kind === 'runs' && event.id === id) void this.#readRuns();
		else if (event.kind === 'gone' && event.id === id) {
			// Whoever types on before another is shown goes on in a new one.
			this.#saved = false;
			void this.#openNewest().then((opened) => opened || this.create());
		} else if (event.kind === 'moved' && event.from === id) {
			const { run } = this.exchange;
			// What is not among the runs yet was asked by the words that go on in the copy.
			if (run?.conversation === id && !this.#runs.some((kept) => kept.id === run.id))
				this.#moved.set(run.id, event.conversation.id);
			this.#conversation = event.conversation;
			this.#runs = [];
			void this.#readRuns();
			void this.settings.set({ openConversation: event.conversation.id });
		} else if (event.kind === 'changed' && event.conversation.id === id) {
			this.#conversation = event.conversation;
			this.document.replace(event.conversation.text, { origin: 'elsewhere' });
			this.review.look();
		}
	}

	async #readRuns(): Promise<void> {
		const { id } = this.#conversation;
		const runs = await this.library.runs(id);
		if (id === this.#conversation.id) this.#runs = runs;
	}

	async #openNewest(): Promise<boolean> {
		const [newest] = this.library.summaries;
		return newest !== undefined && (await this.open(newest.id));
	}

	#insert(blocks: readonly JsonObject[], { turn, replacing }: Place): boolean {
		const { document } = this;
		if (document.draft.kind !== 'valid') {
			// There is no place to put them: they wait until the text parses, or until it is another request's.
			const stop = document.onedit((_edits, origin) => {
				if (origin !== 'load' && document.draft.kind !== 'valid') return;
				stop();
				if (origin !== 'load') this.#insert(blocks, { turn, replacing });
			});
			return true;
		}
		if (turn >= countTurns(document.request)) return false;
		// Before the words about them: https://platform.claude.com/docs/en/build-with-claude/vision, checked 2026-11-22.
		const words = turnsOf(document.request)[turn]?.blocks.findIndex(({ kind }) => kind === 'text') ?? -1;
		for (const [index, block] of blocks.entries()) {
			const place = ['messages', turn, 'content', replacing ?? 0];
			const edits =
				replacing !== null && index === 0 && valueAt(document.request, place) !== undefined
					? setValue(document.text, [...place, 'source'], block.source ?? null)
					: addBlock(document.text, turn, block, words < 0 ? Infinity : words + index);
			document.edit(edits, { origin: 'files', group: 'files' });
		}
		return true;
	}
}

/** The id of a new conversation that is not saved yet. What is saved has an id without a colon. */
const NEW = 'new:';

/** A conversation that is not in the library. Its id says what to open again after a reload. */
function unsaved(id: string, text: string): Conversation {
	return {
		version: 1,
		id,
		revision: 0,
		title: '',
		named: false,
		pinned: false,
		createdAt: '',
		changedAt: '',
		text,
		apiVersion: '2023-06-01',
		headers: [],
		target: { kind: 'simulated' },
	};
}

/** How many images `value` holds, however deep. */
function imagesIn(value: JsonValue | undefined): number {
	if (isJsonArray(value)) return value.reduce<number>((sum, item) => sum + imagesIn(item), 0);
	if (!isJsonObject(value)) return 0;
	return value.type === 'image' ? 1 : imagesIn(value.content);
}

function exampleId(id: string): string {
	return `example:${id}`;
}

function isSavedId(id: string): boolean {
	return !id.includes(':');
}
