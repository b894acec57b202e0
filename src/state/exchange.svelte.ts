import type { Evidence, Outgoing, Send } from '../api/send';
import { answerOf, bodyOf, isStream, messageIn, type Answer } from '../model/answer';
import type { JsonObject } from '../model/json';
import { applyEvent, emptyReply } from '../model/message';
import { outcomeOf, statusLine, type Outcome } from '../model/outcome';
import type { Chunk, Ending, Run } from '../model/run';
import { createEventReader, type StreamEvent } from '../model/server-sent-events';

/** What is on show: nothing, a run under way, or one that has ended. */
export type Phase =
	| { readonly kind: 'idle' }
	| { readonly kind: 'running'; readonly run: Run; readonly answer: Answer }
	| { readonly kind: 'ended'; readonly run: Run; readonly answer: Answer };

export interface ExchangeNeeds {
	readonly send: Send;
	/** Milliseconds since the epoch, on a clock that never goes back: the same the send measures by. */
	readonly now: () => number;
	readonly newId: () => string;
	/** Call back before the next frame is painted; `requestAnimationFrame` in a page. */
	readonly frame: (callback: () => void) => void;
	/** Told of every run that ends, also of one that was stopped or replaced. */
	readonly onended?: (run: Run) => void;
}

/** One question and its answer, from the click to the last byte; or an earlier one, shown again. */
export class Exchange {
	#phase = $state.raw<Phase>({ kind: 'idle' });
	#asked = $state.raw(false);
	#current: AbortController | null = null;
	#show = () => {};
	readonly #needs: ExchangeNeeds;

	readonly busy = $derived(this.#phase.kind === 'running');
	readonly run = $derived(this.#phase.kind === 'idle' ? null : this.#phase.run);
	readonly answer = $derived<Answer>(this.#phase.kind === 'idle' ? { kind: 'none' } : this.#phase.answer);
	/** The message as far as it has come, as an answer that is not streamed would give it. */
	readonly message = $derived<JsonObject | null>(messageIn(this.answer));
	readonly events = $derived<readonly StreamEvent[]>(this.answer.kind === 'stream' ? this.answer.events : []);
	readonly outcome = $derived<Outcome | null>(this.run && outcomeOf(this.run, this.answer));
	/** What the page's live region says of a run that was asked for here; empty for one that is only shown again. */
	readonly status = $derived(this.#asked && this.run ? statusLine(this.run, this.answer) : '');

	constructor(needs: ExchangeNeeds) {
		this.#needs = needs;
	}

	get phase(): Phase {
		return this.#phase;
	}

	/** Stop the run under way; what has arrived stays. */
	stop(): void {
		this.#current?.abort();
	}

	/** The run under way with all that has come of it, also what waits for a frame to be shown in; null when there is none. */
	catchUp(): Run | null {
		if (this.#phase.kind === 'running') this.#show();
		return this.#phase.kind === 'running' ? this.#phase.run : null;
	}

	/** Show a run that has ended, or nothing. A run under way is stopped: it could no longer be seen or stopped by hand. */
	show(run: Run | null): void {
		this.stop();
		this.#current = null;
		this.#asked = false;
		this.#phase = run ? { kind: 'ended', run, answer: answerOf(run) } : { kind: 'idle' };
	}

	/** Send a request in place of the one under way, and give its run once it has ended. */
	async ask(outgoing: Outgoing, conversation: string): Promise<Run> {
		const { send, now, newId, frame, onended } = this.#needs;
		this.stop();
		const current = (this.#current = new AbortController());
		this.#asked = true;
		const recorder = new Recorder(newId(), conversation, outgoing, now());
		let waiting = false;
		// A run that was replaced may still speak: only the current one may be shown.
		const show = () => {
			if (this.#current === current) this.#phase = recorder.phase();
		};
		this.#show = show;
		const record = (evidence: Evidence) => {
			recorder.record(evidence, now());
			if (waiting) return;
			waiting = true;
			// However many pieces come between two frames, the page is drawn once.
			frame(() => {
				waiting = false;
				show();
			});
		};
		const sending = send(outgoing, record, current.signal);
		// After the send has begun: it records the request it plans before it waits for anything.
		show();
		recorder.end(await sending, now());
		show();
		const { run } = recorder.phase();
		onended?.(run);
		return run;
	}
}

/** Collects the evidence of one run, and reads each byte of a stream once. */
class Recorder {
	#run: Run;
	#start: number;
	#chunks: Chunk[] = [];
	#unread: Chunk[] = [];
	#answer: Answer = { kind: 'none' };
	readonly #reader = createEventReader();

	constructor(id: string, conversation: string, { target, text }: Outgoing, now: number) {
		this.#start = now;
		this.#run = {
			version: 1,
			id,
			conversation,
			startedAt: new Date(now).toISOString(),
			target,
			request: { method: 'POST', url: '', headers: [], text, bytes: 0 },
			response: null,
			chunks: [],
			ending: null,
			duration: null,
		};
	}

	record(evidence: Evidence, now: number): void {
		if (evidence.kind === 'chunk') {
			this.#chunks.push(evidence.chunk);
			this.#unread.push(evidence.chunk);
		} else if (evidence.kind === 'response') {
			this.#run = { ...this.#run, response: evidence.response };
		} else {
			this.#start = now;
			this.#run = { ...this.#run, request: evidence.request };
		}
	}

	end(ending: Ending, now: number): void {
		this.#run = { ...this.#run, ending, duration: now - this.#start };
	}

	/** The run as it stands, read up to its last byte. */
	phase(): Extract<Phase, { run: Run }> {
		const unread = this.#unread;
		this.#unread = [];
		this.#run = { ...this.#run, chunks: [...this.#chunks] };
		const { response, ending, chunks } = this.#run;
		if (response && isStream(response)) this.#readEvents(unread, ending !== null);
		else if (response && ending) this.#answer = bodyOf(chunks);
		else if (response) this.#answer = { kind: 'body', text: '', json: undefined };
		return { kind: ending ? 'ended' : 'running', run: this.#run, answer: this.#answer };
	}

	#readEvents(unread: readonly Chunk[], ended: boolean): void {
		const { events, reply } = this.#answer.kind === 'stream' ? this.#answer : { events: [], reply: emptyReply };
		const fresh = unread.flatMap((chunk) => this.#reader.push(chunk));
		if (ended) fresh.push(...this.#reader.end());
		if (fresh.length > 0 || this.#answer.kind === 'none')
			this.#answer = { kind: 'stream', events: [...events, ...fresh], reply: fresh.reduce(applyEvent, reply) };
	}
}
