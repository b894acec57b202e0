import type { Exchange } from '../exchange';
import { refusalScript, refuse, type RefusalStatus } from '../refusal';
import type { Scenario } from './scenario';

interface Refusing extends Pick<Scenario, 'title' | 'about'> {
	readonly status: RefusalStatus;
	readonly message: string | ((exchange: Exchange) => string);
	/** Headers beside those that every refusal has. */
	readonly headers?: (exchange: Exchange) => Record<string, string>;
}

/** The scenario in which every request is refused with `status`. */
export function refusing({ status, message, headers, ...named }: Refusing): Scenario {
	return {
		...named,
		id: String(status),
		answer(exchange) {
			const words = typeof message === 'string' ? message : message(exchange);
			const script = refusalScript(refuse(status, words), exchange.requestId, exchange.pace.first);
			return { ...script, headers: { ...script.headers, ...headers?.(exchange) } };
		},
	};
}
