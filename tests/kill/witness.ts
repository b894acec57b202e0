import type { Page } from '@playwright/test';

/** How long, in milliseconds, what the page cannot hurry took at most: a transaction, and a time without a timer being served. */
export interface Delays {
	readonly transaction: number;
	readonly stall: number;
}

/** How often the page reports, in milliseconds. */
const BEAT = 20;

/** Watch every document that `page` loads from here on. Gives what tells how long things took between two moments. */
export async function watch(page: Page): Promise<(from: number, until: number) => Delays> {
	const beats: { readonly at: number; readonly transaction: number }[] = [];
	await page.exposeFunction('report', (beat: { at: number; transaction: number }) => void beats.push(beat));
	await page.addInitScript((every) => {
		const open = new Set<number>();
		let longest = 0;
		const prototype = IDBDatabase.prototype;
		const { transaction } = prototype; // eslint-disable-line @typescript-eslint/unbound-method -- it is called on what it is called on
		prototype.transaction = function (...given) {
			const made = transaction.apply(this, given);
			if (made.mode !== 'readwrite') return made;
			const begun = performance.now();
			open.add(begun);
			const close = () => {
				open.delete(begun);
				longest = Math.max(longest, performance.now() - begun);
			};
			made.addEventListener('complete', close);
			made.addEventListener('abort', close);
			return made;
		};
		const { report } = window as unknown as { report: (beat: object) => Promise<void> }; // exposed above
		setInterval(() => {
			// What is still under way has already taken this long.
			const [oldest = performance.now()] = open;
			void report({ at: Date.now(), transaction: Math.max(longest, performance.now() - oldest) });
			longest = 0;
		}, every);
	}, BEAT);
	return (from, until) => {
		const between = beats.filter(({ at }) => at >= from);
		const times = [from, ...between.map(({ at }) => at), until];
		return {
			transaction: Math.max(0, ...between.map(({ transaction }) => transaction)),
			stall: Math.max(0, ...times.slice(1).map((at, place) => at - times[place]! - BEAT)), // one for each but the last
		};
	};
}
