import { answerWith } from '../answer';
import { composeReply } from '../reply';
import { cutShort } from './breaking';
import type { Scenario } from './scenario';

export const contextWindowExceeded: Scenario = {
	id: 'context-window-exceeded',
	title: 'model_context_window_exceeded',
	about: 'Breaks off in the middle of its text, as when the context window is full before max_tokens is reached.',
	async answer(exchange) {
		const reply = cutShort(await composeReply(exchange));
		return answerWith({ ...reply, stopReason: 'model_context_window_exceeded' }, exchange);
	},
};
