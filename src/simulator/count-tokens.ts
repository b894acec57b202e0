import { isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import { modelOf } from '../model/models';
import { admit, parse } from './admission';
import { inputTokensOf } from './exchange';
import { refuse, type Refusal } from './refusal';
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
	const given = parse(body);
	const entries = isJsonObject(given) ? Object.entries(given) : [];
	const renamed = entries.map(([key, value]): [string, JsonValue] => [
		uncounted.includes(key) ? UNKNOWN + key : key,
		value,
	]);
	// The rules are about messages, which need it: the most there can be contradicts nothing.
	const most = isJsonObject(given) ? (modelOf(given)?.maxOutput ?? 64_000) : 0;
	const message = { ...Object.fromEntries(renamed), max_tokens: most };
	const admitted = await admit(headers, isJsonObject(given) ? JSON.stringify(message) : body, today);
	if ('status' in admitted) return { ...admitted, message: admitted.message.replace(UNKNOWN, '') };
	// A beta header makes the rules doubt what is unknown, but these are known not to count.
	const extra = entries.find(([key]) => uncounted.includes(key));
	if (extra) return refuse(400, `${extra[0]}: Extra inputs are not permitted`);
	const { request, model } = admitted;
	return refusalOfSignature(request, model) ?? { body: { input_tokens: await inputTokensOf(request) } };
}
