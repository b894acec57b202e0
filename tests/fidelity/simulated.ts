import { createSimulator } from '../../src/simulator/simulator';
import type { JsonObject } from '../../src/model/json';
import { KEY, noWait } from '../unit/simulator/simulated';
import { faultsOfRecorded, grammarFaults } from './grammar';
import { judge, versionOf } from './judgement';
import { rowsOf, type Section } from './section';
import { ACCEPTED_FILES, exchangesIn, isForMessage, STREAM_FILES, type Exchange } from './traffic';
import { reasonBeyond } from './verdicts';

export const simulatedRefusals: Section = {
	name: 'the simulated API refuses what the rules call rejected, with the recorded status and type',
	run: (folder) =>
		rowsOf(exchangesIn(folder, [...ACCEPTED_FILES, 'rejected.jsonl']), async (exchange) => {
			const { id, request_body_raw: body } = exchange;
			const judgement = await judge(exchange);
			if (!body || !judgement) return null;
			const response = await answerTo(exchange, body, judgement.day);
			return { name: id, difference: await differenceOf(exchange, judgement.rejected.length > 0, response) };
		}),
};

export const recordedGrammar: Section = {
	name: 'recorded streams keep to the grammar',
	run: (folder) =>
		rowsOf(exchangesIn(folder, STREAM_FILES), ({ id, response_sse: stream, sse_complete: complete }) => {
			if (!stream) return null;
			const difference = faultsOfRecorded(stream)[0] ?? null;
			const aside = difference !== null && complete === false ? { aside: 'the recording breaks off' } : {};
			return { name: id, difference, ...aside };
		}),
};

export const simulatedGrammar: Section = {
	name: 'simulated streams keep to the grammar, those that answer every accepted request',
	run: (folder) =>
		rowsOf(exchangesIn(folder, ACCEPTED_FILES), async (exchange) => {
			const judgement = isForMessage(exchange) ? await judge(exchange) : null;
			// What the rules call rejected is another section's business.
			if (!judgement || judgement.rejected.length > 0) return null;
			const streamed: JsonObject = { ...judgement.request, stream: true };
			const response = await answerTo(exchange, JSON.stringify(streamed), judgement.day);
			const text = await response.text();
			const difference = response.status === 200 ? grammarFaults(text)[0] : `was refused: ${text}`;
			return { name: exchange.id, difference: difference ?? null };
		}),
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
	return simulator(url, { method: 'POST', headers, body: signedAgain(body) });
}

/** The body with a signature that may be real wherever its recorder, or its author, has put one that cannot be. */
function signedAgain(body: string): string {
	return body.replaceAll(
		/("signature"\s*:\s*")(?:[^"]{0,99}|[^"]*REDACTED[^"]*)"|("data"\s*:\s*")[^"]*REDACTED[^"]*"/g,
		`$1$2${btoa('\x12\xff'.repeat(50))}"`,
	);
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
