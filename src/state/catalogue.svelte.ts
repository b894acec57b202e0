import type { Asked, Asking, ListModels } from '../api/list-models';
import { explain } from '../model/explain';
import { withReport, type ModelReport } from '../model/model-report';
import { MODELS, type Model } from '../model/models';
import { outcomeOf } from '../model/outcome';
import { explainUnwritten } from '../model/saved';
import { baseUrlOf, type Target } from '../model/target';
import type { Database } from '../store/database';
import { readReports, removeReport, writeReport } from '../store/model-reports';
import type { KeyRing } from './key-ring.svelte';

interface Needs {
	readonly database: Database;
	readonly keyRing: Pick<KeyRing, 'state' | 'read'>;
	readonly listModels: ListModels;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Told whenever other models are known, or more of them. */
	readonly onchange: () => void;
}

/** What the page's own table and the APIs' reports know of models. Each API's report holds for that API alone. */
export class Catalogue {
	#reports = $state.raw<ReadonlyMap<string, ModelReport>>(new Map());
	#asking = $state.raw<AbortController | null>(null);
	#problem = $state.raw('');
	readonly #models = $derived(new Map([...this.#reports].map(([api, report]) => [api, withReport(report)])));
	readonly #needs: Needs;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** Whether an API is being asked. */
	get busy(): boolean {
		return this.#asking !== null;
	}
	/** Why the last question brought no list, in sentences; empty when it did. */
	get problem(): string {
		return this.#problem;
	}

	/** Every model that is known of the API at `target`. */
	modelsOf(target: Target): readonly Model[] {
		return this.#models.get(nameOf(target)) ?? MODELS;
	}

	/** What the API at `target` has reported; null when it was never asked, or that was forgotten. */
	reportOf(target: Target): ModelReport | null {
		return this.#reports.get(nameOf(target)) ?? null;
	}

	/** Take over what was reported in earlier visits. Where the database cannot be read, the page's own table holds. */
	async load(): Promise<void> {
		const found = await readReports(this.#needs.database).catch(() => []);
		this.#reports = new Map([...found.map((report) => [nameOf(report.target), report] as const), ...this.#reports]);
		this.#needs.onchange();
	}

	/** Ask an API which models it has, and keep the answer. What was reported before stays until there is one. */
	async refresh(asking: Omit<Asking, 'apiKey'>): Promise<void> {
		const { database, keyRing, listModels, now, onchange } = this.#needs;
		const { target } = asking;
		this.#asking?.abort();
		const current = (this.#asking = new AbortController());
		this.#problem = '';
		const locked = keyRing.state.kind === 'locked' && target.kind === 'anthropic';
		const listing = await listModels(
			{
				...asking,
				apiKey: keyRing.read(),
				...(locked && { obstacle: { cause: 'key-locked', reason: 'The key is locked with a passphrase.' } }),
			},
			current.signal,
		);
		if (current !== this.#asking) return;
		this.#asking = null;
		if (listing.kind === 'malformed') {
			this.#problem = `${listing.url} answered, but not with a list of models.`;
		} else if (listing.kind === 'failed') {
			this.#problem = whyNot(listing.asked);
		} else {
			const askedAt = new Date(now()).toISOString();
			const report: ModelReport = { version: 1, target, askedAt, items: listing.items };
			this.#reports = new Map(this.#reports).set(nameOf(target), report);
			onchange();
			const written = await writeReport(database, report);
			if (written.kind !== 'saved') this.#problem = `This holds until a reload. ${explainUnwritten(written)}`;
		}
	}

	/** Go back to the page's own table. */
	async forget(target: Target): Promise<void> {
		this.#reports = new Map([...this.#reports].filter(([api]) => api !== nameOf(target)));
		this.#problem = '';
		this.#needs.onchange();
		const written = await removeReport(this.#needs.database, target);
		if (written.kind !== 'saved') this.#problem = `It is back after a reload. ${explainUnwritten(written)}`;
	}
}

function whyNot(asked: Asked): string {
	const outcome = outcomeOf(asked);
	if (!outcome) return '';
	if (outcome.kind === 'refused' && outcome.status === 404)
		return `${new URL(asked.request.url).host} answered 404: it may have no list of models.`;
	const { title, text, advice } = explain(outcome, asked);
	return `${title}. ${text} ${advice}`;
}

/** What tells one API from another: the simulated one goes by Anthropic's address. */
function nameOf(target: Target): string {
	return target.kind === 'custom' ? baseUrlOf(target) : target.kind;
}
