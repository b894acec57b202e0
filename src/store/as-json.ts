import { toBase64 } from '../model/attachment';

/**
 * A record as JSON, as far as that can say what a database holds: bytes and sets as lists, maps as lists of pairs, no circles.
 * What is in a blob cannot be read at once: what `read` gives stands for it.
 */
export function asJson(record: unknown, read: (blob: Blob) => object = () => ({})): string {
	/** From the record down to the value that is being written, each as it is and as it is said. */
	const path: { readonly value: object; readonly said: object }[] = [];
	function say(this: unknown, _name: string, value: unknown): unknown {
		if (typeof value === 'bigint') return String(value);
		if (typeof value !== 'object' || value === null) return value;
		while (path.length > 0 && path.at(-1)?.said !== this) path.pop();
		if (path.some((above) => above.value === value)) return '(what it is part of)';
		const said = value instanceof Blob ? read(value) : (listOf(value) ?? value);
		path.push({ value, said });
		return said;
	}
	return JSON.stringify(record, say);
}

/** The same with the bytes of its blobs as base64; of one whose bytes are lost, why. */
export async function asWholeJson(record: unknown): Promise<string> {
	const blobs = new Set<Blob>();
	asJson(record, (blob) => blobs.add(blob));
	const contents = new Map(await Promise.all([...blobs].map(async (blob) => [blob, await contentOf(blob)] as const)));
	return asJson(record, (blob) => contents.get(blob)!); // each was found above
}

async function contentOf(blob: Blob): Promise<object> {
	try {
		return { type: blob.type, base64: toBase64(new Uint8Array(await blob.arrayBuffer())) };
	} catch (error) {
		return { type: blob.type, lost: String(error) };
	}
}

function listOf(value: object): unknown[] | null {
	if (value instanceof Map || value instanceof Set) return Array.from<unknown>(value);
	if (value instanceof ArrayBuffer) return [...new Uint8Array(value)];
	if (ArrayBuffer.isView(value)) return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
	return null;
}
