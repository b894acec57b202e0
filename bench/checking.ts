import type { JsonObject } from '../src/model/json';
import { assess } from '../src/state/assess';
import { Assessor } from '../src/state/assessor';
import { requestOf } from './app';
import { longestStandstill, timed, type Bench } from './bench';

const sending = { apiVersion: '2023-06-01', headers: [], today: '2026-11-22' } as const;

/** Asked directly, as the page does with small requests; with a parameter for which all rules are asked. */
export const checkSmall: Bench = {
	what: 'check a request of 20 turns',
	floor: 'JSON.parse of it',
	limit: { milliseconds: 5 },
	async prepare() {
		const request = { ...(JSON.parse(requestOf(21, 250)) as JsonObject), metadata: { user_id: 'someone' } };
		const text = JSON.stringify(request);
		// The rules are loaded with the first question.
		await assess(request, sending, new Map());
		return async () => ({
			measured: await timed(() => assess(request, sending, new Map())),
			floor: await timed(() => JSON.parse(text)),
		});
	},
};

/** How long the page stands still while a large request is checked, against reading the same text in the page. */
function checkLarge(what: string, text: () => string): Bench {
	return {
		what,
		floor: 'JSON.parse of it',
		limit: { milliseconds: 50 },
		prepare() {
			const assessor = new Assessor();
			const question = { text: text(), sending, sizes: new Map() };
			return Promise.resolve(async () => ({
				measured: await longestStandstill(() => assessor.ask(question)),
				floor: await timed(() => JSON.parse(question.text)),
			}));
		},
	};
}

export const checkManyTurns = checkLarge('check 100,000 messages: longest standstill', () => requestOf(100_000, 80));
export const checkManyBytes = checkLarge('check 30 MB of text: longest standstill', () => requestOf(31, 1_000_000));
/** In each of which the rules find something. */
export const checkManyFaults = checkLarge('check 100,000 faulty messages: longest standstill', () =>
	requestOf(100_000, 80).replaceAll('"role":', '"extra": 1, "role":'),
);
