import { createSimulator } from '../../src/simulator/simulator';
import type { JsonObject } from '../../src/model/json';
import { KEY, noWait } from '../unit/simulator/simulated';
import { grammarFaults } from './grammar';
import { judge, versionOf } from './judgement';
import type { Row, Section } from './section';
import { ACCEPTED_FILES, exchangesIn, isForMessage, STREAM_FILES, type Exchange } from './traffic';
import { reasonBeyond } from './verdicts';

export const simulatedRefusals: Section = {
	name: 'the simulated API refuses what the rules call rejected, with the recorded status and type',
	async run(folder) {
		const rows: Row[] = [];
		for await (const exchange of exchangesIn(folder, [...ACCEPTED_FILES, 'rejected.jsonl'])) {
			const { id, request_body_raw: body } = exchange;
			const judgement = await judge(exchange);
			if (!body || !judgement) continue;
			const response = await answerTo(exchange, body, judgement.day);
			rows.push({ name: id, difference: await differenceOf(exchange, judgement.rejected.length > 0, response) });
		}
		return rows;
	},
};

export const simulatedGrammar: Section = {
	name: 'streams keep to the grammar, simulated answers to every accepted request too',
	async run(folder) {
		const rows: Row[] = [];
		for await (const { id, response_sse: stream, sse_complete: complete } of exchangesIn(folder, STREAM_FILES)) {
			if (!stream) continue;
			const aside = complete === false ? { aside: 'the recording breaks off' } : {};
			// Some recordings hold the answers to several requests; some recorders trim the text.
			const answers = `${stream.trim()}\n\n`.split(/(?<=\n\n)(?=event: message_start\n)/);
			rows.push({ name: `${id}, recorded`, difference: answers.flatMap(grammarFaults)[0] ?? null, ...aside });
		}
		for await (const exchange of exchangesIn(folder, ACCEPTED_FILES)) {
			const judgement = isForMessage(exchange) ? await judge(exchange) : null;
			// What the rules call rejected is another section's business.
			if (!judgement || judgement.rejected.length > 0) continue;
			const streamed: JsonObject = { ...judgement.request, stream: true };
			const response = await answerTo(exchange, JSON.stringify(streamed), judgement.day);
			const text = await response.text();
			const difference = response.status === 200 ? grammarFaults(text)[0] : `was refused: ${text}`;
			rows.push({ name: `${exchange.id}, simulated`, difference: difference ?? null });
		}
		return rows;
	},
};

/** The simulated API's answer to a recorded request with this `body`, on that day. */
function answerTo({ url = '', request_headers: recorded, ...exchange }: Exchange, body: string, day: string) {
	const simulator = createSimulator({
		now: () => Date.parse(day),
		wait: noWait,
		settings: () => ({ today: day, pace: { first: 0, delta: 0 } }),
	});
	const betas = recorded?.['anthropic-beta'];
	const headers = {
		'x-api-key': KEY,
		'anthropic-version': versionOf({ ...exchange, request_headers: recorded ?? null }),
		'content-type': 'application/json',
		...(betas === undefined ? {} : { 'anthropic-beta': betas }),
	};
	return simulator(url, { method: 'POST', headers, body });
}

async function differenceOf(exchange: Exchange, rejected: boolean, response: Response): Promise<string | null> {
	const body = await response.text();
	if ((response.status !== 200) !== rejected)
		return `the rules ${rejected ? 'refuse' : 'accept'} it, the simulated API answers ${response.status}: ${body.slice(0, 200)}`;
	// Where the API answered, or refused for another reason, there is nothing to compare a refusal with.
	if (!rejected || exchange.status === 200 || reasonBeyond(exchange) !== null) return null;
	const { error } = JSON.parse(body) as { error: { type: string } }; // so the simulator writes every refusal
	if (response.status === exchange.status && error.type === exchange.error_type) return null;
	return `${response.status} ${error.type}, recorded ${exchange.status} ${exchange.error_type}`;
}
