import { fromBase64 } from '../../model/attachment';
import { faultOf } from '../../model/draft';
import { isJsonArray, isJsonObject, valueAt, type JsonObject, type JsonValue } from '../../model/json';
import type { RecordedError } from '../../model/outcome';
import type { Call } from './call';
import { errorOfAnswer } from './recorded-error';
import { readJson } from './value';

/** What a recording holds that can be read, and a sentence on what cannot. */
export interface Recording {
	readonly calls: readonly Call[];
	/** Null where every post has a body that can be read. */
	readonly unread: string | null;
}

/**
 * The posts that a recording of a browser holds, or one entry of it: http://www.softwareishard.com/blog/har-12-spec/.
 * Null when it is no recording.
 */
export function callsOfHar(json: JsonValue): Recording | null {
	const listed = valueAt(json, ['log', 'entries']);
	const single = typeof valueAt(json, ['request', 'url']) === 'string' ? [json] : null;
	const entries = isJsonArray(listed) ? listed : single;
	if (!entries) return null;
	const posts = entries.filter(isPost);
	const unread = posts.filter((entry) => callOfEntry(entry).length === 0).length;
	return {
		calls: posts.flatMap(callOfEntry),
		unread:
			unread === 0
				? null
				: `${unread} of the ${posts.length} POST requests of the recording ${unread === 1 ? 'was' : 'were'} left out: the body is missing, or is no JSON.`,
	};
}

const isPost = (entry: JsonValue) => {
	const method = valueAt(entry, ['request', 'method']);
	return typeof method === 'string' && method.toUpperCase() === 'POST';
};

function callOfEntry(entry: JsonValue): Call[] {
	const request = valueAt(entry, ['request']);
	if (!isJsonObject(request) || typeof request.url !== 'string') return [];
	const posted = valueAt(request, ['postData', 'text']);
	const bytes =
		typeof posted === 'string' && valueAt(request, ['postData', 'encoding']) === 'base64' ? fromBase64(posted) : null;
	const body = bytes ? new TextDecoder().decode(bytes) : posted;
	if (typeof body !== 'string' || faultOf(body) !== null) return [];
	const error = errorOfEntry(entry);
	return [
		{
			url: request.url,
			headers: headersOf(request),
			body: readJson([{ text: body, at: 0 }]),
			notes: [],
			...(error && { error }),
		},
	];
}

/** The error in the answer of an entry; null when it has none. */
function errorOfEntry(entry: JsonValue): RecordedError | null {
	const response = valueAt(entry, ['response']);
	const content = valueAt(response ?? null, ['content', 'text']);
	if (!isJsonObject(response) || typeof content !== 'string') return null;
	const bytes = valueAt(response, ['content', 'encoding']) === 'base64' ? fromBase64(content) : null;
	const error = errorOfAnswer(bytes ? new TextDecoder().decode(bytes) : content);
	if (!error) return null;
	const header = (name: string) => headersOf(response).find(([known]) => known.toLowerCase() === name)?.[1];
	const seconds = Number.parseFloat(header('retry-after') ?? '');
	return {
		...error,
		requestId: error.requestId ?? header('request-id') ?? null,
		status: error.streamed || typeof response.status !== 'number' ? null : response.status,
		retryAfter: Number.isFinite(seconds) ? seconds : null,
	};
}

function headersOf({ headers }: JsonObject): (readonly [name: string, value: string])[] {
	return (isJsonArray(headers) ? headers.filter(isJsonObject) : []).flatMap(({ name, value }) =>
		typeof name === 'string' && typeof value === 'string' ? [[name, value] as const] : [],
	);
}
