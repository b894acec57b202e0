import { imageTokens, type ImageTier, type Size } from './image';
import { isJsonArray, isJsonObject, valueAt, type JsonObject, type JsonValue } from './json';
import { modelOf, type Model, type Tokenizer } from './models';

/*
 * Estimates, and to be shown as such. Rules of thumb from https://platform.claude.com/docs/en/build-with-claude/token-counting,
 * …/context-windows and …/vision, checked 2026-11-22; only the API's own count is exact.
 */

/** English characters that make one token, on average. */
const CHARACTERS_PER_TOKEN: Readonly<Record<Tokenizer, number>> = { older: 3.7, newer: 2.75 };
/** With one for each message on top, these meet the counts the documentation prints for its small examples. */
const TOKENS_AROUND_REQUEST = 4;
const TOKENS_AROUND_MESSAGE = 4;
/** The documentation's PDF of one page. */
const TOKENS_OF_PAGE = 2188;

/**
 * A schema to answer after is put before the model with words around it, spread out: what recorded answers come to over
 * their messages, on all of the models that have structured outputs.
 */
const TOKENS_AROUND_SCHEMA = 80;
const SPREAD_OF_SCHEMA = 2;
/** What the API's own tools say of themselves, by how their type begins: …/agents-and-tools/tool-use/overview. */
const TOKENS_OF_TOOL = { text_editor_: 700, computer_toolset_: 4500, browser_toolset_: 6600 };
const TOKENS_OF_BASH: Readonly<Record<Tokenizer, number>> = { older: 244, newer: 325 };

/** Tokens of a request and its answer, by what they cost. */
export interface TokenCounts {
	readonly input: number;
	readonly output: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
	readonly cacheRead: number;
}

/** What is known of the bytes of an image or a PDF. */
export interface Measures {
	readonly size?: Size | null;
	/** Of a PDF. */
	readonly pages?: number | null;
}

/** Gives what is known of an image or a PDF from its `source`. */
export type Measure = (source: JsonValue | undefined) => Measures;

/** About how many tokens `text` is. */
export function estimateTextTokens(text: string, tokenizer: Tokenizer): number {
	let plain = 0;
	let other = 0;
	// By units, for a text can have millions; the second half of a pair is no character of its own.
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit < 0x250) plain++;
		else if ((unit & 0xfc00) !== 0xdc00) other++;
	}
	// Outside the Latin letters a character is about a token of its own.
	return Math.ceil(plain / CHARACTERS_PER_TOKEN[tokenizer] + other);
}

/** About how many input tokens the content of a message is: text, or blocks. `measure` is as for `estimateInputTokens`. */
export function estimateContentTokens(content: JsonValue | undefined, measure: Measure, model: Model | null): number {
	const tokenizer = model?.tokenizer ?? 'newer';
	const tier: ImageTier = model?.imageTier ?? 'high';
	const ofText = (text: string) => estimateTextTokens(text, tokenizer);
	const ofImage = (source: JsonValue | undefined) =>
		imageTokens(measure(source).size ?? { width: Number.MAX_SAFE_INTEGER, height: Number.MAX_SAFE_INTEGER }, tier);

	function ofContent(content: JsonValue | undefined): number {
		if (typeof content === 'string') return ofText(content);
		return isJsonArray(content) ? content.reduce<number>((sum, block) => sum + ofBlock(block), 0) : 0;
	}
	function ofBlock(block: JsonValue): number {
		if (!isJsonObject(block)) return 0;
		const { source } = block;
		if (block['type'] === 'image') return ofImage(source);
		if (block['type'] === 'document') {
			if (!isJsonObject(source) || (source['type'] !== 'text' && source['type'] !== 'content'))
				return TOKENS_OF_PAGE * (measure(source).pages ?? 1);
			return ofContent(source['data'] ?? source['content']);
		}
		if (block['type'] === 'text' || block['type'] === 'tool_result')
			return ofContent(block['text'] ?? block['content']);
		return ofText(JSON.stringify(block));
	}

	return ofContent(content);
}

