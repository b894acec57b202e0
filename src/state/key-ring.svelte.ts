import { lastFour, type KeyPlace } from '../model/key';
import type { Written } from '../model/saved';
import type { Store } from '../store/store';
import type { After } from './library.svelte';

/** What is known of the key. `held`: it can be used; `locked`: a passphrase is needed first. */
export type KeyState =
	| { readonly kind: 'none' }
	| { readonly kind: 'held'; readonly last4: string; readonly place: KeyPlace }
	| { readonly kind: 'locked'; readonly last4: string };

/** Where a key shall be kept, and under which passphrase. */
export type Keeping =
	{ readonly place: Exclude<KeyPlace, 'locked'> } | { readonly place: 'locked'; readonly passphrase: string };

/** After so long without anyone at the page, in milliseconds, a key that is kept under a passphrase is locked again. */
const IDLE = 15 * 60_000;

export interface KeyRingNeeds {
	readonly store: Store;
	/** Reaches the same page in other tabs; belongs to the ring from here on. */
	readonly channel: BroadcastChannel;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly after: After;
}

/**
 * The one holder of the API key. Its text is in a private field and, if the user chose so, in the key's own record: never
 * in reactive state, from where it could find its way into the page.
 */
export class KeyRing {
	#state = $state.raw<KeyState>({ kind: 'none' });
	#key: string | null = null;
	#unreadable = $state.raw(false);
	/** Counts what was asked for, so that a slow reading does not undo a later change. */
	#turn = 0;
	/** Settles when what was last to be kept is, or could not be. */
	#keeping: Promise<unknown> = Promise.resolve();
	/** When the key is to be locked, and what calls that off. */
	#until = Infinity;
	#callOff = () => {};
	readonly #store: Store;
	readonly #channel: BroadcastChannel;
	readonly #now: () => number;
	readonly #after: After;

	constructor({ store, channel, now, after }: KeyRingNeeds) {
		this.#store = store;
		this.#channel = channel;
		this.#now = now;
		this.#after = after;
		channel.onmessage = () => this.#follow();
	}

	get state(): KeyState {
		return this.#state;
	}
	/** Whether what the browser keeps as the key cannot be read. */
	get unreadable(): boolean {
		return this.#unreadable;
	}
	/** Whether a key can be kept beyond this tab at all. */
	get keeps(): boolean {
		return this.#store.kept;
	}

	/** Whether it can be locked there: browsers give pages on plain http no cryptography. */
	get locks(): boolean {
		return this.#store.kept && isSecureContext;
	}

	/** The key itself, for the sender and nobody else; null when there is none or it is locked. */
	read(): string | null {
		return this.#key;
	}

