import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import sdkTypes from './sdk-types.json' with { type: 'json' };

/** The part of an SDK's client that has the method: one for what is settled, one for what a beta adds. */
export type Face = keyof typeof sdkTypes;

/** The name of a type, of the language or of the SDK, or what a type is made of. */
type Type =
	| string
	| { readonly oneOf: readonly JsonValue[] }
	| { readonly anyOf: readonly Type[] }
	| { readonly list: Type }
	| { readonly required: Types; readonly optional: Types; readonly rest?: Type };
type Types = Readonly<Record<string, Type>>;

/**
 * The SDK's types by name, as scripts/sdk-types.mjs reads them from the one for TypeScript. The one for Python is made
 * from the same description of the API and names its arguments alike.
 */
const faces: Readonly<Record<Face, Types>> = sdkTypes;

/** Whether `messages.create` of that face has a parameter of this name. */
export function isParameter(name: string, face: Face): boolean {
	return parameterOf(name, face) !== undefined;
}

/** Whether the SDK's types know this parameter and take this value for it, written as a literal. */
export function isTyped(name: string, value: JsonValue, face: Face): boolean {
	const type = parameterOf(name, face);
	return type !== undefined && takes(type, value, faces[face]);
}

function parameterOf(name: string, face: Face): Type | undefined {
	const { required, optional } = sdkTypes[face].MessageCreateParamsBase;
	return fieldOf(name, required) ?? fieldOf(name, optional);
}

const fieldOf = (name: string, fields: Types) => (Object.hasOwn(fields, name) ? fields[name] : undefined);

/** It may say no to a value the compiler would take, never yes to one it refuses. */
function takes(type: Type, value: JsonValue, types: Types): boolean {
	if (typeof type === 'string') {
		const named = types[type];
		if (named !== undefined) return takes(named, value, types);
		return type === 'unknown' || type === (value === null ? 'null' : typeof value);
	}
	if ('oneOf' in type) return type.oneOf.includes(value);
	if ('anyOf' in type) return type.anyOf.some((one) => takes(one, value, types));
	if ('list' in type) return isJsonArray(value) && value.every((item) => takes(type.list, item, types));
	const { required, optional, rest } = type;
	return (
		isJsonObject(value) &&
		Object.keys(required).every((name) => Object.hasOwn(value, name)) &&
		Object.entries(value).every(([name, inner]) => {
			const known = fieldOf(name, required) ?? fieldOf(name, optional) ?? rest;
			return known !== undefined && takes(known, inner, types);
		})
	);
}

/**
 * Whether an SDK's `messages.create` gets as far as sending this request: it looks into what it must have before it
 * sends. What it cannot take is posted as a bare body instead.
 */
export function isCallable({ model, max_tokens, messages, thinking, tools }: JsonObject): boolean {
	return (
		typeof model === 'string' &&
		typeof max_tokens === 'number' &&
		isJsonArray(messages) &&
		messages.every(isJsonObject) &&
		(thinking === undefined || isJsonObject(thinking)) &&
		(tools === undefined || isJsonArray(tools))
	);
}

/** Without a stream and with more tokens than this, the SDKs refuse to send unless they are told how long to wait: an hour for 128,000 tokens must fit into ten minutes. */
const LONGEST_WITHOUT_STREAM = 21_333;

/** Whether the SDKs want to be told how long to wait for the answer. */
export function needsTimeout({ stream, max_tokens }: JsonObject): boolean {
	return stream !== true && typeof max_tokens === 'number' && max_tokens > LONGEST_WITHOUT_STREAM;
}
