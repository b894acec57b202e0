import { equalJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json';

/*
 * As much of JSON Schema draft 2020-12 as tools and structured outputs are written in. Keywords that are not known here
 * say nothing, and `format` is a remark.
 */

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
/** References followed one after the other; more are going in a circle. */
const MOST_REFERENCES = 50;

/** Whether `value` is as `schema` wants it. References lead into `root`; one that leads nowhere allows anything. */
export function conforms(value: JsonValue, schema: JsonValue, root = schema, followed = 0): boolean {
	if (typeof schema === 'boolean') return schema;
	if (!isJsonObject(schema)) return true;
	const fits = (inner: JsonValue, part: JsonValue | undefined) => part === undefined || conforms(inner, part, root);
	const here = (part: JsonValue) => conforms(value, part, root, followed + 1);
	const { $ref, type, const: constant, enum: options, anyOf, oneOf, allOf, not } = schema;
	if (typeof $ref === 'string') {
		const target = referredTo($ref, root);
		if (target !== undefined && followed < MOST_REFERENCES && !here(target)) return false;
	}
	const types = typeof type === 'string' ? [type] : isJsonArray(type) ? type : null;
	if (types && !types.some((each) => isOfType(value, each))) return false;
	if (constant !== undefined && !equalJson(value, constant)) return false;
	if (isJsonArray(options) && !options.some((option) => equalJson(value, option))) return false;
	if (isJsonArray(anyOf) && !anyOf.some(here)) return false;
	if (isJsonArray(oneOf) && oneOf.filter(here).length !== 1) return false;
	if (isJsonArray(allOf) && !allOf.every(here)) return false;
	if (not !== undefined && here(not)) return false;
	if (typeof value === 'string') return textConforms(value, schema);
	if (typeof value === 'number') return numberConforms(value, schema);
	if (isJsonArray(value)) return listConforms(value, schema, fits);
	return isJsonObject(value) ? objectConforms(value, schema, fits) : true;
}

/** What a reference inside the schema `root` points to; undefined when it leads nowhere, or out of it. */
export function referredTo(reference: string, root: JsonValue): JsonValue | undefined {
	if (!reference.startsWith('#')) return undefined;
	const steps = reference
		.split('/')
		.slice(1)
		.map((step) => decoded(step).replaceAll('~1', '/').replaceAll('~0', '~'));
	return steps.reduce<JsonValue | undefined>((here, step) => {
		if (isJsonArray(here)) return here[Number(step)];
		return isJsonObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
	}, root);
}

/** `pattern` as a regular expression; null when it is none. */
export function regexOf(pattern: string): RegExp | null {
	for (const flags of ['u', '']) {
		try {
			return new RegExp(pattern, flags);
		} catch {
			// Escapes that Unicode mode forbids are common, and mean something without it.
		}
	}
	return null;
}

/**
 * The path in `schema` of the first thing that no JSON Schema may say, such as a type that does not exist; null when it is
 * a schema. Keywords that are not known here may say anything.
 */
export function malformedIn(schema: JsonValue): (string | number)[] | null {
	if (typeof schema === 'boolean') return null;
	if (!isJsonObject(schema)) return [];
	for (const [key, value] of Object.entries(schema)) {
		const step = Object.hasOwn(keywords, key) ? keywords[key]?.(value) : null;
		if (step) return [key, ...step];
	}
	return null;
}

type Fault = (string | number)[] | null;
type Keyword = (value: JsonValue) => Fault;

const unless = (good: boolean): Fault => (good ? null : []);
const schemas = (entries: readonly (readonly [string | number, JsonValue])[]): Fault => {
	for (const [step, value] of entries) {
		const fault = malformedIn(value);
		if (fault) return [step, ...fault];
	}
	return null;
};
const named: Keyword = (value) => (isJsonObject(value) ? schemas(Object.entries(value)) : []);
const listed: Keyword = (value) =>
	isJsonArray(value) && value.length > 0 ? schemas(value.map((each, at) => [at, each] as const)) : [];
const number: Keyword = (value) => unless(typeof value === 'number');
const count: Keyword = (value) => unless(typeof value === 'number' && Number.isInteger(value) && value >= 0);
const isType = (value: JsonValue) => typeof value === 'string' && TYPES.includes(value);

const keywords: Readonly<Record<string, Keyword>> = {
	type: (value) => unless(isJsonArray(value) ? value.length > 0 && value.every(isType) : isType(value)),
	properties: named,
	$defs: named,
	patternProperties: named,
	required: (value) => unless(isJsonArray(value) && value.every((name) => typeof name === 'string')),
	enum: (value) => unless(isJsonArray(value)),
	items: malformedIn,
	additionalProperties: malformedIn,
	not: malformedIn,
	anyOf: listed,
	oneOf: listed,
	allOf: listed,
	prefixItems: listed,
	pattern: (value) => unless(typeof value === 'string' && regexOf(value) !== null),
	$ref: (value) => unless(typeof value === 'string'),
	minimum: number,
	maximum: number,
	exclusiveMinimum: number,
	exclusiveMaximum: number,
	multipleOf: (value) => unless(typeof value === 'number' && value > 0),
	minLength: count,
	maxLength: count,
	minItems: count,
	maxItems: count,
};

function isOfType(value: JsonValue, type: JsonValue): boolean {
	if (type === 'null') return value === null;
	if (type === 'array') return isJsonArray(value);
	if (type === 'object') return isJsonObject(value);
	if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
	return typeof value === type;
}

function textConforms(text: string, { minLength, maxLength, pattern }: JsonObject): boolean {
	const { length } = [...text];
	if (typeof minLength === 'number' && length < minLength) return false;
	if (typeof maxLength === 'number' && length > maxLength) return false;
	return typeof pattern !== 'string' || (regexOf(pattern)?.test(text) ?? true);
}

function numberConforms(value: number, schema: JsonObject): boolean {
	const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
	if (typeof minimum === 'number' && value < minimum) return false;
	if (typeof maximum === 'number' && value > maximum) return false;
	if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) return false;
	if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) return false;
	if (typeof multipleOf !== 'number') return true;
	// 0.3 is a multiple of 0.1, though the division of the two is not quite whole.
	const times = value / multipleOf;
	return Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times));
}

