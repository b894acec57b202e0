import { lint } from '../../src/lint/lint';
import type { Context, Finding } from '../../src/lint/rule';
import { BETA_BLOCKS, BETA_KEYS, BETA_TOOLS } from '../../src/lint/betas';
import { isJsonObject, parsed, type JsonObject } from '../../src/model/json';
import { modelOf, MODELS_CHECKED, type Model } from '../../src/model/models';
import type { Header } from '../../src/model/run';
import { API_VERSIONS, type ApiVersion } from '../../src/model/target';
import { lintCount } from '../../src/simulator/count-tokens';
import { isForMessage, type Exchange } from './traffic';
import { sameWords } from './wording';

/** What the rules would have said of a recorded request on the day it was sent. */
export interface Judgement {
	/** The day, as YYYY-MM-DD. */
	readonly day: string;
	readonly request: JsonObject;
	/** What they call rejected, in the order in which the API would meet it. */
	readonly rejected: readonly Finding[];
}

/**
 * What the rules would have said of a recorded request; null when its body is no JSON object. Where the day is not known it
 * is the latest on which they agree with the answer: have nothing against what was accepted, or refuse what was rejected,
 * in the same words if they can.
 */
export async function judge(exchange: Exchange): Promise<Judgement | null> {
	const request = requestOf(exchange);
	if (!request) return null;
	let likeliest: Judgement | null = null;
	for (const day of daysOf(exchange, modelOf(request))) {
		const judgement = { day, request, rejected: await rejectedOn(day, exchange, request) };
		const [first] = judgement.rejected;
		if (exchange.status === 200 ? !first : first && sameWords(sayingOf(first), exchange.error_message ?? ''))
			return judgement;
		if (!likeliest || (exchange.status !== 200 && first && likeliest.rejected.length === 0)) likeliest = judgement;
	}
	return likeliest;
}

/** What the API would say of `finding`, or, where no such answer was seen, what the rule says. */
export function sayingOf({ message, apiMessage = message }: Finding): string {
	return apiMessage;
}

/**
 * Why the rules' refusal of a request that was accepted does not count against them, in a line: what they rest on was not
 * recorded, or has changed since. Null when nothing of the kind is known.
 */
export async function excuseFor(exchange: Exchange, { day, request, rejected }: Judgement): Promise<string | null> {
	const [first] = rejected;
	if (!first) return null;
	if (exchange.request_altered) return 'the recorder took something out of the request';
	if (exchange.request_body_raw_kind === 'canonicalised' && (first.rule === 'tool-pairs' || first.rule === 'tool-ids'))
		return 'the recorder replaced the ids of tool calls';
	if (first.rule === 'model-gone')
		return `${JSON.stringify(request.model)} is not among the models of ${MODELS_CHECKED} that answered on ${day}`;
	if (!keptHeaders(exchange) && (await rejectedOn(day, withBetas(exchange), request)).length === 0)
		return 'the recorder dropped the headers, and with a beta feature it could be accepted';
	return null;
}

/** The version that was asked for; the older one where the recorder dropped or blackened it. */
export function versionOf({ request_headers: headers }: Exchange): ApiVersion {
	return API_VERSIONS.find((version) => version === headers?.['anthropic-version']) ?? '2023-06-01';
}

/**
 * The days on which a request may have been sent: the one its answer is dated, or else the first of every month in which
 * its model answered, the latest first. What is answered with 404 may have come later than that.
 */
export function daysOf({ status, response_headers: headers }: Exchange, model: Model | null): string[] {
	const date = Date.parse(headers?.date ?? '');
	// A recorder may have blackened it.
	if (!Number.isNaN(date)) return [new Date(date).toISOString().slice(0, 10)];
	const end = status !== 404 && model?.retiresOn ? model.retiresOn : MODELS_CHECKED;
	const days = [end];
	const first = model ? beginningOf(model) : end;
	for (let month = end.slice(0, 7); `${month}-01` > first; month = monthBefore(month)) days.push(`${month}-01`);
	return days;
}

/**
 * Whether a beta header that was sent would have been recorded: `anthropic-version` is in every request that is answered, so
 * that a recorder which has none has dropped it, and the clients that ask with `?beta=true` send the header for what they ask.
 */
function keptHeaders({ request_headers: headers, url = '' }: Exchange): boolean {
	if (headers?.['anthropic-beta'] !== undefined) return true;
	return headers?.['anthropic-version'] !== undefined && !url.includes('beta=true');
}

/** The request, as the recorder kept it; null when that is no JSON object: such a body was refused for that. */
function requestOf({ request_body_raw: text }: Exchange): JsonObject | null {
	const request = parsed(text ?? '');
	return isJsonObject(request) ? request : null;
}

async function rejectedOn(today: string, exchange: Exchange, request: JsonObject): Promise<Finding[]> {
	const headers: Header[] = Object.entries(exchange.request_headers ?? {});
	const context: Context = {
		request,
		apiVersion: versionOf(exchange),
		headers,
		model: modelOf(request),
		bytes: Buffer.byteLength(exchange.request_body_raw ?? ''),
		today,
	};
	const check = isForMessage(exchange) ? lint : lintCount;
	return (await check(context)).filter(({ severity }) => severity === 'rejected');
}

/** The request with every beta feature of which something is known. */
function withBetas(exchange: Exchange): Exchange {
	const betas = [
		...Object.values(BETA_KEYS).flat(),
		...Object.values(BETA_TOOLS),
		...Object.values(BETA_BLOCKS),
		'interleaved-thinking-2025-05-14',
		'task-budgets-2026-03-13',
	];
	return { ...exchange, request_headers: { ...exchange.request_headers, 'anthropic-beta': betas.join(',') } };
}

/** The day of the model's snapshot, which is in one of its ids, or a year before the day until which it stays at least. */
function beginningOf({ id, aliases, retiresNotBefore }: Model): string {
	const snapshot = [id, ...aliases].flatMap((name) => /-(\d{4})(\d\d)(\d\d)$/.exec(name)?.slice(1).join('-') ?? []);
	if (snapshot.length > 0) return snapshot.toSorted()[0]!; // one at least
	if (!retiresNotBefore) return MODELS_CHECKED;
	return `${Number(retiresNotBefore.slice(0, 4)) - 1}${retiresNotBefore.slice(4)}`;
}

function monthBefore(month: string): string {
	const [year = 0, number = 0] = month.split('-').map(Number);
	return number > 1 ? `${year}-${String(number - 1).padStart(2, '0')}` : `${year - 1}-12`;
}
