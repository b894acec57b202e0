import { equalJson, isJsonArray, isJsonObject, valueAt, type JsonObject, type JsonValue } from '../model/json';
import { referredTo } from '../lint/json-schema';

/** References followed one after the other; more are going in a circle. */
const MOST_REFERENCES = 20;

/** `schema` without references and `allOf` at its top: one schema that says what all of them say. */
export function flattened(schema: JsonValue, root: JsonValue, followed = 0): JsonObject {
	if (!isJsonObject(schema) || followed > MOST_REFERENCES) return {};
	const { $ref, allOf, ...own } = schema;
	const target = typeof $ref === 'string' ? referredTo($ref, root) : undefined;
	const parts = [...(target === undefined ? [] : [target]), ...(isJsonArray(allOf) ? allOf : [])];
	return parts.reduce<JsonObject>((whole, part) => together(whole, flattened(part, root, followed + 1)), own);
}

/** The schema of what both `a` and `b` allow, as far as one can be written; neither has `allOf` or a reference. */
export function together(a: JsonObject, b: JsonObject): JsonObject {
	const both: Record<string, JsonValue> = { ...a };
	for (const [key, value] of Object.entries(b)) {
		const other = valueAt(a, [key]);
		both[key] = other !== undefined && Object.hasOwn(join, key) ? join[key]!(other, value) : value; // just seen to be there
	}
	return both;
}

const higher = (a: JsonValue, b: JsonValue) => Math.max(Number(a), Number(b));
const lower = (a: JsonValue, b: JsonValue) => Math.min(Number(a), Number(b));
const all = (a: JsonValue, b: JsonValue): JsonValue => (equalJson(a, b) ? a : { allOf: [a, b] });

/** How two sayings of one keyword become one; of any other keyword the second is kept. */
const join: Readonly<Record<string, (a: JsonValue, b: JsonValue) => JsonValue>> = {
	type: (a, b) => typesOf(a).filter((type) => typesOf(b).includes(type)),
	enum: (a, b) => listOf(a).filter((option) => listOf(b).some((other) => equalJson(option, other))),
	required: (a, b) => [...new Set([...listOf(a), ...listOf(b)])],
	properties: (a, b) => joined(a, b),
	items: all,
	anyOf: (a, b) => listOf(a).flatMap((one) => listOf(b).map((other) => all(one, other))),
	oneOf: (a, b) => listOf(a).flatMap((one) => listOf(b).map((other) => all(one, other))),
	additionalProperties: (a, b) => (a === false || b === false ? false : all(a, b)),
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
	return types.includes('number') ? [...types, 'integer'] : types;
}

function listOf(value: JsonValue): readonly JsonValue[] {
	return isJsonArray(value) ? value : [];
}

function joined(a: JsonValue, b: JsonValue): JsonValue {
	if (!isJsonObject(a) || !isJsonObject(b)) return b;
	const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
	return Object.fromEntries(
		names.map((name) => {
			const [one, other] = [valueAt(a, [name]), valueAt(b, [name])];
			return [name, one === undefined ? (other ?? true) : other === undefined ? one : all(one, other)];
		}),
	);
}
