import type { Evidence, Outgoing, Send } from '../../../../src/api/send';
import type { Ending, Header, Run } from '../../../../src/model/run';
import { Exchange } from '../../../../src/state/exchange.svelte';

/** An exchange that shows `run`. */
export function showing(run: Run | null): Exchange {
	const exchange = new Exchange({
		send: () => Promise.resolve({ kind: 'complete' }),
		now: () => 0,
		newId: () => 'run-2',
		frame: () => undefined,
	});
	exchange.show(run);
	return exchange;
}

const outgoing: Outgoing = {
	target: { kind: 'anthropic' },
	apiVersion: '2023-06-01',
	headers: [],
	text: '{}',
	body: '{}',
	apiKey: null,
};

/** An exchange with a run under way, whose answer the test gives by hand; each piece is shown at once. */
export function answering() {
	let record: (evidence: Evidence) => void = () => undefined;
	let finish: (ending: Ending) => void = () => undefined;
	const send: Send = (_outgoing, recorded) => {
		record = recorded;
		record({
			kind: 'request',
			request: { method: 'POST', url: 'https://api.anthropic.com/v1/messages', headers: [], text: '{}', bytes: 2 },
		});
		return new Promise((resolve) => (finish = resolve));
	};
	const exchange = new Exchange({ send, now: () => 0, newId: () => 'run-2', frame: (callback) => callback() });
	const asked = exchange.ask(outgoing, 'conversation-1');
	return {
		exchange,
		respond: (headers: readonly Header[] = [['content-type', 'text/event-stream']], status = 200) => {
			record({ kind: 'response', response: { at: 5, status, statusText: '', headers } });
		},
		say: (text: string, at = 10) => {
			record({ kind: 'chunk', chunk: { at, bytes: new TextEncoder().encode(text) } });
		},
		end: async (ending: Ending = { kind: 'complete' }) => {
			finish(ending);
			await asked;
		},
	};
}

/** The text of a stream of these texts, one text block with a delta each. */
export function streamOf(texts: readonly string[]): string {
	return [
		{
			type: 'message_start',
			message: { id: 'msg_1', type: 'message', content: [], usage: { input_tokens: 42, output_tokens: 1 } },
		},
		{ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
		...texts.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
		{ type: 'content_block_stop', index: 0 },
		{ type: 'message_delta', delta: { stop_reason: 'max_tokens', stop_sequence: null }, usage: { output_tokens: 6 } },
		{ type: 'message_stop' },
	]
		.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
		.join('');
}
