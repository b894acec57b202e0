import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json';
import type { StreamEvent } from './server-sent-events';

/** A streamed message as far as it has come. */
export interface Reply {
	/** The message in the shape of an answer that is not streamed; null before `message_start`. */
	readonly message: JsonObject | null;
	/** The JSON text of tool inputs still being written, by the index of their block. */
	readonly unfinished: ReadonlyMap<number, string>;
	/** Whether `message_stop` has come. What follows it is not part of this message. */
	readonly ended: boolean;
}

export const emptyReply: Reply = { message: null, unfinished: new Map(), ended: false };

/**
 * The reply after one more event, accumulated as the official SDK does (`MessageStream` and `BetaMessageStream` of
 * @anthropic-ai/sdk 1.12.0). What has no place in it (pings, errors, events, deltas and blocks yet unheard of) leaves it as it was.
 */
export function applyEvent(reply: Reply, event: StreamEvent): Reply {
	const { json } = event;
	// The SDK passes over an event without an `event:` line and goes by the type in its JSON for every other.
	if (event.name === '' || event.name === 'error' || !isJsonObject(json) || reply.ended) return reply;
	const { message } = reply;
	if (!message)
		return json.type === 'message_start' && isJsonObject(json.message) ? { ...reply, message: json.message } : reply;
	switch (json.type) {
		case 'message_stop':
			return { ...reply, ended: true };
		case 'content_block_start':
			return isJsonObject(json.content_block)
				? { ...reply, message: { ...message, content: [...blocksOf(message), json.content_block] } }
				: reply;
		case 'content_block_delta':
			return typeof json.index === 'number' && isJsonObject(json.delta)
				? applyDelta(reply, message, json.index, json.delta)
				: reply;
		case 'content_block_stop':
			return typeof json.index === 'number' ? closeInput(reply, message, json.index) : reply;
		case 'message_delta':
			return { ...reply, message: applyMessageDelta(message, json) };
		default:
			return reply;
	}
}

/** The message of a reply, tool inputs still being written completed as far as they make sense; null before it starts. */
export function messageOfReply(reply: Reply): JsonObject | null {
	let settled = reply;
	for (const index of reply.unfinished.keys())
		if (settled.message) settled = closeInput(settled, settled.message, index);
	return settled.message;
}

/** The content blocks of a message; items that are no objects are left out. */
export function blocksOf(message: JsonObject): readonly JsonObject[] {
	return isJsonArray(message.content) ? message.content.filter(isJsonObject) : [];
}

/**
 * The blocks of a reply that may be sent back: not a tool use that was cut off, a thinking block without its signature,
 * or a text without text. https://platform.claude.com/docs/en/build-with-claude/streaming, checked 2026-11-22.
 */
export function blocksToSend(reply: Reply): readonly JsonObject[] {
	if (!reply.message) return [];
	return blocksOf(reply.message).filter(
		({ type, text, signature }, index) =>
			!reply.unfinished.has(index) && !(type === 'text' && text === '') && !(type === 'thinking' && !signature),
	);
}

/** Read JSON that may have been cut off: what is incomplete at its end is dropped. Undefined when it is not JSON at all. */
export function readCutJson(text: string): JsonValue | undefined {
	let closers = '';
	let sound = '';
	let before = '';
	for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|"|[^\s{}[\],:"]+/gs)) {
		const end = index + token.length;
		if (token === '"') break; // a string that never closes
		if (token === '{') closers = `}${closers}`;
		else if (token === '[') closers = `]${closers}`;
		else if (token === '}' || token === ']') closers = closers.slice(1);
		const key = token.startsWith('"') && closers.startsWith('}') && before !== ':';
		// More digits may follow a number at the very end; a word may be the beginning of `false`.
		const open = end === text.length && !/^(?:".*|[{}[\]]|true|false|null)$/s.test(token);
		if (token !== ',' && token !== ':' && !key && !open) sound = text.slice(0, end) + closers;
		before = token;
	}
	try {
		return JSON.parse(sound) as JsonValue; // JSON.parse gives nothing else
	} catch {
		return undefined;
	}
}

function applyDelta(reply: Reply, message: JsonObject, index: number, delta: JsonObject): Reply {
	const block = blocksOf(message)[index];
	if (!block) return reply;
	const become = (change: JsonObject): Reply => ({
		...reply,
		message: { ...message, content: blocksOf(message).with(index, { ...block, ...change }) },
	});
	switch (`${text(block.type)} ${text(delta.type)}`) {
		case 'text text_delta':
			return become({ text: text(block.text) + text(delta.text) });
		case 'text citations_delta':
			return become({
				citations: [...(isJsonArray(block.citations) ? block.citations : []), delta.citation ?? null],
			});
		case 'thinking thinking_delta':
			return become({ thinking: text(block.thinking) + text(delta.thinking) });
		case 'thinking signature_delta':
			return become({ signature: text(delta.signature) });
		case 'compaction compaction_delta':
			return become(without(delta, ['type']));
		case 'tool_use input_json_delta':
		case 'server_tool_use input_json_delta':
		case 'mcp_tool_use input_json_delta': {
			const written = (reply.unfinished.get(index) ?? '') + text(delta.partial_json);
			return { ...reply, unfinished: new Map(reply.unfinished).set(index, written) };
		}
		default:
			return reply;
	}
}

function closeInput(reply: Reply, message: JsonObject, index: number): Reply {
	const written = reply.unfinished.get(index);
	const block = blocksOf(message)[index];
	if (written === undefined || !block) return reply;
	const unfinished = new Map(reply.unfinished);
	unfinished.delete(index);
	const input = readCutJson(written) ?? {};
	return { ...reply, message: { ...message, content: blocksOf(message).with(index, { ...block, input }) }, unfinished };
}

/** Counts are totals of the whole message: they replace, they do not add. */
function applyMessageDelta(message: JsonObject, event: JsonObject): JsonObject {
	const { stop_reason = null, stop_sequence = null, ...rest } = isJsonObject(event.delta) ? event.delta : {};
	const usage = isJsonObject(message.usage) ? message.usage : {};
	const news = isJsonObject(event.usage) ? event.usage : {};
	return {
		...merged(merged({ ...message, stop_reason, stop_sequence }, rest), without(event, ['type', 'delta', 'usage'])),
		usage: merged(usage, news),
	};
}

/** `news` over `values`, save that a null takes no value away. */
function merged(values: JsonObject, news: JsonObject): JsonObject {
	return {
		...values,
		...Object.fromEntries(Object.entries(news).filter(([key, value]) => value !== null || !(key in values))),
	};
}

function without(values: JsonObject, keys: readonly string[]): JsonObject {
	return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
}

function text(value: JsonValue | undefined): string {
	return typeof value === 'string' ? value : '';
}
