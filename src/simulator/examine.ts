import { admit, type Admitted } from './admission';
import { inputTokensOf } from './exchange';
import type { Refusal } from './refusal';

/** Input tokens for which every model's context window is large enough. */
const SURELY_FITS = 100_000;

/** A request that has been let in, and about how many input tokens it is. */
export interface Examined extends Admitted {
	readonly inputTokens: number;
}

/**
 * What is found out of a request before it is answered: why it is refused, or what it is. Rejects when the rules it needs
 * cannot be loaded.
 */
export async function examine(headers: Headers, body: string, today: string): Promise<Examined | Refusal> {
	const admitted = await admit(headers, body, today);
	if ('status' in admitted) return admitted;
	const inputTokens = await inputTokensOf(admitted.request);
	// What few requests need is loaded for those that name it, or that may be too long.
	const refusal =
		inputTokens > SURELY_FITS || /_thinking|signature|thread"|Sim0/.test(body)
			? (await import('./beyond-rules')).refusalBeyondRules(admitted, inputTokens)
			: null;
	return refusal ?? { ...admitted, inputTokens };
}
