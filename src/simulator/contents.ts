import { imageIn } from '../lint/base64';
import { blocksIn, everyBlock, wordsOf, type Block } from '../lint/conversation';
import { imageTokens } from '../model/image';
import { writeBytes, writeSize } from '../model/measures';
import { isJsonObject, type JsonObject } from '../model/json';
import type { Exchange } from './exchange';
import { quote } from './words';
import { toolsIn } from '../lint/tools-in';

/** A sentence about a block that is not text; empty when there is nothing to say. */
export function sentenceAbout({ type, value }: Block, { request, model }: Exchange): string {
	if (type === 'image') return sentenceAboutImage(value, model?.imageTier ?? 'high');
	if (type === 'document')
		return `A document comes with it${typeof value.title === 'string' ? `, ${quote(value.title)}` : ''}.`;
	if (type === 'tool_result') return sentenceAboutResult(value, request);
	return type === '' ? '' : `A block of type ${type} comes with it.`;
}

/** A sentence that names the tools of `request`; empty when none has a name. */
export function sentenceAboutTools(request: JsonObject): string {
	const names = toolsIn(request).flatMap(({ value: { name } }) => (typeof name === 'string' ? [name] : []));
	return names.length === 0
		? ''
		: `It offers ${names.length === 1 ? 'a tool' : `${names.length} tools`}: ${names.join(', ')}.`;
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

function sentenceAboutResult({ content, is_error: failed, tool_use_id: id }: JsonObject, request: JsonObject): string {
	const tool = everyBlock(request).find(({ type, value }) => type === 'tool_use' && value.id === id)?.value.name;
	const name = typeof tool === 'string' ? tool : 'The tool';
	const said = (blocksIn(content, []) ?? []).map((block) => wordsOf(block) ?? `[${block.type}]`).join(' ');
	if (said.trim() === '') return failed === true ? `${name} failed.` : `${name} came back with nothing.`;
	return failed === true ? `${name} failed: ${quote(said)}.` : `${name} came back with ${quote(said)}.`;
}