type Fits = (inner: JsonValue, part: JsonValue | undefined) => boolean;

function listConforms(list: readonly JsonValue[], schema: JsonObject, fits: Fits): boolean {
	const { items, prefixItems, minItems, maxItems, uniqueItems, contains } = schema;
	if (typeof minItems === 'number' && list.length < minItems) return false;
	if (typeof maxItems === 'number' && list.length > maxItems) return false;
	const isRepeated = (item: JsonValue, at: number) => list.slice(0, at).some((other) => equalJson(item, other));
	if (uniqueItems === true && list.some(isRepeated)) return false;
	if (contains !== undefined && !list.some((item) => fits(item, contains))) return false;
	const first = isJsonArray(prefixItems) ? prefixItems : [];
	return list.every((item, at) => fits(item, at < first.length ? first[at] : items));
}

function objectConforms(object: JsonObject, schema: JsonObject, fits: Fits): boolean {
	const { properties, required, additionalProperties, minProperties, maxProperties } = schema;
	const known = isJsonObject(properties) ? properties : {};
	const entries = Object.entries(object);
	if (typeof minProperties === 'number' && entries.length < minProperties) return false;
	if (typeof maxProperties === 'number' && entries.length > maxProperties) return false;
	if (isJsonArray(required) && required.some((name) => typeof name === 'string' && !Object.hasOwn(object, name)))
		return false;
	// Names that only a pattern allows are not looked into.
	const others = schema.patternProperties === undefined ? additionalProperties : undefined;
	return entries.every(([name, value]) => fits(value, Object.hasOwn(known, name) ? known[name] : others));
}

function decoded(step: string): string {
	try {
		return decodeURIComponent(step);
	} catch {
		// A percent sign that encodes nothing stands for itself.
		return step;
	}
}