	/** Take over what the browser keeps. Where that cannot be read there is no key: it can be entered again, or forgotten. */
	async load(): Promise<void> {
		const turn = ++this.#turn;
		const loaded = await this.#store.readKey();
		if (turn !== this.#turn) return;
		const kept = loaded.kind === 'found' ? loaded.value : null;
		this.#unreadable = loaded.kind === 'unreadable';
		if (kept?.kind === 'plain') this.#hold(kept.key, 'browser');
		else this.#drop(kept ? { kind: 'locked', last4: kept.last4 } : { kind: 'none' });
	}

	/**
	 * Hold `key` and keep it where it shall be, which takes it away from anywhere else; but what the browser keeps stays where
	 * another key is to be in this tab only. When that fails, everything stays as it was.
	 */
	async save(key: string, keeping: Keeping): Promise<Written> {
		const turn = ++this.#turn;
		// Another key that the browser keeps is held by other tabs too: only one that moves here is taken from there.
		if (keeping.place === 'tab' && !this.#unreadable && (this.#place === 'tab' || this.#key !== key)) {
			this.#hold(key, 'tab');
			return { kind: 'saved' };
		}
		const written = await (this.#keeping = this.#keep(key, keeping));
		if (written.kind !== 'saved') return written;
		this.#unreadable = false;
		if (turn === this.#turn) this.#hold(key, keeping.place);
		this.#channel.postMessage('changed');
		return written;
	}

	/** Keep the held key somewhere else. */
	async move(keeping: Keeping): Promise<Written> {
		return this.#key === null ? { kind: 'failed', reason: 'There is no key to keep.' } : this.save(this.#key, keeping);
	}

	/** Open the locked key. `missing`: there is none any more; `not-loaded`: what opens it could not be loaded. */
	async unlock(passphrase: string): Promise<'unlocked' | 'wrong-passphrase' | 'missing' | 'not-loaded'> {
		const turn = ++this.#turn;
		const loaded = await this.#store.readKey();
		if (loaded.kind !== 'found' || loaded.value.kind !== 'locked') return 'missing';
		const lock = await loadLock();
		if (!lock) return 'not-loaded';
		const key = await lock.unlockKey(loaded.value.locked, passphrase);
		if (key === null) return 'wrong-passphrase';
		if (turn === this.#turn) this.#hold(key, 'locked');
		return 'unlocked';
	}

	/** Let go of a key that is kept under a passphrase, here and in every tab, until it is given again. */
	lock(): void {
		if (this.#place !== 'locked') return;
		this.#lock();
		this.#channel.postMessage('changed');
	}

	/** Somebody is at the page: what is unlocked stays so for another 15 minutes. */
	touch(): void {
		if (this.#place !== 'locked') return;
		// A computer that slept has missed the moment.
		if (this.#now() >= this.#until) return this.#lock();
		this.#callOff();
		this.#until = this.#now() + IDLE;
		this.#callOff = this.#after(IDLE, () => this.#lock());
	}

	/**
	 * Let go of the key here, in the browser, and in every tab that holds it from there. One that could not be taken out of
	 * the browser is still known: it would be back after a reload. After one that was in this tab only, the browser's is
	 * held, as in a tab that is opened now.
	 */
	async forget(): Promise<Written> {
		if (this.#place === 'tab') {
			this.#drop({ kind: 'none' });
			await this.load();
			return { kind: 'saved' };
		}
		const turn = ++this.#turn;
		const written = await this.#store.removeKey();
		if (written.kind !== 'saved') return written;
		this.#unreadable = false;
		if (turn === this.#turn) this.#drop({ kind: 'none' });
		this.#channel.postMessage('changed');
		return written;
	}

	/** Stop listening to other tabs, and counting the time. */
	close(): void {
		this.#callOff();
		this.#channel.close();
	}

	/** Only here: nobody being at this page does not say that nobody is at another. */
	#lock(): void {
		if (this.#state.kind !== 'held' || this.#state.place !== 'locked') return;
		this.#turn++;
		this.#drop({ kind: 'locked', last4: this.#state.last4 });
	}

	get #place(): KeyPlace | null {
		return this.#state.kind === 'held' ? this.#state.place : null;
	}

	/** Another tab has changed what the browser keeps: take it over, but not in the middle of keeping a key of our own. */
	async #follow(): Promise<void> {
		await this.#keeping;
		// What is kept in this tab only is nobody else's business, and theirs is none of ours.
		if (this.#place !== 'tab') await this.load();
	}

	async #keep(key: string, keeping: Keeping): Promise<Written> {
		if (keeping.place === 'locked') {
			const lock = await loadLock();
			if (!lock) return { kind: 'failed', reason: 'a part of the page could not be loaded. Check the connection.' };
			const locked = await lock.lockKey(key, keeping.passphrase);
			return this.#store.writeKey({ version: 1, kind: 'locked', locked, last4: lastFour(key) });
		}
		return keeping.place === 'browser'
			? this.#store.writeKey({ version: 1, kind: 'plain', key })
			: this.#store.removeKey();
	}

	#hold(key: string, place: KeyPlace): void {
		this.#callOff();
		this.#key = key;
		this.#state = { kind: 'held', last4: lastFour(key), place };
		this.#until = Infinity;
		this.touch();
	}

	#drop(state: KeyState): void {
		this.#callOff();
		this.#key = null;
		this.#state = state;
	}
}

/** What locks and unlocks, loaded when it is first needed; null when it cannot be. */
function loadLock() {
	return import('../store/locked-key').catch(() => null);
}
