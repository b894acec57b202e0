import type { Edit } from './edit';
import type { JsonValue } from './json';
import { moveItem, removeValue, setValue } from './lens';
import { addBlockAt, contentPath, valueIn } from './turns';

/** Add a block at the end of the system prompt, which is made where there is none; as `addBlock` does. */
export function addSystemBlock(text: string, block: JsonValue): Edit[] {
	return addBlockAt(text, ['system'], block);
}

/** Take a block out of a turn; of string content, its words. */
export function removeBlock(text: string, turn: number, block: number): Edit[] {
	const path = contentPath(turn);
	if (typeof valueIn(text, path) === 'string') return setValue(text, path, '');
	return removeValue(text, [...path, block]);
}

/** Move a block of a turn so that it becomes block `to`. */
export function moveBlock(text: string, turn: number, from: number, to: number): Edit[] {
	return moveItem(text, contentPath(turn), from, to);
}
