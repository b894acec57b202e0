import { describe, expect, onTestFinished, test } from 'vitest';
import { referenceTo } from '../../../src/model/attachment';
import type { Conversation } from '../../../src/model/conversation';
import type { ExportedConversation } from '../../../src/model/export-file';
import { Attachments } from '../../../src/state/attachments.svelte';
import { Disk } from '../../../src/state/disk.svelte';
import { Housekeeping } from '../../../src/state/housekeeping.svelte';
import { KeyRing } from '../../../src/state/key-ring.svelte';
import { Library } from '../../../src/state/library.svelte';
import { databaseName, indexedDatabase } from '../../../src/store/database';
import { finishImport, takeIn } from '../../../src/store/import';
import { Store } from '../../../src/store/store';
import version1 from '../../fixtures/saved/export-1.json';
import conversation1 from '../../fixtures/saved/conversation-1.json';

const sha256 = 'a'.repeat(64);
const held = 'of-some-proxy-canary-6789';

/** A page that has kept an attachment which nothing names, but for what was noted. */
async function page(locks: LockManager | undefined, texts: readonly string[] = []) {
	const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
	const store = new Store(database);
	await store.keepAttachment(sha256, new Blob(['x']));
	const library = new Library({
		store,
		channel: new BroadcastChannel(store.name),
		newId: () => crypto.randomUUID(),
		now: () => 0,
		after: () => () => {},
	});
	onTestFinished(() => library.close());
	const disk = new Disk({ name: store.name, storage: undefined, notes: null });
	const keyRing = new KeyRing({
		store,
		channel: new BroadcastChannel(`${store.name}/key`),
		now: () => 0,
		after: () => () => {},
	});
	await keyRing.save(held, { place: 'tab' });
	const housekeeping = new Housekeeping({
		database,
		library,
		attachments: new Attachments({ store, shipped: [], fetch: () => Promise.reject(new TypeError('offline')) }),
		keyRing,
		disk,
		notes: { keys: Object.keys(texts), read: (key) => texts[Number(key)] ?? null },
		locks,
		now: () => 0,
		settle: () => Promise.resolve(),
		after: () => () => {},
	});
	return {
		database,
		store,
		library,
		disk,
		keyRing,
		housekeeping,
		isThere: async () => (await store.loadAttachment(sha256)) !== null,
	};
}

test('attachments are swept by one tab at a time', async () => {
	const { database, housekeeping, isThere } = await page(navigator.locks);
	const { promise: swept, resolve: end } = Promise.withResolvers<void>();
	const held = Promise.withResolvers<void>();
	const other = navigator.locks.request(`${database.name}/sweep`, () => {
		held.resolve();
		return swept;
	});
	await held.promise;
	await housekeeping.clear([sha256]);
	expect(await isThere()).toBe(true);
	end();
	await other;
	await housekeeping.clear([sha256]);
	expect(await isThere()).toBe(false);
	expect(housekeeping.problem).toBe('');
});

test('attachments are not swept where no tab can know what another does', async () => {
	const { housekeeping, isThere } = await page(undefined);
	await housekeeping.clear([sha256]);
	expect(await isThere()).toBe(true);
});

test('attachments are not swept that are named by what a page has noted as it went', async () => {
	const { housekeeping, isThere } = await page(navigator.locks, [`{"data":"${referenceTo(sha256)}"}`]);
	await housekeeping.clear([sha256]);
	expect(await isThere()).toBe(true);
});

test('what cannot be read is exported without the user’s own key, whatever it looks like', async () => {
	const { database, housekeeping } = await page(undefined);
	await database.write((records) => records.put('conversation/bad', { version: 99, text: `Is ${held} good?` }));
	await housekeeping.look();
	expect(JSON.parse(await (await housekeeping.exportUnreadable()).blob.text())).toEqual({
		'conversation/bad': { version: 99, text: 'Is …6789 good?' },
	});
});

