import { isJsonObject, valueAt, type JsonObject } from '../../src/model/json';
import { eventsOf, type StreamEvent } from '../../src/model/server-sent-events';

const deltaTypes: Readonly<Record<string, readonly string[]>> = {
	text: ['text_delta', 'citations_delta'],
	thinking: ['thinking_delta', 'signature_delta'],
	tool_use: ['input_json_delta'],
	server_tool_use: ['input_json_delta'],
};
const knownDeltas = Object.values(deltaTypes).flat();

/**
 * What the recorded streams have in these places and nothing else; the newer version of the API adds what
 * @anthropic-ai/sdk 1.12.0 calls `RawMessageDeltaEvent`, `MessageDeltaUsage` and `Usage`.
 */
const keys: readonly (readonly [type: string, place: readonly string[], names: readonly string[]])[] = [
	['message_delta', ['delta'], ['stop_reason', 'stop_sequence', 'stop_details', 'container']],
	[
		'message_delta',
		['usage'],
		[
			'input_tokens',
			'cache_creation_input_tokens',
			'cache_read_input_tokens',
			'output_tokens',
			'output_tokens_details',
			'server_tool_use',
		],
	],
	[
		'message_start',
		['message', 'usage'],
		[
			'input_tokens',
			'cache_creation_input_tokens',
			'cache_read_input_tokens',
			'cache_creation',
			'output_tokens',
			'service_tier',
			'inference_geo',
			'server_tool_use',
			'speed',
		],
	],
];

/**
 * What is wrong with the text of a stream of our own, by the API's grammar: each event one `event:` and one `data:` line, its
 * name repeated as `type`; message_start, blocks one after the other counted from 0, message_delta, message_stop; a ping
 * anywhere, an error last; nothing in it that was never seen. Empty when nothing is.
 */
export function grammarFaults(stream: string): string[] {
	const events = eventsIn(stream);
	const faults = stream.endsWith('\n\n') ? [] : ['the last event is not closed'];
	for (const { raw, json } of events) {
		if (!/^event: \w+\ndata: .+\n\n$/.test(raw)) faults.push(`not an event: ${raw}`);
		for (const [type, place, names] of keys) {
			const part = isJsonObject(json) && json.type === type ? valueAt(json, place) : undefined;
			for (const key of Object.keys(isJsonObject(part) ? part : {}))
				if (!names.includes(key)) faults.push(`${type} has ${[...place, key].join('.')}`);
		}
	}
	return [...faults, ...faultsOf(events, true)];
}

/**
 * What is wrong with a recorded stream, by the same grammar, as a client may rely on it: lines as the standard has them, and
 * events and deltas yet unheard of passed over. Some recordings hold the answers to several requests.
 */
export function faultsOfRecorded(stream: string): string[] {
	const answers: StreamEvent[][] = [[]];
	for (const event of eventsIn(stream)) {
		// What a proxy says in a comment is no event.
		if (event.name === '' && event.data === '') continue;
		if (event.name === 'message_start' && answers.at(-1)!.length > 0) answers.push([]);
		answers.at(-1)!.push(event); // there is always one
	}
	return answers.flatMap((events) => faultsOf(events, false));
}

function eventsIn(stream: string): StreamEvent[] {
	return eventsOf([{ at: 0, bytes: new TextEncoder().encode(stream) }]);
}

/** What is wrong with the row of `events`; of `ours`, names that are not known are wrong too. */
function faultsOf(events: readonly StreamEvent[], ours: boolean): string[] {
	const faults: string[] = [];
	let state: 'before' | 'between' | 'ending' | 'over' = 'before';
	let open: { index: number; type: string } | null = null;
	let blocks = 0;
	const isKnown = (delta: string) => ours || knownDeltas.includes(delta);
	for (const event of events) {
		const data = dataOf(event);
		if (typeof data === 'string') {
			faults.push(data);
			continue;
		}
		const { type } = data;
		const fail = (words: string) => faults.push(`${type} ${words}`);
		if (state === 'over') fail('comes after the end');
		switch (type) {
			case 'ping':
				break;
			case 'error':
				state = 'over';
				break;
			case 'message_start':
				if (state !== 'before') fail('comes twice');
				// An answer to which nothing is added begins with all it has.
				state = isJsonObject(data.message) && typeof data.message.stop_reason === 'string' ? 'ending' : 'between';
				break;
			case 'content_block_start': {
				if (state !== 'between' || open) fail('is out of place');
				if (data.index !== blocks++) fail(`has index ${JSON.stringify(data.index)}`);
				const { content_block: block } = data;
				if (!isJsonObject(block) || typeof block.type !== 'string') fail('has no block');
				else open = { index: blocks - 1, type: block.type };
				break;
			}
			case 'content_block_delta': {
				const delta = isJsonObject(data.delta) ? data.delta.type : undefined;
				if (!open || data.index !== open.index) fail('is outside of its block');
				else if (typeof delta !== 'string' || (deltaTypes[open.type]?.includes(delta) === false && isKnown(delta)))
					fail(`is no delta of a ${open.type}`);
				break;
			}
			case 'content_block_stop':
				if (!open || data.index !== open.index) fail('ends no block');
				open = null;
				break;
			case 'message_delta':
				if (open || (state !== 'between' && state !== 'ending')) fail('is out of place');
				state = 'ending';
				break;
			case 'message_stop':
				if (state !== 'ending') fail('comes before message_delta');
				state = 'over';
				break;
			default:
				if (ours) fail('is unknown');
		}
	}
	if (state !== 'over') faults.push('the stream has no end');
	return faults;
}

function dataOf({ name, json, raw }: StreamEvent): (JsonObject & { readonly type: string }) | string {
	if (!isJsonObject(json)) return `not an event: ${raw}`;
	return name !== '' && json.type === name
		? { ...json, type: name }
		: `event ${name} calls itself ${JSON.stringify(json.type)}`;
}
