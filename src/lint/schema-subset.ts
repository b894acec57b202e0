import { isJsonArray, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../model/json';
import { referredTo } from './json-schema';
import type { Fault } from './rule';

/*
 * What structured outputs and strict tools take of JSON Schema, and what the API says of the rest.
 * https://platform.claude.com/docs/en/build-with-claude/structured-outputs and its recorded answers, checked 2026-11-22.
 */

const CONDITION = ['if', 'then', 'else'];
/**
 * The keywords of JSON Schema that the documentation does not list among those it takes, by the type they are about. What
 * an object may not have is refused in the same words whatever it is: `minProperties`, `propertyNames`, `items`, `minItems`,
 * `name` and `strict` are quoted in several repositories of 2026.
 */
const UNSUPPORTED: ReadonlyMap<string, readonly string[]> = new Map([
	[
		'object',
		[
			...CONDITION,
			...['dependentRequired', 'dependentSchemas', 'unevaluatedProperties', 'patternProperties', 'propertyNames'],
			...['minProperties', 'maxProperties', 'items', 'minItems'],
		],
	],
	['array', ['maxItems', 'uniqueItems', 'contains', 'minContains', 'maxContains', 'prefixItems', 'unevaluatedItems']],
	['integer', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
	['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
]);

/** The formats of text that are taken. */
const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'];

/** Looking ahead or behind, references back, and edges of words, unless their backslash is itself escaped. */
const UNSUPPORTED_REGEX = /\(\?<?[=!]|(?<!\\)(?:\\\\)*\\(?:[1-9]|k<|b|B)/;

/** A fault at a keyword of a schema; `said` is what the API says, where that was seen. */
type Refuse = (key: string, message: string, said?: string) => Fault;

/** What in `schema` is not taken; `name` is how the API calls the place of the whole schema. */
export function schemaFaults(schema: JsonObject, path: JsonPath, name: string): Fault[] {
	const loop = circleIn(schema);
	return [
		...(loop === null
			? []
			: [
					{
						path,
						message: `The schema refers to itself: ${loop}.`,
						apiMessage: `${name}: Invalid schema: Circular reference detected in schema definitions: ${loop}. Self-referencing or mutually-referencing definitions are not supported.`,
					},
				]),
		...faultsOf(schema, path, name, schema),
	];
}

/** The faults in the part `schema` of the schema `root`. */
function faultsOf(schema: JsonValue, path: JsonPath, name: string, root: JsonObject): Fault[] {
	if (!isJsonObject(schema)) return [];
	const refuse: Refuse = (key, message, said) => ({
		path: Object.hasOwn(schema, key) ? [...path, key] : path,
		message,
		...(said !== undefined && { apiMessage: `${name}: ${said}` }),
	});
	if (Object.keys(schema).length === 0)
		return [
			refuse(
				'',
				'A schema that allows anything is not taken.',
				'Empty schema ({}) that accepts any JSON value is not supported.',
			),
		];
	if (schema.oneOf !== undefined)
		return [refuse('oneOf', 'oneOf is not taken; use anyOf.', "Schema type 'oneOf' is not supported")];
	if (schema.not !== undefined) return [refuse('not', 'not is not taken.', "Schema keyword 'not' is not supported")];
	const faults = valueFaults(schema, root, refuse);
	if (schema.anyOf !== undefined)
		for (const key of ['type', 'discriminator', 'additionalProperties'].filter((beside) =>
			Object.hasOwn(schema, beside),
		))
			faults.push(refuse(key, `${key} cannot stand beside anyOf.`, `For 'anyOf', '${key}' is not supported`));
	const types = (isJsonArray(schema.type) ? schema.type : [schema.type]).filter((type) => typeof type === 'string');
	if (types.includes('object') && schema.additionalProperties !== false)
		faults.push({
			...refuse(
				'additionalProperties',
				'Every object of the schema needs "additionalProperties": false.',
				isJsonObject(schema.additionalProperties)
					? "For 'object' type, 'additionalProperties: object' is not supported. Please set 'additionalProperties' to false"
					: "For 'object' type, 'additionalProperties' must be explicitly set to false",
			),
			fixes: [
				{
					label: 'Set additionalProperties to false',
					changes: [{ kind: 'set', path: [...path, 'additionalProperties'], value: false }],
				},
			],
		});
	const condition = types.includes('object') ? undefined : CONDITION.find((key) => Object.hasOwn(schema, key));
	if (condition !== undefined) faults.push(refuse(condition, 'Conditions are not taken.'));
	for (const type of types) {
		const keys = UNSUPPORTED.get(type)?.filter((unsupported) => Object.hasOwn(schema, unsupported)) ?? [];
		const said = keys.length > 1 ? `properties ${keys.toSorted().join(', ')} are` : `property '${keys.join('')}' is`;
		for (const key of keys)
			faults.push({
				...refuse(key, `${key} is not taken in a schema of type ${type}.`, `For '${type}' type, ${said} not supported`),
				fixes: [{ label: `Remove ${key}`, changes: [{ kind: 'remove', path: [...path, key] }] }],
			});
	}
	if (types.includes('array') && isJsonArray(schema.items))
		faults.push(
			refuse(
				'items',
				'A list has one schema for all its items.',
				"Invalid schema: Array types must be specified with a single object schema for 'items'.",
			),
		);
	if (isJsonObject(schema.properties) && Object.values(schema.properties).some((inner) => typeof inner === 'boolean'))
		faults.push(
			refuse(
				'properties',
				'A property needs a schema of its own.',
				"For 'object' type, property 'properties' is not supported",
			),
		);
	return [
		...faults,
		...childrenOf(schema).flatMap(([steps, child]) => faultsOf(child, [...path, ...steps], name, root)),
	];
}

/** What is not taken of the values a schema allows. Where there is wording, several repositories of 2026 quote it. */
function valueFaults(
	{ type, enum: options, $ref, minItems, pattern, format }: JsonObject,
	root: JsonObject,
	refuse: Refuse,
): Fault[] {
	const is = (name: string) => type === name || (isJsonArray(type) && type.includes(name));
	return [
		isJsonArray(options) &&
			options.some((option) => typeof option === 'object' && option !== null) &&
			refuse('enum', 'The values of an enum are texts, numbers, true, false or null.'),
		$ref === '#' && refuse('$ref', 'The schema refers to itself.'),
		typeof $ref === 'string' &&
			referredTo($ref, root) === undefined &&
			refuse(
				'$ref',
				'A reference leads to a place in the schema.',
				$ref.startsWith('#/') ? `Invalid schema: Reference to non-existent definition: ${$ref}` : undefined,
			),
		is('array') &&
			typeof minItems === 'number' &&
			minItems > 1 &&
			refuse(
				'minItems',
				'minItems is 0 or 1.',
				"For 'array' type, 'minItems' values other than 0 or 1 are not supported",
			),
		is('string') &&
			typeof pattern === 'string' &&
			UNSUPPORTED_REGEX.test(pattern) &&
			// The recorded text goes on from here.
			refuse(
				'pattern',
				'A pattern cannot look around, refer back, or ask for the edge of a word.',
				'Unsupported regex feature in pattern field',
			),
		is('string') &&
			typeof format === 'string' &&
			!FORMATS.includes(format) &&
			refuse('format', `The format “${format}” is not taken; ${FORMATS.join(', ')} are.`),
	].filter((fault) => fault !== false);
}

/** Every schema right inside `schema`, with the steps to it. */
function childrenOf(schema: JsonObject): [JsonPath, JsonValue][] {
	const named = ['properties', '$defs', 'definitions'].flatMap((key) => {
		const group = schema[key];
		return isJsonObject(group)
			? Object.entries(group).map(([inner, child]): [JsonPath, JsonValue] => [[key, inner], child])
			: [];
	});
	const listed = ['anyOf', 'allOf'].flatMap((key) => {
		const group = schema[key];
		return isJsonArray(group) ? group.map((child, index): [JsonPath, JsonValue] => [[key, index], child]) : [];
	});
	const { items } = schema;
	return [...named, ...listed, ...(isJsonObject(items) ? [[['items'], items] as [JsonPath, JsonValue]] : [])];
}

/**
 * The places of `schema` that lead back to themselves, definitions by their names as the API writes them: `Node -> Node`;
 * null when none does.
 */
function circleIn(schema: JsonObject): string | null {
	const definitions = ['$defs', 'definitions'].flatMap((key) =>
		isJsonObject(schema[key]) ? Object.keys(schema[key]).map((name) => `#/${key}/${name}`) : [],
	);
	const clear = new Set<string>();
	const walk = (reference: string, trail: readonly string[]): string | null => {
		if (trail.includes(reference))
			return [...trail.slice(trail.indexOf(reference)), reference].map(nameOf).join(' -> ');
		if (clear.has(reference)) return null;
		for (const next of referencesOf(referredTo(reference, schema) ?? null)) {
			const loop = walk(next, [...trail, reference]);
			if (loop !== null) return loop;
		}
		clear.add(reference);
		return null;
	};
	for (const reference of [...definitions, ...referencesOf(schema)]) {
		const loop = walk(reference, []);
		if (loop !== null) return loop;
	}
	return null;
}

function nameOf(reference: string): string {
	return /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(reference)?.[1] ?? reference;
}

/** The references to places inside the whole schema that `schema` makes, itself or in its parts. */
function referencesOf(schema: JsonValue): string[] {
	if (!isJsonObject(schema)) return [];
	const { $ref } = schema;
	return [
		...(typeof $ref === 'string' && $ref.startsWith('#/') ? [$ref] : []),
		...childrenOf(schema).flatMap(([, child]) => referencesOf(child)),
	];
}

/** How many properties of `schema` need not be there, and how many have more than one type. */
export function complexityOf(schema: JsonValue): { readonly optional: number; readonly unions: number } {
	if (!isJsonObject(schema)) return { optional: 0, unions: 0 };
	const properties = isJsonObject(schema.properties) ? schema.properties : {};
	const required = isJsonArray(schema.required) ? schema.required : [];
	let optional = Object.keys(properties).filter((key) => !required.includes(key)).length;
	let unions = Object.values(properties).filter(
		(inner) => isJsonObject(inner) && (isJsonArray(inner.type) || inner.anyOf !== undefined),
	).length;
	for (const [, child] of childrenOf(schema)) {
		const inner = complexityOf(child);
		optional += inner.optional;
		unions += inner.unions;
	}
	return { optional, unions };
}
