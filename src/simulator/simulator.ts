import { MODELS_CHECKED } from '../model/models';
import { examine } from './examine';
import type { Workers } from './examiner';
import type { CacheUse, Exchange } from './exchange';
import type { PromptCache } from './prompt-cache';
import { newId, randomFrom } from './random';
import { rateLimits } from './rate-limits';
import { refusalScript, type Refusal } from './refusal';
import { ordinary } from './scenarios/ordinary';
import type { Scenario } from './scenarios/scenario';
import { play, type Pace, type Script, type Wait } from './script';

/**
 * The day the simulated API plays: the one on which the table of models was checked. It stays that day, so that the
 * examples keep working here after their model has retired in the world.
 */
export const SIMULATED_TODAY = MODELS_CHECKED;

const REFUSAL_AFTER = 90;
/** Characters that the page can look into at once without being held up. */
const QUICKLY_READ = 200_000;

export interface SimulatorSettings {
	/** The day it judges requests by, as YYYY-MM-DD. */
	readonly today: string;
	readonly pace: Pace;
	readonly scenario: Scenario;
	/** The same seed gives the same answers to the same row of requests. */
	readonly seed: number;
}

const uncached: CacheUse = { read: 0, written5m: 0, written1h: 0 };

const usual: SimulatorSettings = {
	today: SIMULATED_TODAY,
	pace: { first: 350, delta: 30 },
	scenario: ordinary,
	seed: 1,
};

interface Needs {
	/** Milliseconds since the epoch, for the headers and for what a cache still holds. */
	readonly now: () => number;
	readonly wait: Wait;
	/** What the user has set, asked for at every request; what is left out is as usual. Rejects when it cannot be loaded. */
	readonly settings?: () => Partial<SimulatorSettings> | Promise<Partial<SimulatorSettings>>;
	/** What starts workers, for very large requests; where there are none, those too are looked into on the spot. */
	readonly workers?: Workers;
}

/**
 * The Messages API behind a `fetch`: it answers `POST /v1/messages`, in one piece or as a stream, counts tokens, lists
 * models, and refuses what the rules call rejected with the API's own status and text. No model is asked and nothing leaves
 * the page. What only some answers need is loaded for them; when that fails, so does the `fetch`, as if nobody could be
 * reached.
 */
export function createSimulator({ now, wait, settings = () => ({}), workers }: Needs): typeof fetch {
	let count = 0;
	const cached: PromptCache = new Map();
	/** What kept the last request from being answered: a part of the simulator that could not be loaded. */
	let failure: Error | null = null;

	async function answer(request: Request): Promise<Script> {
		const body = await request.text();
		const { pathname } = new URL(request.url);
		const { today, pace, scenario, seed } = { ...usual, ...(await settings()) };
		const ids = randomFrom(seed, ++count, body);
		const requestId = newId(ids, 'req_011C');
		const refused = (refusal: Refusal) => refusalScript(refusal, requestId, Math.min(REFUSAL_AFTER, pace.first));
		if (scenario.early) {
			const { earlyAnswer } = await import('./early');
			const early = earlyAnswer(scenario.early, request, body, { pace, requestId, now: now() });
			if (early) return early;
		}
		if (request.method !== 'POST' || pathname !== '/v1/messages') {
			// Whoever only asks whether anybody is there is told the same.
			if (failure) throw failure;
			const { answerAside, answeredWith } = await import('./aside');
			const answered = await answerAside(request, body, today);
			return 'status' in answered ? refused(answered) : answeredWith(answered.body, requestId, pace.first);
		}
		failure = null;
		const examined =
			workers && body.length > QUICKLY_READ
				? await (await import('./examiner')).examineElsewhere(request, body, today, workers)
				: await examine(request.headers, body, today);
		if ('status' in examined) return refused(examined);
		const marked: PromptCache = new Map(cached);
		const cache = body.includes('"cache_control"')
			? await (await import('./prompt-cache')).useCache(marked, examined.request, now())
			: uncached;
		const exchange: Exchange = {
			...examined,
			pace,
			ids,
			random: randomFrom(seed, body),
			cache,
			now: now(),
			requestId,
		};
		const script = await scenario.answer(exchange);
		// What is refused is not read, and so not kept.
		if (script.status === 200) for (const [key, kept] of marked) cached.set(key, kept);
		const limits = script.status === 200 ? rateLimits(exchange.inputTokens, exchange.now) : {};
		return { ...script, headers: { 'request-id': requestId, ...limits, ...script.headers } };
	}

	return async (input, init) => {
		const signal = init?.signal ?? (input instanceof Request ? input.signal : new AbortController().signal);
		signal.throwIfAborted();
		const request = new Request(input, init);
		const answered = answer(request).catch((error: unknown) => {
			throw (failure = error instanceof Error ? error : new Error(String(error)));
		});
		const { headers, ...script } = await Promise.race([answered, abortOf(signal)]);
		const date = new Date(now()).toUTCString();
		return play({ ...script, headers: { date, server: 'simulated', ...headers } }, wait, signal);
	};
}

/** Rejects with the signal's reason as soon as it is aborted: what an answer needs may be long in loading. */
function abortOf(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
	});
}
