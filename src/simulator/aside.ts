import { countTokens } from './count-tokens';
import type { JsonObject } from '../model/json';
import { listModels, retrieveModel } from './models';
import { refuse, type Refusal } from './refusal';
import type { Script } from './script';

/** What is answered to any other request than for a message, judged on the day `today`. */
export async function answerAside(
	{ method, url, headers }: Request,
	body: string,
	today: string,
): Promise<{ readonly body: JsonObject } | Refusal> {
	const { pathname, searchParams } = new URL(url);
	if (method === 'POST' && pathname === '/v1/messages/count_tokens') return countTokens(headers, body, today);
	if (method === 'GET' && pathname === '/v1/models') return listModels(headers, searchParams, today);
	const id = /^\/v1\/models\/([^/]+)$/.exec(pathname)?.[1];
	if (method === 'GET' && id !== undefined) return retrieveModel(headers, decoded(id), today);
	return refuse(404, 'Not found');
}

/** The answer, in so many milliseconds, that is an object and costs nothing. */
export function answeredWith(body: JsonObject, requestId: string, after: number): Script {
	const headers = { 'content-type': 'application/json', 'request-id': requestId };
	return { after, status: 200, headers, steps: [{ after: 0, text: JSON.stringify(body) }] };
}

/** What `text` encodes; itself where that is nothing. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		// A percent sign that encodes nothing is part of a name that no model has.
		return text;
	}
}
