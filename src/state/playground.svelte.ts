import type { Send } from '../api/send';
import type { Example } from '../lessons/examples';
import type { Fix } from '../lint/rule';
import { mentionsIn } from '../model/attachment';
import type { Conversation } from '../model/conversation';
import { imagesIn } from '../model/image';
import { modelOf, MODELS, type Model } from '../model/models';
import type { Run } from '../model/run';
import { withFirstTurns } from '../model/turns';
import { BLANK, exampleId, isSavedId, NEW, unsaved } from '../model/unsaved';
import type { Attachments } from './attachments.svelte';
import type { Catalogue } from './catalogue.svelte';
import type { CheckFor } from './check-for';
import type { Disk } from './disk.svelte';
import { Exchange } from './exchange.svelte';
import type { Housekeeping } from './housekeeping.svelte';
import { Intake } from './intake.svelte';
import type { KeyRing } from './key-ring.svelte';
import type { Content, Library, LibraryEvent } from './library.svelte';
import { OpenRuns } from './open-runs.svelte';
import { bodyOf, outgoingOf } from './outgoing';
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

/** The open conversation, and everything that can be done with it. */
export class Playground {
	readonly document: RequestDocument;
	readonly exchange: Exchange;
	/** Its runs. */
	readonly runs: OpenRuns;
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
	#busy = $state(false);
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
			insert: async (blocks, place) => (await import('./file-blocks')).insertBlocks(this.document, blocks, place),
		});
		this.exchange = new Exchange({
			send,
			now,
			newId,
			frame,
			onended: (run) => {
				void this.runs.keep(run);
				void this.review.lookInto(run);
			},
		});
		this.runs = new OpenRuns({
			library: this.library,
			attachments: this.attachments,
			settings: this.settings,
			exchange: this.exchange,
			conversation: () => this.#conversation.id,
			// What was run before anything was changed belongs to what it has become; on its own it is not kept.
			homeOf: (id) => (isSavedId(id) ? id : this.#saved ? this.#conversation.id : null),
			show: (run) => this.#showRun(run),
			restore: (text) => this.document.replace(text),
			loadRecordings: () => this.loadRecordings(),
			onproblem: (problem) => (this.#problem = problem),
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
		await this.runs.read();
		const last = this.runs.list[0] ? await this.library.loadRun(id, this.runs.list[0].id) : null;
		if (opening !== this.#opening) return true;
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

	/** Apply the way out that a rule offers, unless the request is another by the time the part of the page is here that does it. */
	async fix(fix: Fix): Promise<void> {
		const { text } = this.document;
		const { editsOf } = await import('../lint/fix');
		if (this.document.text === text) this.document.edit(editsOf(fix, text), { origin: 'form' });
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

	/** The body of a run, exactly as it was sent. Rejects when an attachment of it is nowhere to be found. */
	async bodyAsSent(run: Run): Promise<string> {
		const { text, missing } = await bodyOf(run.request.text, this.attachments);
		if (missing.length > 0) throw new Error(`Missing: ${missing.join(', ')}.`);
		return text;
	}

	#showRun(run: Run): void {
		this.stop();
		this.exchange.show(run);
		void this.review.lookInto(run);
	}

	async #send(): Promise<void> {
		this.stop();
		this.runs.choose();
		const sending = this.#sending;
		this.#busy = true;
		try {
			await this.document.settled;
			const { document, attachments, keyRing } = this;
			const outgoing = await outgoingOf(document.text, this.#conversation, attachments, keyRing);
			if (sending === this.#sending) await this.exchange.ask(outgoing, this.#conversation.id);
		} finally {
			if (sending === this.#sending) this.#busy = false;
		}
	}

	#show(conversation: Conversation, saved: boolean): void {
		this.stop();
		this.runs.clear();
		this.#problem = null;
		this.#conversation = conversation;
		this.#opened = true;
		this.#saved = saved;
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
		if (run?.ending && run.conversation === before && !isSavedId(before)) void this.runs.keep(run);
	}

	/** There may have been no room to note which is open, or all was cleared away: the run that is shown, too. */
	#keepAnew(): void {
		const { run } = this.exchange;
		void this.settings.set({ openConversation: this.#conversation.id });
		void (run?.ending && run.conversation === this.#conversation.id ? this.runs.keep(run) : this.runs.read());
	}

	/** What has come of the run under way outlives the page with its conversation. */
	#leave(): void {
		const run = this.exchange.catchUp();
		if (run && isSavedId(run.conversation)) void this.library.leaveRun(run);
	}

	#hear(event: LibraryEvent): void {
		const { id } = this.#conversation;
		if (event.kind === 'leaving') this.#leave();
		else if (event.kind === 'kept' && event.id === id) this.#keepAnew();
		else if (event.kind === 'runs' && event.id === id) void this.runs.read();
		else if (event.kind === 'back' && event.id === id && !this.#saved) void this.open(id);
		else if (event.kind === 'gone' && event.id === id) {
			// Whoever types on before another is shown goes on in a new one.
			this.#saved = false;
			if (event.elsewhere) this.#detach();
			else void this.#openNewest().then((opened) => opened || this.create());
		} else if (event.kind === 'moved' && event.from === id) {
			this.#conversation = event.conversation;
			this.runs.move(id, event.conversation.id);
			void this.runs.read();
			void this.settings.set({ openConversation: event.conversation.id });
		} else if (event.kind === 'changed' && event.conversation.id === id) {
			this.#conversation = event.conversation;
			this.document.replace(event.conversation.text, { origin: 'elsewhere' });
			this.review.look();
		}
	}

	/** Another tab has deleted the open conversation: what is on the screen stays, and is opened again should it come back. */
	#detach(): void {
		this.#opening++;
		this.runs.clear();
		this.#problem = `Another tab has deleted “${this.#conversation.title}”. What you change here is kept as a new conversation.`;
	}

	async #openNewest(): Promise<boolean> {
		const [newest] = this.library.summaries;
		return newest !== undefined && (await this.open(newest.id));
	}
}
