import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isJsonObject, parsed, valueAt, type JsonObject, type JsonValue } from '../../src/model/json.ts';
import type { Row, Section } from './section';

/** What the sections read of a recorded exchange. */
export interface Exchange {
	readonly id: string;
	readonly method?: string;
	readonly url?: string;
	readonly request_headers?: Readonly<Record<string, string>> | null;
	readonly request_body_raw?: string | null;
	/** `canonicalised` where the recorder replaced ids and signatures. */
	readonly request_body_raw_kind?: string | null;
	/** What the recorder took out of the request, if it did. */
	readonly request_altered?: unknown;
	readonly status?: number;
	readonly response_headers?: Readonly<Record<string, string>> | null;
	readonly error_type?: string | null;
	readonly error_message?: string | null;
	readonly response_sse?: string | null;
	readonly sse_complete?: boolean;
}

/** Whether every line is one exchange: what cannot be read is told here, and passed over by the other sections. */
export const linesRead: Section = {
	name: 'lines of the files are exchanges',
	async run(folder) {
		const rows: Row[] = [];
		for await (const { place, value } of linesIn(folder, [...ALL_FILES, ...STREAM_FILES.slice(1)]))
			rows.push({ name: place, difference: isJsonObject(value) ? null : 'is no JSON object' });
		return rows;
	},
};

/** The exchanges in those of these files that the folder has, one after another. */
export async function* exchangesIn(folder: string, files: readonly string[]): AsyncGenerator<Exchange> {
	for await (const { place, value } of linesIn(folder, files)) if (isJsonObject(value)) yield exchangeIn(value, place);
}

/** The lines that say something, each with its place and what it is as JSON: undefined when it is none. */
async function* linesIn(
	folder: string,
	files: readonly string[],
): AsyncGenerator<{ readonly place: string; readonly value: JsonValue | undefined }> {
	for (const file of files) {
		const path = join(folder, file);
		if (!existsSync(path)) continue;
		let number = 0;
		for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
			number++;
			if (line.trim() !== '') yield { place: `${file}:${number}`, value: parsed(line.trim()) };
		}
	}
}

/** What a line says of an exchange. A field of another type than the README gives it is as good as none. */
function exchangeIn(line: JsonObject, place: string): Exchange {
	const text = (key: string) => (typeof line[key] === 'string' ? line[key] : null);
	const error = (key: string) => valueAt(line.response_body, ['error', key]);
	const said = (value: JsonValue | undefined) => (typeof value === 'string' ? value : null);
	const { status, request_body: body = null } = line;
	return {
		id: text('id') ?? place,
		method: text('method')?.toUpperCase() ?? 'POST',
		url: addressOf(text('url')),
		request_headers: headersIn(line.request_headers),
		request_body_raw: text('request_body_raw') ?? (body === null ? null : JSON.stringify(body)),
		request_body_raw_kind: text('request_body_raw_kind'),
		request_altered: line.request_altered,
		...(typeof status === 'number' ? { status } : {}),
		response_headers: headersIn(line.response_headers),
		error_type: text('error_type') ?? said(error('type')),
		error_message: text('error_message') ?? said(error('message')),
		response_sse: text('response_sse'),
		...(typeof line.sse_complete === 'boolean' ? { sse_complete: line.sse_complete } : {}),
	};
}

/** A recorded address in full; that of the messages where none was kept. */
function addressOf(recorded: string | null): string {
	const url = recorded ?? MESSAGES;
	return URL.canParse(url, MESSAGES) ? new URL(url, MESSAGES).href : MESSAGES;
}

function headersIn(recorded: JsonValue | undefined): Record<string, string> {
	const headers = isJsonObject(recorded) ? Object.entries(recorded) : [];
	return Object.fromEntries(
		headers.flatMap(([name, value]) => (typeof value === 'string' ? [[name.toLowerCase(), value]] : [])),
	);
}

/** The requests for messages among them, and the betas they were sent with. A body that is no JSON object asks for none. */
export async function* requestsIn(
	folder: string,
	files: readonly string[],
): AsyncGenerator<{ readonly id: string; readonly text: string; readonly betas: string }> {
	for await (const exchange of exchangesIn(folder, files)) {
		const { id, request_body_raw: text, request_headers: headers } = exchange;
		if (text && isForMessage(exchange) && isJsonObject(parsed(text)))
			yield { id, text, betas: headers?.['anthropic-beta'] ?? '' };
	}
}

/** Whether a message was asked for, rather than a count of tokens or the models. */
export function isForMessage({ url }: Exchange): boolean {
	return /\/v1\/messages(?:\?|$)/.test(url ?? '');
}

const MESSAGES = 'https://api.anthropic.com/v1/messages';

export const ACCEPTED_FILES = ['accepted.jsonl', 'streams.jsonl', 'large.jsonl'];
export const ALL_FILES = [...ACCEPTED_FILES, 'rejected.jsonl'];
export const STREAM_FILES = ['streams.jsonl', 'streams_no_request.jsonl'];
