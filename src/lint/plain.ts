import { isJsonArray, isJsonObject } from '../model/json';
import { LARGEST_BODY } from '../model/target';
import type { Context, Rule } from './rule';
import { maxTokensLimit } from './rules/max-tokens-limit';
import { modelGone } from './rules/model-gone';
import { modelRetires } from './rules/model-retires';
import { prefillModel } from './rules/prefill-model';
import { prefillSpace } from './rules/prefill-space';

/**
 * The rules that a plain request can meet, in the order of the whole list. They come with the page, so they must not
 * import what only the others need.
 */
export const PLAIN: readonly Rule[] = [modelGone, maxTokensLimit, prefillModel, prefillSpace, modelRetires];

const KEYS = ['model', 'max_tokens', 'messages', 'stream', 'system'];
/** Far below the most the API takes: the rule about that is not among these. */
const MOST_MESSAGES = 1000;
/** Tokens for which every model has room. */
const SURELY_FITS = 100_000;

/**
 * Whether only the rules of `PLAIN` can have something to say: a well-formed request to a model, of words that the user
 * and the assistant say by turns, sent without beta features.
 */
export function isPlain({ request, headers, bytes = 0, tokens = 0, duplicates = [] }: Context): boolean {
	const { model, max_tokens: limit, messages, stream = false, system = '' } = request;
	return (
		bytes <= LARGEST_BODY &&
		tokens <= SURELY_FITS &&
		duplicates.length === 0 &&
		Object.keys(request).every((key) => KEYS.includes(key)) &&
		typeof model === 'string' &&
		model !== '' &&
		typeof limit === 'number' &&
		Number.isInteger(limit) &&
		limit > 0 &&
		typeof stream === 'boolean' &&
		typeof system === 'string' &&
		isJsonArray(messages) &&
		messages.length > 0 &&
		messages.length <= MOST_MESSAGES &&
		messages.every(
			(message, at) =>
				isJsonObject(message) &&
				Object.keys(message).length === 2 &&
				message.role === (at % 2 === 0 ? 'user' : 'assistant') &&
				typeof message.content === 'string' &&
				message.content.trim() !== '',
		) &&
		headers.every(([name]) => name.toLowerCase() !== 'anthropic-beta')
	);
}
