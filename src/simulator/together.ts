import { equalJson, isJsonArray, isJsonObject, valueAt, type JsonObject, type JsonValue } from '../model/json';
import { referredTo } from '../lint/json-schema';
import { hasMatch } from './texts';

/** References followed one after the other; more are going in a circle. */
const MOST_REFERENCES = 20;

/**
 * What one value may be: a schema with neither references nor parts, in which `const`, `pattern`, `format`, `multipleOf` and
 * `contains` are lists of all that were said, of `contains` the schemas that say it; and the choices that are still to be made.
 */
export interface Wish {
	readonly schema: JsonObject;
	/** Of each of these lists one has to be satisfied as well. */
	readonly choices: readonly (readonly JsonValue[])[];
	/** How many references had to be followed for it. */
	readonly followed: number;
}

export const anything: Wish = { schema: {}, choices: [], followed: 0 };

/** What `wish` and `schema` both want, or null when no value can be both. */
export function withMore(wish: Wish, schema: JsonValue, root: JsonValue, within = 0): Wish | null {
	if (schema === false) return null;
	if (!isJsonObject(schema) || within > MOST_REFERENCES) return wish;
	const { $ref, allOf, anyOf, oneOf, not, if: condition, then = true, else: otherwise = true, ...own } = schema;
	const target = typeof $ref === 'string' ? referredTo($ref, root) : undefined;
	const choices: (readonly JsonValue[])[] = isJsonArray(anyOf) ? [anyOf] : [];
	if (isJsonArray(oneOf)) choices.push([...oneOf, ...oneOf.map((option) => onlyOne(option, oneOf))]);
	if (condition !== undefined) choices.push([{ allOf: [condition, then] }, { allOf: [{ not: condition }, otherwise] }]);
	if (not !== undefined) {
		const ways = oppositesOf(not, root);
		if (ways) choices.push(ways);
	}
	let all: Wish | null = { ...wish, choices: [...wish.choices, ...choices], schema: together(wish.schema, own) };
	if (target !== undefined) all = withMore({ ...all, followed: all.followed + 1 }, target, root, within + 1);
	for (const part of isJsonArray(allOf) ? allOf : []) all &&= withMore(all, part, root, within + 1);
	return all && isPossible(all.schema) ? all : null;
}

/** `option` where it may not be another of `options` at the same time. */
function onlyOne(option: JsonValue, options: readonly JsonValue[]): JsonValue {
	return { allOf: [option, ...options.filter((other) => other !== option).map(not)] };
}

/** The ways to make the first choice of `wish`, each of which may bring others. */
export function* choosing(wish: Wish, root: JsonValue, order: <T>(list: readonly T[]) => T[]): Generator<Wish> {
	const [first = [], ...choices] = wish.choices;
	for (const option of order(first)) {
		const chosen = withMore({ ...wish, choices }, option, root);
		if (chosen) yield chosen;
	}
}

/**
 * The schemas of which a value satisfies at least one just when it does not satisfy `schema`; null where that cannot be
 * said so.
 */
function oppositesOf(schema: JsonValue, root: JsonValue, within = 0): JsonValue[] | null {
	if (schema === true) return [false];
	if (!isJsonObject(schema)) return [true];
	if (within > MOST_REFERENCES) return null;
	const ways: JsonValue[] = [];
	for (const [key, value] of Object.entries(schema)) {
		if (key === '$ref' && typeof value === 'string') {
			const target = referredTo(value, root);
			const more = target === undefined ? [] : oppositesOf(target, root, within + 1);
			if (!more) return null;
			ways.push(...more);
		} else ways.push(...(Object.hasOwn(opposites, key) ? opposites[key]!(value, schema) : [])); // just seen to be there
	}
	return ways.length === 0 ? [false] : ways;
}

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
const counted = (type: string, key: string, by: number) => (value: JsonValue) =>
	typeof value === 'number' && value + by >= 0 ? [{ type, [key]: value + by }] : [];
const bounded = (key: string) => (value: JsonValue) => [{ type: 'number', [key]: value }];
const not = (schema: JsonValue): JsonValue => ({ not: schema });

