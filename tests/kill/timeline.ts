/** One thing as it was over time, as whoever changes it knows it. All times are in milliseconds since 1970. */
export interface Timeline<T> {
	/** What it was, the oldest first; `done` is when the change to it was seen to be made, null while that is not known. */
	readonly moments: readonly { readonly value: T; readonly done: number | null }[];
}

/** A timeline that begins with what is known to be kept. */
export function beginsWith<T>(value: T): Timeline<T> {
	return { moments: [{ value, done: -Infinity }] };
}

/** The timeline with a change that is about to be made: from here on it may be found, and need not. */
export function aboutToBe<T>({ moments }: Timeline<T>, value: T): Timeline<T> {
	return { moments: [...moments, { value, done: null }] };
}

/** The timeline with its last change made at `now`. */
export function isNow<T>({ moments }: Timeline<T>, now: number): Timeline<T> {
	const last = moments.at(-1)!; // a timeline has a beginning
	return { moments: [...moments.slice(0, -1), { ...last, done: last.done ?? now }] };
}

/** What it is, as far as its owner knows. */
export function latest<T>({ moments }: Timeline<T>): T {
	return moments.at(-1)!.value; // a timeline has a beginning
}

/**
 * Where `found` stands on the timeline of something that had to be kept if it was made at or before `deadline`. `lost` is
 * when the first change was made that is missing from it, or null. What is older than allowed, or was never so, is `wrong`.
 */
export function judge<T>(
	{ moments }: Timeline<T>,
	found: T,
	deadline: number,
): { readonly kind: 'kept'; readonly lost: number | null } | { readonly kind: 'wrong'; readonly lost: number | null } {
	const same = (value: T) => JSON.stringify(value) === JSON.stringify(found);
	const place = moments.findLastIndex(({ value }) => same(value));
	const lost = moments.slice(place + 1).find(({ done }) => done !== null)?.done ?? null;
	const known = place >= 0 && (lost === null || lost > deadline);
	return { kind: known ? 'kept' : 'wrong', lost: place >= 0 ? lost : null };
}
