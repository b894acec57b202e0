import { answerWith } from '../answer';
import { composeReply } from '../reply';
import type { Scenario } from './scenario';

export const ordinary: Scenario = {
	id: 'ordinary',
	title: 'Ordinary answer',
	about: 'Answers as the API does when nothing is wrong, in one piece or as a stream.',
	answer: async (exchange) => answerWith(await composeReply(exchange), exchange),
};
