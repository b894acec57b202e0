import { withoutKeys } from '../model/mask-keys';
import { asWholeJson } from '../store/as-json';
import { nameOf, type Unreadable } from '../store/survey';
import type { ExportedFile } from './export-writer';

/**
 * The unreadable `records` as they are, but for keys, the user's own, `held`, among them, as far as JSON can say it, for
 * whoever can make sense of them.
 */
export async function writeUnreadable(
	records: readonly Unreadable[],
	held: string | null,
	name = 'unreadable-records',
): Promise<ExportedFile> {
	const written: string[] = [];
	for (const [key, record] of records) written.push(`\t${JSON.stringify(nameOf(key))}: ${await asWholeJson(record)}`);
	const json = withoutKeys(`{\n${written.join(',\n')}\n}\n`, held);
	return { name: `${name}.json`, blob: new Blob([json], { type: 'application/json' }) };
}
