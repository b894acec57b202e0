import type { Admitted } from './admission';
import { refuse, type Refusal } from './refusal';
import { refusalOfSignature } from './signature';

/**
 * Why the simulation refuses a request that the rules let in, if it does. It keeps no threads (clients then send the whole
 * conversation: @anthropic-ai/sdk 1.12.0 `ThreadUnsupportedRequestErrorDetails`), takes its own token count for the true
 * one, and wants the thinking it has signed back as it was.
 */
export function refusalBeyondRules(
	{ request, model }: Pick<Admitted, 'request' | 'model'>,
	inputTokens: number,
): Refusal | null {
	if (request.thread !== undefined) {
		// The wording is ours: no such answer was seen.
		const refusal = refuse(400, 'thread: Threads are not supported by the simulated API.');
		return { ...refusal, details: { error_code: 'thread_unsupported_request', unsupported: ['simulated_api'] } };
	}
	const most = model?.contextWindow ?? Infinity;
	if (inputTokens > most) return refuse(400, `prompt is too long: ${inputTokens} tokens > ${most} maximum`);
	return refusalOfSignature(request, model);
}
