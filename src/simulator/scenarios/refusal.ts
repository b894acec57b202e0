import { answerWith } from '../answer';

import { composeReply } from '../reply';
import { cutShort } from './breaking';
import type { Scenario } from './scenario';

export const refusal: Scenario = {
	id: 'refusal',
	title: 'refusal',
	about: 'Breaks off in the middle of its text and ends with stop_reason "refusal", as when a classifier steps in.',
	async answer(exchange) {
		const reply = await composeReply(exchange);
		return answerWith(
			{
				...cutShort(reply),
				stopReason: 'refusal',
				stopDetails: {
					type: 'refusal',
					category: 'general_harms',
					explanation: 'This refusal is simulated: the scenario asks for it, nothing in the request does.',
				},
			},
			exchange,
		);
	},
};
