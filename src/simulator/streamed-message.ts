import type { JsonObject } from '../model/json';
import type { Exchange } from './exchange';
import {
	cacheCreationOf,
	containerOf,
	diagnosticsOf,
	endOf,
	headOf,
	inputOf,
	outputOf,
	serverToolUseOf,
	serviceOf,
	type Ending,
} from './message';
import type { Reply } from './reply';

/** The message as a stream begins it: nothing said yet, and one token as good as spent. */
export function emptyMessageOf(exchange: Exchange): JsonObject {
	const nothing: Ending = { stopReason: null, stopSequence: null };
	return {
		...headOf(exchange),
		content: [],
		...containerOf(nothing, exchange),
		...endOf(nothing),
		...diagnosticsOf(exchange),
		usage: { ...inputOf(exchange), ...cacheCreationOf(exchange), output_tokens: 1, ...serviceOf(exchange, null) },
	};
}

/** What a stream says at its end: why and how the message ended, and what it cost. It repeats little else. */
export function closingOf(reply: Reply, exchange: Exchange): { delta: JsonObject; usage: JsonObject } {
	return {
		delta: { ...endOf(reply), ...containerOf(reply, exchange) },
		usage: { ...inputOf(exchange), ...outputOf(exchange, reply), ...serverToolUseOf(exchange, reply) },
	};
}