/** What a value may be that is not as a keyword says; where that is more than can be said, whatever comes near. */
const opposites: Readonly<Record<string, (value: JsonValue, schema: JsonObject) => JsonValue[]>> = {
	type: (value) => {
		const types = typesOf(value);
		const others = TYPES.filter((type) => !types.includes(type) && !(type === 'number' && types.includes('integer')));
		return types.includes('integer') && !types.includes('number')
			? [{ type: others }, { type: 'number' }]
			: [{ type: others }];
	},
	const: () => [true],
	enum: () => [true],
	pattern: () => [{ type: 'string' }],
	format: () => [{ type: 'string' }],
	multipleOf: () => [{ type: 'number' }],
	uniqueItems: () => [{ type: 'array' }],
	minimum: bounded('exclusiveMaximum'),
	maximum: bounded('exclusiveMinimum'),
	exclusiveMinimum: bounded('maximum'),
	exclusiveMaximum: bounded('minimum'),
	minLength: counted('string', 'maxLength', -1),
	maxLength: counted('string', 'minLength', 1),
	minItems: counted('array', 'maxItems', -1),
	maxItems: counted('array', 'minItems', 1),
	minProperties: counted('object', 'maxProperties', -1),
	maxProperties: counted('object', 'minProperties', 1),
	required: (value) => namesIn(value).map((name) => ({ type: 'object', properties: { [name]: false } })),
	properties: (value) =>
		isJsonObject(value)
			? Object.entries(value).map(([name, part]) => ({
					type: 'object',
					properties: { [name]: not(part) },
					required: [name],
				}))
			: [],
	items: (value, { prefixItems }) => (prefixItems === undefined ? [{ type: 'array', contains: not(value) }] : []),
	contains: (value, { minContains, maxContains }) =>
		minContains === undefined && maxContains === undefined ? [{ type: 'array', items: not(value) }] : [],
	propertyNames: () => [{ type: 'object' }],
	additionalProperties: (value) => [
		{ type: 'object', properties: { simulated_other: not(value) }, required: ['simulated_other'] },
	],
	allOf: (value) => listOf(value).map(not),
	anyOf: (value) => [{ allOf: listOf(value).map(not) }],
	oneOf: () => [true],
	not: (value) => [value],
	if: (value, { then = true, else: otherwise = true }) => [
		{ allOf: [value, not(then)] },
		{ allOf: [not(value), not(otherwise)] },
	],
};

/** Whether nothing speaks against it at first sight. */
function isPossible(schema: JsonObject): boolean {
	const { type, enum: options, required, minLength, maxLength, minItems, maxItems, minimum, maximum } = schema;
	const crossed = (least: JsonValue | undefined, most: JsonValue | undefined) =>
		typeof least === 'number' && typeof most === 'number' && least > most;
	const types = typesOf(type ?? TYPES);
	const isOnly = (...kinds: string[]) => types.every((each) => typeof each === 'string' && kinds.includes(each));
	if (types.length === 0 || (isJsonArray(options) && options.length === 0)) return false;
	if (isOnly('object') && namesIn(required ?? []).some((name) => partFor(name, schema) === false)) return false;
	if (isOnly('string') && crossed(minLength, maxLength)) return false;
	if (isOnly('array') && crossed(minItems, maxItems)) return false;
	return !(isOnly('number', 'integer') && crossed(minimum, maximum));
}

/** The schema of what both `a` and `b` allow; of `b` alone nothing has been gathered in lists yet. */
function together(a: JsonObject, b: JsonObject): JsonObject {
	const both: Record<string, JsonValue> = { ...a };
	for (const [key, value] of Object.entries(b)) {
		const other = valueAt(a, [key]);
		if (GATHERED.includes(key)) both[key] = [...listOf(other ?? []), key === 'contains' ? b : value];
		else if (other === undefined) both[key] = value;
		else if (Object.hasOwn(join, key)) both[key] = join[key]!(other, value); // just seen to be there
	}
	if (a.properties !== undefined || b.properties !== undefined || b.patternProperties !== undefined) {
		const names = [
			...new Set([a, b].flatMap(({ properties }) => (isJsonObject(properties) ? Object.keys(properties) : []))),
		];
		both.properties = Object.fromEntries(names.map((name) => [name, all(partFor(name, a), partFor(name, b))]));
	}
	if (a.prefixItems !== undefined || b.prefixItems !== undefined) {
		const length = Math.max(listOf(a.prefixItems ?? []).length, listOf(b.prefixItems ?? []).length);
		both.prefixItems = Array.from({ length }, (_, at) => all(itemAt(at, a), itemAt(at, b)));
	}
	return both;
}