/**
 * About how many input tokens `request` is. `measure` gives what is known of an image or a PDF from its `source`: an image
 * of unknown pixels counts as the largest one the model looks at, a PDF of unknown length as one page. `models` are the
 * ones that are known.
 */
export function estimateInputTokens(request: JsonObject, measure: Measure, models?: readonly Model[]): number {
	const model = modelOf(request, models);
	const ofContent = (content: JsonValue | undefined) => estimateContentTokens(content, measure, model);
	const tokenizer = model?.tokenizer ?? 'newer';
	const { system, tools, tool_choice: choice } = request;
	const messages = isJsonArray(request['messages']) ? request['messages'] : [];
	// Thoughts count while their turn goes on, which the results of tools do not end.
	const asked = messages.findLastIndex(isQuestion);
	let tokens = TOKENS_AROUND_REQUEST + ofContent(system);
	for (const [index, message] of messages.entries()) {
		const content = isJsonObject(message) ? message['content'] : undefined;
		tokens += TOKENS_AROUND_MESSAGE + ofContent(index < asked ? withoutThinking(content) : content);
	}
	const schema = valueAt(request, ['output_config', 'format', 'schema']);
	if (schema !== undefined)
		tokens += TOKENS_AROUND_SCHEMA + SPREAD_OF_SCHEMA * estimateTextTokens(JSON.stringify(schema), tokenizer);
	if (isJsonArray(tools) && tools.length > 0) {
		const forced = isJsonObject(choice) && (choice['type'] === 'any' || choice['type'] === 'tool');
		tokens +=
			estimateTextTokens(JSON.stringify(tools), tokenizer) + (model?.toolPrompt?.[forced ? 'forced' : 'free'] ?? 0);
		for (const tool of tools) tokens += tokensOfTool(valueAt(tool, ['type']), tokenizer);
	}
	return tokens;
}

/** Whether a message begins a turn: the user's, unless it only gives what tools have given. */
function isQuestion(message: JsonValue): boolean {
	if (valueAt(message, ['role']) !== 'user') return false;
	const content = valueAt(message, ['content']);
	return !isJsonArray(content) || content.some((block) => valueAt(block, ['type']) !== 'tool_result');
}

function withoutThinking(content: JsonValue | undefined): JsonValue | undefined {
	return isJsonArray(content)
		? content.filter(
				(block) => valueAt(block, ['thinking']) === undefined && valueAt(block, ['type']) !== 'redacted_thinking',
			)
		: content;
}

function tokensOfTool(type: JsonValue | undefined, tokenizer: Tokenizer): number {
	if (typeof type !== 'string') return 0;
	if (type.startsWith('bash_')) return TOKENS_OF_BASH[tokenizer];
	return Object.entries(TOKENS_OF_TOOL).find(([beginning]) => type.startsWith(beginning))?.[1] ?? 0;
}

/** What these tokens cost in US dollars at the list price of `model`; null where a price that is needed is unknown. */
export function costOf(model: Model, counts: TokenCounts): number | null {
	const { input, output, cacheWrite5m, cacheWrite1h, cacheRead } = counts;
	const prompt = input + cacheWrite5m + cacheWrite1h + cacheRead;
	const price = model.longPrompt && prompt > model.longPrompt.over ? model.longPrompt.price : model.price;
	if (price === null) return null;
	let dollars = 0;
	for (const [tokens, perMillion] of [
		[input, price.input],
		[output, price.output],
		[cacheWrite5m, price.cacheWrite5m],
		[cacheWrite1h, price.cacheWrite1h],
		[cacheRead, price.cacheRead],
	] as const) {
		if (tokens === 0) continue;
		if (perMillion === null) return null;
		dollars += (tokens * perMillion) / 1_000_000;
	}
	return dollars;
}
