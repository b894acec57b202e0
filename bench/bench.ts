/** What something costs, beside the floor it cannot beat, measured in turns in the same page. */
export interface Bench {
	/** What is done. */
	readonly what: string;
	/** What the least that could be done is. */
	readonly floor: string;
	/**
	 * What it may cost: so many times the floor, and so many frames of the screen beyond that, or so many milliseconds; null
	 * where it is only for the record.
	 */
	readonly limit: { readonly ratio: number; readonly frames?: number } | { readonly milliseconds: number } | null;
	/** Make everything ready, and give what does one round of it. */
	readonly prepare: () => Promise<() => Promise<Round>>;
}

/** Both in milliseconds. */
export interface Round {
	readonly measured: number;
	readonly floor: number;
}

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

/** Done when what has been changed by now is on the screen. */
export function painted(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** The longest time for which the page stands still while `work` goes on, in milliseconds. */
export async function longestStandstill(work: () => Promise<unknown>): Promise<number> {
	let longest = 0;
	let last = performance.now();
	const beat = () => {
		const now = performance.now();
		longest = Math.max(longest, now - last);
		last = now;
	};
	// A beat takes part in the contest for the processor as little as it can.
	const beating = setInterval(beat, 5);
	await work();
	clearInterval(beating);
	beat();
	return longest;
}
