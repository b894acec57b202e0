import { faultOf } from '../../model/draft';
import type { RecordedError } from '../../model/outcome';
import { literalIn } from './code/code';
import { Misread } from './misread';
import { memberOf, readJson, stringOf, type Value } from './value';

/** An error and where its object stands in what was pasted. */
export interface FoundError {
	readonly error: RecordedError;
	readonly at: number;
	readonly end: number;
}

/** The body of an error, as JSON, as Python shows a dictionary, or as Node prints an object. */
const BODY = /\{\s*["']?type["']?\s*:\s*["']error["']/g;
/** More of what looks like one and is none nobody pastes. */
const MOST_TRIED = 20;

/** The first error of the API in a text: in the words of an SDK, in a log, under the headers that curl shows, in a stream. */
export function errorIn(source: string): FoundError | null {
	let tried = 0;
	for (const { index: at } of source.matchAll(BODY)) {
		if (++tried > MOST_TRIED) return null;
		const body = objectAt(source, at);
		const said = body === null ? null : refusalIn(literalOf(body));
		if (!body || !said) continue;
		const [before, after] = [source.slice(0, at), source.slice(at + body.length)];
		const head = headIn(before);
		const status = head.status ?? statusBeside(before, after);
		const streamed = /(?:^|\n)data:[ \t]*$/.test(before) && (status === null || status < 300);
		const requestId = said.requestId ?? head.requestId;
		return {
			error: { ...said, requestId, status: streamed ? null : status, retryAfter: head.retryAfter, streamed },
			at,
			end: at + body.length,
		};
	}
	return null;
}

/** The error that the body of an answer is, or that ends it where it is a stream; null when it is none. */
export function errorOfAnswer(body: string): RecordedError | null {
	if (faultOf(body) === null) return errorOf(readJson([{ text: body, at: 0 }]));
	const error = errorIn(body)?.error;
	return error?.streamed ? error : null;
}

/** The first error of the API that JSON holds, however deep: logs keep it in a member, sometimes as text. */
export function errorInJson(value: Value): RecordedError | null {
	const error = errorOf(value);
	if (error) return error;
	switch (value.kind) {
		case 'object':
			return firstError(value.members.map(([, inner]) => inner));
		case 'array':
			return firstError(value.items);
		case 'string':
			return errorIn(stringOf(value) ?? '')?.error ?? null;
		default:
			return null;
	}
}

function firstError(values: readonly Value[]): RecordedError | null {
	for (const value of values) {
		const error = errorInJson(value);
		if (error) return error;
	}
	return null;
}

function errorOf(value: Value): RecordedError | null {
	const said = refusalIn(value);
	return said && { ...said, status: null, retryAfter: undefined, streamed: false };
}

/** What an error says: a whole body, or the object within that some programs print alone. */
function refusalIn(value: Value | undefined): Pick<RecordedError, 'type' | 'message' | 'code' | 'requestId'> | null {
	const type = stringOf(memberOf(value, 'type'));
	const error = type === 'error' ? memberOf(value, 'error') : type?.endsWith('_error') ? value : undefined;
	const message = stringOf(memberOf(error, 'message'));
	if (message === null) return null;
	const code = stringOf(memberOf(memberOf(error, 'details'), 'error_code'));
	return {
		type: stringOf(memberOf(error, 'type')) ?? '',
		message,
		...(code !== null && { code }),
		requestId: stringOf(memberOf(value, 'request_id')),
	};
}

/** The object that begins at `start`, up to its own closing brace; null when there is none. */
function objectAt(source: string, start: number): string | null {
	const piece = /"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'|`[^`\\]*(?:\\[^][^`\\]*)*`|[{}]|[^"'`{}]+/y;
	let depth = 0;
	for (piece.lastIndex = start; ;) {
		const found = piece.exec(source)?.[0];
		if (found === undefined) return null;
		if (found === '{') depth++;
		else if (found === '}' && --depth === 0) return source.slice(start, piece.lastIndex);
	}
}

function literalOf(body: string): Value | undefined {
	if (faultOf(body) === null) return readJson([{ text: body, at: 0 }]);
	for (const language of ['python', 'javascript'] as const) {
		try {
			return literalIn(body, language);
		} catch (error) {
			// The other may take it; if neither does, this was no error.
			if (!(error instanceof Misread)) throw error;
		}
	}
	return undefined;
}

/** What the status line and the headers say, which `curl -i` and `curl -v` show before the body. */
function headIn(before: string): Pick<RecordedError, 'retryAfter' | 'requestId' | 'status'> {
	// A proxy answers before the API does: the last counts.
	const line = [...before.matchAll(/^(?:< )?HTTP\/[\d.]+ (\d{3})/gm)].at(-1);
	if (!line) return { status: null, retryAfter: undefined, requestId: null };
	const header = (name: string) =>
		new RegExp(`^(?:< )?${name}:[ \\t]*(\\S+)`, 'im').exec(before.slice(line.index))?.[1];
	const seconds = Number.parseFloat(header('retry-after') ?? '');
	return {
		status: Number(line[1]),
		retryAfter: Number.isFinite(seconds) ? seconds : null,
		requestId: header('request-id') ?? null,
	};
}

/** The status that Python's SDK and TypeScript's put before the body, or Node prints below. */
function statusBeside(before: string, after: string): number | null {
	const status = /(?:^|\D)([45]\d\d)(?: -)?[ \t]*\n?$/.exec(before) ?? /^\s+status: ([45]\d\d),?$/m.exec(after);
	return status ? Number(status[1]) : null;
}
