import { imageIn } from '../lint/base64';
import { blocksIn, prefillOf, toolsIn, turnsIn, wordsOf, type Block, type Turn } from '../lint/conversation';
import { imageTokens, writeBytes, writeSize } from '../model/image';
import { isJsonObject, type JsonObject } from '../model/json';
import type { Exchange } from './exchange';
import { pick } from './random';

/** The most characters of somebody's words that are said back. */
const QUOTE = 90;

/** The turn that is being answered: the user's last. */
export function lastUserTurn(request: JsonObject): Turn | undefined {
	return turnsIn(request).findLast(({ role }) => role === 'user');
}

/** What the user last said, in one line. */
export function questionIn(request: JsonObject): string {
	return (lastUserTurn(request)?.blocks ?? [])
		.map((block) => wordsOf(block) ?? '')
		.join(' ')
		.trim();
}

/** The simulated answer: that it is simulated, and what was in the request. */
export function composeText(exchange: Exchange): string {
	const { request, random } = exchange;
	return [
		'This answer is simulated: this page wrote it, no model did.',
		countOfTurns(request),
		...(lastUserTurn(request)?.blocks ?? []).map((block) => sentenceAbout(block, exchange)),
		sentenceAboutTools(request),
		pick(random, [
			'With a key of your own, the same request brings Claude’s answer.',
			'Send the same request to Anthropic to read what Claude makes of it.',
			'Everything else here is as the API does it: the bytes, the events, the refusals.',
		]),
	]
		.filter((sentence) => sentence !== '')
		.join(' ');
}

/** What a model would think before answering, said to be simulated. */
export function composeThinking({ request }: Exchange): string {
	const question = questionIn(request);
	return `Simulated thinking. ${question === '' ? 'A model' : `Asked ${quote(question)}, a model`} would reason here before it answers.`;
}

function countOfTurns(request: JsonObject): string {
	const turns = turnsIn(request);
	const system = request.system === undefined ? '' : ' and a system prompt';
	const prefill = prefillOf(request) ? ', the last of them the beginning of this answer' : '';
	return `Your request holds ${turns.length === 1 ? 'one message' : `${turns.length} messages`}${system}${prefill}.`;
}

function sentenceAbout(block: Block, { model }: Exchange): string {
	const { type, value } = block;
	const words = wordsOf(block);
	if (words !== null) return words.trim() === '' ? '' : `You say ${quote(words)}.`;
	if (type === 'image') return sentenceAboutImage(value, model?.imageTier ?? 'high');
	if (type === 'document')
		return `A document comes with it${typeof value.title === 'string' ? `, ${quote(value.title)}` : ''}.`;
	if (type === 'tool_result') return sentenceAboutResult(value);
	return type === '' ? '' : `A block of type ${type} comes with it.`;
}

function sentenceAboutImage({ source }: JsonObject, tier: 'standard' | 'high'): string {
	if (!isJsonObject(source)) return '';
	if (typeof source.url === 'string')
		return `A picture comes by its address, ${source.url}, from where only the real API would fetch it.`;
	if (typeof source.data !== 'string') return 'A picture comes as an uploaded file.';
	const image = imageIn(source.data);
	if (!image) return 'A picture comes with it.';
	const tokens = imageTokens(image, tier);
	const bytes = Math.floor((source.data.replace(/=+$/, '').length * 3) / 4);
	return `A picture comes with it: ${image.mediaType}, ${writeSize(image)} pixels, ${writeBytes(bytes)}, about ${tokens === 1 ? 'one token' : `${tokens} tokens`}.`;
}

function sentenceAboutResult({ content, is_error: failed }: JsonObject): string {
	const said = (blocksIn(content, []) ?? []).map((block) => wordsOf(block) ?? `[${block.type}]`).join(' ');
	if (said.trim() === '') return failed === true ? 'The tool failed.' : 'The tool came back with nothing.';
	return failed === true ? `The tool failed: ${quote(said)}.` : `The tool came back with ${quote(said)}.`;
}

function sentenceAboutTools(request: JsonObject): string {
	const names = toolsIn(request).flatMap(({ value: { name } }) => (typeof name === 'string' ? [name] : []));
	return names.length === 0
		? ''
		: `It offers ${names.length === 1 ? 'a tool' : `${names.length} tools`}: ${names.join(', ')}.`;
}

function quote(words: string): string {
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
