import type { Edit } from './edit';
import type { JsonPath } from './json';
import { nameOf } from './json-tree';
import { nodeAt, parseStrictly, removals } from './lens';

/** Take out what stands under the same name as the property at `path`, before it. */
export function keepLast(text: string, path: JsonPath): Edit[] {
	const holder = nodeAt(parseStrictly(text), path.slice(0, -1));
	if (holder?.type !== 'object') return [];
	const called = holder.children.map((property) => nameOf(property) === path.at(-1));
	return removals(
		holder,
		called.map((same, index) => same && index < called.lastIndexOf(true)),
	);
}
