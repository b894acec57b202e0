import { prefillOf, turnsIn, wordsOf, type Turn } from '../lint/conversation';
import type { JsonObject } from '../model/json';
import type { Exchange } from './exchange';
import { pick } from './random';

/** The most characters of somebody's words that are said back. */
const QUOTE = 90;

/** The turn that is being answered: the user's last. */
export function lastUserTurn(request: JsonObject): Turn | undefined {
	return turnsIn(request).findLast(({ role }) => role === 'user');
}

/** The simulated answer: that it is simulated, and what was in the request. */
export async function composeText(exchange: Exchange): Promise<string> {
	const { request, random } = exchange;
	return [
		'This answer is simulated: this page wrote it, no model did.',
		countOfTurns(request),
		...(await sentencesAbout(exchange)),
		exchange.remark ??
			pick(random, [
				'With a key of your own, the same request brings Claude’s answer.',
				'Send the same request to Anthropic to read what Claude makes of it.',
				'Everything else here is as the API does it: the bytes, the events, the refusals.',
			]),
	]
		.filter((sentence) => sentence !== '')
		.join(' ');
}

/** The beginning of `words` between quotation marks, in one line. */
export function quote(words: string): string {
	const line = words.replaceAll(/\s+/g, ' ').trim();
	const characters = [...line];
	return `“${
		characters.length > QUOTE
			? `${characters
					.slice(0, QUOTE - 1)
					.join('')
					.trimEnd()}…`
			: line
	}”`;
}

function countOfTurns(request: JsonObject): string {
	const turns = turnsIn(request);
	const system = request.system === undefined ? '' : ' and a system prompt';
	const prefill = prefillOf(request) ? ', the last of them the beginning of this answer' : '';
	return `Your request holds ${turns.length === 1 ? 'one message' : `${turns.length} messages`}${system}${prefill}.`;
}

/** What the user last said and sent, and the tools that are offered. */
async function sentencesAbout(exchange: Exchange): Promise<string[]> {
	const { request } = exchange;
	const blocks = lastUserTurn(request)?.blocks ?? [];
	const rest =
		request.tools !== undefined || blocks.some((block) => wordsOf(block) === null) ? await import('./contents') : null;
	const sentences = blocks.map((block) => {
		const words = wordsOf(block);
		if (words !== null) return words.trim() === '' ? '' : `You say ${quote(words)}.`;
		return rest?.sentenceAbout(block, exchange) ?? '';
	});
	return [...sentences, rest?.sentenceAboutTools(request) ?? ''];
}
