import { createSimulator, type SimulatorSettings } from '../../../src/simulator/simulator';
import type { Wait } from '../../../src/simulator/script';
import type { JsonObject } from '../../../src/model/json';

export const KEY = 'sk-ant-api03-test';

/** A wait that is over at once, but for the signal. */
export const noWait: Wait = (_, signal) => {
	signal.throwIfAborted();
	return Promise.resolve();
};

/** A simulated API without waiting. */
export function simulator(settings: Partial<SimulatorSettings> = {}, seed = 1): typeof fetch {
	return createSimulator({ now: () => Date.UTC(2026, 10, 22), wait: noWait, settings: () => ({ seed, ...settings }) });
}

/** The headers of a good request. */
export const headers = { 'x-api-key': KEY, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' };

/** Post `body` to the simulated API. */
export function post(body: unknown, init: RequestInit = {}, api = simulator()): Promise<Response> {
	return api('https://api.anthropic.com/v1/messages', {
		method: 'POST',
		headers,
		body: typeof body === 'string' ? body : JSON.stringify(body),
		...init,
	});
}

/** A small request, with what a test is about. */
export function request(more: JsonObject = {}): JsonObject {
	return {
		model: 'claude-sonnet-4-5',
		max_tokens: 1024,
		messages: [{ role: 'user', content: 'Hello, Claude' }],
		...more,
	};
}

export interface Answer extends JsonObject {
	readonly content: readonly JsonObject[];
	readonly stop_reason: string;
	readonly stop_sequence: string | null;
	readonly usage: JsonObject & { readonly input_tokens: number; readonly output_tokens: number };
}

/** The message that answers a small request. */
export async function answerTo(more: JsonObject, init: RequestInit = {}, api = simulator()): Promise<Answer> {
	const response = await post(request(more), init, api);
	const answer: unknown = await response.json();
	if (response.status !== 200) throw new Error(JSON.stringify(answer));
	return answer as Answer; // 200 is a message
}

/** What the text blocks of a message say. */
export function textOf({ content }: Answer): string {
	return content.map(({ text }) => (typeof text === 'string' ? text : '')).join('');
}
