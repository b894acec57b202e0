import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

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

/** The exchanges in those of these files that the folder has, one after another. */
export async function* exchangesIn(folder: string, files: readonly string[]): AsyncGenerator<Exchange> {
	for (const file of files) {
		const path = join(folder, file);
		if (!existsSync(path)) continue;
		for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
			if (line) yield JSON.parse(line) as Exchange; // the form is promised by the folder's README
	}
}

/** The requests for messages among them, and the betas they were sent with. */
export async function* requestsIn(
	folder: string,
	files: readonly string[],
): AsyncGenerator<{ readonly id: string; readonly text: string; readonly betas: string }> {
	for await (const exchange of exchangesIn(folder, files)) {
		const { id, request_body_raw: text, request_headers: headers } = exchange;
		if (text && isForMessage(exchange)) yield { id, text, betas: headers?.['anthropic-beta'] ?? '' };
	}
}

/** Whether a message was asked for, rather than a count of tokens or the models. */
export function isForMessage({ url }: Exchange): boolean {
	return /\/v1\/messages(?:\?|$)/.test(url ?? '');
}

export const ACCEPTED_FILES = ['accepted.jsonl', 'streams.jsonl', 'large.jsonl'];
export const ALL_FILES = [...ACCEPTED_FILES, 'rejected.jsonl'];
export const STREAM_FILES = ['streams.jsonl', 'streams_no_request.jsonl'];
