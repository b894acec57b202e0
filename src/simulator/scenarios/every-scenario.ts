import { apiError } from './api-error';
import { authenticationError } from './authentication-error';
import { connectionCut } from './connection-cut';
import { contextWindowExceeded } from './context-window-exceeded';
import { errorEvent } from './error-event';
import { noCredit } from './no-credit';
import { notFoundError } from './not-found-error';
import { ordinary } from './ordinary';
import { overloadedError } from './overloaded-error';
import { pauseTurn } from './pause-turn';
import { permissionError } from './permission-error';
import { rateLimitError } from './rate-limit-error';
import { refusal } from './refusal';
import { requestTooLarge } from './request-too-large';
import type { Scenario } from './scenario';
import { slowStream } from './slow-stream';
import { splitCharacter } from './split-character';
import { timeoutError } from './timeout-error';
import { veryLongAnswer } from './very-long-answer';

/** Every scenario, in the order in which they are offered. */
export const scenarios: readonly Scenario[] = [
	ordinary,
	slowStream,
	veryLongAnswer,
	refusal,
	pauseTurn,
	contextWindowExceeded,
	noCredit,
	authenticationError,
	permissionError,
	notFoundError,
	requestTooLarge,
	rateLimitError,
	apiError,
	timeoutError,
	overloadedError,
	errorEvent,
	connectionCut,
	splitCharacter,
];
