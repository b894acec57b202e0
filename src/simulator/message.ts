import { isJsonObject, type JsonObject } from '../model/json';
import type { Exchange } from './exchange';
import { newId } from './random';
import { outputTokensOf, type Reply, type ReplyBlock } from './reply';

/** Why a message ended; nothing yet, where it is only begun. */
export interface Ending extends Pick<Reply, 'stopSequence' | 'stopDetails' | 'container'> {
	readonly stopReason: Reply['stopReason'] | null;
}

/**
 * The message as the API sends it, in its order of keys. The newer version writes fields that the older one leaves out when
 * they hold nothing: @anthropic-ai/sdk 1.12.0 `Message`, `Usage` against recorded answers, checked 2026-11-22.
 */
export function messageOf(reply: Reply, exchange: Exchange): JsonObject {
	return {
		...headOf(exchange),
		content: reply.blocks.map(contentOf),
		...containerOf(reply, exchange),
		...endOf(reply),
		...diagnosticsOf(exchange),
		usage: usageOf(exchange, reply),
	};
}

/** Why the message ended; a stream's beginning says that it has not. */
export function endOf({ stopReason, stopSequence, stopDetails }: Ending): JsonObject {
	return { stop_reason: stopReason, stop_sequence: stopSequence, stop_details: stopDetails ?? null };
}

/** Where code was run. */
export function containerOf({ container }: Ending, exchange: Exchange): JsonObject {
	return container ? { container } : isNewer(exchange) ? { container: null } : {};
}

/** Why the cache did not hold more, where a message before is named: the simulation keeps none to compare with. */
export function diagnosticsOf(exchange: Exchange): JsonObject {
	const { diagnostics: asked } = exchange.request;
	if (!asked && !isNewer(exchange)) return {};
	const named = isJsonObject(asked) && asked.previous_message_id;
	return { diagnostics: named ? { cache_miss_reason: { type: 'previous_message_not_found' } } : null };
}

/** What the message cost, in tokens. */
function usageOf(exchange: Exchange, reply: Reply): JsonObject {
	return {
		...inputOf(exchange),
		...cacheCreationOf(exchange),
		...outputOf(exchange, reply),
		...serviceOf(exchange, reply),
	};
}

/** What went in, in tokens. */
export function inputOf({ inputTokens, cache: { read, written5m, written1h } }: Exchange): JsonObject {
	return {
		input_tokens: inputTokens - written5m - written1h - read,
		cache_creation_input_tokens: written5m + written1h,
		cache_read_input_tokens: read,
	};
}

/** What the cache was given, by how long it holds it. */
export function cacheCreationOf({ cache }: Exchange): JsonObject {
	return {
		cache_creation: { ephemeral_5m_input_tokens: cache.written5m, ephemeral_1h_input_tokens: cache.written1h },
	};
}

/** What came out, in tokens. */
export function outputOf(exchange: Exchange, reply: Reply): JsonObject {
	const { all, thinking } = outputTokensOf(reply);
	const details = isNewer(exchange) || !isEarly(exchange);
	return { output_tokens: all, ...(details ? { output_tokens_details: { thinking_tokens: thinking } } : {}) };
}

/** How it was served; null where nothing has been said yet. */
export function serviceOf(exchange: Exchange, reply: Reply | null): JsonObject {
	const { inference_geo: geo, speed } = exchange.request;
	return {
		service_tier: 'standard',
		inference_geo: isEarly(exchange) ? 'not_available' : typeof geo === 'string' ? geo : 'global',
		...serverToolUseOf(exchange, reply),
		...(speed || isNewer(exchange) ? { speed: speed ?? 'standard' } : {}),
	};
}

/** How often the API's own tools were used. */
export function serverToolUseOf(exchange: Exchange, reply: Reply | null): JsonObject {
	const uses = reply?.serverToolUse ?? (isNewer(exchange) ? null : undefined);
	return uses === undefined ? {} : { server_tool_use: uses };
}

/** Claude 4.5 and earlier, which are those that go on with a prefill, tell less. */
function isEarly({ model }: Exchange): boolean {
	return model?.prefill === true;
}

/** What a message is, before it says anything. */
export function headOf(exchange: Exchange): JsonObject {
	const { request, model, ids } = exchange;
	return {
		model: model?.snapshot ?? request.model ?? null,
		id: newId(ids, 'msg_01'),
		type: 'message',
		role: 'assistant',
	};
}

function contentOf({ kind, start, tokens, hidden, sign, citations }: ReplyBlock): JsonObject {
	const said = tokens.join('');
	if (kind === 'whole') return start;
	if (kind === 'text') return { ...start, text: said, ...(citations ? { citations } : {}) };
	if (kind === 'thinking') return { ...start, thinking: hidden ? '' : said, signature: sign?.(said) ?? '' };
	return { ...start, input: parsed(said) };
}

/** The input of a call that max_tokens cut short cannot be read: it comes as an empty object. */
function parsed(json: string): JsonObject {
	try {
		const input: unknown = JSON.parse(json);
		return isJsonObject(input) ? input : {};
	} catch {
		return {};
	}
}

function isNewer({ apiVersion }: Exchange): boolean {
	return apiVersion !== '2023-06-01';
}
