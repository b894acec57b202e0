import { refusalScript, refuse } from '../refusal';
import { firstHalf } from './breaking';
import { ordinary } from './ordinary';
import type { Scenario } from './scenario';

export const errorEvent: Scenario = {
	id: 'error-event',
	title: 'Error event in mid-stream',
	about:
		'Begins to stream and then sends an error event. An answer that is not streamed is refused with the same error.',
	async answer(exchange) {
		const { request, requestId, pace } = exchange;
		if (request.stream !== true) return refusalScript(refuse(529, 'Overloaded'), requestId, pace.first);
		const script = await ordinary.answer(exchange);
		// As seen in 2026: with `details`, which an error that comes as an answer of its own leaves out.
		const error = { details: null, type: 'overloaded_error', message: 'Overloaded' };
		const data = JSON.stringify({ type: 'error', error, request_id: requestId });
		return { ...script, steps: [...firstHalf(script), { after: pace.delta, text: `event: error\ndata: ${data}\n\n` }] };
	},
};
