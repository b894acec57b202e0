import { everyBlock, prefillOf, wordsOf } from '../lint/conversation';
import { isJsonArray, type JsonObject } from '../model/json';
import type { Exchange } from './exchange';
import { tokensOf } from './tokenizer';
import { composeText } from './words';

/** One block of the answer: its `tokens` joined are its text, its thinking, or the JSON of its input. */
export interface ReplyBlock {
	readonly start: JsonObject;
	/** A whole one is all there from the start. */
	readonly kind: 'text' | 'thinking' | 'input' | 'whole';
	readonly tokens: readonly string[];
	/** Thinking that is not shown still counts. */
	readonly hidden?: boolean;
	/** What thinking is signed with: when it is known how much of it is said. */
	readonly sign?: (thinking: string) => string;
	readonly citations?: readonly JsonObject[];
}

/** What is to be said, however long. */
export interface Draft {
	readonly blocks: readonly ReplyBlock[];
	/** How often the server's own tools were asked, as `usage` tells it. */
	readonly serverToolUse?: JsonObject;
	/** Where code was executed. */
	readonly container?: JsonObject;
}

export interface Reply extends Draft {
	readonly stopReason:
		| 'end_turn'
		| 'max_tokens'
		| 'stop_sequence'
		| 'tool_use'
		| 'pause_turn'
		| 'refusal'
		| 'model_context_window_exceeded';
	readonly stopSequence: string | null;
	readonly stopDetails?: JsonObject;
	/** Tokens of the stop sequence, which are spent but not said. */
	readonly unsaid?: number;
}

/** What the simulated API answers: as long as it may become, and up to the first stop sequence. */
export async function composeReply(exchange: Exchange): Promise<Reply> {
	const { request } = exchange;
	const draft = isPlain(exchange)
		? { blocks: [textBlock(await composeText(exchange), exchange)] }
		: await (await import('./rich-reply')).richDraft(exchange);
	const stops = (isJsonArray(request.stop_sequences) ? request.stop_sequences : []).filter(
		(stop) => typeof stop === 'string',
	);
	return limited(draft, typeof request.max_tokens === 'number' ? request.max_tokens : Infinity, stops);
}

/** The number of output tokens, thinking among them. */
export function outputTokensOf({ blocks, unsaid = 0 }: Reply): { readonly all: number; readonly thinking: number } {
	const count = (some: readonly ReplyBlock[]) => some.reduce((sum, { tokens }) => sum + tokens.length, 0);
	return {
		all: count(blocks) + unsaid,
		thinking: count(blocks.filter(({ start }) => /thinking/.test(start.type as string))),
	};
}

/** A block that says `text`, and what it cites. */
export function textBlock(text: string, { apiVersion }: Exchange, cited: readonly JsonObject[] = []): ReplyBlock {
	const start: JsonObject = { type: 'text', text: '' };
	if (cited.length > 0)
		return { kind: 'text', start: { ...start, citations: [] }, tokens: tokensOf(text), citations: cited };
	return {
		kind: 'text',
		start: apiVersion === '2023-06-01' ? start : { ...start, citations: null },
		tokens: tokensOf(text),
	};
}

/** Whether text is all that is asked for, nothing but text (and pictures) is given, and the model does not think unasked. */
function isPlain({ request, model }: Exchange): boolean {
	const more = ['tools', 'thinking', 'output_config', 'mcp_servers'].some((key) => request[key] !== undefined);
	if (more || model?.thinking?.byDefault || prefillOf(request)) return false;
	return everyBlock(request).every((block) => wordsOf(block) !== null || block.type === 'image');
}

function limited(draft: Draft, most: number, stops: readonly string[]): Reply {
	const { blocks } = draft;
	const kept: ReplyBlock[] = [];
	let room = most;
	for (const block of blocks) {
		// Nothing follows when there is no room, not even what costs none.
		if (room === 0) return { ...draft, blocks: kept, stopReason: 'max_tokens', stopSequence: null };
		const tokens = block.tokens.slice(0, room);
		const stop = block.kind === 'text' ? firstStop(tokens.join(''), stops) : null;
		if (stop) {
			const before = tokensOf(tokens.join('').slice(0, stop.at));
			return {
				...draft,
				// Of what is stopped before it says anything nothing comes.
				blocks: before.length > 0 ? [...kept, { ...block, tokens: before }] : kept,
				stopReason: 'stop_sequence',
				stopSequence: stop.sequence,
				unsaid: Math.max(0, tokensUntil(tokens, stop.at + stop.sequence.length) - before.length),
			};
		}
		if (tokens.length > 0 || block.kind === 'whole') kept.push({ ...block, tokens });
		if (tokens.length < block.tokens.length)
			return { ...draft, blocks: kept, stopReason: 'max_tokens', stopSequence: null };
		room -= tokens.length;
	}
	const calls = kept.at(-1)?.start.type === 'tool_use';
	return { ...draft, blocks: kept, stopReason: calls ? 'tool_use' : 'end_turn', stopSequence: null };
}

function firstStop(text: string, stops: readonly string[]): { at: number; sequence: string } | null {
	const found = stops.map((sequence) => ({ at: text.indexOf(sequence), sequence })).filter(({ at }) => at >= 0);
	return found.toSorted((a, b) => a.at - b.at)[0] ?? null;
}

/** How many of `tokens` it takes to reach the character `end` of their text. */
function tokensUntil(tokens: readonly string[], end: number): number {
	let length = 0;
	return tokens.findIndex((token) => (length += token.length) >= end) + 1;
}
