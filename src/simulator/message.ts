import { isJsonObject, type JsonObject } from '../model/json';
import type { Exchange } from './exchange';
import { newId } from './random';
import { outputTokensOf, type Reply, type ReplyBlock } from './reply';

interface Ending extends Pick<Reply, 'stopSequence' | 'stopDetails' | 'container'> {
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
		...endOf(reply, exchange),
		usage: usageOf(exchange, reply),
	};
}

/** The message as a stream begins it: nothing said yet. */
export function emptyMessageOf(exchange: Exchange): JsonObject {
	return {
		...headOf(exchange),
		content: [],
		...endOf({ stopReason: null, stopSequence: null }, exchange),
		usage: usageOf(exchange, null),
	};
}

/** Why and how the message ended; a stream's beginning says that it has not. */
export function endOf({ stopReason, stopSequence, stopDetails, container }: Ending, exchange: Exchange): JsonObject {
	const newer = isNewer(exchange);
	return {
		stop_reason: stopReason,
		stop_sequence: stopSequence,
		stop_details: stopDetails ?? null,
		...(container ? { container } : newer ? { container: null } : {}),
		...(newer ? { diagnostics: null } : {}),
	};
}

/** What the message cost, in tokens; when it only begins, `reply` is null. */
export function usageOf(exchange: Exchange, reply: Reply | null): JsonObject {
	const { request, model, cache } = exchange;
	const newer = isNewer(exchange);
	const output = reply ? outputTokensOf(reply) : { all: 1, thinking: 0 };
	const written = cache.written5m + cache.written1h;
	const serverToolUse = reply?.serverToolUse ?? (newer ? null : undefined);
	const details = { output_tokens_details: { thinking_tokens: output.thinking } };
	// Claude 4.5 and earlier, which are those that go on with a prefill, tell less.
	const early = model?.prefill;
	const geo = typeof request.inference_geo === 'string' ? request.inference_geo : 'global';
	return {
		input_tokens: exchange.inputTokens - written - cache.read,
		cache_creation_input_tokens: written,
		cache_read_input_tokens: cache.read,
		cache_creation: { ephemeral_5m_input_tokens: cache.written5m, ephemeral_1h_input_tokens: cache.written1h },
		output_tokens: output.all,
		...(newer || !early ? details : {}),
		service_tier: 'standard',
		inference_geo: early ? 'not_available' : geo,
		...(serverToolUse === undefined ? {} : { server_tool_use: serverToolUse }),
		...(newer ? { speed: 'standard' } : {}),
	};
}

function headOf(exchange: Exchange): JsonObject {
	const { request, model, ids } = exchange;
	return {
		model: model?.snapshot ?? request.model ?? null,
		id: newId(ids, 'msg_01'),
		type: 'message',
		role: 'assistant',
	};
}

function contentOf({ kind, start, tokens, hidden, signature, citations }: ReplyBlock): JsonObject {
	const said = tokens.join('');
	if (kind === 'whole') return start;
	if (kind === 'text') return { ...start, text: said, ...(citations ? { citations } : {}) };
	if (kind === 'thinking') return { ...start, thinking: hidden ? '' : said, signature: signature ?? '' };
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
