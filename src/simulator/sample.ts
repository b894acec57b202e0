import { conforms, referredTo, regexOf } from '../lint/json-schema';
import { equalJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import { textLike } from './pattern';
import type { Random } from './random';
import { flattened, together } from './together';

/** References and choices within each other beyond these are answered with the least that can be: they may go in a circle. */
const DEEPEST = 12;
/** How many values are tried over the whole schema before whatever there is has to do. */
const MOST_TRIES = 4000;
/** How many different values are made of one schema, where a list may not say one twice. */
const VARIANTS = 12;

/** Texts in each format, the `nth` of them, from 1 to 12. */
const formats: Readonly<Record<string, (nth: string) => string>> = {
	'date-time': (nth) => `2026-11-22T12:00:${nth}Z`,
	date: (nth) => `2026-11-${String(Number(nth) + 21 > 30 ? Number(nth) : Number(nth) + 21).padStart(2, '0')}`,
	time: (nth) => `12:00:${nth}Z`,
	duration: (nth) => `P${Number(nth)}D`,
	email: (nth) => `simulated${suffix(nth)}@example.com`,
	hostname: (nth) => `${nth === '01' ? '' : `host${nth}.`}example.com`,
	uri: (nth) => `https://example.com/${suffix(nth)}`,
	ipv4: (nth) => `192.0.2.${Number(nth)}`,
	ipv6: (nth) => `2001:db8::${Number(nth)}`,
	uuid: (nth) => `00000000-0000-4000-8000-0000000000${nth}`,
};

/**
 * A value that satisfies `schema`, with required properties only where that is enough. Where none is found, because the
 * schema allows nothing or asks for what cannot be worked out, it is the nearest that was.
 */
export function sampleOf(schema: JsonValue | undefined, random: Random): JsonValue {
	const root = isJsonObject(schema) ? schema : {};
	let tries = 0;
	return sample(root, 'value', 0);

	function sample(here: JsonValue, name: string, depth: number): JsonValue {
		let nearest: JsonValue | undefined;
		for (const value of candidates(here, name, depth)) {
			if (conforms(value, here, root)) return value;
			nearest ??= value;
			if (tries++ > MOST_TRIES) break;
		}
		return nearest ?? null;
	}

	/** Values that may satisfy the schema, the likeliest first. */
	function* candidates(here: JsonValue, name: string, depth: number): Generator<JsonValue> {
		if (depth > DEEPEST || tries > MOST_TRIES || here === false) return;
		if (isJsonObject(here) && typeof here.$ref === 'string' && referredTo(here.$ref, root) === undefined) return;
		const isPlain = isJsonObject(here) && here.$ref === undefined && here.allOf === undefined;
		const within = isPlain ? depth : depth + 1;
		const schema = flattened(here, root);
		const { const: constant, enum: options, anyOf, oneOf, ...rest } = schema;
		if (constant !== undefined) {
			yield constant;
			return;
		}
		if (isJsonArray(options)) return yield* inSomeOrder(options);
		const union = isJsonArray(anyOf) ? anyOf : oneOf;
		if (isJsonArray(union)) {
			const others = isJsonArray(anyOf) && oneOf !== undefined ? { ...rest, oneOf } : rest;
			for (const option of inSomeOrder(union))
				yield* candidates(together(others, flattened(option, root)), name, within + 1);
			return;
		}
		for (const type of inSomeOrder(typesIn(schema))) {
			if (type === 'object') yield* objects(schema, within);
			else if (type === 'array') yield* lists(schema, name, within);
			else if (type === 'number' || type === 'integer') yield* numbers(schema, type === 'integer');
			else if (type === 'boolean') yield* inSomeOrder([true, false]);
			else if (type === 'null') yield null;
			else if (type === 'string') yield* texts(schema, name, random);
		}
	}

	function* objects(schema: JsonObject, depth: number): Generator<JsonObject> {
		const known = isJsonObject(schema.properties) ? schema.properties : {};
		const { additionalProperties: others = {}, minProperties: least } = schema;
		const listed = (isJsonArray(schema.required) ? schema.required : []).filter((name) => typeof name === 'string');
		// Required ones come first, but in the order in which they are described.
		const required = [...new Set([...Object.keys(known).filter((name) => listed.includes(name)), ...listed])];
		const schemaOf = (name: string) => (Object.hasOwn(known, name) ? known[name]! : others); // just seen to be there
		const object = (names: readonly string[]): JsonObject =>
			Object.fromEntries(names.map((name) => [name, sample(schemaOf(name), name, depth)]));
		const first = object(required);
		yield first;
		const names = [...new Set([...required, ...Object.keys(known)])];
		const wanted = typeof least === 'number' ? Math.min(least, 100) : 0;
		for (let nth = 1; names.length < wanted; nth++) names.push(`simulated_${nth}`);
		if (names.length > required.length) yield object(names);
		for (const name of required) {
			let variants = 0;
			for (const value of candidates(schemaOf(name), name, depth)) {
				if (variants++ > VARIANTS) break;
				yield { ...first, [name]: value };
			}
		}
	}

	function* lists(schema: JsonObject, name: string, depth: number): Generator<JsonValue[]> {
		const { items = {}, prefixItems, contains, uniqueItems } = schema;
		const least = typeof schema.minItems === 'number' ? Math.min(schema.minItems, 1000) : 0;
		const first = isJsonArray(prefixItems) ? prefixItems : contains === undefined ? [] : [{ allOf: [contains, items] }];
		// One item shows what a list holds, where it is said.
		const usual = schema.items === undefined ? first.length : Math.max(1, first.length);
		for (const length of new Set([Math.max(least, usual), Math.max(least, first.length), least])) {
			const list: JsonValue[] = [];
			for (let at = 0; at < length; at++) {
				const item = at < first.length ? first[at]! : items; // just seen to be there
				list.push(uniqueItems === true ? another(item, list, name, depth) : sample(item, name, depth));
			}
			yield list;
		}
	}

	/** A value for `item` that is not in `list` yet. */
	function another(item: JsonValue, list: readonly JsonValue[], name: string, depth: number): JsonValue {
		for (const value of candidates(item, name, depth)) {
			if (tries++ > MOST_TRIES) break;
			if (!list.some((other) => equalJson(value, other)) && conforms(value, item, root)) return value;
		}
		return sample(item, name, depth);
	}

	/** All of `values`, from a chosen one on. */
	function inSomeOrder(values: readonly JsonValue[]): JsonValue[] {
		const at = values.length > 1 ? Math.floor(random() * values.length) : 0;
		return [...values.slice(at), ...values.slice(0, at)];
	}
}

/** The types that `schema` allows; where it does not say, the one that its other words are about. */
function typesIn({ type, ...schema }: JsonObject): readonly JsonValue[] {
	if (type !== undefined) return isJsonArray(type) ? type : [type];
	const speaksOf = (...keys: string[]) => keys.some((key) => schema[key] !== undefined);
	if (speaksOf('properties', 'required', 'additionalProperties', 'minProperties')) return ['object'];
	if (speaksOf('items', 'prefixItems', 'minItems', 'contains', 'uniqueItems')) return ['array'];
	if (speaksOf('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf')) return ['number'];
	return ['string'];
}

function* numbers(schema: JsonObject, whole: boolean): Generator<number> {
	const bound = (key: string) => (typeof schema[key] === 'number' ? schema[key] : null);
	const [low, high] = [bound('minimum') ?? bound('exclusiveMinimum'), bound('maximum') ?? bound('exclusiveMaximum')];
	const step = stepOf(bound('multipleOf'), whole);
	if (step === null) {
		const near = low ?? Math.min(high ?? 1, 1);
		yield near;
		if (low !== null && high !== null) yield (low + high) / 2;
		yield* [near + 0.5, near - 0.5];
	}
	const by = step ?? 1;
	// Counted from below, or else down from above.
	const start =
		low === null ? Math.floor(Math.min(high ?? Math.max(by, 1), Math.max(by, 1)) / by) : Math.ceil(low / by);
	for (let nth = 0; nth <= VARIANTS; nth++)
		// Without the dust of binary fractions: 3 × 0.1.
		yield Number(((start + (low === null && high !== null ? -nth : nth)) * by).toPrecision(12));
}

/** What a number has to be a multiple of; null when it may be anything. */
function stepOf(multipleOf: number | null, whole: boolean): number | null {
	if (multipleOf === null) return whole ? 1 : null;
	if (!whole) return multipleOf;
	for (let times = 1; times <= 1000; times++) {
		const step = Number((multipleOf * times).toPrecision(12));
		if (Number.isInteger(step)) return step;
	}
	return multipleOf;
}

function* texts(schema: JsonObject, name: string, random: Random): Generator<string> {
	const { format, pattern, minLength, maxLength } = schema;
	const least = typeof minLength === 'number' ? Math.min(minLength, 10_000) : 0;
	const most = typeof maxLength === 'number' ? maxLength : Infinity;
	if (typeof pattern === 'string' && regexOf(pattern)) {
		for (let extra = 0; extra <= Math.max(least, VARIANTS); extra++) {
			const text = textLike(pattern, extra, random);
			yield text;
			if ([...text].length > most) break;
			if (text.length < least) yield text.padEnd(least, '.');
		}
		return;
	}
	const known = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined;
	for (let nth = 1; nth <= VARIANTS; nth++) {
		const written = String(nth).padStart(2, '0');
		const words = known?.(written) ?? `simulated ${name.replaceAll(/[_-]+/g, ' ')}${nth === 1 ? '' : ` ${nth}`}`;
		const text = [...words.padEnd(least, '.')].slice(0, most).join('');
		// Cut short, they would all be the same.
		yield nth > 1 && text.length < words.length ? `${nth}${text}`.slice(0, most) : text;
	}
}

function suffix(nth: string): string {
	return nth === '01' ? '' : nth;
}
