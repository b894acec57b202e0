import { applyEdits, type Edit } from './edit';
import { isJsonArray, isJsonObject, parsed, valueAt, type JsonObject, type JsonPath, type JsonValue } from './json';
import {
	insertItem,
	moveItem,
	duplicateItem,
	removeItemsAfter,
	removeValue,
	setValue,
	Source,
	sourceAt,
	type Part,
} from './lens';

/** One message of a request as the form reads it. Nothing is left out: what the form does not know is `other`. */
export interface Turn {
	readonly index: number;
	readonly path: JsonPath;
	/** As written; the empty string where it is missing or no string. */
	readonly role: string;
	readonly shape: Shape;
	readonly blocks: readonly Block[];
	/** The properties beside role and content. */
	readonly others: readonly JsonPath[];
	/** Whether it is the last and the assistant's, so that the answer goes on from it. */
	readonly prefill: boolean;
}

/** Content is a string, a list of blocks, or something the API does not take. */
export type Shape = 'text' | 'blocks' | 'other';

/** A piece of content. String content reads as one text block, whose words stand at the path of the content itself. */
export type Block = TextBlock | KnownBlock | OtherBlock;
export interface TextBlock {
	readonly kind: 'text';
	readonly path: JsonPath;
	readonly value: JsonValue;
	readonly text: string;
	readonly textPath: JsonPath;
}
export interface KnownBlock {
	readonly kind: KnownKind;
	readonly path: JsonPath;
	readonly value: JsonObject;
}
/** A block that is unknown to this page or not well formed. */
export interface OtherBlock {
	readonly kind: 'other';
	readonly path: JsonPath;
	readonly value: JsonValue;
}

/** What a block must have for the form to draw it as more than JSON: https://platform.claude.com/docs/en/api/messages, checked 2026-11-22. */
const isWellFormed = {
	image: ({ source }: JsonObject) => isJsonObject(source),
	document: ({ source }: JsonObject) => isJsonObject(source),
	tool_use: ({ id, name, input }: JsonObject) =>
		typeof id === 'string' && typeof name === 'string' && isJsonObject(input),
	tool_result: ({ tool_use_id, content }: JsonObject) =>
		typeof tool_use_id === 'string' && (content === undefined || typeof content === 'string' || isJsonArray(content)),
	thinking: ({ thinking }: JsonObject) => typeof thinking === 'string',
	redacted_thinking: ({ data }: JsonObject) => typeof data === 'string',
};
export type KnownKind = keyof typeof isWellFormed;

const MESSAGES = ['messages'];

/** How many turns `request` has; none where `messages` is missing or no array. */
export function countTurns({ messages }: JsonObject): number {
	return isJsonArray(messages) ? messages.length : 0;
}

/** The turns of `request` from turn `first` on, in order. */
export function turnsOf(request: JsonObject, first = 0): Turn[] {
	const messages = valueAt(request, MESSAGES);
	if (!isJsonArray(messages)) return [];
	return messages.slice(first).map((message, place) => {
		const index = first + place;
		const path = [...MESSAGES, index];
		const role = isJsonObject(message) && typeof message.role === 'string' ? message.role : '';
		const prefill = index === messages.length - 1 && role === 'assistant';
		const content = isJsonObject(message) ? message.content : undefined;
		const shape = shapeOf(content);
		if (!isJsonObject(message) || shape === 'other') {
			return {
				index,
				path,
				role,
				shape: 'other',
				blocks: [{ kind: 'other', path, value: message }],
				others: [],
				prefill,
			};
		}
		const others = Object.keys(message).filter((name) => name !== 'role' && name !== 'content');
		return {
			index,
			path,
			role,
			shape,
			blocks: blocksOf(content, [...path, 'content']),
			others: others.map((name) => [...path, name]),
			prefill,
		};
	});
}

/** Whether `content` is a string, a list, or neither. */
function shapeOf(content: JsonValue | undefined): Shape {
	return typeof content === 'string' ? 'text' : isJsonArray(content) ? 'blocks' : 'other';
}

/** The blocks of the content at `path`: a turn's, the system prompt's or a tool result's. */
export function blocksOf(content: JsonValue | undefined, path: JsonPath): Block[] {
	if (content === undefined) return [];
	if (typeof content === 'string') return [{ kind: 'text', path, value: content, text: content, textPath: path }];
	if (isJsonArray(content)) return content.map((block, i) => readBlock(block, [...path, i]));
	return [{ kind: 'other', path, value: content }];
}

