import { isJsonObject, type JsonObject } from '../../src/model/json';

const deltaTypes: Readonly<Record<string, readonly string[]>> = {
	text: ['text_delta', 'citations_delta'],
	thinking: ['thinking_delta', 'signature_delta'],
	tool_use: ['input_json_delta'],
	server_tool_use: ['input_json_delta'],
};

/**
 * What is wrong with the text of a stream, by the API's grammar: each event one `event:` and one `data:` line, its name
 * repeated as `type`; message_start, blocks one after the other counted from 0, message_delta, message_stop; a ping
 * anywhere, an error last. Empty when nothing is.
 */
export function grammarFaults(stream: string): string[] {
	const faults: string[] = [];
	let state: 'before' | 'between' | 'ending' | 'over' = 'before';
	let open: { index: number; type: string } | null = null;
	let blocks = 0;
	if (!stream.endsWith('\n\n')) faults.push('the last event is not closed');
	for (const text of stream.split('\n\n').filter((event) => event !== '')) {
		const data = eventIn(text);
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
				else if (typeof delta !== 'string' || deltaTypes[open.type]?.includes(delta) === false)
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
				fail('is unknown');
		}
	}
	if (state !== 'over') faults.push('the stream has no end');
	return faults;
}

function eventIn(text: string): (JsonObject & { readonly type: string }) | string {
	const [, name, json] = /^event: (\w+)\ndata: (.+)$/.exec(text) ?? [];
	if (name === undefined || json === undefined) return `not an event: ${text}`;
	const data: unknown = JSON.parse(json);
	if (!isJsonObject(data)) return `data is no object: ${json}`;
	return data.type === name ? { ...data, type: name } : `event ${name} calls itself ${JSON.stringify(data.type)}`;
}
