import { prefillOf, runsOf, turnsIn, wordsOf } from '../lint/conversation';
import { isJsonObject, valueAt } from '../model/json';
import { citedBlocks } from './citations';
import { continuePrefill } from './continuation';
import type { Exchange } from './exchange';
import { questionIn } from './question';
import { textBlock, type Draft, type ReplyBlock } from './reply';
import { sampleOf } from './sample';
import { runServerTools } from './server-tools';
import { remarkBefore, speaksInThoughts, thinkingIn } from './thinking';
import { callsOf, wantedTools } from './tool-call';
import { composeText } from './words';

/**
 * The answer to a request that asks for more than text for text: the rest of a prefill, or thinking, then what the server's
 * tools did, then calls of the client's tools or, where none is made, JSON after a schema or text with its citations.
 */
export async function richDraft(exchange: Exchange): Promise<Draft> {
	const { request, random } = exchange;
	if (prefillOf(request)) {
		// Neighbouring turns are one.
		const begun = (runsOf(turnsIn(request)).at(-1) ?? [])
			.flatMap(({ blocks }) => blocks.map((block) => wordsOf(block) ?? ''))
			.join('');
		const text = continuePrefill(begun, questionIn(request), await composeText(exchange), random);
		return { blocks: [textBlock(text, exchange)] };
	}

	const { tools, forced } = wantedTools(request);
	const { citations, ...run } = runServerTools(tools, exchange);
	const thoughts = thinkingIn(exchange);
	const calls = callsOf(tools, forced ? 0 : thoughts.length + (speaksInThoughts(exchange) ? 1 : 0), exchange);
	// A forced call comes without a word, or a thought, before it.
	const before = forced && calls.length > 0 ? [] : [...thoughts, ...run.blocks];
	return { ...run, blocks: [...before, ...(await ending())] };

	async function ending(): Promise<readonly ReplyBlock[]> {
		if (calls.length > 0) {
			const names = calls.map(({ start: { name } }) => String(name as string)).join(' and '); // we wrote them
			const what = calls.length === 1 ? `This call of ${names} is` : `These calls of ${names} are`;
			return forced ? calls : [remarkBefore(`${what} simulated.`, exchange), ...calls];
		}
		const schema = valueAt(request, ['output_config', 'format', 'schema']);
		if (isJsonObject(schema)) return [textBlock(JSON.stringify(sampleOf(schema, random)), exchange)];
		const text = textBlock(await composeText(exchange), exchange, citations);
		return [text, ...citedBlocks(exchange)];
	}
}
