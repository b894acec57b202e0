import { textOf } from '../../../src/export/code';
import { readSource } from '../../../src/export/source';
import type { ExportTarget, Sending } from '../../../src/export/target';

/** The code that `target` writes for a request, sent in the usual way but for what `sending` says. */
export function write(target: ExportTarget, request: unknown, sending: Partial<Sending> = {}): string {
	const text = typeof request === 'string' ? request : JSON.stringify(request, null, 4);
	const source = readSource(text);
	if (!source) throw new Error(`not a request: ${text}`);
	const usual: Sending = {
		apiVersion: '2026-10-21',
		headers: [],
		baseUrl: 'https://api.anthropic.com',
		images: 'inline',
	};
	return textOf(target.write(source, { ...usual, ...sending }));
}
