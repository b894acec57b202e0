import fc from 'fast-check';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/model/json';

/*
 * Schemas that something satisfies: each is written around a value that does. Whatever keyword is chosen, what it says is
 * true of that value.
 */

const words = fc.stringMatching(/^[a-z]{1,6}$/);
const scalars = fc.oneof(
	fc.constant<JsonValue>(null),
	fc.boolean(),
	fc.integer({ min: -30, max: 30 }),
	fc.integer({ min: -30, max: 30 }).map((number) => number / 2),
	words,
	fc.constantFrom('2026-11-22', 'a@example.com', 'ABC-1234', 'x'.repeat(40), '/a/b', '2001:db8::1', 'Pa55word!'),
);
const { values } = fc.letrec<{ values: JsonValue; list: JsonValue; object: JsonValue }>((tie) => ({
	values: fc.oneof({ maxDepth: 2, depthSize: 'small' }, scalars, tie('list'), tie('object')),
	list: fc.array(tie('values'), { maxLength: 4 }),
	object: fc.dictionary(words, tie('values'), { maxKeys: 4, noNullPrototype: true }),
}));

/** A schema, and a value that satisfies it. */
export interface Satisfiable {
	readonly schema: JsonObject;
	readonly witness: JsonValue;
}

/** Schemas of every keyword that is known, with others within each other up to `depth`. */
export function satisfiable(depth: number): fc.Arbitrary<Satisfiable> {
	return values.chain((witness) =>
		fc.tuple(schemaOf(witness, depth), fc.boolean()).map(([schema, isReferredTo]) => ({
			schema: isReferredTo ? { $ref: '#/$defs/it', $defs: { it: schema } } : schema,
			witness,
		})),
	);
}

function schemaOf(value: JsonValue, depth: number): fc.Arbitrary<JsonObject> {
	const own = ownKeywords(value, depth);
	const parts = depth === 0 ? own : [...own, ...combinations(value, depth)];
	return fc.tuple(fc.boolean(), fc.subarray(parts, { maxLength: Math.min(4, parts.length) })).chain(([typed, chosen]) =>
		fc.tuple(...chosen).map((said) => {
			const type: JsonObject = typed ? { type: typeOf(value) } : {};
			return said.reduce<JsonObject>((schema, part) => ({ ...schema, ...part }), type);
		}),
	);
}

function combinations(value: JsonValue, depth: number): fc.Arbitrary<JsonObject>[] {
	const right = schemaOf(value, depth - 1);
	const wrong = wrongFor(value);
	const any = values.chain((other) => schemaOf(other, depth - 1));
	return [
		fc.tuple(right, any).map(([one, other]) => ({ anyOf: [other, one] })),
		fc.tuple(right, right).map((allOf) => ({ allOf })),
		fc.tuple(wrong, right, wrong).map((oneOf) => ({ oneOf })),
		wrong.map((not) => ({ not })),
		fc.tuple(right, right, any).map(([condition, then, otherwise]) => ({ if: condition, then, else: otherwise })),
		fc.tuple(wrong, any, right).map(([condition, then, otherwise]) => ({ if: condition, then, else: otherwise })),
	];
}

/** Schemas that `value` does not satisfy. */
function wrongFor(value: JsonValue): fc.Arbitrary<JsonObject> {
	const others = ['null', 'boolean', 'integer', 'string', 'array', 'object'].filter(
		(type) => !typesOf(value).includes(type),
	);
	const kinds = [
		fc.constantFrom(...others).map((type): JsonObject => ({ type })),
		fc.constant<JsonObject>({ enum: [value] }).map(({ enum: options }) => ({ not: { enum: options! } })),
	];
	if (isJsonObject(value)) kinds.push(fc.constant({ required: ['missing'] }));
	if (typeof value === 'number') kinds.push(fc.constant({ minimum: value + 1 }));
	if (typeof value === 'string')
		kinds.push(fc.constant({ minLength: value.length + 1 }), fc.constant({ pattern: '^[é]' }));
	if (isJsonArray(value)) kinds.push(fc.constant({ minItems: value.length + 1 }));
	return fc.oneof(...kinds);
}

function ownKeywords(value: JsonValue, depth: number): fc.Arbitrary<JsonObject>[] {
	const options = fc.array(scalars, { maxLength: 2 }).map((others): JsonObject => ({ enum: [...others, value] }));
	if (typeof value === 'number') return [options, ...aboutNumber(value)];
	if (typeof value === 'string') return [options, ...aboutText(value)];
	if (isJsonArray(value)) return aboutList(value, depth);
	return isJsonObject(value) ? aboutObject(value, depth) : [fc.constant<JsonObject>({ const: value }), options];
}

