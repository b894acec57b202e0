import { lint, refusalIn } from '../lint/lint';
import { isJsonObject, parsed, type JsonObject } from '../model/json';
import { modelOf, type Model } from '../model/models';
import { API_VERSIONS, LARGEST_BODY, type ApiVersion } from '../model/target';
import { refuse, type Refusal } from './refusal';

export interface Admitted {
	readonly request: JsonObject;
	readonly model: Model | null;
	readonly apiVersion: ApiVersion;
}

/**
 * Check a request in the API's order: its headers, whether its body is JSON, then the rules, of which the first that says
 * no is the answer. `today` is the day on which it is judged, `check` what asks the rules. Rejects when the rules it needs cannot be loaded.
 */
export async function admit(
	headers: Headers,
	body: string,
	today: string,
	check: typeof lint = lint,
): Promise<Admitted | Refusal> {
	const apiVersion = admitHeaders(headers);
	if (typeof apiVersion === 'object') return apiVersion;
	const bytes = new TextEncoder().encode(body).length;
	if (bytes > LARGEST_BODY) return refuse(413, 'Request exceeds the maximum size');

	const request = parsed(body);
	if (request === undefined) return refuse(400, 'The request body is not valid JSON.');
	if (!isJsonObject(request)) return refuse(400, 'The request body is not a JSON object.');
	const model = modelOf(request);
	const refusal = refusalIn(await check({ request, apiVersion, headers: [...headers], model, bytes, today }));
	return refusal
		? refuse(refusal.status ?? 400, refusal.apiMessage ?? refusal.message)
		: { request, model, apiVersion };
}

/** The version that `headers` ask for, or why they are refused. */
export function admitHeaders(headers: Headers): ApiVersion | Refusal {
	const version = headers.get('anthropic-version');
	if (version === null) return refuse(400, 'anthropic-version: header is required');
	const apiVersion = API_VERSIONS.find((known) => known === version);
	// The wording of this one and of the two about the body is ours: no such answer was seen.
	if (!apiVersion) return refuse(400, `anthropic-version: "${version}" is not a valid version`);
	const key = headers.get('x-api-key') ?? headers.get('authorization')?.replace(/^Bearer\s+/i, '');
	if (!key) return refuse(401, 'x-api-key header is required');
	return /^sk-ant-[\w-]+$/.test(key) ? apiVersion : refuse(401, 'invalid x-api-key');
}
