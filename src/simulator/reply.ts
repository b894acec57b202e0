import { prefillOf, wordsOf } from '../lint/conversation';
import { isJsonArray, isJsonObject, valueAt, type JsonObject } from '../model/json';
import type { Exchange } from './exchange';
import { thinkingIn } from './thinking';
import { tokensOf } from './tokenizer';
import { composeText, questionIn } from './words';

/** One block of the answer: its `tokens` joined are its text, its thinking, or the JSON of its input. */
export interface ReplyBlock {
	readonly start: JsonObject;
	readonly kind: 'text' | 'thinking' | 'tool_use';
	readonly tokens: readonly string[];
	/** Thinking that is not shown still counts. */
	readonly hidden?: boolean;
	readonly signature?: string;
}

export interface Reply {
	readonly blocks: readonly ReplyBlock[];
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
}

/** What the simulated API answers: as long as it may become, and up to the first stop sequence. */
export async function composeReply(exchange: Exchange): Promise<Reply> {
	const { request } = exchange;
	const blocks = await blocksFor(exchange);
	const last = blocks.at(-1)?.kind === 'tool_use' ? 'tool_use' : 'end_turn';
	const stops = (isJsonArray(request.stop_sequences) ? request.stop_sequences : []).filter(
		(stop) => typeof stop === 'string',
	);
	return limited(blocks, last, typeof request.max_tokens === 'number' ? request.max_tokens : Infinity, stops);
}

/** The number of output tokens, thinking among them. */
export function outputTokensOf({ blocks }: Reply): { readonly all: number; readonly thinking: number } {
	const count = (some: readonly ReplyBlock[]) => some.reduce((sum, { tokens }) => sum + tokens.length, 0);
	return { all: count(blocks), thinking: count(blocks.filter(({ kind }) => kind === 'thinking')) };
}

async function blocksFor(exchange: Exchange): Promise<ReplyBlock[]> {
	const { request, random } = exchange;
	const format = valueAt(request, ['output_config', 'format', 'schema']);
	if (isJsonObject(format)) {
		const { sampleOf } = await import('./sample');
		return [...thinkingIn(exchange), textBlock(JSON.stringify(sampleOf(format, random)), exchange)];
	}

	const prefill = prefillOf(request);
	if (prefill) {
		const begun = prefill.blocks.map((block) => wordsOf(block) ?? '').join('');
		const { continuePrefill } = await import('./continuation');
		const words = await composeText(exchange);
		return [textBlock(continuePrefill(begun, questionIn(request), words, random), exchange)];
	}

	const call = request.tools === undefined ? null : (await import('./tool-call')).toolCallIn(exchange);
	if (!call) return [...thinkingIn(exchange), textBlock(await composeText(exchange), exchange)];
	// A forced call comes without a word before it.
	if (call.forced) return [call.block];
	const words = textBlock(`This call of ${call.name} is simulated.`, exchange);
	return [...thinkingIn(exchange), words, call.block];
}

function textBlock(text: string, { apiVersion }: Exchange): ReplyBlock {
	const start: JsonObject =
		apiVersion === '2023-06-01' ? { type: 'text', text: '' } : { type: 'text', text: '', citations: null };
	return { kind: 'text', start, tokens: tokensOf(text) };
}

function limited(
	blocks: readonly ReplyBlock[],
	end: Reply['stopReason'],
	most: number,
	stops: readonly string[],
): Reply {
	const kept: ReplyBlock[] = [];
	let room = most;
	for (const block of blocks) {
		const tokens = block.tokens.slice(0, room);
		const stop = block.kind === 'text' ? firstStop(tokens.join(''), stops) : null;
		if (stop) {
			const before = tokensOf(tokens.join('').slice(0, stop.at));
			return {
				blocks: [...kept, { ...block, tokens: before }],
				stopReason: 'stop_sequence',
				stopSequence: stop.sequence,
			};
		}
		if (tokens.length > 0) kept.push({ ...block, tokens });
		if (tokens.length < block.tokens.length) return { blocks: kept, stopReason: 'max_tokens', stopSequence: null };
		room -= tokens.length;
	}
	return { blocks: kept, stopReason: end, stopSequence: null };
}

function firstStop(text: string, stops: readonly string[]): { at: number; sequence: string } | null {
	const found = stops.map((sequence) => ({ at: text.indexOf(sequence), sequence })).filter(({ at }) => at >= 0);
	return found.toSorted((a, b) => a.at - b.at)[0] ?? null;
}

/** The reply broken off in the middle of its first text; what would come behind it does not. */
export function cutShort(reply: Reply): Reply {
	const at = reply.blocks.findIndex(({ kind }) => kind === 'text');
	const text = reply.blocks[at];
	if (!text) return reply;
	const tokens = text.tokens.slice(0, Math.ceil(text.tokens.length / 2));
	return { ...reply, blocks: [...reply.blocks.slice(0, at), { ...text, tokens }], stopSequence: null };
}
