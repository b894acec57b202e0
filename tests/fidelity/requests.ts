import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { createSend, type Send } from '../../src/api/send';
import { putBack, takeApart, toBase64 } from '../../src/model/attachment';
import { readDraft } from '../../src/model/draft';
import { applyEdits } from '../../src/model/edit';
import { isJsonArray, valueAt, type JsonValue } from '../../src/model/json';
import { turnsOf, type Turn } from '../../src/model/turns';
import { rowsOf, type Section } from './section';
import { ALL_FILES, requestsIn } from './traffic';

export const requestsSent: Section = {
	name: 'requests open and are sent with the identical body',
	async run(folder) {
		const server = await listen();
		return rowsOf(requestsIn(folder, ALL_FILES), async ({ id, text }) => ({
			name: id,
			difference: openedDifference(text) ?? (await sentDifference(text, server)),
		})).finally(server.close);
	},
};

/** What the form leaves out or changes of a request, in a line; null when it shows all of it. */
function openedDifference(text: string): string | null {
	const draft = readDraft(text);
	if (draft.kind === 'broken') return `does not open: ${draft.fault.reason}`;
	const messages = isJsonArray(draft.request.messages) ? draft.request.messages : [];
	const turns = turnsOf(draft.request);
	if (turns.length !== messages.length) return `${turns.length} turns of ${messages.length} messages`;
	for (const [index, message] of messages.entries()) {
		const shown = turns[index] && messageIn(turns[index], message);
		if (!isDeepStrictEqual(shown, message))
			return `messages.${index} is shown as ${JSON.stringify(shown)?.slice(0, 80)}`;
	}
	return null;
}

/** The message that a turn of the form stands for; keys it names beside role and content are taken from `message`. */
function messageIn({ role, shape, blocks, others }: Turn, message: JsonValue): JsonValue | undefined {
	const [first] = blocks;
	if (shape === 'other') return first?.value;
	const content = shape === 'text' ? (first?.value ?? null) : blocks.map(({ value }) => value);
	const rest = others.map((path): [string, JsonValue] => [
		String(path.at(-1)),
		valueAt(message, path.slice(-1)) ?? null,
	]);
	return { role, content, ...Object.fromEntries(rest) };
}

/** How the body that reached a server differs from `text`, in a line; null when it does not. */
async function sentDifference(text: string, server: Listener): Promise<string | null> {
	const { edits, attachments } = await takeApart(text);
	const kept = applyEdits(text, edits);
	const { text: body, missing } = putBack(kept, (sha256) => {
		const bytes = attachments.get(sha256);
		return bytes && toBase64(bytes);
	});
	if (missing.length > 0) return `${missing.length} attachments are missing`;
	const ending = await server.send(
		{ target: server.target, apiVersion: '2023-06-01', headers: [], text: kept, body, apiKey: null },
		() => undefined,
		new AbortController().signal,
	);
	if (ending.kind !== 'complete') return `was not sent: ${ending.kind}`;
	const expected = Buffer.from(text);
	const got = server.received();
	if (got.equals(expected)) return null;
	const at = expected.findIndex((byte, index) => got[index] !== byte);
	return `${got.length} bytes arrived of ${expected.length}, the first difference at ${at}`;
}

interface Listener {
	readonly target: { readonly kind: 'custom'; readonly baseUrl: string };
	readonly send: Send;
	/** The body of the last request, to the byte. */
	readonly received: () => Buffer;
	readonly close: () => void;
}

/** A server on this machine that keeps what it is sent. */
async function listen(): Promise<Listener> {
	let body = Buffer.alloc(0);
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			body = Buffer.concat(parts);
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo; // a server that listens on a port has one
	return {
		target: { kind: 'custom', baseUrl: `http://127.0.0.1:${port}` },
		send: createSend({
			fetch,
			now: () => performance.now(),
			framed: () => false,
			online: () => true,
			policyBlocked: () => false,
		}),
		received: () => body,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}
