import type { Finding } from '../lint/rule';
import type { AttachmentFacts } from '../model/attachment';
import type { JsonObject } from '../model/json';
import type { Run } from '../model/run';
import { assess, measureBy, type Assessment, type Counts, type Known, type Sending } from './assess';
import type { Assessor } from './assessor';
import type { Attachments } from './attachments.svelte';
import type { CheckFor } from './check-for';
import type { Exchange } from './exchange.svelte';
import type { Cause, Refused } from './refused';
import type { RequestDocument } from './request-document.svelte';

interface Needs {
	readonly document: RequestDocument;
	readonly exchange: Exchange;
	readonly attachments: Pick<Attachments, 'describe'>;
	/** How the request would be sent now. */
	readonly sending: () => Sending;
	/** What the findings shall hold for. */
	readonly checkFor: () => CheckFor;
	/** The day the simulated API plays, as YYYY-MM-DD. */
	readonly simulatedToday: string;
	/** Call back when the page has nothing better to do. */
	readonly idle: (callback: () => void) => void;
}

/** A place of the request to point out, and what is to be said of it. */
export type Mark = Pick<Finding, 'path' | 'severity' | 'message'>;

/** What is said of a request that nothing is known of yet. */
const UNKNOWN: Assessment = {
	findings: [],
	counts: { rejected: 0, changed: 0, surprising: 0 },
	tokens: 0,
	unknown: [],
};
/** Up to so many characters are looked at within a few milliseconds; the page would feel more of them. */
const SMALL = 50_000;

/** What is to be said of the open request: what the rules foresee, what the API refused, and what it would take. */
export class Review {
	readonly #needs: Needs;
	#assessment = $state.raw(UNKNOWN);
	#checking = $state(false);
	#refused = $state.raw<Refused | null>(null);
	/** What an error that was recorded somewhere is about in the open request. */
	recorded = $state.raw<Cause | null>(null);
	/** The places of the request to point out: what the rules found, and what the API has just refused or an error names. */
	readonly marks = $derived.by<readonly Mark[]>(() => {
		const { text } = this.#needs.document;
		const marks = [this.refused, this.recorded].flatMap((cause): Mark[] => {
			// What a rule foresaw is among the findings.
			if (!cause?.place || cause.finding || cause.text !== text) return [];
			return [{ path: cause.place, severity: 'rejected', message: cause.remark }];
		});
		return [...marks, ...(this.findings ?? [])];
	});
	#looking = false;
	/** Counts changes, so that what is found late does not take the place of what was found after it. */
	#changes = 0;
	/** The attachments looked at so far; null while they are being read, and where they are nowhere. */
	#attachments = $state.raw<Known>(new Map());
	/** Gives what is known of an image or a PDF from its `source`. */
	readonly measure = $derived(measureBy(this.#attachments));
	/** Looks at large requests; loaded for the first of them. */
	#assessor: Promise<Assessor> | null = null;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/**
	 * What the rules say of the request as it stood when the page last had a moment, the first thousand things at most; null
	 * when the rules could not be loaded.
	 */
	get findings(): readonly Finding[] | null {
		return this.#assessment.findings;
	}
	/** Whether a large request is being looked at, which takes a while. */
	get checking(): boolean {
		return this.#checking;
	}
	/** How many things the rules say in all. */
	get counts(): Counts {
		return this.#assessment.counts;
	}
	/** What the API refused in the run that is shown; null when it did not, or until that is found out. */
	get refused(): Refused | null {
		return this.#refused?.run === this.#needs.exchange.run?.id ? this.#refused : null;
	}
	/** About how many tokens the request is. */
	get estimatedTokens(): number {
		return this.#assessment.tokens;
	}

	/** Forget what was said of another request. */
	begin(): void {
		this.#assessment = UNKNOWN;
	}

	/** Ask the rules and estimate the tokens, once however often the text changes before the page has a moment. */
	look(): void {
		this.#changes++;
		if (this.#looking) return;
		this.#looking = true;
		this.#needs.idle(() => {
			this.#looking = false;
			void this.#ask();
		});
	}

	/** Find out what `run`, if it is the one that is shown, was refused for. */
	async lookInto(run: Run): Promise<void> {
		const { exchange, simulatedToday, sending } = this.#needs;
		const { outcome } = exchange;
		// An error in mid-stream says what was wrong as well as a refusal does.
		if (run.id !== exchange.run?.id || !outcome || !('message' in outcome)) return;
		const today = run.target.kind === 'simulated' ? simulatedToday : run.startedAt.slice(0, 10);
		const { models } = sending();
		const known = { today, attachments: this.#attachments, ...(models && { models }) };
		// Where the rules cannot be loaded, the refusal is shown without them.
		const refused = await import('./refused')
			.then(({ lookInto }) => lookInto(run, outcome.message, known))
			.catch(() => null);
		if (run.id === exchange.run?.id) this.#refused = refused;
	}

	async #ask(): Promise<void> {
		const asked = this.#changes;
		const { draft } = this.#needs.document;
		const valid = draft.kind === 'valid';
		this.#checking = valid && draft.text.length > SMALL;
		// Of a text that does not parse there is no more to say than how large it was when it did.
		const assessment = valid ? await this.#assess(draft) : { ...UNKNOWN, tokens: this.estimatedTokens };
		if (asked !== this.#changes || !assessment) return;
		this.#checking = false;
		this.#assessment = assessment;
		assessment.unknown.forEach((sha256) => void this.#lookAt(sha256));
	}

	async #assess({ text, request }: { text: string; request: JsonObject }): Promise<Assessment | null> {
		const [sending, checkFor] = [this.#needs.sending(), this.#needs.checkFor()];
		if (text.length <= SMALL) return assess(text, request, { sending, checkFor, attachments: this.#attachments });
		this.#assessor ??= import('./assessor').then(({ Assessor }) => new Assessor());
		try {
			return await (await this.#assessor).ask({ text, sending, checkFor, attachments: this.#attachments });
		} catch {
			// That part of the page could not be loaded: it is asked for again with the next change.
			this.#assessor = null;
			return { ...UNKNOWN, findings: null };
		}
	}

	async #lookAt(sha256: string): Promise<void> {
		this.#learn(sha256, null);
		const found = await this.#needs.attachments.describe(sha256);
		if (!found) return;
		// Its picture is of no use to the rules, and none to a worker.
		const { url: _, ...facts } = found;
		this.#learn(sha256, facts);
		this.look();
	}

	#learn(sha256: string, facts: AttachmentFacts | null): void {
		this.#attachments = new Map(this.#attachments).set(sha256, facts);
	}
}
