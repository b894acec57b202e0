import type { JsonValue } from '../../model/json';

/**
 * Gives keys to the items of a list that have no names of their own, called with the list whenever it may be another: what
 * is drawn of an item, with the focus and the caret in it, stays its own when others come and go, in another tab perhaps.
 */
export function keeper(): (items: readonly JsonValue[]) => readonly number[] {
	let before: readonly JsonValue[] = [];
	let keys: readonly number[] = [];
	let last = 0;
	return (items) => {
		const more = items.length - before.length;
		const many = Math.abs(more);
		if (many > 0) {
			const spelled = [before, items].map((list) => list.map((item) => JSON.stringify(item)));
			const [shorter, longer] = more > 0 ? spelled : spelled.toReversed();
			// Those that came or went stood together, where most of the others are as they were, before and after them.
			let [place, alike, most] = [0, 0, 0];
			shorter!.forEach((item, at) => {
				alike += Number(item === longer![at]) - Number(item === longer![at + many]); // both are there
				if (alike >= most) [place, most] = [at + 1, alike];
			});
			const fresh = Array.from({ length: Math.max(0, more) }, () => ++last);
			keys = keys.toSpliced(place, many - fresh.length, ...fresh);
		}
		before = items;
		return keys;
	};
}