function readBlock(value: JsonValue, path: JsonPath): Block {
	if (!isJsonObject(value) || typeof value.type !== 'string') return { kind: 'other', path, value };
	const { type, text } = value;
	if (type === 'text' && typeof text === 'string')
		return { kind: 'text', path, value, text, textPath: [...path, 'text'] };
	return isKnownKind(type) && isWellFormed[type](value) ? { kind: type, path, value } : { kind: 'other', path, value };
}

function isKnownKind(type: string): type is KnownKind {
	return Object.hasOwn(isWellFormed, type);
}

/* Edits. Each gives what to do to `text`, a valid request; none where the request has no such turn or block. */

/** Add a turn at the end. */
export function addTurn(text: string, role: string, content: JsonValue = ''): Edit[] {
	return insertItem(text, MESSAGES, Infinity, { role, content });
}

/** Add an empty turn above turn `index`: the assistant's below a user's, else the user's. */
export function insertTurnAbove(text: string, index: number): Edit[] {
	const above = sourceAt(text, [...MESSAGES, index - 1, 'role']);
	return insertItem(text, MESSAGES, index, { role: above === '"user"' ? 'assistant' : 'user', content: '' });
}

/** Take turn `index` out. */
export function removeTurn(text: string, index: number): Edit[] {
	return removeValue(text, [...MESSAGES, index]);
}

/** Move turn `from` so that it becomes turn `to`. */
export function moveTurn(text: string, from: number, to: number): Edit[] {
	return moveItem(text, MESSAGES, from, to);
}

/** Put a copy of turn `index` below it. */
export function duplicateTurn(text: string, index: number): Edit[] {
	return duplicateItem(text, MESSAGES, index);
}

/** Give turn `index` to another role. */
export function setRole(text: string, index: number, role: string): Edit[] {
	return setValue(text, [...MESSAGES, index, 'role'], role);
}

/**
 * Add a block to a turn, as block `at` or at the end. String content becomes the first block of a list, its words spelled
 * as they were; empty string content gives way.
 */
export function addBlock(text: string, turn: number, block: JsonValue, at?: number): Edit[] {
	return sourceAt(text, [...MESSAGES, turn]) === undefined ? [] : addBlockAt(text, contentPath(turn), block, at);
}

/** Add a block to the content at `path` before block `at`, or at its end; string content becomes a list. */
export function addBlockAt(text: string, path: JsonPath, block: JsonValue, at = Infinity): Edit[] {
	const content = valueIn(text, path);
	if (typeof content !== 'string') return insertItem(text, path, at, block);
	if (content === '') return setValue(text, path, [block]);
	const words: Part = { type: 'text', text: new Source(sourceAt(text, path)!) }; // there, since it was just read
	return setValue(text, path, at < 1 ? [block, words] : [words, block]);
}

/** End with an assistant turn, from which the answer goes on. Where the last turn is the assistant's, nothing is to be done. */
export function prefillAnswer(text: string, words = ''): Edit[] {
	return lastTurn(text)?.prefill ? [] : addTurn(text, 'assistant', words);
}

/** The last turn of `text`, a valid request; undefined where there is none. */
export function lastTurn(text: string): Turn | undefined {
	const request = valueIn(text, []);
	return isJsonObject(request) ? turnsOf(request).at(-1) : undefined;
}

/** The value at `path` in JSON text; undefined when there is none. */
export function valueIn(text: string, path: JsonPath): JsonValue | undefined {
	const source = sourceAt(text, path);
	return source === undefined ? undefined : (JSON.parse(source) as JsonValue); // what JSON.parse gives of JSON text
}

/** Where the content of a turn stands. */
export function contentPath(turn: number): JsonPath {
	return [...MESSAGES, turn, 'content'];
}

/** `text` with its first `count` turns only: one at least. */
export function withFirstTurns(text: string, count: number): string {
	return applyEdits(text, removeItemsAfter(text, MESSAGES, count - 1));
}

/** The words that the answer to a request text goes on from; null when it does not end with the assistant's. */
export function prefillIn(text: string): string | null {
	const request = parsed(text);
	const last = isJsonObject(request) ? turnsOf(request).at(-1) : undefined;
	if (!last?.prefill) return null;
	return last.blocks.map((block) => (block.kind === 'text' ? block.text : '')).join('');
}
