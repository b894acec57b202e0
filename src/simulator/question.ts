import { wordsOf } from '../lint/conversation';
import type { JsonObject } from '../model/json';
import { lastUserTurn } from './words';

/** What the user last said, in one line. */
export function questionIn(request: JsonObject): string {
	return (lastUserTurn(request)?.blocks ?? [])
		.map((block) => wordsOf(block) ?? '')
		.join(' ')
		.trim();
}