function aboutNumber(value: number): fc.Arbitrary<JsonObject>[] {
	const less = fc.integer({ min: 0, max: 9 });
	return [
		less.map((by) => ({ minimum: value - by })),
		less.map((by) => ({ maximum: value + by })),
		less.map((by) => ({ exclusiveMinimum: value - by - 0.5 })),
		less.map((by) => ({ exclusiveMaximum: value + by + 0.5 })),
		fc.constantFrom(0.5, value === 0 ? 7 : Math.abs(value)).map((multipleOf) => ({ multipleOf })),
	];
}

function aboutText(value: string): fc.Arbitrary<JsonObject>[] {
	const patterns = ['^[a-z]+$', '[0-9]', '[A-Z]', '^[a-z]', '^.{1,12}$', '^(?=.*[A-Z])(?=.*\\d).{8,}$', '-', '^(x+)+$'];
	const fitting = patterns.filter((pattern) => new RegExp(pattern, 'u').test(value));
	const formats: Record<string, string> = {
		'2026-11-22': 'date',
		'a@example.com': 'email',
		'/a/b': 'json-pointer',
		'2001:db8::1': 'ipv6',
	};
	const format = formats[value];
	return [
		fc.nat(5).map((by) => ({ minLength: Math.max(0, value.length - by) })),
		fc.nat(5).map((by) => ({ maxLength: value.length + by })),
		...fitting.map((pattern) => fc.constant({ pattern })),
		...(fitting.length > 1 ? [fc.constant({ allOf: fitting.map((pattern) => ({ pattern })) })] : []),
		...(format ? [fc.constant({ format })] : []),
	];
}

function aboutList(list: readonly JsonValue[], depth: number): fc.Arbitrary<JsonObject>[] {
	const keywords: fc.Arbitrary<JsonObject>[] = [
		fc.nat(2).map((by) => ({ minItems: Math.max(0, list.length - by) })),
		fc.nat(2).map((by) => ({ maxItems: list.length + by })),
	];
	if (new Set(list.map((item) => JSON.stringify(item))).size === list.length)
		keywords.push(fc.constant({ uniqueItems: true }));
	if (list.length === 0 || depth === 0) return keywords;
	const parts = list.map((item) => schemaOf(item, depth - 1));
	return [
		...keywords,
		fc.tuple(...parts).map((anyOf) => ({ items: { anyOf } })),
		fc.tuple(...parts).map((prefixItems) => ({ prefixItems })),
		fc.tuple(...parts).map((prefixItems) => ({ prefixItems, items: false })),
		fc
			.tuple(parts[0]!, fc.constantFrom(0, 1))
			.map(([contains, minContains]) => ({ contains, minContains, maxContains: list.length })),
		fc.constant({
			contains: { const: list[0]! },
			minContains: 1,
			maxContains: list.filter((item) => JSON.stringify(item) === JSON.stringify(list[0])).length,
		}),
	];
}

function aboutObject(object: JsonObject, depth: number): fc.Arbitrary<JsonObject>[] {
	const names = Object.keys(object);
	const keywords: fc.Arbitrary<JsonObject>[] = [
		fc.subarray(names).map((required) => ({ required })),
		fc.nat(2).map((by) => ({ minProperties: Math.max(0, names.length - by) })),
		fc.nat(2).map((by) => ({ maxProperties: names.length + by })),
		fc.constant({ propertyNames: { pattern: '^[a-z]+$', maxLength: 6 } }),
		fc.constant({ dependentRequired: Object.fromEntries([...names, 'absent'].map((name) => [name, names])) }),
	];
	if (names.length === 0 || depth === 0) return keywords;
	const parts = fc.tuple(...names.map((name) => schemaOf(object[name]!, depth - 1)));
	const named = parts.map((schemas) => Object.fromEntries(names.map((name, at) => [name, schemas[at]!])));
	return [
		...keywords,
		named.map((properties) => ({ properties })),
		named.map((properties) => ({ properties, additionalProperties: false, required: names })),
		named.map((properties) => ({
			patternProperties: Object.fromEntries(names.map((name) => [`^${name}$`, properties[name]!])),
			additionalProperties: false,
		})),
		parts.map((anyOf) => ({ additionalProperties: { anyOf } })),
		schemaOf(object, depth - 1).map((schema) => ({ dependentSchemas: { [names[0]!]: schema } })),
	];
}

function typeOf(value: JsonValue): string {
	if (value === null) return 'null';
	return isJsonArray(value) ? 'array' : typeof value;
}

function typesOf(value: JsonValue): string[] {
	return Number.isInteger(value) ? ['integer', 'number'] : [typeOf(value)];
}
