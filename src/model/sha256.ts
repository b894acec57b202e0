// SHA-256 for pages that the browser gives no cryptography: https://csrc.nist.gov/pubs/fips/180-4/upd1/final.

/** The first 32 bits of the fractional parts of the `root`th roots of the first `count` primes. */
function fractions(count: number, root: number): number[] {
	const found: number[] = [];
	for (let candidate = 2; found.length < count; candidate++) {
		let divisor = 2;
		while (candidate % divisor !== 0) divisor++;
		if (divisor < candidate) continue;
		// A double holds these 32 bits exactly, and all that stand before the point.
		found.push(((candidate ** (1 / root) % 1) * 2 ** 32) | 0);
	}
	return found;
}

const START = fractions(8, 2);
const ROUNDS = fractions(64, 3);

const turned = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits));

/** The digest of `bytes`. */
export function sha256(bytes: Uint8Array): Uint8Array {
	// A one, zeros up to a whole number of 64 bytes, and the length in bits as the last eight of them.
	const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
	padded.set(bytes);
	padded[bytes.length] = 0x80;
	const view = new DataView(padded.buffer);
	view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);

	const hash = Int32Array.from(START);
	const words = new Int32Array(64);
	for (let offset = 0; offset < padded.length; offset += 64) {
		for (let i = 0; i < 16; i++) words[i] = view.getInt32(offset + 4 * i);
		for (let i = 16; i < 64; i++) {
			const near = words[i - 2]!; // all indices here are below 64
			const far = words[i - 15]!;
			const spread = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
			words[i] = words[i - 16]! + spread + words[i - 7]! + (turned(near, 17) ^ turned(near, 19) ^ (near >>> 10));
		}
		let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number]; // eight, as START
		for (let i = 0; i < 64; i++) {
			const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
			const first = (h + mixed + ((e & f) ^ (~e & g)) + ROUNDS[i]! + words[i]!) | 0;
			const second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
			[a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
		}
		[a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i]! += word));
	}
	const digest = new DataView(new ArrayBuffer(32));
	hash.forEach((word, i) => digest.setInt32(4 * i, word));
	return new Uint8Array(digest.buffer);
}
