import { describe, expect, test } from 'vitest';
import { KeyRing, type KeyRingNeeds } from '../../../src/state/key-ring.svelte';
import { databaseName, indexedDatabase } from '../../../src/store/database';
import { Store } from '../../../src/store/store';

const key = 'sk-ant-api03-canary-0123456789';
const passphrase = 'four random words';

const stopped: Pick<KeyRingNeeds, 'now' | 'after'> = { now: () => 0, after: () => () => {} };

/** Tabs of one page: each a key ring over the same database. */
function tabs() {
	const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
	const open = (clock = stopped) =>
		new KeyRing({ store: new Store(database), channel: new BroadcastChannel(database.name), ...clock });
	/** Everything that is saved, as text. */
	const saved = async () =>
		JSON.stringify(await database.read((records) => records.range('')), (_, value: unknown) =>
			value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
		);
	return { open, saved, database };
}

describe('KeyRing', () => {
	test('holds a key for this tab alone', async () => {
		const { open, saved } = tabs();
		const ring = open();
		await ring.load();
		expect([ring.state, ring.read()]).toEqual([{ kind: 'none' }, null]);
		expect(await ring.save(key, { place: 'tab' })).toEqual({ kind: 'saved' });
		expect([ring.state, ring.read()]).toEqual([{ kind: 'held', last4: '6789', place: 'tab' }, key]);
		expect(await saved()).not.toContain('canary');
		const next = open();
		await next.load();
		expect(next.state).toEqual({ kind: 'none' });
	});

	test('finds a key again that is kept in the browser', async () => {
		const { open } = tabs();
		await open().save(key, { place: 'browser' });
		const next = open();
		await next.load();
		expect([next.state, next.read()]).toEqual([{ kind: 'held', last4: '6789', place: 'browser' }, key]);
	});

	test('asks for the passphrase again in the next tab, and after it was locked', async () => {
		const { open, saved } = tabs();
		const ring = open();
		await ring.save(key, { place: 'locked', passphrase });
		expect(ring.read()).toBe(key);
		expect(await saved()).not.toContain('canary');

		const next = open();
		await next.load();
		expect([next.state, next.read()]).toEqual([{ kind: 'locked', last4: '6789' }, null]);
		expect(await next.unlock('five random words')).toBe('wrong-passphrase');
		expect([next.state.kind, next.read()]).toEqual(['locked', null]);
		expect(await next.unlock(passphrase)).toBe('unlocked');
		expect([next.state, next.read()]).toEqual([{ kind: 'held', last4: '6789', place: 'locked' }, key]);
		next.lock();
		expect([next.state, next.read()]).toEqual([{ kind: 'locked', last4: '6789' }, null]);
	});

	test('is locked in every tab by who locks it in one, but for a key that is in its tab only', async () => {
		const { open } = tabs();
		const apart = open();
		await apart.save('another-key-of-its-own', { place: 'tab' });
		const here = open();
		await here.save(key, { place: 'locked', passphrase });
		const there = open();
		await there.load();
		await there.unlock(passphrase);
		expect(there.read()).toBe(key);
		here.lock();
		expect([here.state.kind, here.read()]).toEqual(['locked', null]);
		await expect.poll(() => there.state.kind).toBe('locked');
		expect([there.read(), apart.read()]).toEqual([null, 'another-key-of-its-own']);
	});

	test('takes the key away from where it was when it is kept elsewhere', async () => {
		const { open, saved } = tabs();
		const ring = open();
		await ring.save(key, { place: 'browser' });
		expect(await saved()).toContain('canary');
		expect(await ring.move({ place: 'locked', passphrase })).toEqual({ kind: 'saved' });
		expect(await saved()).not.toContain('canary');
		expect(ring.read()).toBe(key);
		await ring.move({ place: 'tab' });
		expect(await saved()).toBe('[]');
		expect(ring.read()).toBe(key);
	});

	test('forgets the key everywhere it came from', async () => {
		const { open, saved } = tabs();
		const [here, there, apart] = [open(), open(), open()];
		await here.save(key, { place: 'browser' });
		await there.load();
		await apart.save('another-key-of-its-own', { place: 'tab' });
		await here.save(key, { place: 'browser' });
		await there.load();
		await here.forget();
		expect([here.state, here.read()]).toEqual([{ kind: 'none' }, null]);
		expect(await saved()).toBe('[]');
		await expect.poll(() => there.state).toEqual({ kind: 'none' });
		expect(there.read()).toBeNull();
		// What was to be in that tab only is no other tab's business.
		expect(apart.read()).toBe('another-key-of-its-own');
	});

	test('forgets a key that is in this tab only nowhere else, and then shows what the browser keeps', async () => {
		const { open, saved } = tabs();
		const [here, there] = [open(), open()];
		await here.save('a-key-of-this-tab-zz99', { place: 'tab' });
		await there.save(key, { place: 'browser' });
		await here.forget();
		await expect.poll(() => here.state).toEqual({ kind: 'held', last4: '6789', place: 'browser' });
		expect(here.read()).toBe(key);
		expect([there.read(), JSON.parse(await saved())]).toEqual([key, [['key', { version: 1, kind: 'plain', key }]]]);
		// Now it is known which key that is.
		await here.forget();
		expect(await saved()).toBe('[]');
		// What the other tab has said may be heard only now, and is looked into first.
		await expect.poll(() => here.state).toEqual({ kind: 'none' });
		await expect.poll(() => there.read()).toBeNull();
	});

	test('shows a locked key, and one that cannot be read, once what was in this tab only is forgotten', async () => {
		const { open, database } = tabs();
		const ring = open();
		await ring.save('a-key-of-this-tab-zz99', { place: 'tab' });
		await open().save(key, { place: 'locked', passphrase });
		await ring.forget();
		await expect.poll(() => ring.state).toEqual({ kind: 'locked', last4: '6789' });
		expect(ring.read()).toBeNull();

		await ring.save('a-key-of-this-tab-zz99', { place: 'tab' });
		await database.write((records) => records.put('key', { version: 1, kind: 'torn', key }));
		await ring.forget();
		await expect.poll(() => [ring.state, ring.unreadable]).toEqual([{ kind: 'none' }, true]);
	});

	test('leaves what the browser keeps when another key is to be in this tab only', async () => {
		const { open, saved, database } = tabs();
		const [here, there, late] = [open(), open(), open()];
		await late.save('a-key-of-this-tab-zz99', { place: 'tab' });
		await there.save(key, { place: 'browser' });
		await here.load();
		await here.save('a-key-of-this-tab-yy88', { place: 'tab' });
		// Nothing to do: it is there already.
		await late.move({ place: 'tab' });
		expect([here.read(), there.read(), late.read()]).toEqual(['a-key-of-this-tab-yy88', key, 'a-key-of-this-tab-zz99']);
		expect(await saved()).toContain('canary');

		await there.move({ place: 'locked', passphrase });
		const locked = await saved();
		const other = new BroadcastChannel(database.name);
		const heard = new Promise((resolve) => (other.onmessage = ({ data }) => resolve(data)));
		await late.save('a-key-of-this-tab-xx77', { place: 'tab' });
		const next = open();
		await next.load();
		await next.save('a-key-of-this-tab-ww66', { place: 'tab' });
		expect(await saved()).toBe(locked);
		// Messages come in their order: had a ring said something, the key would now be locked where it is open.
		new BroadcastChannel(database.name).postMessage('nothing before this');
		expect([await heard, there.read()]).toEqual(['nothing before this', key]);
	});

	test('takes away what cannot be read once a key is entered', async () => {
		const { open, saved, database } = tabs();
		await database.write((records) => records.put('key', { version: 1, kind: 'torn', key }));
		const ring = open();
		await ring.load();
		await ring.save(key, { place: 'tab' });
		expect([ring.unreadable, ring.read(), await saved()]).toEqual([false, key, '[]']);
	});

	test('still knows a key that could not be taken out of the browser', async () => {
		const { open, saved, database } = tabs();
		await open().save(key, { place: 'browser' });
		const failing = { ...database, write: () => Promise.reject(new Error('The disk is gone.')) };
		const ring = new KeyRing({ store: new Store(failing), channel: new BroadcastChannel(database.name), ...stopped });
		await ring.load();
		expect(await ring.forget()).toMatchObject({ kind: 'failed' });
		expect([ring.state.kind, ring.read()]).toEqual(['held', key]);
		expect(await saved()).toContain('canary');
	});

	test('forgets what is kept as the key but cannot be read', async () => {
		const { open, saved, database } = tabs();
		await database.write((records) => records.put('key', { version: 1, kind: 'torn', key }));
		const ring = open();
		await ring.load();
		expect([ring.state.kind, ring.unreadable]).toEqual(['none', true]);
		expect(await ring.forget()).toEqual({ kind: 'saved' });
		expect([ring.unreadable, await saved()]).toEqual([false, '[]']);
	});

	test('follows another tab that keeps another key', async () => {
		const { open } = tabs();
		const [here, there] = [open(), open()];
		await here.save('an-older-key-1234', { place: 'browser' });
		await there.save(key, { place: 'browser' });
		await expect.poll(() => here.read()).toBe(key);
	});

	test('is not undone by a slow reading that began before', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		const hold = Promise.withResolvers<void>();
		const slow = new Store({
			...database,
			read: async (steps) => {
				const value = await database.read(steps);
				await hold.promise;
				return value;
			},
		});
		const ring = new KeyRing({ store: slow, channel: new BroadcastChannel(database.name), ...stopped });
		const loading = ring.load();
		await ring.save(key, { place: 'tab' });
		hold.resolve();
		await loading;
		expect([ring.state.kind, ring.read()]).toEqual(['held', key]);
	});

	test('is not undone by what another tab says while it is being kept', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		const hold = Promise.withResolvers<void>();
		const slow = new Store({
			...database,
			write: async (steps) => {
				await hold.promise;
				return database.write(steps);
			},
		});
		const ring = new KeyRing({ store: slow, channel: new BroadcastChannel(database.name), ...stopped });
		const saving = ring.save(key, { place: 'browser' });
		// Listeners hear of a message in the order in which they were made: when the last has, so has the ring.
		const last = new BroadcastChannel(database.name);
		const heard = new Promise((resolve) => (last.onmessage = resolve));
		new BroadcastChannel(database.name).postMessage('changed');
		await heard;
		hold.resolve();
		await saving;
		expect([ring.state.kind, ring.read()]).toEqual(['held', key]);
	});

	test('changes nothing when the key cannot be kept', async () => {
		const refuse = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
		const store = new Store({ name: 'refusing', kept: true, read: refuse, write: refuse });
		const ring = new KeyRing({ store, channel: new BroadcastChannel(crypto.randomUUID()), ...stopped });
		expect(await ring.save(key, { place: 'browser' })).toEqual({ kind: 'full' });
		expect([ring.state, ring.read()]).toEqual([{ kind: 'none' }, null]);
		expect(await ring.move({ place: 'tab' })).toMatchObject({ kind: 'failed' });
	});

	test('shows nothing of the key to whoever looks at it', async () => {
		const ring = tabs().open();
		await ring.save(key, { place: 'tab' });
		expect(JSON.stringify(ring) + JSON.stringify(ring.state) + Object.values(ring).join()).not.toContain('canary');
	});
});

