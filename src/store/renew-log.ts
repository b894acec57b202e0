import { promisifyRequest } from 'idb-keyval';

/**
 * Have Chromium begin a new log for what it keeps, so that nothing is written behind what the end of an earlier visit has
 * torn. `name` is the database's own; the one that is made for this and deleted again is beside it. Rejects when no
 * database can be opened, or deleted; another visit will do it.
 *
 * A browser that is killed, or loses its power, may leave half a record at the end of its log. At the next start Chromium
 * passes over it, and goes on writing behind it: the start after that takes the half and what follows it for one record,
 * and either loses what was written since, or finds the log damaged and throws all databases of the origin away
 * (https://github.com/google/leveldb/issues/1287 and https://crbug.com/460568; both seen in Chromium 147, 2026-11-30).
 * A deletion ends with a compaction (`DeleteDatabase` in its `content/browser/indexed_db/instance/backing_store.cc`),
 * which puts the log's records in a table, and begins a new log. Other browsers have no such log, and take no harm.
 */
export async function renewLog(name: string): Promise<void> {
	const passing = `${name} log`;
	(await promisifyRequest(indexedDB.open(passing))).close();
	await promisifyRequest(indexedDB.deleteDatabase(passing));
}
