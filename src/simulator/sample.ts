import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import { pick, type Random } from './random';

/** Schemas nested deeper than this are answered with the least that can be. */
const DEEPEST = 12;

const formats: Readonly<Record<string, string>> = {
	'date-time': '2026-11-22T12:00:00Z',
	date: '2026-11-22',
	time: '12:00:00Z',
	duration: 'P1D',
	email: 'simulated@example.com',
	hostname: 'example.com',
	uri: 'https://example.com/',
	ipv4: '192.0.2.1',
	ipv6: '2001:db8::1',
	uuid: '00000000-0000-4000-8000-000000000000',
};

/** A value that satisfies `schema`, as far as JSON Schema without patterns can be read off; required properties only. */
export function sampleOf(schema: JsonValue | undefined, random: Random): JsonValue {
	const root = isJsonObject(schema) ? schema : {};
	return sample(root, 'value', 0);

	function sample(here: JsonValue | undefined, name: string, depth: number): JsonValue {
		if (!isJsonObject(here) || depth > DEEPEST) return null;
		const { $ref, const: constant, enum: options, anyOf, oneOf, allOf } = here;
		if (typeof $ref === 'string') return sample(resolve(root, $ref), name, depth + 1);
		if (constant !== undefined) return constant;
		if (isJsonArray(options)) return choose(options) ?? null;
		const union = anyOf ?? oneOf;
		if (isJsonArray(union)) return sample(choose(union), name, depth + 1);
		if (isJsonArray(allOf)) return sample(merged(here, allOf), name, depth + 1);
		const type = isJsonArray(here.type) ? choose(here.type) : here.type;
		if (type === 'object' || isJsonObject(here.properties)) return object(here, depth);
		if (type === 'array') return list(here, name, depth);
		if (type === 'integer' || type === 'number') return number(here, type === 'integer');
		if (type === 'boolean') return random() < 0.5;
		if (type === 'null') return null;
		return text(here, name);
	}

	function object({ properties, required }: JsonObject, depth: number): JsonObject {
		const known = isJsonObject(properties) ? properties : {};
		const names = (isJsonArray(required) ? required : []).filter((name) => typeof name === 'string');
		return Object.fromEntries(names.map((name) => [name, sample(known[name] ?? {}, name, depth + 1)]));
	}

	function list({ items, minItems }: JsonObject, name: string, depth: number): JsonValue[] {
		const length = typeof minItems === 'number' ? minItems : items === undefined ? 0 : 1;
		return Array.from({ length }, () => sample(items, name, depth + 1));
	}

	function choose(options: readonly JsonValue[]): JsonValue | undefined {
		const [first, ...others] = options;
		return first === undefined ? undefined : pick(random, [first, ...others]);
	}
}

function number(schema: JsonObject, whole: boolean): number {
	const bound = (key: string, beyond: string, step: number) => {
		const { [key]: limit, [beyond]: open } = schema;
		return typeof open === 'number' ? open + step : typeof limit === 'number' ? limit : null;
	};
	const step = typeof schema.multipleOf === 'number' ? schema.multipleOf : whole ? 1 : 0.5;
	const least = bound('minimum', 'exclusiveMinimum', step);
	const most = bound('maximum', 'exclusiveMaximum', -step);
	const near = least ?? Math.min(most ?? 1, 1);
	return whole || schema.multipleOf !== undefined ? Math.ceil(near / step) * step : near;
}

function text({ format, minLength, maxLength }: JsonObject, name: string): string {
	const known = typeof format === 'string' ? formats[format] : undefined;
	const words = known ?? `simulated ${name.replaceAll(/[_-]+/g, ' ')}`;
	const long = typeof minLength === 'number' ? words.padEnd(minLength, '.') : words;
	return typeof maxLength === 'number' ? long.slice(0, maxLength) : long;
}

/** What a reference inside the schema points to. */
function resolve(root: JsonObject, reference: string): JsonValue | undefined {
	if (!reference.startsWith('#')) return undefined;
	const steps = reference
		.split('/')
		.slice(1)
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
	return steps.reduce<JsonValue | undefined>((here, step) => (isJsonObject(here) ? here[step] : undefined), root);
}

/** One schema in which the objects of `parts` are together. */
function merged({ allOf: _, ...own }: JsonObject, parts: readonly JsonValue[]): JsonObject {
	return [own, ...parts].filter(isJsonObject).reduce<JsonObject>((whole, part) => {
		const properties = { ...objectAt(whole, 'properties'), ...objectAt(part, 'properties') };
		const required = [whole.required, part.required].flatMap((names) => (isJsonArray(names) ? names : []));
		return { ...whole, ...part, ...(Object.keys(properties).length > 0 ? { properties } : {}), required };
	}, {});
}

function objectAt(schema: JsonObject, key: string): JsonObject {
	const value = schema[key];
	return isJsonObject(value) ? value : {};
}
