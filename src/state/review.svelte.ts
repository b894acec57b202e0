import { lint } from '../lint/lint';
import type { Context, Finding } from '../lint/rule';
import { referencesIn } from '../model/attachment';
import type { Size } from '../model/image';
import { isJsonObject, type JsonValue } from '../model/json';
import { modelOf } from '../model/models';
import type { Run } from '../model/run';
import { estimateInputTokens } from '../model/tokens';
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
	readonly sending: () => Pick<Context, 'apiVersion' | 'headers' | 'today' | 'models'>;
	/** What the findings shall hold for. */
	readonly checkFor: () => CheckFor;
	/** The day the simulated API plays, as YYYY-MM-DD. */
	readonly simulatedToday: string;
	/** Call back when the page has nothing better to do. */
	readonly idle: (callback: () => void) => void;
}

/** A place of the request to point out, and what is to be said of it. */
export type Mark = Pick<Finding, 'path' | 'severity' | 'message'>;

/** What is to be said of the open request: what the rules foresee, what the API refused, and what it would take. */
export class Review {
	readonly #needs: Needs;
	#findings = $state.raw<readonly Finding[] | null>([]);
	#refused = $state.raw<Refused | null>(null);
	/** What an error that was recorded somewhere is about in the open request. */
	recorded = $state.raw<Cause | null>(null);
	#estimate = $state.raw(0);
	/** The places of the request to point out: what the rules found, and what the API has just refused or an error names. */
	readonly marks = $derived.by<readonly Mark[]>(() => {
		const { text } = this.#needs.document;
		const marks = [this.refused, this.recorded].flatMap((cause): Mark[] => {
			// What a rule foresaw is among the findings.
			if (!cause?.place || cause.finding || cause.text !== text) return [];
			return [{ path: cause.place, severity: 'rejected', message: cause.remark }];
		});
		return [...marks, ...(this.#findings ?? [])];
	});
	#looking = false;
	/** Counts changes, so that what is found late does not take the place of what was found after it. */
	#changes = 0;
	/** Pixels of the images looked at so far, by attachment; null while they are being read. */
	readonly #sizes = new Map<string, Size | null>();

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** What the rules say of the request as it stood when the page last had a moment; null when they could not be loaded. */
	get findings(): readonly Finding[] | null {
		return this.#findings;
	}
	/** What the API refused in the run that is shown; null when it did not, or until that is found out. */
	get refused(): Refused | null {
		return this.#refused?.run === this.#needs.exchange.run?.id ? this.#refused : null;
	}
	/** About how many tokens the request is. */
	get estimatedTokens(): number {
		return this.#estimate;
	}

	/** Forget what was said of another request. */
	begin(): void {
		this.#findings = [];
	}

	/** Ask the rules and estimate the tokens, once however often the text changes before the page has a moment. */
	look(): void {
		this.#changes++;
		if (this.#looking) return;
		this.#looking = true;
		this.#needs.idle(() => {
			this.#looking = false;
			void this.#ask();
			const { document, sending } = this.#needs;
			this.#estimate = estimateInputTokens(document.request, (source) => this.#sizeOf(source), sending().models);
		});
	}

	/** Find out what `run`, if it is the one that is shown, was refused for. */
	async lookInto(run: Run): Promise<void> {
		const { exchange, simulatedToday, sending } = this.#needs;
		const { outcome } = exchange;
		// An error in mid-stream says what was wrong as well as a refusal does.
		if (run.id !== exchange.run?.id || !outcome || !('message' in outcome)) return;
		const today = run.target.kind === 'simulated' ? simulatedToday : run.startedAt.slice(0, 10);
		// Where the rules cannot be loaded, the refusal is shown without them.
		const refused = await import('./refused')
			.then(({ lookInto }) => lookInto(run, outcome.message, today, sending().models))
			.catch(() => null);
		if (run.id === exchange.run?.id) this.#refused = refused;
	}

	async #ask(): Promise<void> {
		const asked = this.#changes;
		const { draft, request } = this.#needs.document;
		const sending = this.#needs.sending();
		const context = { request, model: modelOf(request, sending.models), ...sending };
		// Rules that could not be loaded are asked again with the next change.
		const findings = draft.kind === 'valid' ? await this.#lint(context).catch(() => null) : [];
		if (asked === this.#changes) this.#findings = findings;
	}

	async #lint(context: Context): Promise<readonly Finding[]> {
		const checkFor = this.#needs.checkFor();
		if (checkFor.model === null && checkFor.apiVersion === null) return lint(context);
		return (await import('./check-for')).lintFor(context, checkFor);
	}

	#sizeOf(source: JsonValue | undefined): Size | null {
		const data = isJsonObject(source) && typeof source.data === 'string' ? source.data : '';
		const [sha256] = referencesIn(`"data":${JSON.stringify(data)}`);
		if (sha256 === undefined) return null;
		if (!this.#sizes.has(sha256)) {
			this.#sizes.set(sha256, null);
			void this.#needs.attachments.describe(sha256).then((found) => {
				if (found?.width == null || found.height === null) return;
				this.#sizes.set(sha256, { width: found.width, height: found.height });
				this.look();
			});
		}
		return this.#sizes.get(sha256) ?? null;
	}
}
