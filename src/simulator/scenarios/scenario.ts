import type { Exchange } from '../exchange';
import type { Script } from '../script';

/** What is known of a request before anybody has looked into it, whatever it is for. */
export interface Arrival extends Pick<Exchange, 'request' | 'model' | 'inputTokens' | 'now' | 'pace' | 'requestId'> {
	readonly method: string;
}

/** A way in which the simulated API can behave, chosen by the user: one a file. */
export interface Scenario {
	readonly id: string;
	readonly title: string;
	readonly about: string;
	/** The answer before a request is looked into; null, or absent, when it is to be looked into first. */
	readonly early?: (arrival: Arrival) => Script | null;
	/** The answer to a request that was let in, but for the headers every answer has. */
	answer(exchange: Exchange): Script | Promise<Script>;
}
