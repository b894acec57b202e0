import { refusalScript, refuse, type RefusalStatus } from '../refusal';
import type { Script } from '../script';
import type { Arrival, Scenario } from './scenario';

type Known = Omit<Arrival, 'method'>;

interface Refusing extends Pick<Scenario, 'title' | 'about'> {
	readonly status: RefusalStatus;
	readonly message: string | ((known: Known) => string);
	/** Headers beside those that every refusal has. */
	readonly headers?: (known: Known) => Record<string, string>;
}

/** These are about the key, the rate, the size or the server: the API says so before it reads a body. */
const EARLY = [401, 403, 413, 429, 500, 504, 529];

/** The scenario in which every request is refused with `status`. */
export function refusing({ status, message, headers, ...named }: Refusing): Scenario {
	function answer(known: Known): Script {
		const words = typeof message === 'string' ? message : message(known);
		const script = refusalScript(refuse(status, words), known.requestId, known.pace.first);
		return { ...script, headers: { ...script.headers, ...headers?.(known) } };
	}
	return {
		...named,
		id: String(status),
		// What has no body is not too large.
		early: (arrival) =>
			EARLY.includes(status) && (status !== 413 || arrival.method === 'POST') ? answer(arrival) : null,
		answer,
	};
}
