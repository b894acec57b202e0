import { applyEdits, composeEdits, type Edit } from '../model/edit';
import { removeValue, setValue } from '../model/lens';
import type { Fix } from './rule';

/** The edits that apply `fix` to `text`, a valid request: nothing else of the text is touched. */
export function editsOf({ changes }: Fix, text: string): Edit[] {
	let edits: Edit[] = [];
	let edited = text;
	for (const change of changes) {
		const next = change.kind === 'set' ? setValue(edited, change.path, change.value) : removeValue(edited, change.path);
		edits = composeEdits(edits, next);
		edited = applyEdits(edited, next);
	}
	return edits;
}
