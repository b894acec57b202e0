import { recognise, type Understood } from '../../../../src/export/import/recognise';
import { writeValue } from '../../../../src/export/import/value';

export const understood = (text: string): Understood => recognise(text);

/** The one request in `text`, its holes filled, with its body as text and as JSON. */
export function request(text: string, filled: Readonly<Record<string, string>> = {}) {
	const result = recognise(text);
	if (result.kind !== 'requests') throw new Error(JSON.stringify(result));
	const [imported] = result.requests;
	if (!imported || result.requests.length > 1) throw new Error(`${result.requests.length} requests`);
	const written = writeValue(imported.body, (name) => filled[name]);
	return { ...imported, what: result.what, keys: result.keys, text: written, body: JSON.parse(written) as unknown };
}
