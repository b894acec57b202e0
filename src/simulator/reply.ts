import { prefillOf, typeOf, wordsOf } from '../lint/conversation';
import { isJsonArray, isJsonObject, valueAt, type JsonObject, type JsonValue } from '../model/json';
import { toBase64 } from '../model/attachment';
import { continuePrefill } from './continuation';
import type { Exchange } from './exchange';
import { newId, type Random } from './random';
import { sampleOf } from './sample';
import { tokensOf } from './tokenizer';
import { toolCallIn } from './tool-call';
import { composeText, composeThinking, questionIn } from './words';

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
	readonly stopReason: 'end_turn' | 'max_tokens' | 'stop_sequence' | 'tool_use';
	readonly stopSequence: string | null;
}

/** What the simulated API answers: as long as it may become, and up to the first stop sequence. */
export function composeReply(exchange: Exchange): Reply {
	const { request } = exchange;
	const blocks = blocksFor(exchange);
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

function blocksFor(exchange: Exchange): ReplyBlock[] {
	const { request, random } = exchange;
	const format = valueAt(request, ['output_config', 'format', 'schema']);
	if (isJsonObject(format))
		return [...thinkingFor(exchange), textBlock(JSON.stringify(sampleOf(format, random)), exchange)];

	const prefill = prefillOf(request);
	if (prefill) {
		const begun = prefill.blocks.map((block) => wordsOf(block) ?? '').join('');
		return [textBlock(continuePrefill(begun, questionIn(request), composeText(exchange), random), exchange)];
	}

	const call = toolCallIn(exchange);
	if (!call) return [...thinkingFor(exchange), textBlock(composeText(exchange), exchange)];
	const forced = typeOf(request.tool_choice) === 'any' || typeOf(request.tool_choice) === 'tool';
	const use: ReplyBlock = {
		kind: 'tool_use',
		start: {
			type: 'tool_use',
			id: newId(exchange.ids, 'toolu_01'),
			name: call.name,
			input: {},
			...(call.toolset ? { toolset_name: call.toolset } : {}),
			...(callerIsNamed(exchange) ? { caller: { type: 'direct' } } : {}),
		},
		tokens: tokensOf(JSON.stringify(call.input)),
	};
	// A forced call comes without a word before it.
	return forced
		? [use]
		: [...thinkingFor(exchange), textBlock(`This call of ${call.name} is simulated.`, exchange), use];
}

function textBlock(text: string, { apiVersion }: Exchange): ReplyBlock {
	const start: JsonObject =
		apiVersion === '2023-06-01' ? { type: 'text', text: '' } : { type: 'text', text: '', citations: null };
	return { kind: 'text', start, tokens: tokensOf(text) };
}

/** A thinking block, where thinking was asked for; shown or not as the request or else the model says. */
function thinkingFor(exchange: Exchange): ReplyBlock[] {
	const { thinking } = exchange.request;
	const type = typeOf(thinking);
	if (!isJsonObject(thinking) || (type !== 'adaptive' && type !== 'enabled')) return [];
	const display: JsonValue = thinking.display ?? exchange.model?.thinking?.display ?? 'summarized';
	return [
		{
			kind: 'thinking',
			start: { type: 'thinking', thinking: '', signature: '' },
			tokens: tokensOf(composeThinking(exchange)),
			hidden: display === 'omitted',
			signature: signatureFrom(exchange.ids),
		},
	];
}

/** Something that looks like a signature, and decodes to words that say what it is. */
function signatureFrom(random: Random): string {
	return toBase64(new TextEncoder().encode(`simulated signature ${newId(random, 'msg_01')}`));
}

/** Newer models name the caller of a tool, and so does the newer version of the API. */
function callerIsNamed({ model, apiVersion }: Exchange): boolean {
	return apiVersion !== '2023-06-01' || model?.tokenizer !== 'older';
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
