import { createSubscriber } from 'svelte/reactivity';

export interface CountdownNeeds {
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** Call back in this many milliseconds, unless what is given back is called first. */
	readonly after: (milliseconds: number, run: () => void) => () => void;
}

/** The time left until a moment, in whole seconds: it ticks as long as somebody looks, and ends at 0. */
export class Countdown {
	readonly #now: () => number;
	readonly #until: number;
	readonly #subscribe: () => void;

	/** `until` is in milliseconds since the epoch. */
	constructor({ now, after }: CountdownNeeds, until: number) {
		this.#now = now;
		this.#until = until;
		this.#subscribe = createSubscriber((update) => {
			let cancel = () => {};
			const wait = () => {
				const left = until - now();
				if (left <= 0) return;
				// At the next whole second, when there is something else to show.
				cancel = after(left % 1000 || 1000, () => {
					update();
					wait();
				});
			};
			wait();
			return () => cancel();
		});
	}

	get seconds(): number {
		this.#subscribe();
		return Math.max(0, Math.ceil((this.#until - this.#now()) / 1000));
	}
}
