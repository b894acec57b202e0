import { isJsonArray, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../model/json';
import { betasOf, hasBeta, mayAddMore } from './betas';
import type { Context, Fault, Fix } from './rule';

/** Where a value stands in the document, and how the API names that place: its names repeat the types of blocks. */
export interface Place {
	readonly path: JsonPath;
	readonly name: string;
	/** The beta features asked for: they can add keys and types that are unknown here. */
	readonly betas: readonly string[];
}

/** What a value must look like: the faults of `value`, in the order in which the API would meet them. */
export type Shape = (value: JsonValue, place: Place) => Fault[];

/** Ask `shape` about a top-level key, which may be absent. */
export function optionalKey(key: string, shape: Shape) {
	return (context: Context): Fault[] => {
		const value = context.request[key];
		return value === undefined ? [] : shape(value, below(rootOf(context), key));
	};
}

/** Ask `shape` about a top-level key that has to be there; `fix` puts it in. */
export function requiredKey(key: string, shape: Shape, fix: (context: Context) => Fix | null) {
	return (context: Context): Fault[] => {
		if (context.request[key] !== undefined) return optionalKey(key, shape)(context);
		const way = fix(context);
		return [{ ...missing(below(rootOf(context), key)), fixes: way ? [way] : [] }];
	};
}

export const anything: Shape = () => [];

export const text: Shape = (value, place) =>
	typeof value === 'string' ? [] : [fault(place, 'must be text in quotes', 'Input should be a valid string')];

export const flag: Shape = (value, place) =>
	typeof value === 'boolean' ? [] : [fault(place, 'must be true or false', 'Input should be a valid boolean')];

export const filledText: Shape = (value, place) =>
	value === '' ? [fault(place, 'is empty', 'String should have at least 1 character')] : text(value, place);

/** Text that `pattern` matches, and that is not empty. */
export function textLike(pattern: RegExp, words: string): Shape {
	return (value, place) =>
		typeof value === 'string' && value !== '' && !pattern.test(value)
			? [fault(place, words, `String should match pattern '${pattern.source}'`)]
			: filledText(value, place);
}

/** Text of no more than `most` characters that `shape` has nothing against. */
export function upTo(most: number, shape: Shape): Shape {
	return (value, place) =>
		typeof value === 'string' && value.length > most
			? [fault(place, `has more than ${most} characters`, `String should have at most ${most} characters`)]
			: shape(value, place);
}

/** A number without a fraction, from `least` up: `refusal` is what the API says of a smaller one. */
export function wholeNumber(least = -Infinity, refusal = ''): Shape {
	return (value, place) => {
		if (typeof value !== 'number' || !Number.isInteger(value))
			return [fault(place, 'must be a whole number', 'Input should be a valid integer')];
		return value < least ? [fault(place, `must be ${least} or more`, refusal)] : [];
	};
}

/** A number from 0 to 1. */
export const fraction: Shape = (value, place) => {
	if (typeof value !== 'number') return [fault(place, 'must be a number', 'Input should be a valid number')];
	return value < 0 || value > 1 ? [fault(place, 'must be from 0 to 1', 'range: 0..1')] : [];
};

/** One of these words. `refusal` replaces the API's usual text where it has another. */
export function oneOf(words: readonly string[], refusal?: string): Shape {
	const quoted = words.map((word) => `'${word}'`);
	return (value, place) =>
		words.some((word) => word === value)
			? []
			: [fault(place, `must be ${either(quoted)}`, refusal ?? `Input should be ${either(quoted)}`)];
}

export function orNull(shape: Shape): Shape {
	return (value, place) => (value === null ? [] : shape(value, place));
}

export function listOf(item: Shape): Shape {
	return (value, place) =>
		isJsonArray(value)
			? value.flatMap((each, index) => item(each, below(place, index)))
			: [fault(place, 'must be a list', 'Input should be a valid array')];
}

export function textOr(shape: Shape): Shape {
	return (value, place) => (typeof value === 'string' ? [] : shape(value, place));
}

type Shapes = Readonly<Record<string, Shape>>;

/**
 * An object with these keys and no others. `refusal` is what the API says of something that is no object, and `early` are
 * the features that bring further keys.
 */
export function object(
	required: Shapes,
	optional: Shapes = {},
	refusal = 'Input should be an object',
	early: Readonly<Record<string, string>> = {},
): Shape {
	const known = Object.entries({ ...required, ...optional });
	return (value, place) => {
		if (!isJsonObject(value)) return [fault(place, 'must be an object', refusal)];
		const found = known.flatMap(([key, shape]) => {
			const inner = own(value, key);
			if (inner !== undefined) return shape(inner, below(place, key));
			return Object.hasOwn(required, key) ? [missing(below(place, key))] : [];
		});
		const extra = Object.keys(value).filter((key) => !Object.hasOwn(required, key) && !Object.hasOwn(optional, key));
		const unknown = extra.flatMap((key) => {
			const beta = Object.hasOwn(early, key) ? early[key] : undefined;
			if (beta === undefined) return [unknownKey(below(place, key))];
			return hasBeta(place.betas, beta) ? [] : [unknownKey(below(place, key), needsHeader(beta))];
		});
		return [...found, ...unknown];
	};
}

/** An object with at least these keys, in these shapes. */
export function openObject(required: Shapes, refusal?: string): Shape {
	const closed = object(required, {}, refusal);
	return (value, place) =>
		isJsonObject(value)
			? closed(Object.fromEntries(Object.entries(value).filter(([key]) => Object.hasOwn(required, key))), place)
			: closed(value, place);
}

/** What tells the kinds of an object apart: its `type`. `betas` names the feature that brings further kinds. */
export function tagged(kinds: Shapes, betas: Readonly<Record<string, string>> = {}): Shape {
	const expected = Object.keys(kinds).map((kind) => `'${kind}'`);
	return (value, place) => {
		if (!isJsonObject(value)) return [fault(place, 'must be an object', 'Input should be an object')];
		const type = own(value, 'type');
		if (type === undefined) return [missing(below(place, 'type'))];
		if (typeof type === 'string' && Object.hasOwn(kinds, type)) {
			const { type: _, ...rest } = value;
			return kinds[type]!(rest, { ...place, name: `${place.name}.${type}` }); // just seen to be there
		}
		const said = `Input tag '${typeof type === 'string' ? type : JSON.stringify(type)}' found using 'type' does not match any of the expected tags: ${expected.join(', ')}`;
		const beta = typeof type === 'string' && Object.hasOwn(betas, type) ? betas[type] : undefined;
		if (beta !== undefined && hasBeta(place.betas, beta)) return [];
		const words = beta
			? `has a type that ${needsHeader(beta)}`
			: `has a type the API does not know: ${JSON.stringify(type)}`;
		return [unlessBeta(place, { ...fault(place, words, said), path: [...place.path, 'type'] })];
	};
}

/** `cache_control`, wherever it may stand. */
export const cacheControl: Shape = orNull((value, place) => {
	if (!isJsonObject(value)) return object({})(value, place);
	const { type, ...rest } = value;
	if (type === undefined) return [missing(below(place, 'type'))];
	const kind = oneOf(['ephemeral'])(type, below(place, 'type'));
	if (kind.length > 0) return kind;
	return object({}, { ttl: orNull(oneOf(['5m', '1h'])) })(rest, { ...place, name: `${place.name}.ephemeral` });
});

/** The request as a whole. */
export function rootOf({ headers }: Context): Place {
	return { path: [], name: '', betas: betasOf(headers) };
}

/** The place one step below. */
export function below({ path, name, betas }: Place, step: string | number): Place {
	return { path: [...path, step], name: name === '' ? String(step) : `${name}.${step}`, betas };
}

/** A fault at `place`: `words` continue a sentence that begins with the place, `said` is what the API says of it. */
export function fault(place: Place, words: string, said: string, fixes: readonly Fix[] = []): Fault {
	return { path: place.path, message: `${called(place.path)} ${words}.`, apiMessage: `${place.name}: ${said}`, fixes };
}

/** What is said of something that only a beta feature brings. */
export function needsHeader(beta: string): string {
	return `needs the header anthropic-beta: ${beta}`;
}

/** What the API says of a key it does not know. */
export function unknownKey(place: Place, words = 'is not something the API knows here'): Fault {
	const key = String(place.path.at(-1));
	const remove: Fix = { label: `Remove ${key}`, changes: [{ kind: 'remove', path: place.path }] };
	return unlessBeta(place, fault(place, words, 'Extra inputs are not permitted', [remove]));
}

function missing(place: Place): Fault {
	return fault(place, 'is missing', 'Field required');
}

/** A beta feature of which little is known may allow what is unknown here: then it is no more than a surprise. */
export function unlessBeta({ betas }: Place, found: Fault): Fault {
	if (!mayAddMore(betas)) return found;
	return {
		...found,
		message: found.message.replace(/\.$/, ', unless the beta you ask for adds it.'),
		severity: 'surprising',
	};
}

function own(value: JsonObject, key: string): JsonValue | undefined {
	return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** `max_tokens`, or "Item 2 of stop_sequences". */
function called(path: JsonPath): string {
	const last = path.at(-1);
	if (typeof last !== 'number') return String(last);
	const list = path.findLast((step) => typeof step === 'string');
	return list === 'messages' ? `Message ${last + 1}` : `Item ${last + 1} of ${list}`;
}

function either(words: readonly string[]): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
