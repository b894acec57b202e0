import { isJsonObject, type JsonPath, type JsonValue } from '../../model/json';
import type { Tokenizer } from '../../model/models';
import { estimateTextTokens } from '../../model/tokens';
import { leastCached } from '../cache-minimum';
import { blocksIn, turnsIn } from '../conversation';
import { CHECKED, docs, type Context, type Fault, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

/** Only what stays too short even if the estimate is this far from the truth is worth a word. */
const DOUBT = 1.5;
/** What the hidden prompt that comes with tools may add where it is not known. */
const TOOL_PROMPT = 1000;

export const cacheTooShort: Rule = {
	id: 'cache-too-short',
	severity: 'surprising',
	title: 'What is too short is not cached',
	why: 'Each model caches from a number of tokens on, 512 to 4,096. A marker before that is taken without a word, and nothing is written.',
	link: docs('build-with-claude/prompt-caching'),
	checked: CHECKED,
	check({ request, model }) {
		const least = leastCached(model);
		// The tools of a server that is connected to are not in the request.
		if (!model?.tokenizer || least === null || request.mcp_servers !== undefined) return [];
		const faults: Fault[] = [];
		let tokens = toolsIn(request).length > 0 ? (model.toolPrompt?.forced ?? TOOL_PROMPT) : 0;
		for (const { value, path } of piecesOf(request)) {
			tokens += mostTokensIn(value, model.tokenizer, least);
			if (tokens * DOUBT >= least) return faults;
			if (isJsonObject(value.cache_control))
				faults.push({
					path: [...path, 'cache_control'],
					message: `About ${tokens} tokens come before this marker; ${model.name} caches from ${least.toLocaleString('en')} on.`,
					fixes: [{ label: 'Remove the marker', changes: [{ kind: 'remove', path: [...path, 'cache_control'] }] }],
				});
		}
		return faults;
	},
};

interface Piece {
	readonly value: Context['request'];
	readonly path: JsonPath;
}

/** What may carry a marker, in the order in which it is cached; the request itself marks its end. */
function piecesOf(request: Context['request']): Piece[] {
	return [
		...toolsIn(request).map(({ value, index }) => ({ value, path: ['tools', index] })),
		...(blocksIn(request.system, ['system']) ?? []),
		...turnsIn(request).flatMap(({ blocks }) => blocks),
		...(isJsonObject(request.cache_control) ? [{ value: { cache_control: request.cache_control }, path: [] }] : []),
	];
}

/** About how many tokens `value` is; what cannot be counted is enough: pictures, documents, tools the API brings along. */
function mostTokensIn(value: JsonValue, tokenizer: Tokenizer, enough: number): number {
	const written = JSON.stringify(value);
	if (/"type":"(?:image|document|container_upload|\w+_\d{8})"/.test(written)) return enough;
	return written.length > enough * 10 ? enough : estimateTextTokens(written, tokenizer);
}
