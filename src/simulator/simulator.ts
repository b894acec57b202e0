import { MODELS_CHECKED } from '../model/models';
import { admit } from './admission';
import { inputTokensOf, type Exchange } from './exchange';
import { newId, randomFrom } from './random';
import { refusalScript, refuse } from './refusal';
import { ordinary } from './scenarios/ordinary';
import type { Scenario } from './scenarios/scenario';
import { play, type Pace, type Script, type Wait } from './script';

/**
 * The day the simulated API plays: the one on which the table of models was checked. It stays that day, so that the
 * examples keep working here after their model has retired in the world.
 */
export const SIMULATED_TODAY = MODELS_CHECKED;

const ORDINARY_PACE: Pace = { first: 350, delta: 30 };
const REFUSAL_AFTER = 90;

export interface SimulatorSettings {
	/** The day it judges requests by, as YYYY-MM-DD. */
	readonly today: string;
	readonly pace: Pace;
	readonly scenario: Scenario;
}

interface Needs {
	/** Milliseconds since the epoch, for the `date` and rate-limit headers. */
	readonly now: () => number;
	readonly wait: Wait;
	/** The same seed gives the same answers to the same row of requests. */
	readonly seed: number;
	readonly settings?: Partial<SimulatorSettings>;
}

/**
 * The Messages API behind a `fetch`: it answers `POST /v1/messages`, in one piece or as a stream, refuses what the rules
 * call rejected with the API's own status and text, and knows no other path. No model is asked and nothing leaves the page.
 * What only some answers need is loaded for them; when that fails, so does the `fetch`, as if nobody could be reached.
 */
export function createSimulator({ now, wait, seed, settings }: Needs): typeof fetch {
	const { today, pace, scenario } = { today: SIMULATED_TODAY, pace: ORDINARY_PACE, scenario: ordinary, ...settings };
	let count = 0;
	/** What kept the last request from being answered: a part of the simulator that could not be loaded. */
	let failure: Error | null = null;

	async function answer(request: Request): Promise<Script> {
		const body = await request.text();
		const ids = randomFrom(seed, ++count, body);
		const requestId = newId(ids, 'req_011C');
		const refusedAfter = Math.min(REFUSAL_AFTER, pace.first);
		if (request.method !== 'POST' || new URL(request.url).pathname !== '/v1/messages') {
			// Whoever only asks whether anybody is there is told the same.
			if (failure) throw failure;
			return refusalScript(refuse(404, 'Not found'), requestId, refusedAfter);
		}
		failure = null;
		const admitted = await admit(request.headers, body, today);
		if ('status' in admitted) return refusalScript(admitted, requestId, refusedAfter);
		const inputTokens = await inputTokensOf(admitted.request);
		const exchange: Exchange = { ...admitted, pace, ids, random: randomFrom(seed, body), inputTokens };
		const script = await scenario.answer(exchange);
		return { ...script, headers: { ...script.headers, 'request-id': requestId, ...limitsAfter(inputTokens, now()) } };
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

/** The limits of the documentation's first tier: https://platform.claude.com/docs/en/api/rate-limits, checked 2026-11-22. */
const LIMITS = { requests: 1_000, 'input-tokens': 2_000_000, 'output-tokens': 400_000, tokens: 2_400_000 };

/** The rate-limit headers of an answer. Nothing is really used up: each request finds the bucket full but for itself. */
function limitsAfter(tokens: number, now: number): Record<string, string> {
	const used = { requests: 1, 'input-tokens': tokens, 'output-tokens': 0, tokens };
	const reset = new Date(now + 1000).toISOString().replace(/\.\d+Z$/, 'Z');
	return Object.fromEntries(
		(Object.keys(LIMITS) as (keyof typeof LIMITS)[]).flatMap((name) => {
			const left = LIMITS[name] - used[name];
			// Tokens that are left are told in thousands.
			const remaining = name === 'requests' ? left : Math.max(0, Math.round(left / 1000) * 1000);
			const header = `anthropic-ratelimit-${name}`;
			return [
				[`${header}-limit`, String(LIMITS[name])],
				[`${header}-remaining`, String(remaining)],
				[`${header}-reset`, reset],
			];
		}),
	);
}
