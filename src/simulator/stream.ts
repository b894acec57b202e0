import type { JsonObject } from '../model/json';
import type { Exchange } from './exchange';
import type { Random } from './random';
import type { Reply, ReplyBlock } from './reply';
import type { Step } from './script';
import { closingOf, emptyMessageOf } from './streamed-message';

/** The most tokens that come in one piece. */
const MOST_TOGETHER = 4;
/** The API hides the length of what it says behind spaces before the last brace. */
const MOST_PADDING = 12;

type EventData = JsonObject & { readonly type: string };

/**
 * The answer as server-sent events, as the API lays them out: each block begun, filled by deltas and ended before the next,
 * a ping behind the first beginning, and spaces of varying number before each last brace.
 */
export function streamOf(reply: Reply, exchange: Exchange): Step[] {
	const { random, pace } = exchange;
	const event = (data: EventData, after = 0): Step => ({ after, text: eventText(data, random) });
	const steps = [event({ type: 'message_start', message: emptyMessageOf(exchange) })];
	reply.blocks.forEach((block, index) => {
		steps.push(event({ type: 'content_block_start', index, content_block: block.start }));
		if (index === 0) steps.push({ after: 0, text: 'event: ping\ndata: {"type": "ping"}\n\n' });
		for (const delta of deltasOf(block, random))
			steps.push(event({ type: 'content_block_delta', index, delta }, pace.delta));
		steps.push(event({ type: 'content_block_stop', index }));
	});
	steps.push(event({ type: 'message_delta', ...closingOf(reply, exchange) }), event({ type: 'message_stop' }));
	return steps;
}

function deltasOf({ kind, start, tokens, hidden, sign, citations = [] }: ReplyBlock, random: Random): JsonObject[] {
	if (kind === 'whole') return [];
	if (kind === 'text')
		return [
			// What is cited comes before what is said about it.
			...citations.map((citation) => ({ type: 'citations_delta', citation })),
			...grouped(tokens, random).map((text) => ({ type: 'text_delta', text })),
		];
	if (kind === 'input') {
		// The input of a toolset's member comes in one piece, any other in several, of which the first is empty.
		const pieces = start.toolset_name === undefined ? ['', ...grouped(tokens, random)] : [tokens.join('')];
		return pieces.map((json) => ({ type: 'input_json_delta', partial_json: json }));
	}
	const thoughts = hidden ? [] : grouped(tokens, random).map((thinking) => ({ type: 'thinking_delta', thinking }));
	return [...thoughts, { type: 'signature_delta', signature: sign?.(tokens.join('')) ?? '' }];
}

function grouped(tokens: readonly string[], random: Random): string[] {
	const groups: string[] = [];
	for (let at = 0; at < tokens.length;) {
		const length = 1 + Math.floor(random() * MOST_TOGETHER);
		groups.push(tokens.slice(at, at + length).join(''));
		at += length;
	}
	return groups;
}

function eventText(data: EventData, random: Random): string {
	const padding = ' '.repeat(Math.floor(random() * (MOST_PADDING + 1)));
	return `event: ${data.type}\ndata: ${JSON.stringify(data).slice(0, -1)}${padding}}\n\n`;
}
