import { typeOf } from '../lint/conversation';
import { isJsonObject, type JsonValue } from '../model/json';
import type { Exchange } from './exchange';
import type { ReplyBlock } from './reply';
import { sign } from './signature';
import { tokensOf } from './tokenizer';
import { questionIn, quote } from './words';

/** A thinking block, where thinking was asked for; shown or not as the request or else the model says. */
export function thinkingIn({ request, model, ids }: Exchange): ReplyBlock[] {
	const { thinking } = request;
	const type = typeOf(thinking);
	if (!isJsonObject(thinking) || (type !== 'adaptive' && type !== 'enabled')) return [];
	const display: JsonValue = thinking.display ?? model?.thinking?.display ?? 'summarized';
	const tokens = tokensOf(thoughtsAbout(questionIn(request)));
	const hidden = display === 'omitted';
	return [
		{
			kind: 'thinking',
			start: { type: 'thinking', thinking: '', signature: '' },
			tokens,
			hidden,
			signature: sign(tokens.join(''), hidden, ids),
		},
	];
}

/** What a model would think before answering, said to be simulated. */
function thoughtsAbout(question: string): string {
	return `Simulated thinking. ${question === '' ? 'A model' : `Asked ${quote(question)}, a model`} would reason here before it answers.`;
}
