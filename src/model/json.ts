/** What JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
	readonly [key: string]: JsonValue;
}
/** A place in a JSON text: property names and array indices from the root. */
export type JsonPath = readonly (string | number)[];

/** Whether `value` is a JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether `value` is an array. `Array.isArray` forgets what the items of a readonly array are; this does not. */
export function isJsonArray(value: unknown): value is readonly JsonValue[] {
	return Array.isArray(value);
}

/** What the JSON `text` says; undefined where it is none, as in the middle of being typed. */
export function parsed(text: string): JsonValue | undefined {
	try {
		return JSON.parse(text) as JsonValue; // JSON.parse gives nothing else
	} catch {
		return undefined;
	}
}

/** Write a path as the API writes it in its errors: `messages.0.content.1.source`. The root is the empty string. */
export function writePath(path: JsonPath): string {
	return path.join('.');
}

/** The value at `path`, or undefined when there is nothing. */
export function valueAt(value: JsonValue | undefined, path: JsonPath): JsonValue | undefined {
	let here: JsonValue | undefined = value;
	for (const step of path) {
		if (isJsonArray(here) && typeof step === 'number') here = here[step];
		else if (isJsonObject(here) && typeof step === 'string' && Object.hasOwn(here, step)) here = here[step];
		else return undefined;
	}
	return here;
}

/** Whether two values say the same. The order of properties does not matter; `0` and `-0` differ, as they do in JSON. */
export function equalJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
	if (isJsonArray(a)) return isJsonArray(b) && a.length === b.length && a.every((item, i) => equalJson(item, b[i]));
	if (!isJsonObject(a)) return Object.is(a, b);
	const names = Object.keys(a);
	return (
		isJsonObject(b) &&
		names.length === Object.keys(b).length &&
		names.every((name) => Object.hasOwn(b, name) && equalJson(a[name], b[name]))
	);
}
