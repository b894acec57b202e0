import { expect, test } from 'vitest';
import { sha256 } from '../../../src/model/sha256';

/** Bytes of every value, in no order that the padding could hide in. */
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * index + 7 * index) % 256);

test.each([0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000, 100_000])(
	"digests %i bytes as the browser's own cryptography does",
	async (length) => {
		const bytes = bytesOf(length);
		expect(sha256(bytes)).toEqual(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
	},
);
