import { lint, refusalIn } from '../lint/lint';
import type { Context, Finding } from '../lint/rule';
import type { JsonObject } from '../model/json';
import { admit } from './admission';
import { inputTokensOf } from './exchange';
import type { Refusal } from './refusal';
import { refusalOfSignature } from './signature';

/** What only an answer needs: https://platform.claude.com/docs/en/build-with-claude/token-counting, checked 2026-11-22. */
const uncounted = [
	'max_tokens',
	'metadata',
	'stop_sequences',
	'temperature',
	'service_tier',
	'top_k',
	'top_p',
	'stream',
	'container',
	'inference_geo',
];
/** Before the name of a parameter it makes one that nobody knows. */
const UNKNOWN = '\0';

/**
 * `POST /v1/messages/count_tokens`: refused for what a message would be, and in the same order; the parameters that only an
 * answer needs are as unknown here as any other.
 */
export async function countTokens(
	headers: Headers,
	body: string,
	today: string,
): Promise<{ readonly body: JsonObject } | Refusal> {
	const admitted = await admit(headers, body, today, lintCount);
	if ('status' in admitted) return admitted;
	const { request, model } = admitted;
	return refusalOfSignature(request, model) ?? { body: { input_tokens: await inputTokensOf(request) } };
}

/** What the rules have to say of a request that only has its tokens counted. */
export async function lintCount(context: Context): Promise<readonly Finding[]> {
	const entries = Object.entries(context.request);
	const renamed = entries.map(([key, value]) => [uncounted.includes(key) ? UNKNOWN + key : key, value] as const);
	// The rules are about messages, which need it: the most there can be contradicts nothing.
	const most = context.model?.maxOutput ?? 64_000;
	const findings = (await lint({ ...context, request: { ...Object.fromEntries(renamed), max_tokens: most } })).map(
		asGiven,
	);
	if (refusalIn(findings)) return findings;
	// A beta header makes the rules doubt what is unknown, but these are known not to count.
	const extra = entries.find(([key]) => uncounted.includes(key))?.[0];
	if (extra === undefined) return findings;
	const message = `${extra}: Extra inputs are not permitted`;
	return [...findings, { rule: 'unknown-keys', severity: 'rejected', path: [extra], message }];
}

/** The finding with the names that were given. */
function asGiven({ path, message, apiMessage, ...finding }: Finding): Finding {
	return {
		...finding,
		path: path.map((step) => (typeof step === 'string' ? step.replace(UNKNOWN, '') : step)),
		message: message.replace(UNKNOWN, ''),
		...(apiMessage === undefined ? {} : { apiMessage: apiMessage.replace(UNKNOWN, '') }),
	};
}
