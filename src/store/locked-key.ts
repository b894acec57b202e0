/** A key that only its passphrase opens. Nothing in it is secret by itself. */
export interface LockedKey {
	/** Rounds of PBKDF2, kept with the key so that a later version can raise them. */
	readonly iterations: number;
	readonly salt: Uint8Array<ArrayBuffer>;
	readonly iv: Uint8Array<ArrayBuffer>;
	/** AES-GCM's ciphertext and tag. */
	readonly data: Uint8Array<ArrayBuffer>;
}

/** For PBKDF2-HMAC-SHA256, from OWASP's Password Storage Cheat Sheet. */
const ITERATIONS = 600_000;

/** Lock `key` with AES-256-GCM under `passphrase`. Each call gives another result. */
export async function lockKey(key: string, passphrase: string): Promise<LockedKey> {
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const secret = await derive(passphrase, salt, ITERATIONS);
	const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, secret, new TextEncoder().encode(key));
	return { iterations: ITERATIONS, salt, iv, data: new Uint8Array(data) };
}

/** Give the key back, or null when `passphrase` is not the one it was locked with (or the record was tampered with). */
export async function unlockKey(locked: LockedKey, passphrase: string): Promise<string | null> {
	const secret = await derive(passphrase, locked.salt, locked.iterations);
	try {
		const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: locked.iv }, secret, locked.data);
		return new TextDecoder().decode(data);
	} catch (error) {
		if (error instanceof DOMException && error.name === 'OperationError') return null;
		throw error;
	}
}

async function derive(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
	// The same letters can be typed as different code points on different keyboards.
	const letters = new TextEncoder().encode(passphrase.normalize('NFKC'));
	const material = await crypto.subtle.importKey('raw', letters, 'PBKDF2', false, ['deriveKey']);
	return crypto.subtle.deriveKey(
		{ name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
		material,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt'],
	);
}
