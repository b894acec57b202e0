import type { Edit } from './edit';
import type { PdfFacts } from './pdf';

// A long base64 string is kept once as bytes, under their SHA-256, and the text carries a reference in its place. A
// reference gives back exactly the characters it took the place of: what would not come back the same stays text.

/** A shorter string stays in the text: its reference would hardly be shorter. */
const INLINE_CHARACTERS = 1024;
const REFERENCE = /attachment:sha256-([0-9a-f]{64})/;

/** What is known of an attachment by its bytes. */
export interface AttachmentFacts {
	/** Null when they are of no kind the page knows. */
	readonly mediaType: string | null;
	/** Pixels, for an image the API takes. */
	readonly width: number | null;
	readonly height: number | null;
	readonly bytes: number;
	/** Of a PDF. */
	readonly pdf?: PdfFacts;
}

/** What stands in a text for the attachment with this SHA-256. */
export function referenceTo(sha256: string): string {
	return `attachment:sha256-${sha256}`;
}

/**
 * Find every `"data"` string that is base64 of more than 1,024 characters and comes back the same, in any text, whether it
 * parses or not. Gives the edits that put references in their places, and the bytes to keep under their SHA-256 first.
 */
export async function takeApart(
	text: string,
): Promise<{ readonly edits: Edit[]; readonly attachments: Map<string, Uint8Array<ArrayBuffer>> }> {
	const edits: Edit[] = [];
	const attachments = new Map<string, Uint8Array<ArrayBuffer>>();
	const name = /"data"\s*:\s*"/g;
	while (name.test(text)) {
		const offset = name.lastIndex;
		const end = text.indexOf('"', offset);
		const length = (end === -1 ? text.length : end) - offset;
		name.lastIndex = offset + length;
		if (end === -1 || length <= INLINE_CHARACTERS) continue;
		const bytes = fromBase64(text.slice(offset, end));
		if (!bytes) continue;
		const sha256 = await sha256Hex(bytes);
		edits.push({ offset, length, content: referenceTo(sha256) });
		attachments.set(sha256, bytes);
	}
	return { edits, attachments };
}

/** The SHA-256 of every attachment that `text` refers to, each once, in the order of their first mention. */
export function referencesIn(text: string): string[] {
	const found = text.matchAll(new RegExp(`"${REFERENCE.source}"`, 'g'));
	return [...new Set(Array.from(found, ([, sha256]) => sha256!))]; // the group is not optional
}

/** The SHA-256 of whatever in `text` could be taken for a reference, as it stands or with an edit undone. */
export function mentionsIn(text: string): string[] {
	return Array.from(text.matchAll(/sha256-([0-9a-f]{64})/g), ([, sha256]) => sha256!); // the group is not optional
}

/**
 * Put back what references stand for: `base64Of` gives the characters, or undefined for an attachment it does not have.
 * Such a reference stays as it is, for it may be the user's own words, and its SHA-256 is among the `missing`.
 */
export function putBack(
	text: string,
	base64Of: (sha256: string) => string | undefined,
): { readonly text: string; readonly missing: string[] } {
	const missing = new Set<string>();
	const whole = text.replace(new RegExp(`"${REFERENCE.source}"`, 'g'), (reference, sha256: string) => {
		const base64 = base64Of(sha256);
		if (base64 === undefined) missing.add(sha256);
		return base64 === undefined ? reference : `"${base64}"`;
	});
	return { text: whole, missing: [...missing] };
}

/** The SHA-256 of `bytes`, as 64 hexadecimal digits. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	// Browsers give pages on plain http no cryptography.
	const digest =
		'subtle' in crypto
			? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
			: (await import('./sha256')).sha256(bytes);
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What newer engines have, and TypeScript's library does not yet know: https://tc39.es/proposal-arraybuffer-base64/. */
interface Base64Bytes {
	toBase64?(): string;
}
interface Base64Reader {
	fromBase64?(base64: string): Uint8Array<ArrayBuffer>;
}

/** Write `bytes` as base64 with padding. */
export function toBase64(bytes: Uint8Array<ArrayBuffer>): string {
	const native = (bytes as Base64Bytes).toBase64?.();
	if (native !== undefined) return native;
	// btoa wants one string of characters, and a call takes only so many arguments.
	const parts: string[] = [];
	for (let start = 0; start < bytes.length; start += 0x8000)
		parts.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
	return btoa(parts.join(''));
}

/** The bytes that `base64` spells; null when they would not be written as the same characters again. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> | null {
	const bytes = decode(base64);
	return bytes && toBase64(bytes) === base64 ? bytes : null;
}

function decode(base64: string): Uint8Array<ArrayBuffer> | null {
	try {
		const native = (Uint8Array as Base64Reader).fromBase64?.(base64);
		if (native) return native;
		const characters = atob(base64);
		const bytes = new Uint8Array(characters.length);
		for (let i = 0; i < characters.length; i++) bytes[i] = characters.charCodeAt(i);
		return bytes;
	} catch {
		// Both readers throw at what is not base64, each its own kind of error.
		return null;
	}
}
