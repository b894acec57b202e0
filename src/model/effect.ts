import { isJsonObject, type JsonObject, type JsonValue } from './json';
import type { StreamEvent } from './server-sent-events';

/** What one event does to the message, in a few words: `append 12 characters to content[0].text`. */
export function effectOf(event: StreamEvent): string {
	const { name, data, json } = event;
	if (name === '') return data === '' ? 'a comment' : 'no event: line, so clients pass over it';
	if (!isJsonObject(json)) return data === '' ? 'no data' : 'not JSON';
	switch (json.type) {
		case 'message_start':
			return startOf(objectIn(json.message));
		case 'content_block_start':
			return `content[${write(json.index)}] ← ${write(objectIn(json.content_block).type)}`;
		case 'content_block_delta':
			return deltaOn(`content[${write(json.index)}]`, objectIn(json.delta));
		case 'content_block_stop':
			return `content[${write(json.index)}] is complete`;
		case 'message_delta':
			return [
				...Object.entries(objectIn(json.delta)).filter(([, value]) => value !== null),
				...Object.entries(objectIn(json.usage))
					.filter(([key]) => key === 'output_tokens')
					.map(([key, value]) => [`usage.${key}`, value] as const),
			]
				.map(([key, value]) => `${key} ← ${write(value)}`)
				.join(', ');
		case 'message_stop':
			return 'the message is complete';
		case 'ping':
			return 'no effect';
		case 'error': {
			const error = objectIn(json.error);
			return `${write(error.type)}: ${write(error.message)}`;
		}
		default:
			return 'unknown to this page: no effect';
	}
}

function startOf(message: JsonObject): string {
	const { id, usage } = message;
	return `id ← ${write(id)}, usage.input_tokens ← ${write(objectIn(usage).input_tokens)}`;
}

function deltaOn(block: string, delta: JsonObject): string {
	switch (delta.type) {
		case 'text_delta':
			return append(delta.text, `${block}.text`);
		case 'thinking_delta':
			return append(delta.thinking, `${block}.thinking`);
		case 'input_json_delta':
			return append(delta.partial_json, `the JSON of ${block}.input`);
		case 'signature_delta':
			return `${block}.signature ← ${characters(delta.signature)}`;
		case 'citations_delta':
			return `add a citation to ${block}.citations`;
		default:
			return `${write(delta.type)} on ${block}`;
	}
}

function append(value: JsonValue | undefined, place: string): string {
	return value === '' ? `append nothing to ${place}` : `append ${characters(value)} to ${place}`;
}

/** Characters as a reader counts them, not UTF-16 units. */
function characters(value: JsonValue | undefined): string {
	const count = typeof value === 'string' ? [...value].length : 0;
	return `${count} ${count === 1 ? 'character' : 'characters'}`;
}

function write(value: JsonValue | undefined): string {
	if (value === undefined) return '?';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function objectIn(value: JsonValue | undefined): JsonObject {
	return isJsonObject(value) ? value : {};
}
