import { isJsonObject } from '../model/json';
import type { ModelReport } from '../model/model-report';
import type { Written } from '../model/saved';
import { baseUrlOf, type Target } from '../model/target';
import type { Database } from './database';
import { write } from './store';
import { areTexts, isArrayOf, isRecord, isTarget } from './upgrade';

// One record for each API that was asked which models it has: the last answer.
const PREFIX = 'models/';

/** What APIs have reported. Reports that cannot be read stay where they are and are left out. */
export async function readReports(database: Database): Promise<readonly ModelReport[]> {
	const found = await database.read((records) => records.range(PREFIX));
	return found.map(([, raw]) => upgradeModelReport(raw)).filter((report) => report !== null);
}

/** Keep `report` in the place of what the same API reported before. */
export function writeReport(database: Database, report: ModelReport): Promise<Written> {
	return write(database, (records) => {
		records.put(keyOf(report.target), report);
		return { kind: 'saved' } as const;
	});
}

/** Forget what the API at `target` reported. */
export function removeReport(database: Database, target: Target): Promise<Written> {
	return write(database, (records) => {
		records.delete(keyOf(target));
		return { kind: 'saved' } as const;
	});
}

/** Read a record `models/…`. */
export function upgradeModelReport(raw: unknown): ModelReport | null {
	const known = isRecord(raw) && isTarget(raw.target) && areTexts(raw.askedAt) && isArrayOf(raw.items, isJsonObject);
	return known ? (raw as unknown as ModelReport) : null; // each of its fields was looked at
}

function keyOf(target: Target): string {
	return PREFIX + (target.kind === 'custom' ? baseUrlOf(target) : target.kind);
}
