import { isJsonObject, parsed } from '../model/json';
import { modelOf } from '../model/models';
import { admitHeaders } from './admission';
import type { Arrival, Scenario } from './scenarios/scenario';
import type { Script } from './script';

/** What a scenario answers before the request is looked into; null when that has no key, or nothing is answered so soon. */
export function earlyAnswer(
	early: NonNullable<Scenario['early']>,
	{ method, headers }: Request,
	body: string,
	circumstances: Pick<Arrival, 'pace' | 'requestId' | 'now'>,
): Script | null {
	if (typeof admitHeaders(headers) === 'object') return null;
	const given = parsed(body);
	const request = isJsonObject(given) ? given : {};
	return early({ ...circumstances, method, request, model: modelOf(request), inputTokens: 0 });
}
