import { expect, onTestFinished, test } from 'vitest';
import { Attachments } from '../../../src/state/attachments.svelte';
import { Disk } from '../../../src/state/disk.svelte';
import { Housekeeping } from '../../../src/state/housekeeping.svelte';
import { Library } from '../../../src/state/library.svelte';
import { databaseName, indexedDatabase } from '../../../src/store/database';
import { Store } from '../../../src/store/store';

const sha256 = 'a'.repeat(64);
const held = 'of-some-proxy-canary-6789';

/** A page that has kept an attachment which nothing names. */
async function page(locks: LockManager | undefined) {
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
	const housekeeping = new Housekeeping({
		database,
		library,
		attachments: new Attachments({ store, shipped: [], fetch: () => Promise.reject(new TypeError('offline')) }),
		keyRing: { read: () => held },
		disk: new Disk({ name: store.name, storage: undefined, notes: null }),
		locks,
		now: () => 0,
		settle: () => Promise.resolve(),
		after: () => () => {},
	});
	return { database, housekeeping, isThere: async () => (await store.loadAttachment(sha256)) !== null };
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

test('what cannot be read is exported without the user’s own key, whatever it looks like', async () => {
	const { database, housekeeping } = await page(undefined);
	await database.write((records) => records.put('conversation/bad', { version: 99, text: `Is ${held} good?` }));
	await housekeeping.look();
	expect(JSON.parse(await (await housekeeping.exportUnreadable()).blob.text())).toEqual({
		'conversation/bad': { version: 99, text: 'Is …6789 good?' },
	});
});
