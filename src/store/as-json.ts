/** A record as JSON, as far as that can say what a database holds: bytes and sets as lists, maps as lists of pairs, no circles. */
export function asJson(record: unknown): string {
	/** From the record down to the value that is being written, each as it is and as it is said. */
	const path: { readonly value: object; readonly said: object }[] = [];
	function say(this: unknown, _name: string, value: unknown): unknown {
		if (typeof value === 'bigint') return String(value);
		if (typeof value !== 'object' || value === null) return value;
		while (path.length > 0 && path.at(-1)?.said !== this) path.pop();
		if (path.some((above) => above.value === value)) return '(what it is part of)';
		const said = listOf(value) ?? value;
		path.push({ value, said });
		return said;
	}
	return JSON.stringify(record, say);
}

function listOf(value: object): unknown[] | null {
	if (value instanceof Map || value instanceof Set) return Array.from<unknown>(value);
	if (value instanceof ArrayBuffer) return [...new Uint8Array(value)];
	if (ArrayBuffer.isView(value)) return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
	return null;
}
