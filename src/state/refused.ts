import { lint } from '../lint/lint';
import { explainRefusal, placeOf } from '../lint/refusal';
import type { Finding } from '../lint/rule';
import { readDraft } from '../model/draft';
import type { JsonPath } from '../model/json';
import { modelOf, type Model } from '../model/models';
import type { Run } from '../model/run';
import { API_VERSIONS } from '../model/target';

/** What the API refused in the request of a run, as far as its words and the rules tell. */
export interface Refused {
	/** The id of the run. */
	readonly run: string;
	/** The text that was sent: what is said of its places may not hold for another. */
	readonly text: string;
	/** The API's own words. */
	readonly message: string;
	/** Null when it is about no place of the request. */
	readonly place: JsonPath | null;
	/** What the rules have to say of it; null when they did not foresee it. */
	readonly finding: Finding | null;
}

/**
 * Find what `message` refused in the request of `run`, as of the day `today` and as far as these `models` are known.
 * Rejects when the rules cannot be loaded.
 */
export async function lookInto(run: Run, message: string, today: string, models?: readonly Model[]): Promise<Refused> {
	const { headers, text } = run.request;
	const draft = readDraft(text);
	const unplaced = { run: run.id, text, message, place: null, finding: null };
	if (draft.kind === 'broken') return unplaced;
	const { request } = draft;
	const version = headers.find(([name]) => name.toLowerCase() === 'anthropic-version')?.[1];
	const named = placeOf(message, request);
	const findings = await lint({
		request,
		apiVersion: API_VERSIONS.find((known) => known === version) ?? API_VERSIONS[0],
		headers,
		model: modelOf(request, models),
		...(models && { models }),
		today,
	});
	const finding = explainRefusal(message, findings, named);
	return { ...unplaced, place: finding?.path ?? named, finding };
}
