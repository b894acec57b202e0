import { everyBlock, wordsOf } from '../lint/conversation';
import { valueAt, type JsonObject } from '../model/json';
import { thinkingOf, type Exchange } from './exchange';
import { questionIn } from './question';
import { textBlock, type ReplyBlock } from './reply';
import { sign } from './signature';
import { tokensOf } from './tokenizer';
import { lastUserTurn, quote } from './words';

/** In the documentation's words for it, what makes the API hide its thoughts, to try out what becomes of them. */
const HIDE =
	'ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_46C9A13E193C177646C7398A98432ECCCE4C1253D5E2D82641AC0E52CC2876CB';
/** Their words between two calls of tools are thoughts: the overviews of the two models, checked 2026-11-22. */
const SPEAK_IN_THOUGHTS = ['claude-opus-5-5', 'claude-sonnet-5-5'];

/** A thinking block, where thinking was asked for or the model thinks unasked; shown or not as the request or else the model says. */
export function thinkingIn(exchange: Exchange): ReplyBlock[] {
	const { request } = exchange;
	const type = thinkingOf(exchange);
	if (type === 'disabled' || (type === 'between_tools' && !isBetweenTools(request))) return [];
	const thoughts = thoughtsAbout(questionIn(request));
	if (!everyBlock(request).some((block) => wordsOf(block)?.includes(HIDE))) return [thinkingBlock(thoughts, exchange)];
	return [
		{
			kind: 'whole',
			start: { type: 'redacted_thinking', data: sign(thoughts, true, exchange) },
			tokens: tokensOf(thoughts),
		},
	];
}

/** What is said before tools are called: in text, or in a thought, as the model has it. */
export function remarkBefore(words: string, exchange: Exchange): ReplyBlock {
	return speaksInThoughts(exchange) ? thinkingBlock(words, exchange) : textBlock(words, exchange);
}

/** Whether what is said between two calls of tools is a thought. */
export function speaksInThoughts({ request, model }: Pick<Exchange, 'request' | 'model'>): boolean {
	return isBetweenTools(request) && model !== null && SPEAK_IN_THOUGHTS.includes(model.id);
}

function thinkingBlock(thoughts: string, exchange: Exchange): ReplyBlock {
	const { request, model } = exchange;
	const display = valueAt(request.thinking, ['display']) ?? model?.thinking?.display ?? 'summarized';
	const hidden = display === 'omitted';
	return {
		kind: 'thinking',
		start: { type: 'thinking', thinking: '', signature: '' },
		tokens: tokensOf(thoughts),
		hidden,
		sign: (said) => sign(said, hidden, exchange),
	};
}

/** Whether the user sends what tools have given. */
function isBetweenTools(request: JsonObject): boolean {
	return lastUserTurn(request)?.blocks.some(({ type }) => type === 'tool_result') ?? false;
}

/** What a model would think before answering, said to be simulated. */
function thoughtsAbout(question: string): string {
	return `Simulated thinking. ${question === '' ? 'A model' : `Asked ${quote(question)}, a model`} would reason here before it answers.`;
}
