import { lint } from '../../src/lint/lint';
import { explainRefusal, placeOf } from '../../src/lint/refusal';
import { isJsonObject, valueAt, writePath, type JsonObject } from '../../src/model/json';
import { findModel } from '../../src/model/models';
import type { Row, Section } from './section';
import { exchangesIn, type Exchange } from './traffic';

export const refusalsPlaced: Section = {
	name: 'refusals are matched to their place',
	async run(folder) {
		const rows: Row[] = [];
		for await (const exchange of exchangesIn(folder, ['rejected.jsonl'])) {
			const request = refusedRequest(exchange);
			if (request) rows.push({ name: exchange.id, difference: await misplaced(exchange, request) });
		}
		return rows;
	},
};

/** The request, when it was refused for what it says: not for its account, its rate, or what the recorder cut out of it. */
function refusedRequest({
	status,
	error_message: message,
	request_body_raw: text,
	request_altered: altered,
}: Exchange) {
	if (![400, 404, 413, 422].includes(status ?? 0) || !text || altered || !message) return null;
	// Whole sets of schemas are refused for their sum, which is nowhere.
	if (/credit balance|usage limits|^Schemas? |^Too many strict tools/.test(message)) return null;
	const request: unknown = JSON.parse(text);
	return isJsonObject(request) ? request : null;
}

/** Why the place is not one that the message and the request bear out, in a line; null when it is. */
async function misplaced(exchange: Exchange, request: JsonObject): Promise<string | null> {
	const { error_message: message = '', request_headers: headers, response_headers: answered } = exchange;
	const model = typeof request.model === 'string' ? findModel(request.model) : null;
	const sent = new Date(answered?.date ?? '2026-08-01').toISOString().slice(0, 10);
	const findings = await lint({
		request,
		apiVersion: '2023-06-01',
		headers: Object.entries(headers ?? {}),
		model,
		today: sent,
	});
	const named = placeOf(message, request);
	const finding = explainRefusal(message, findings, named);
	const path = finding?.path ?? named;
	if (!path || path.length === 0) return `no place for: ${message}`;
	if (valueAt(request, path.slice(0, -1)) === undefined) return `${writePath(path)} is not in the request: ${message}`;
	// Only the parameter is compared: the API counts turns it has merged, where the rule names the message.
	if (named && finding && message.startsWith(`${named[0]}`) && finding.path[0] !== named[0])
		return `${writePath(named)} by its words, ${writePath(finding.path)} by the rule ${finding.rule}: ${message}`;
	return null;
}
