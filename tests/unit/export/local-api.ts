import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Arrived {
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

const message = {
	id: 'msg_1',
	type: 'message',
	role: 'assistant',
	model: 'claude-sonnet-4-5',
	content: [],
	stop_reason: null,
	stop_sequence: null,
	usage: { input_tokens: 1, output_tokens: 1 },
};
const events = [
	{ type: 'message_start', message },
	{ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
	{ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
	{ type: 'content_block_stop', index: 0 },
	{ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 2 } },
	{ type: 'message_stop' },
];

/** A local server that keeps what arrives and answers each request with a message, streamed if it asks for that. */
export async function startLocalApi() {
	const arrived: Arrived[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString();
			arrived.push({ path: request.url ?? '', headers: request.headers, body });
			const streams = (JSON.parse(body) as { stream?: unknown }).stream === true;
			response.setHeader('content-type', streams ? 'text/event-stream' : 'application/json');
			if (!streams) return response.end(JSON.stringify({ ...message, stop_reason: 'end_turn' }));
			for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
			return response.end();
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
	return {
		url: `http://127.0.0.1:${port}`,
		arrived,
		close: () => new Promise((closed) => server.close(closed)),
	};
}
