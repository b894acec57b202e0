import { lint } from '../lint/lint';
import { explainRefusal, hasPlace, placeOf } from '../lint/refusal';
import type { Context, Finding } from '../lint/rule';
import { readDraft } from '../model/draft';
import type { JsonPath } from '../model/json';
import { modelOf } from '../model/models';
import type { Run } from '../model/run';
import { API_VERSIONS } from '../model/target';

/** What an error of the API is about in a request, as far as its words and the rules tell. */
export interface Cause {
	/** The text of the request: what is said of its places may not hold for another. */
	readonly text: string;
	/** What is to be said at its place, with the API's own words. */
	readonly remark: string;
	/** Null when it is about no place of the request. */
	readonly place: JsonPath | null;
	/** What the rules have to say of it; null when they did not foresee it. */
	readonly finding: Finding | null;
}

/** What the API refused in the request of a run. */
export interface Refused extends Cause {
	/** The id of the run. */
	readonly run: string;
}

/** A request, and how it would be sent. */
export type Asked = Known & Pick<Context, 'apiVersion' | 'headers'> & { readonly text: string };
/** What is known beside the request. */
type Known = Pick<Context, 'today' | 'models' | 'attachments'>;

/**
 * Find what `message` refused in the request of `run`, as far as models and attachments are known. Rejects when the rules
 * cannot be loaded.
 */
export async function lookInto(run: Run, message: string, known: Known): Promise<Refused> {
	const { headers, text } = run.request;
	const version = headers.find(([name]) => name.toLowerCase() === 'anthropic-version')?.[1];
	const apiVersion = API_VERSIONS.find((known) => known === version) ?? API_VERSIONS[0];
	const cause = await causeIn({ text, apiVersion, headers, ...known }, message, () => true);
	return { run: run.id, ...cause, remark: `The API refused this: ${message}` };
}

/**
 * Find what `message`, an error that was recorded somewhere, would be about in a request that need not be the one it was
 * about. Rejects when the rules cannot be loaded.
 */
export async function lookIntoRecorded(asked: Asked, message: string): Promise<Cause> {
	const cause = await causeIn(asked, message, hasPlace);
	return { ...cause, remark: `A recorded error says of this: ${message}` };
}

async function causeIn(
	{ text, ...sending }: Asked,
	message: string,
	counts: typeof hasPlace,
): Promise<Omit<Cause, 'remark'>> {
	const draft = readDraft(text);
	const unplaced = { text, place: null, finding: null };
	if (draft.kind === 'broken') return unplaced;
	const { request } = draft;
	const meant = placeOf(message, request);
	const named = meant && counts(message, request, meant) ? meant : null;
	const findings = await lint({ request, model: modelOf(request, sending.models), ...sending });
	const finding = explainRefusal(message, findings, named);
	return { ...unplaced, place: finding?.path ?? named, finding };
}
