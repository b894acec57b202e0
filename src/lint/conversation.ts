import { isJsonArray, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../model/json';

/** A block as the rules about conversations see it; string content is one text block at the content's own path. */
export interface Block {
	readonly type: string;
	readonly value: JsonObject;
	readonly path: JsonPath;
	/** Where its words stand, if it is text. */
	readonly textPath: JsonPath;
}

/** A message whose role is text and whose content could be read; a malformed block has no type. */
export interface Turn {
	readonly index: number;
	readonly role: string;
	readonly path: JsonPath;
	readonly blocks: readonly Block[];
}

/** The well-formed messages of a request, in order: what is malformed is the business of the rule about `messages`. */
export const turnsIn = once(readTurns);

/** `read`, done once for each request: many ask about the same one, which may have a hundred thousand messages. */
function once<T>(read: (request: JsonObject) => T): (request: JsonObject) => T {
	const known = new WeakMap<JsonObject, T>();
	return (request) => {
		const value = known.get(request) ?? read(request);
		known.set(request, value);
		return value;
	};
}

function readTurns({ messages }: JsonObject): readonly Turn[] {
	if (!isJsonArray(messages)) return [];
	return messages.flatMap((message, index) => {
		if (!isJsonObject(message) || typeof message.role !== 'string') return [];
		const path = ['messages', index];
		const blocks = blocksIn(message.content, [...path, 'content']);
		return blocks ? [{ index, role: message.role, path, blocks }] : [];
	});
}

/** The blocks of some content; null when it is neither text nor a list. */
export function blocksIn(content: JsonValue | undefined, path: JsonPath): Block[] | null {
	if (typeof content === 'string')
		return [{ type: 'text', value: { type: 'text', text: content }, path, textPath: path }];
	if (!isJsonArray(content)) return null;
	return content.map((item, index) => {
		const value = isJsonObject(item) ? item : {};
		const type = typeof value.type === 'string' ? value.type : '';
		return { type, value, path: [...path, index], textPath: [...path, index, 'text'] };
	});
}

/** Neighbouring turns of one role, which the API reads as one. */
export function runsOf(turns: readonly Turn[]): Turn[][] {
	const runs: Turn[][] = [];
	for (const turn of turns) {
		const run = runs.at(-1);
		if (run?.[0]?.role === turn.role) run.push(turn);
		else runs.push([turn]);
	}
	return runs;
}

/** Whether a block is what one of the server's own tools gave. */
export function isServerResult({ type }: Block): boolean {
	return type.endsWith('_tool_result');
}

/** The words of a text block; null for any other. */
export function wordsOf({ type, value }: Block): string | null {
	return type === 'text' && typeof value.text === 'string' ? value.text : null;
}

/**
 * The last turn, if it is the beginning of the answer: the assistant's, ending in words. One that ends in anything else is
 * left off at a tool call, which wants its result, or at what the API made itself and goes on with.
 */
export function prefillOf(request: JsonObject): Turn | null {
	const last = turnsIn(request).at(-1);
	const end = last?.blocks.at(-1);
	if (last?.role !== 'assistant' || !end || last.index !== lastIndex(request)) return null;
	return wordsOf(end) ? last : null;
}

/** Every block of a request, those inside tool results too, in the order in which it is read: system, then messages. */
export const everyBlock = once(readBlocks);

function readBlocks(request: JsonObject): readonly Block[] {
	const inTurns = turnsIn(request).flatMap(({ blocks }) => blocks);
	return [...(blocksIn(request.system, ['system']) ?? []), ...inTurns].flatMap((block) => [
		block,
		...(block.type === 'tool_result' ? (blocksIn(block.value.content, [...block.path, 'content']) ?? []) : []),
	]);
}

/** The `type` of a parameter that is an object with one: `thinking`, `tool_choice`. */
export function typeOf(value: JsonValue | undefined): string | null {
	return isJsonObject(value) && typeof value.type === 'string' ? value.type : null;
}

function lastIndex(request: JsonObject): number {
	return isJsonArray(request.messages) ? request.messages.length - 1 : -1;
}
