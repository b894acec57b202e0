import { BETA_KEYS, betasOf, hasBeta } from '../lint/betas';
import { isJsonObject, type JsonObject } from '../model/json';
import { modelOf } from '../model/models';
import { admit, parse } from './admission';
import { inputTokensOf } from './exchange';
import { refuse, type Refusal } from './refusal';

/** What can be counted: https://platform.claude.com/docs/en/build-with-claude/token-counting, checked 2026-11-22. */
const counted = [
	'model',
	'messages',
	'system',
	'tools',
	'tool_choice',
	'thinking',
	'output_config',
	'cache_control',
	'speed',
	'user_profile_id',
	'workspace_id',
];

/** `POST /v1/messages/count_tokens`: refused where a message would be, but for the parameters that do not count. */
export async function countTokens(
	headers: Headers,
	body: string,
	today: string,
): Promise<{ readonly body: JsonObject } | Refusal> {
	const request = parse(body);
	if (!isJsonObject(request)) return admissionOf(body);
	const entries = Object.entries(request);
	const model = modelOf(request);
	// The rules are about messages, which need `max_tokens`: the most there can be contradicts nothing.
	const most = { max_tokens: model?.maxOutput ?? 64_000 };
	const message = { ...Object.fromEntries(entries.filter(([key]) => counted.includes(key))), ...most };
	const admitted = await admissionOf(JSON.stringify(message));
	if ('status' in admitted) return admitted;
	const betas = betasOf([...headers]);
	const fromBeta = (key: string) =>
		Object.hasOwn(BETA_KEYS, key) && BETA_KEYS[key]?.some((beta) => hasBeta(betas, beta)) === true;
	const extra = entries.find(([key]) => !counted.includes(key) && !fromBeta(key));
	return extra ? refuse(400, `${extra[0]}: Extra inputs are not permitted`) : admitted;

	async function admissionOf(text: string): Promise<{ readonly body: JsonObject } | Refusal> {
		const admitted = await admit(headers, text, today);
		return 'status' in admitted ? admitted : { body: { input_tokens: await inputTokensOf(admitted.request) } };
	}
}
