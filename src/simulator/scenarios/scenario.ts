import type { Exchange } from '../exchange';
import type { Script } from '../script';

/** A way in which the simulated API can behave, chosen by the user: one a file. */
export interface Scenario {
	readonly id: string;
	readonly title: string;
	readonly about: string;
	/** The answer to a request that was let in, but for the headers every answer has. */
	answer(exchange: Exchange): Script | Promise<Script>;
}
