import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../../src/model/conversation';
import { databaseName, indexedDatabase } from '../../../src/store/database';
import { unfinishedImports } from '../../../src/store/import';
import { unlockKey } from '../../../src/store/locked-key';
import { readReports } from '../../../src/store/model-reports';
import { listRecordings, loadRecording } from '../../../src/store/recordings';
import { Store } from '../../../src/store/store';
import { survey } from '../../../src/store/survey';
import { GRACE, sweep } from '../../../src/store/sweep';
import attachment1 from '../../fixtures/saved/attachment-1.json';
import chunks1 from '../../fixtures/saved/chunks-1.json';
import conversation1 from '../../fixtures/saved/conversation-1.json';
import import1 from '../../fixtures/saved/import-1.json';
import index1 from '../../fixtures/saved/index-1.json';
import keyLocked1 from '../../fixtures/saved/key-locked-1.json';
import keyPlain1 from '../../fixtures/saved/key-plain-1.json';
import models1 from '../../fixtures/saved/models-1.json';
import recorded1 from '../../fixtures/saved/recorded-1.json';
import recording1 from '../../fixtures/saved/recording-1.json';
import run1 from '../../fixtures/saved/run-1.json';
import setting1 from '../../fixtures/saved/setting-1.json';
import unnamed1 from '../../fixtures/saved/unnamed-1.json';
import unsaved1 from '../../fixtures/saved/unsaved-1.json';

const key = 'sk-ant-api03-canary-0123456789';
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

/** A fixture as it lies in the database: JSON spells bytes as `{"bytes": …}` and blobs as `{"blob": …}`, both in base64. */
function revived(fixture: unknown): unknown {
	return JSON.parse(JSON.stringify(fixture), (_name, value: unknown): unknown => {
		if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return value;
		const { bytes, blob } = value as { bytes?: unknown; blob?: unknown };
		const decode = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
		if (typeof bytes === 'string') return decode(bytes);
		return typeof blob === 'string' ? new Blob([decode(blob)]) : value;
	});
}

/** A database in which an earlier version has left `records`. */
async function left(records: Readonly<Record<string, unknown>>) {
	const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
	await database.write((all) => {
		for (const [name, record] of Object.entries(records)) all.put(name, revived(record));
	});
	return { database, store: new Store(database) };
}

describe('what the first version saved is read', () => {
	test('of an attachment', async () => {
		const { store } = await left({ 'attachment/a': attachment1 });
		expect(await (await store.loadAttachment('a'))?.text()).toBe('ant');
	});

	test('of an import that was not finished', async () => {
		const { database } = await left({ 'import/a/000000000': import1 });
		expect(await unfinishedImports(database)).toEqual(new Map([['a', import1.taken]]));
		expect((await survey(database)).unreadable).toEqual([]);
	});

	test('of a run with its bytes', async () => {
		const place = `${run1.conversation}/${run1.id}`;
		const { store } = await left({ [`run/${place}`]: run1, [`chunks/${place}`]: chunks1 });
		const loaded = await store.loadRun(run1.conversation, run1.id);
		if (loaded.kind !== 'found') throw new Error(loaded.kind);
		const { chunks, ...head } = loaded.value;
		expect(head).toEqual(run1);
		expect(chunks.map(({ at, bytes }) => [at, text(bytes)])).toEqual([
			[13, '{"type":'],
			[21.5, '"error"}'],
		]);
	});

	test('of a key', async () => {
		const { store } = await left({ key: keyPlain1 });
		expect(await store.readKey()).toEqual({ kind: 'found', value: { version: 1, kind: 'plain', key } });
	});

	test('of a key that is locked, which its passphrase opens', async () => {
		const { store } = await left({ key: keyLocked1 });
		const loaded = await store.readKey();
		if (loaded.kind !== 'found' || loaded.value.kind !== 'locked') throw new Error(loaded.kind);
		expect(loaded.value.last4).toBe('6789');
		expect(await unlockKey(loaded.value.locked, 'four random words')).toBe(key);
	});

	test('of edits that were left behind', async () => {
		const { store } = await left({ 'unsaved/tab': unsaved1 });
		expect(await store.leftBehind()).toEqual([{ tab: 'tab', at: 0, drafts: unsaved1.drafts }]);
	});

	test('of the list, and of what is first in it', async () => {
		const conversation = conversation1 as unknown as Conversation; // JSON widens its literals
		const conversations = index1.summaries.map(({ id }) => [`conversation/${id}`, { ...conversation, id }] as const);
		const named: Record<string, unknown> = Object.fromEntries(conversations);
		const { store } = await left({ 'index/0': index1, first: index1, ...named });
		expect(await store.listSummaries()).toEqual(index1.summaries);
		expect(await store.firstSummaries()).toEqual(index1.summaries.toReversed());
	});

	test('of a setting', async () => {
		const { store } = await left({ 'setting/paneWidths': setting1 });
		expect([...(await store.settings())]).toEqual([['paneWidths', setting1.value]]);
	});

	test('of what nothing names, and since when', async () => {
		const [[sha256, since]] = Object.entries(unnamed1.since) as [[string, number]]; // it holds one
		const { database } = await left({ [`attachment/${sha256}`]: attachment1, unnamed: unnamed1 });
		expect(await sweep(database, { now: since + GRACE - 1 })).toBe(0);
		expect(await sweep(database, { now: since + GRACE })).toBe(1);
	});

	test('of a recording with its bytes', async () => {
		const { database } = await left({ 'recording/r-1': recording1, 'recorded/r-1': recorded1 });
		expect(await listRecordings(database)).toEqual([recording1]);
		const recording = await loadRecording(database, 'r-1');
		expect(recording?.chunks.map(({ at, bytes }) => [at, text(bytes)])).toEqual([[0, '{"type":"error"}']]);
	});

	test('of the models that an API has reported', async () => {
		const { database } = await left({ 'models/anthropic': models1 });
		expect(await readReports(database)).toEqual([models1]);
		expect((await survey(database)).unreadable).toEqual([]);
	});
});
