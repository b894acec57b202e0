import { equalJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json';

/*
 * As much of JSON Schema draft 2020-12 as tools and structured outputs are written in. Keywords that are not known here
 * say nothing, and `format` is a remark.
 */

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** How texts are held against a schema. */
export interface TextRules {
	readonly matches: (text: string, pattern: string) => boolean;
	readonly hasFormat: (text: string, format: string) => boolean;
}

const usual: TextRules = {
	matches: (text, pattern) => regexOf(pattern)?.test(text) ?? true,
	hasFormat: () => true,
};

/**
 * Whether `value` is as `schema` wants it. References lead into `root`; one that leads nowhere, or in a circle, allows
 * anything. `active` are the schemas that `value` is being held against already.
 */
export function conforms(
	value: JsonValue,
	schema: JsonValue,
	root = schema,
	rules = usual,
	active: readonly JsonValue[] = [],
): boolean {
	if (typeof schema === 'boolean') return schema;
	if (!isJsonObject(schema) || active.includes(schema)) return true;
	const within = [...active, schema];
	const fits = (inner: JsonValue, part: JsonValue | undefined) =>
		part === undefined || conforms(inner, part, root, rules);
	const here = (part: JsonValue | undefined) => part === undefined || conforms(value, part, root, rules, within);
	const { $ref, type, const: constant, enum: options, anyOf, oneOf, allOf, not } = schema;
	if (typeof $ref === 'string' && !here(referredTo($ref, root))) return false;
	const types = typeof type === 'string' ? [type] : isJsonArray(type) ? type : null;
	if (types && !types.some((each) => isOfType(value, each))) return false;
	if (constant !== undefined && !equalJson(value, constant)) return false;
	if (isJsonArray(options) && !options.some((option) => equalJson(value, option))) return false;
	if (isJsonArray(anyOf) && !anyOf.some(here)) return false;
	if (isJsonArray(oneOf) && oneOf.filter(here).length !== 1) return false;
	if (isJsonArray(allOf) && !allOf.every(here)) return false;
	if (not !== undefined && here(not)) return false;
	if (schema.if !== undefined && !here(here(schema.if) ? schema.then : schema.else)) return false;
	if (typeof value === 'string') return textConforms(value, schema, rules);
	if (typeof value === 'number') return numberConforms(value, schema);
	if (isJsonArray(value)) return listConforms(value, schema, fits);
	return isJsonObject(value)
		? objectConforms(value, schema, fits, rules) && dependentsConform(value, schema, here)
		: true;
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
const isListOfNames = (value: JsonValue) => isJsonArray(value) && value.every((name) => typeof name === 'string');
const isType = (value: JsonValue) => typeof value === 'string' && TYPES.includes(value);

const keywords: Readonly<Record<string, Keyword>> = {
	type: (value) => unless(isJsonArray(value) ? value.length > 0 && value.every(isType) : isType(value)),
	properties: named,
	$defs: named,
	patternProperties: named,
	dependentSchemas: named,
	dependentRequired: (value) => unless(isJsonObject(value) && Object.values(value).every(isListOfNames)),
	required: (value) => unless(isListOfNames(value)),
	enum: (value) => unless(isJsonArray(value)),
	items: malformedIn,
	additionalProperties: malformedIn,
	not: malformedIn,
	if: malformedIn,
	then: malformedIn,
	else: malformedIn,
	contains: malformedIn,
	propertyNames: malformedIn,
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
	minContains: count,
	maxContains: count,
	minProperties: count,
	maxProperties: count,
	uniqueItems: (value) => unless(typeof value === 'boolean'),
};

function isOfType(value: JsonValue, type: JsonValue): boolean {
	if (type === 'null') return value === null;
	if (type === 'array') return isJsonArray(value);
	if (type === 'object') return isJsonObject(value);
	if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
	return typeof value === type;
}

function textConforms(text: string, { minLength, maxLength, pattern, format }: JsonObject, rules: TextRules): boolean {
	const { length } = [...text];
	if (typeof minLength === 'number' && length < minLength) return false;
	if (typeof maxLength === 'number' && length > maxLength) return false;
	if (typeof format === 'string' && !rules.hasFormat(text, format)) return false;
	return typeof pattern !== 'string' || rules.matches(text, pattern);
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
	if (contains !== undefined) {
		const { minContains: least = 1, maxContains: most = Infinity } = schema;
		const found = list.filter((item) => fits(item, contains)).length;
		if ((typeof least === 'number' && found < least) || (typeof most === 'number' && found > most)) return false;
	}
	const first = isJsonArray(prefixItems) ? prefixItems : [];
	return list.every((item, at) => fits(item, at < first.length ? first[at] : items));
}

function objectConforms(object: JsonObject, schema: JsonObject, fits: Fits, rules: TextRules): boolean {
	const { properties, patternProperties, required, additionalProperties, minProperties, maxProperties } = schema;
	const known = isJsonObject(properties) ? properties : {};
	const patterns = isJsonObject(patternProperties) ? Object.entries(patternProperties) : [];
	const entries = Object.entries(object);
	if (typeof minProperties === 'number' && entries.length < minProperties) return false;
	if (typeof maxProperties === 'number' && entries.length > maxProperties) return false;
	if (isJsonArray(required) && required.some((name) => typeof name === 'string' && !Object.hasOwn(object, name)))
		return false;
	return entries.every(([name, value]) => {
		if (!fits(name, schema.propertyNames)) return false;
		const isKnown = Object.hasOwn(known, name);
		const meant = patterns.filter(([pattern]) => rules.matches(name, pattern));
		if (!isKnown && meant.length === 0) return fits(value, additionalProperties);
		return (!isKnown || fits(value, known[name])) && meant.every(([, part]) => fits(value, part));
	});
}

/** Whether an object is also as those of its properties that it has want it. */
function dependentsConform(object: JsonObject, schema: JsonObject, here: (part: JsonValue) => boolean): boolean {
	const { dependentRequired, dependentSchemas } = schema;
	const of = (dependents: JsonValue | undefined) =>
		isJsonObject(dependents) ? Object.entries(dependents).filter(([name]) => Object.hasOwn(object, name)) : [];
	return (
		of(dependentRequired).every(([, required]) => here({ required })) &&
		of(dependentSchemas).every(([, part]) => here(part))
	);
}

function decoded(step: string): string {
	try {
		return decodeURIComponent(step);
	} catch {
		// A percent sign that encodes nothing stands for itself.
		return step;
	}
}
