import { isJsonObject, type JsonObject } from './json';

/** The tokens of one answer: https://platform.claude.com/docs/en/api/messages/create, checked 2026-11-22. */
export interface Usage {
	/** All input: what was read afresh, written to the cache and read from it. */
	readonly input: number;
	/** Of the input, what was written to the prompt cache. */
	readonly cacheWrite: number;
	/** Of the input, what was read from the prompt cache. */
	readonly cacheRead: number;
	/** All output, thinking included. */
	readonly output: number;
}

/** What a message says it used; null when it says nothing. */
export function usageOf(message: JsonObject | null): Usage | null {
	const usage = message?.usage;
	if (!isJsonObject(usage)) return null;
	const count = (name: string): number => (typeof usage[name] === 'number' ? usage[name] : 0);
	const cacheWrite = count('cache_creation_input_tokens');
	const cacheRead = count('cache_read_input_tokens');
	return {
		input: count('input_tokens') + cacheWrite + cacheRead,
		cacheWrite,
		cacheRead,
		output: count('output_tokens'),
	};
}
