import { messageOf } from '../message';
import { composeReply, outputTokensOf } from '../reply';
import type { Scenario } from './scenario';

/** An answer in one piece comes when it is finished: the more it says the later, within reason. */
const TOKENS_WAITED_FOR = 100;
const MILLISECONDS_PER_TOKEN = 5;

export const ordinary: Scenario = {
	id: 'ordinary',
	title: 'Ordinary answer',
	about: 'Answers as the API does when nothing is wrong, in one piece or as a stream.',
	async answer(exchange) {
		const { request, pace } = exchange;
		const reply = await composeReply(exchange);
		if (request.stream === true) {
			const { streamOf } = await import('../stream');
			return {
				after: pace.first,
				status: 200,
				headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
				steps: streamOf(reply, exchange),
			};
		}
		const writing = Math.min(outputTokensOf(reply).all, TOKENS_WAITED_FOR) * MILLISECONDS_PER_TOKEN;
		return {
			after: pace.first === 0 ? 0 : pace.first + writing,
			status: 200,
			headers: { 'content-type': 'application/json' },
			steps: [{ after: 0, text: JSON.stringify(messageOf(reply, exchange)) }],
		};
	},
};