describe('the notice of an import that was cut off', () => {
	/** A page that was opened after an import of two conversations was cut off. */
	async function begun() {
		const parts = await page(navigator.locks);
		const { database, housekeeping } = parts;
		const incoming = ['ant', 'bee'].map((id) => ({
			conversation: { ...version1.conversations[0], id } as unknown as ExportedConversation, // JSON widens its literals
			attachments: new Map<string, Blob>(),
			mark: '',
		}));
		await takeIn(database, incoming, 'first', 0);
		await housekeeping.begin();
		return {
			...parts,
			/** What another import does that brings so many of them. */
			importAgain: async (many: number) => {
				await takeIn(database, incoming.slice(0, many), 'second', 0);
				await finishImport(database, 'second', []);
				await housekeeping.recount();
			},
		};
	}

	test('is counted anew after another one, and goes where that has brought all of it', async () => {
		const { disk, importAgain } = await begun();
		expect(disk.mishap?.message).toContain('2 conversations had come in by then.');
		await importAgain(1);
		expect(disk.mishap?.message).toContain('1 conversation had come in by then.');
		await importAgain(2);
		expect(disk.mishap).toBeNull();
	});

	test('says what was decided, also after another one', async () => {
		const { disk, importAgain } = await begun();
		await disk.mishap?.choices[0]?.run();
		await importAgain(2);
		expect(disk.mishap?.message).toMatch(/^What came in stays\./);
	});
});

describe('what is cleared away while the page is open', () => {
	const saved = (id: string) => ({ ...conversation1, id, text: `{"is it": "${id}"}` }) as unknown as Conversation; // JSON widens its literals

	/** A page that has begun, with two conversations, of which one was opened. */
	async function begun() {
		const parts = await page(navigator.locks);
		const { database, store, library, keyRing, housekeeping } = parts;
		for (const id of ['ant', 'bee']) await store.saveConversation(saved(id), 0);
		await library.start();
		await library.readAll();
		await library.load('ant');
		await housekeeping.begin();
		return {
			...parts,
			/** Do as the browser does, which closes the database and then has an empty one. */
			clear: async () => {
				await database.write(async (records) => {
					for (const key of await records.everyKey()) records.delete(key);
				});
				database.onclosed?.();
			},
			listed: () => library.summaries.map(({ id }) => id),
			key: () => keyRing.state,
		};
	}

	test('is told, and what was opened is saved again, as it was', async () => {
		const { store, disk, listed, clear } = await begun();
		const { createdAt, title } = saved('ant');
		await clear();
		await expect.poll(listed).toEqual(['ant']);
		await expect.poll(() => store.loadConversation('ant')).toMatchObject({ value: { createdAt, title, revision: 1 } });
		expect(disk.mishap?.message).toMatch(/1 conversation is gone.* saved again/);
		disk.mishap?.dismiss();
		expect(disk.mishap?.message).toBe('');
	});

	test('is the key, too, where the browser kept it, but not one of this tab', async () => {
		const { disk, keyRing, key, clear } = await begun();
		await clear();
		await expect.poll(() => disk.mishap).not.toBeNull();
		expect(key()).toMatchObject({ kind: 'held', place: 'tab' });
		expect(disk.mishap?.message).not.toContain('API key');
		await keyRing.save(held, { place: 'browser' });
		await clear();
		await expect.poll(key).toEqual({ kind: 'none' });
		await expect.poll(() => disk.mishap?.message).toContain('The API key is gone, too');
	});

	test('is told also where there was nothing but a key', async () => {
		const { database, disk, keyRing, housekeeping } = await page(navigator.locks);
		await housekeeping.begin();
		await keyRing.save(held, { place: 'browser' });
		await database.write((records) => records.delete('key'));
		database.onclosed?.();
		await expect.poll(() => keyRing.state).toEqual({ kind: 'none' });
		await expect.poll(() => disk.mishap?.message ?? '').toMatch(/^What .* was cleared away.*The API key is gone/);
	});

	test('is nothing where the browser has but closed the database: nothing changes, and a key stays unlocked', async () => {
		const { database, library, store, keyRing, disk, listed, key } = await begun();
		await keyRing.save(held, { place: 'locked', passphrase: 'correct horse' });
		const events: unknown[] = [];
		library.listen((event) => events.push(event));
		const fresh = library.create({ ...saved('wasp'), target: { kind: 'simulated' } });
		database.onclosed?.();
		await library.flush();
		// One transaction follows another: by then, those that follow the closing have ended.
		for (let turn = 0; turn < 4; turn++) await database.write(() => undefined);
		expect(await store.loadConversation(fresh.id)).toMatchObject({ kind: 'found' });
		expect(listed().toSorted()).toEqual(['ant', 'bee', fresh.id].toSorted());
		expect(disk.mishap).toBeNull();
		expect(key()).toMatchObject({ kind: 'held', place: 'locked' });
		expect(events).toEqual([{ kind: 'kept', id: fresh.id }]);
	});
});
