import { format } from 'jsonc-parser';
import { applyEdits } from '../../model/edit';

/** The same JSON, one value a line: only the space between its tokens changes. What is not JSON stays as it is. */
export function prettyJson(text: string): string {
	return applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' }));
}
