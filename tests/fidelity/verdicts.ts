import { placeOf } from '../../src/lint/refusal';
import type { Finding } from '../../src/lint/rule';
import { equalJson, writePath, type JsonPath } from '../../src/model/json';
import { excuseFor, judge, sayingOf, type Judgement } from './judgement';
import { rowsOf, type Row, type Section } from './section';
import { ACCEPTED_FILES, exchangesIn, type Exchange } from './traffic';
import { sameWords } from './wording';

export const acceptedPass: Section = {
	name: 'accepted requests meet no rule that says rejected, on the day they were sent',
	run: (folder) =>
		rowsOf(exchangesIn(folder, ACCEPTED_FILES), async (exchange) => {
			if (exchange.status !== 200 || !exchange.request_body_raw) return null;
			const judgement = await judge(exchange);
			const [finding] = judgement?.rejected ?? [];
			const aside = judgement && (await excuseFor(exchange, judgement));
			const difference = judgement
				? finding && `${finding.rule} would refuse it on ${judgement.day}: ${sayingOf(finding)}`
				: 'is no JSON object';
			return { name: exchange.id, difference: difference ?? null, ...(aside ? { aside } : {}) };
		}),
};

export const rejectedForeseen: Section = {
	name: 'refusals for what the request says are foreseen by a rule',
	least: 0.95,
	run: (folder) =>
		refusals(folder, (message, { rejected }) => (rejected.length > 0 ? null : `${whyUnforeseen(message)}: ${message}`)),
};

export const rejectedPlaced: Section = {
	name: 'foreseen refusals name the same place',
	least: 0.9,
	run: (folder) =>
		refusals(folder, (message, { request, rejected: [finding] }) => {
			if (!finding) return undefined;
			return samePlace(message, placeOf(message, request), finding) ? null : inPlaceOf(message, finding);
		}),
};

export const rejectedWorded: Section = {
	name: 'foreseen refusals say the same, but for ids, numbers and known changes of wording',
	least: 0.8,
	run: (folder) =>
		refusals(folder, (message, { rejected: [finding] }) => {
			if (!finding) return undefined;
			return sameWords(message, sayingOf(finding)) ? null : inPlaceOf(message, finding);
		}),
};

/** Ask of every refusal that the request itself caused what is different; what was not foreseen is left out by undefined. */
function refusals(
	folder: string,
	differenceOf: (message: string, judgement: Judgement) => string | null | undefined,
): Promise<Row[]> {
	return rowsOf(exchangesIn(folder, ['rejected.jsonl']), async (exchange) => {
		const { id, error_message: message } = exchange;
		const aside = reasonBeyond(exchange);
		if (aside !== null) return { name: id, difference: null, aside };
		const judgement = await judge(exchange);
		if (!message || !exchange.request_body_raw)
			return { name: id, difference: null, aside: 'the request or the refusal was not recorded' };
		if (!judgement) return { name: id, difference: null, aside: 'its body is no JSON object: no rule is asked' };
		const difference = differenceOf(message, judgement);
		return difference === undefined ? null : { name: id, difference };
	});
}

/** What a rule would have to know to foresee these, and no source says. */
const UNKNOWN: readonly (readonly [RegExp, string])[] = [
	[/too complex for compilation|grammar is too large/, 'how much can be compiled is written down nowhere'],
	[/does not support (?!output format)/, 'what a model took that has retired is not in the table'],
	[/prompt is too long|exceed context limit/, 'only the API counts tokens'],
	[/signature|cannot be modified/, 'only the API knows what it signed'],
	[/PDF/, 'only the API opens a PDF'],
];

function whyUnforeseen(message: string): string {
	return UNKNOWN.find(([said]) => said.test(message))?.[1] ?? 'no rule says so';
}

/** Why a refusal is not about what the request says, in a line; null when it is. */
export function reasonBeyond({
	status,
	method,
	error_message: message,
	request_altered: altered,
}: Exchange): string | null {
	if (![400, 404, 413, 422].includes(status ?? 0))
		return `is about the key, the rate or the server: ${status ?? 'no status was recorded'}`;
	if (method !== 'POST') return 'is not about a request for a message';
	if (altered) return 'the recorder took something out of the request';
	if (/credit balance|usage limits|billing|organization|OAuth|credential/i.test(message ?? ''))
		return 'is about the account';
	// Which versions and betas there are changes from week to week, and recorders drop or blacken these headers.
	if (/^anthropic-version\b|`anthropic-(?:beta|version)` header/.test(message ?? '')) return 'is about a header';
	if (status === 404 && !/^model:/.test(message ?? '')) return 'is about something that was not there';
	if (/download|robots\.txt|\bURL\b/i.test(message ?? '')) return 'is about an address elsewhere';
	return null;
}

function inPlaceOf(message: string, finding: Finding): string {
	return `${message}: ${finding.rule} says at ${writePath(finding.path)} ${sayingOf(finding)}`;
}

/** Whether the place the finding is about is, or is within, the one the refusal names. The same words name the same one. */
function samePlace(message: string, named: JsonPath | null, finding: Finding): boolean {
	const prefix = (text: string) => /^([^:\s]+): /.exec(text)?.[1];
	const saying = sayingOf(finding);
	if (prefix(message) === prefix(saying) && (prefix(message) !== undefined || sameWords(message, saying))) return true;
	return named !== null && equalJson(finding.path.slice(0, named.length), named);
}
