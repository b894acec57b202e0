import type { JsonPath } from './json';
import { nameOf, readTree, type JsonNode } from './json-tree';

/** The path of the innermost value at `offset`, or of the property whose name stands there. Text that does not parse is read as far as it goes. */
export function pathAt(text: string, offset: number): JsonPath {
	const path: (string | number)[] = [];
	for (let node = readTree(text).root; node;) {
		const index = node.children.findIndex((child) => child.offset <= offset && offset <= child.offset + child.length);
		const child: JsonNode | undefined = node.children[index];
		if (child && node.type !== 'property') path.push(node.type === 'array' ? index : nameOf(child));
		node = child;
	}
	return path;
}
