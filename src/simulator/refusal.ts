import type { JsonObject } from '../model/json';
import type { Script } from './script';

/** Why the simulated API answers no: as the API writes it. */
export interface Refusal {
	readonly status: number;
	readonly type: string;
	readonly message: string;
	/** What a program may read of it. */
	readonly details?: JsonObject;
}

/** What `error.type` goes with a status: https://platform.claude.com/docs/en/api/errors, checked 2026-11-22. */
const types: Readonly<Record<number, string>> = {
	400: 'invalid_request_error',
	401: 'authentication_error',
	403: 'permission_error',
	404: 'not_found_error',
	413: 'request_too_large',
	429: 'rate_limit_error',
	500: 'api_error',
	504: 'timeout_error',
	529: 'overloaded_error',
};

export type RefusalStatus = 400 | 401 | 403 | 404 | 413 | 429 | 500 | 504 | 529;

/** The refusal with `status` that says `message`. */
export function refuse(status: RefusalStatus, message: string): Refusal {
	return { status, type: types[status]!, message }; // each of them has one
}

/** The body of an error, in the order of keys in which the API writes it. */
export function errorBody({ details, type, message }: Refusal, requestId: string): JsonObject {
	return { type: 'error', error: { ...(details ? { details } : {}), type, message }, request_id: requestId };
}

/** The answer that says no. Refusals carry no rate limits. */
export function refusalScript(refusal: Refusal, requestId: string, after: number): Script {
	return {
		after,
		status: refusal.status,
		headers: {
			'content-type': 'application/json',
			'x-should-retry': String(refusal.status === 429 || refusal.status >= 500),
			'request-id': requestId,
		},
		steps: [{ after: 0, text: JSON.stringify(errorBody(refusal, requestId)) }],
	};
}
