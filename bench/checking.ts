import type { JsonObject } from '../src/model/json';
import { assess } from '../src/state/assess';
import { Assessor } from '../src/state/assessor';
import { requestOf } from './app';
import { longestStandstill, timed, type Bench } from './bench';

const circumstances = {
	sending: { apiVersion: '2023-06-01', headers: [], today: '2026-11-22' },
	checkFor: { model: null, apiVersion: null },
	attachments: new Map(),
} as const;

/** Asked directly, as the page does with small requests; with a parameter for which all rules are asked. */
export const checkSmall: Bench = {
	what: 'check a request of 20 turns',
	floor: 'JSON.parse of it',
	limit: { milliseconds: 5 },
	async prepare() {
		const request = { ...(JSON.parse(requestOf(21, 250)) as JsonObject), metadata: { user_id: 'someone' } };
		const text = JSON.stringify(request);
		// The rules are loaded with the first question.
		await assess(text, request, circumstances);
		return async () => ({
			measured: (await timed(() => often(() => assess(text, request, circumstances)))) / TIMES,
			floor: (await timed(() => often(() => JSON.parse(text)))) / TIMES,
		});
	},
};

/** Once is too short for the clock of a page. */
const TIMES = 50;

async function often(work: () => unknown): Promise<void> {
	for (let done = 0; done < TIMES; done++) await work();
}

/**
 * How long the page stands still while a large request is checked. Where there are fewer processors than work, a page
 * stands still although it does nothing: the floor says how long.
 */
function checkLarge(what: string, text: () => string): Bench {
	return {
		what,
		floor: 'a page that does nothing while a worker reads it',
		limit: { milliseconds: 50 },
		prepare() {
			const assessor = new Assessor();
			const question = { text: text(), ...circumstances };
			const busy = busyWorker(question.text);
			return Promise.resolve(async () => ({
				measured: await longestStandstill(() => assessor.ask(question)),
				floor: await longestStandstill(busy),
			}));
		},
	};
}

/** Gives what lets a worker parse `text`, which it has already, a few times. */
export function busyWorker(text: string): () => Promise<void> {
	const source =
		'let text; onmessage = ({ data }) => { text ??= data; for (let i = 0; i < 5; i++) JSON.parse(text); postMessage(0); };';
	const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
	worker.postMessage(text);
	return () =>
		new Promise((resolve) => {
			worker.onmessage = () => resolve();
			worker.postMessage(null);
		});
}

export const checkManyTurns = checkLarge('check 100,000 messages: longest standstill', () => requestOf(100_000, 80));
export const checkManyBytes = checkLarge('check 30 MB of text: longest standstill', () => requestOf(31, 1_000_000));
/** In each of which the rules find something. */
export const checkManyFaults = checkLarge('check 100,000 faulty messages: longest standstill', () =>
	requestOf(100_000, 80).replaceAll('"role":', '"extra": 1, "role":'),
);
