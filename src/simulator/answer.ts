import type { Exchange } from './exchange';
import { messageOf } from './message';
import { outputTokensOf, type Reply } from './reply';
import type { Script } from './script';

/** An answer in one piece comes when it is finished: the more it says the later, within reason. */
const TOKENS_WAITED_FOR = 100;
const MILLISECONDS_PER_TOKEN = 5;

/** `reply` as it goes over the wire: a stream where the request asks for one, else one message. */
export async function answerWith(reply: Reply, exchange: Exchange): Promise<Script> {
	const { request, pace } = exchange;
	if (request.stream === true) {
		const { streamOf } = await import('./stream');
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
}
