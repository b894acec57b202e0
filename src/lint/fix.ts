import { applyEdits, composeEdits, type Edit } from '../model/edit';
import { keepLast } from '../model/keep-last';
import { moveItem, removeValue, setValue } from '../model/lens';
import type { Change, Fix } from './rule';

/** The edits that apply `fix` to `text`, a valid request: nothing else of the text is touched. */
export function editsOf({ changes }: Fix, text: string): Edit[] {
	let edits: Edit[] = [];
	let edited = text;
	for (const change of changes) {
		const next = editsOfChange(change, edited);
		edits = composeEdits(edits, next);
		edited = applyEdits(edited, next);
	}
	return edits;
}

function editsOfChange(change: Change, text: string): Edit[] {
	switch (change.kind) {
		case 'set':
			return setValue(text, change.path, change.value);
		case 'remove':
			return removeValue(text, change.path);
		case 'move':
			return moveItem(text, change.path, change.from, change.to);
		case 'keep-last':
			return keepLast(text, change.path);
	}
}