describe('a key under a passphrase', () => {
	const MINUTE = 60_000;

	/** A ring that holds one, and the hands of its clock. */
	async function unlocked() {
		let now = 0;
		let timer: { readonly at: number; readonly run: () => void } | null = null;
		const { open, database } = tabs();
		const ring = open({
			now: () => now,
			after: (milliseconds, run) => {
				const mine = (timer = { at: now + milliseconds, run });
				return () => {
					if (timer === mine) timer = null;
				};
			},
		});
		await ring.save(key, { place: 'locked', passphrase });
		return {
			ring,
			name: database.name,
			pass: (minutes: number) => {
				now += minutes * MINUTE;
				if (timer && timer.at <= now) timer.run();
			},
			sleep: (minutes: number) => (now += minutes * MINUTE),
			waiting: () => timer !== null,
		};
	}

	test('is locked again after 15 minutes without anyone at the page', async () => {
		const { ring, pass } = await unlocked();
		pass(14);
		ring.touch();
		pass(14);
		expect(ring.read()).toBe(key);
		pass(1);
		expect([ring.read(), ring.state.kind]).toEqual([null, 'locked']);
		await ring.unlock(passphrase);
		pass(14);
		expect(ring.read()).toBe(key);
		pass(1);
		expect(ring.read()).toBeNull();
	});

	test('stays open in other tabs when nobody is at one of them', async () => {
		const { ring, pass, name } = await unlocked();
		const other = new BroadcastChannel(name);
		const heard = new Promise((resolve) => (other.onmessage = ({ data }) => resolve(data)));
		pass(15);
		expect(ring.read()).toBeNull();
		// Messages come in their order: had the ring said something, it would have been heard first.
		new BroadcastChannel(name).postMessage('nothing before this');
		expect(await heard).toBe('nothing before this');
	});

	test('is locked by the first touch after a sleep that was too long for the timer', async () => {
		const { ring, sleep } = await unlocked();
		sleep(15);
		ring.touch();
		expect(ring.read()).toBeNull();
	});

	test('is no longer waited for once it is kept elsewhere, locked, forgotten, or the page is closed', async () => {
		const ends: ((ring: KeyRing) => unknown)[] = [
			(ring) => ring.move({ place: 'tab' }),
			(ring) => ring.lock(),
			(ring) => ring.forget(),
			(ring) => ring.close(),
		];
		for (const end of ends) {
			const { ring, waiting } = await unlocked();
			expect(waiting()).toBe(true);
			await end(ring);
			expect(waiting()).toBe(false);
		}
		const plain = await unlocked();
		await plain.ring.move({ place: 'tab' });
		plain.sleep(60);
		plain.ring.touch();
		expect(plain.ring.read()).toBe(key);
	});
});
