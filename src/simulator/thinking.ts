import { typeOf } from '../lint/conversation';
import { toBase64 } from '../model/attachment';
import { isJsonObject, type JsonValue } from '../model/json';
import type { Exchange } from './exchange';
import { newId, type Random } from './random';
import type { ReplyBlock } from './reply';
import { tokensOf } from './tokenizer';
import { questionIn, quote } from './words';

/** A thinking block, where thinking was asked for; shown or not as the request or else the model says. */
export function thinkingIn(exchange: Exchange): ReplyBlock[] {
	const { thinking } = exchange.request;
	const type = typeOf(thinking);
	if (!isJsonObject(thinking) || (type !== 'adaptive' && type !== 'enabled')) return [];
	const display: JsonValue = thinking.display ?? exchange.model?.thinking?.display ?? 'summarized';
	return [
		{
			kind: 'thinking',
			start: { type: 'thinking', thinking: '', signature: '' },
			tokens: tokensOf(thoughts(exchange)),
			hidden: display === 'omitted',
			signature: signatureFrom(exchange.ids),
		},
	];
}

/** What a model would think before answering, said to be simulated. */
function thoughts({ request }: Exchange): string {
	const question = questionIn(request);
	return `Simulated thinking. ${question === '' ? 'A model' : `Asked ${quote(question)}, a model`} would reason here before it answers.`;
}

/** Something that looks like a signature, and decodes to words that say what it is. */
function signatureFrom(random: Random): string {
	return toBase64(new TextEncoder().encode(`simulated signature ${newId(random, 'msg_01')}`));
}