/** Keywords of which all that was said is kept. */
const GATHERED = ['const', 'pattern', 'format', 'multipleOf', 'contains'];

/** What the property `name` has to be in an object as `schema` wants it: what it is called for, or what others are. */
export function partFor(name: string, { properties, patternProperties, additionalProperties }: JsonObject): JsonValue {
	const known = isJsonObject(properties) && Object.hasOwn(properties, name) ? [properties[name]!] : []; // just seen
	const patterns = isJsonObject(patternProperties) ? Object.entries(patternProperties) : [];
	const meant = patterns.filter(([pattern]) => hasMatch(name, pattern)).map(([, part]) => part);
	return (
		[...known, ...meant].reduce<JsonValue | null>((whole, part) => (whole === null ? part : all(whole, part)), null) ??
		additionalProperties ??
		true
	);
}

/** What the item at `at` has to be in a list as `schema` wants it. */
export function itemAt(at: number, { prefixItems, items }: JsonObject): JsonValue {
	return listOf(prefixItems ?? [])[at] ?? items ?? true;
}

const higher = (a: JsonValue, b: JsonValue) => Math.max(Number(a), Number(b));
const lower = (a: JsonValue, b: JsonValue) => Math.min(Number(a), Number(b));
const all = (a: JsonValue, b: JsonValue): JsonValue => {
	if (a === true || equalJson(a, b)) return b;
	return b === true ? a : a === false || b === false ? false : { allOf: [a, b] };
};
const namedLists = (a: JsonValue, b: JsonValue) =>
	byName(a, b, (one, other) => [...new Set([...listOf(one), ...listOf(other)])]);

/** How two sayings of one keyword become one; of any other keyword the first is kept. */
const join: Readonly<Record<string, (a: JsonValue, b: JsonValue) => JsonValue>> = {
	type: (a, b) => typesOf(a).filter((type) => typesOf(b).includes(type)),
	enum: (a, b) => listOf(a).filter((option) => listOf(b).some((other) => equalJson(option, other))),
	required: (a, b) => [...new Set([...listOf(a), ...listOf(b)])],
	patternProperties: (a, b) => byName(a, b, all),
	dependentRequired: namedLists,
	dependentSchemas: (a, b) => byName(a, b, all),
	items: all,
	propertyNames: all,
	additionalProperties: all,
	uniqueItems: (a, b) => a === true || b === true,
	minimum: higher,
	exclusiveMinimum: higher,
	minLength: higher,
	minItems: higher,
	minProperties: higher,
	maximum: lower,
	exclusiveMaximum: lower,
	maxLength: lower,
	maxItems: lower,
	maxProperties: lower,
};

/** The types that a `type` names; whole numbers are numbers too. */
function typesOf(type: JsonValue): JsonValue[] {
	const types = isJsonArray(type) ? [...type] : [type];
	return types.includes('number') && !types.includes('integer') ? [...types, 'integer'] : types;
}

function listOf(value: JsonValue): readonly JsonValue[] {
	return isJsonArray(value) ? value : [];
}

function namesIn(value: JsonValue): string[] {
	return listOf(value).filter((name) => typeof name === 'string');
}

function byName(a: JsonValue, b: JsonValue, joined: (one: JsonValue, other: JsonValue) => JsonValue): JsonValue {
	if (!isJsonObject(a) || !isJsonObject(b)) return b;
	const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
	return Object.fromEntries(
		names.map((name) => {
			const [one, other] = [valueAt(a, [name]), valueAt(b, [name])];
			return [name, one === undefined ? (other ?? true) : other === undefined ? one : joined(one, other)];
		}),
	);
}
