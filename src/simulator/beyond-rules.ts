import type { JsonObject } from '../model/json';
import { refuse, type Refusal } from './refusal';
import { refusalOfSignature } from './signature';

/**
 * Why the simulation refuses a `request` that the rules let in; null when it does not. It keeps no threads (clients then
 * send the whole conversation: @anthropic-ai/sdk 1.12.0 `ThreadUnsupportedRequestErrorDetails`), and wants the thinking it
 * has signed back as it was.
 */
export function refusalBeyondRules(request: JsonObject): Refusal | null {
	if (request.thread === undefined) return refusalOfSignature(request);
	// The wording is ours: no such answer was seen.
	const refusal = refuse(400, 'thread: Threads are not supported by the simulated API.');
	return { ...refusal, details: { error_code: 'thread_unsupported_request', unsupported: ['simulated_api'] } };
}
