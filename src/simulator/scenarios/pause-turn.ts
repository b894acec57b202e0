import { answerWith } from '../answer';
import { composeReply } from '../reply';
import type { Scenario } from './scenario';

export const pauseTurn: Scenario = {
	id: 'pause-turn',
	title: 'pause_turn',
	about:
		'Pauses behind a tool that runs on the server (web search, web fetch, code execution): sent back as it is, the turn goes on. Whatever calls no such tool is answered as usual.',
	async answer(exchange) {
		const reply = await composeReply(exchange);
		const results = reply.blocks.findLastIndex(({ kind }) => kind === 'whole');
		if (results < 0) return answerWith(reply, exchange);
		const blocks = reply.blocks.slice(0, results + 1);
		return answerWith({ ...reply, blocks, stopReason: 'pause_turn', stopSequence: null }, exchange);
	},
};
