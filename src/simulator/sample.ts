import { conforms, type TextRules } from '../lint/json-schema';
import { equalJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import type { Random } from './random';
import { textMaker } from './texts';
import { anything, choosing, itemAt, partFor, withMore, type Wish } from './together';

/** How many values are tried in one search. */
const MOST_TRIES = 2500;
/** How many values are tried of each way at first, so that no way is left out because another has so many. */
const FEW = 3;
/** How many different values are made of one schema, where a list does not need more. */
const VARIANTS = 12;
/** As many items and properties are made as these, however many a schema asks for. */
const MOST_ITEMS = 1000;
const MOST_PROPERTIES = 100;

interface Search {
	/** References within each other beyond these are not followed: they may go in a circle. */
	readonly deepest: number;
	/** How many values are tried of each way to make the choices that a schema leaves. */
	readonly each: number;
	/** Whether a text has to be in the format that is asked for. */
	readonly formats: boolean;
	/** Whether a value has to be as the schema wants it; else the first that comes near will do. */
	readonly strict: boolean;
}

/** References within each other that are followed, one after the other: what ends soon is found before what goes in circles. */
const DEPTHS = [3, 12, 40];

/**
 * A value that satisfies `schema`, with required properties only where that is enough, and texts in the formats that are
 * asked for. Where none is found, because the schema allows nothing, goes in a circle, asks for more than 10,000
 * characters, 1000 items or 100 properties, or for what cannot be worked out in some thousand tries, it is something of the
 * kind that is asked for, which does not satisfy it. However the schema is, this ends soon.
 */
export function sampleOf(schema: JsonValue | undefined, random: Random): JsonValue {
	const root = isJsonObject(schema) ? schema : {};
	const maker = textMaker(random);
	let isCutOff = true;
	for (const formats of JSON.stringify(root).includes('"format"') ? [true, false] : [false])
		for (const [nth, deepest] of DEPTHS.entries()) {
			if (nth > 0 && !isCutOff) break;
			isCutOff = false;
			for (const each of [FEW, Infinity]) {
				const value = searched(root, { deepest, each, formats, strict: true });
				if (value !== undefined) return value;
			}
		}
	return searched(root, { deepest: DEPTHS[0]!, each: 1, formats: false, strict: false }) ?? null; // there are some

	function searched(schema: JsonValue, { deepest, each, formats, strict }: Search): JsonValue | undefined {
		let tries = 0;
		const rules: TextRules = { ...maker, hasFormat: formats ? maker.hasFormat : () => true };
		return find(schema, 'value', 0);

		function find(schema: JsonValue, name: string, depth: number): JsonValue | undefined {
			for (const value of candidates(schema, name, depth, VARIANTS))
				if (!strict || isRight(value, schema)) return value;
			return strict ? undefined : blankFor(schema);
		}

		function isRight(value: JsonValue, schema: JsonValue): boolean {
			return conforms(value, schema, root, rules);
		}

		/** Values that may satisfy the schema, the likeliest first. */
		function* candidates(schema: JsonValue, name: string, depth: number, variants: number): Generator<JsonValue> {
			const wish = withMore(anything, schema, root);
			if (wish) yield* granting(wish, name, depth, variants);
		}

		function* granting(wish: Wish, name: string, depth: number, variants: number): Generator<JsonValue> {
			for (const { schema, followed } of settled(wish)) {
				if (depth + followed > deepest) {
					isCutOff = true;
					continue;
				}
				let left = each + variants - VARIANTS;
				for (const value of values(schema, name, depth + followed, variants)) {
					if (++tries > MOST_TRIES) return;
					yield value;
					if (--left <= 0) break;
				}
			}
		}

		/** The ways to make all choices of `wish`, and to heed what properties that are required bring with them. */
		function* settled(wish: Wish): Generator<Wish> {
			if (++tries > MOST_TRIES) return;
			if (wish.choices.length > 0) {
				for (const chosen of choosing(wish, root, inSomeOrder)) yield* settled(chosen);
				return;
			}
			const { dependentRequired, dependentSchemas, ...schema } = wish.schema;
			const isThere = (name: string) => isJsonArray(schema.required) && schema.required.includes(name);
			const brought = [
				...entriesOf(dependentRequired).map(([name, required]) => [name, { required }] as const),
				...entriesOf(dependentSchemas),
			];
			const present = brought.filter(([name]) => isThere(name)).map(([, part]) => part);
			if (present.length === 0) {
				yield wish;
				return;
			}
			// What one brings may bring more, so the others stay.
			const absent = Object.fromEntries(entriesOf(dependentRequired).filter(([name]) => !isThere(name)));
			const others = Object.fromEntries(entriesOf(dependentSchemas).filter(([name]) => !isThere(name)));
			const rest = { ...schema, dependentRequired: absent, dependentSchemas: others };
			const more = withMore({ ...wish, schema: rest }, { allOf: present }, root);
			if (more) yield* settled(more);
		}

		function* values(schema: JsonObject, name: string, depth: number, variants: number): Generator<JsonValue> {
			if (isJsonArray(schema.const)) {
				yield schema.const[0]!; // it was said at least once
				return;
			}
			if (isJsonArray(schema.enum)) return yield* inSomeOrder(schema.enum);
			const { type: types } = schema;
			for (const type of isJsonArray(types) ? inSomeOrder(types) : typesIn(schema))
				yield* ofType(type, schema, name, depth, variants);
		}

		function* ofType(
			type: JsonValue,
			schema: JsonObject,
			name: string,
			depth: number,
			variants: number,
		): Generator<JsonValue> {
			if (type === 'object') yield* objects(schema, depth);
			else if (type === 'array') yield* lists(schema, name, depth);
			else if (type === 'number' || type === 'integer') yield* numbers(schema, type === 'integer', variants);
			else if (type === 'boolean') yield* inSomeOrder([true, false]);
			else if (type === 'null') yield null;
			else if (type === 'string') yield* maker.texts(schema, name, variants);
		}

		function* objects(schema: JsonObject, depth: number): Generator<JsonObject> {
			const known = entriesOf(schema.properties).filter(([, part]) => part !== false);
			const required = namesIn(schema);
			const least = typeof schema.minProperties === 'number' ? Math.min(schema.minProperties, MOST_PROPERTIES) : 0;
			if (required.length >= least) yield* withValues(required);
			const optional = known.map(([name]) => name).filter((name) => !required.includes(name));
			yield* withNames([...required, ...optional]);
			for (const name of optional) yield* withNames([...required, name]);
			for (const more of [1, 2]) yield* withNames([...required, ...inventedNames(schema, required, more)]);

			/** Objects with the properties called `names`, with others beside them where there have to be more. */
			function* withNames(names: readonly string[]): Generator<JsonObject> {
				const all = names.length < least ? [...names, ...inventedNames(schema, names, least - names.length)] : names;
				const wish = withMore({ schema, choices: [], followed: 0 }, { required: all }, root);
				if (!wish) return;
				for (const way of settled(wish))
					yield* withValues([...new Set([...required, ...namesIn(way.schema)])], way.schema);
			}

			/** First with any values, then with others for one of them. */
			function* withValues(names: readonly string[], way = schema): Generator<JsonObject> {
				const first: [string, JsonValue][] = [];
				for (const name of names) {
					const value = find(partFor(name, way), name, depth);
					if (value === undefined) return;
					first.push([name, value]);
				}
				yield Object.fromEntries(first);
				for (const [at, [name, usual]] of first.entries()) {
					let variants = 0;
					for (const value of candidates(partFor(name, way), name, depth, VARIANTS)) {
						if (variants++ > VARIANTS) break;
						if (!equalJson(value, usual)) yield Object.fromEntries(first.with(at, [name, value]));
					}
				}
			}
		}

		/** Names that an object as `schema` wants it may have besides `names`. */
		function inventedNames(schema: JsonObject, names: readonly string[], wanted: number): string[] {
			const { propertyNames = true } = schema;
			const taken = new Set(names);
			const invented = function* (): Generator<JsonValue> {
				if (propertyNames === true) for (let nth = 1; nth <= wanted; nth++) yield `simulated_${nth}`;
				else yield* candidates({ allOf: [{ type: 'string' }, propertyNames] }, 'name', 0, wanted + names.length);
				for (const [pattern] of entriesOf(schema.patternProperties))
					yield* maker.texts({ pattern: [pattern] }, 'name', wanted + names.length);
			};
			for (const name of invented()) {
				if (taken.size >= names.length + wanted) break;
				if (typeof name !== 'string' || taken.has(name)) continue;
				if (partFor(name, schema) !== false && isRight(name, propertyNames)) taken.add(name);
			}
			return [...taken].slice(names.length);
		}

		function* lists(schema: JsonObject, name: string, depth: number): Generator<JsonValue[]> {
			const { items, prefixItems, contains, minItems, maxItems } = schema;
			const least = typeof minItems === 'number' ? Math.min(minItems, MOST_ITEMS) : 0;
			const most = typeof maxItems === 'number' ? maxItems : Infinity;
			const places = isJsonArray(prefixItems) ? prefixItems.length : 0;
			const wanted = isJsonArray(contains) ? contains.filter(isJsonObject) : [];
			const among = wanted.flatMap(({ contains: item = true, minContains: times = 1 }) =>
				Array<JsonValue>(Math.min(Number(times), MOST_ITEMS)).fill(item),
			);
			const inOne = among.length > 1 ? [{ allOf: among }] : [];
			// Those that are looked for stand behind the places that have an item of their own, or else in them, or all in one.
			const ways: readonly (readonly [sought: readonly JsonValue[], from: number, alone: boolean])[] =
				wanted.length === 0
					? [[[], places, false]]
					: [among, inOne].flatMap((sought) =>
							[places, 0].flatMap((from) => [[sought, from, false] as const, [sought, from, true] as const]),
						);
			const made: [list: JsonValue[], way: (typeof ways)[number]][] = [];
			for (const way of ways) {
				const [sought, from] = way;
				const needed = from + sought.length;
				// One item shows what a list holds, where it is said.
				const usual = items === undefined ? needed : Math.max(1, needed);
				for (const length of new Set([usual, needed, least, usual + 1].map((each) => Math.max(least, each)))) {
					const list = length > most ? null : listOf(length, way);
					if (!list) continue;
					yield list;
					made.push([list, way]);
				}
			}
			for (const [list, way] of made)
				for (const [at, usual] of list.slice(0, VARIANTS).entries())
					for (const value of candidates(wishAt(at, way), name, depth, VARIANTS))
						if (!equalJson(value, usual)) yield list.with(at, value);

			/** What the item at `at` has to be, where those that are looked for stand from the place `from` on, `alone` or not. */
			function wishAt(at: number, [sought, from, alone]: (typeof ways)[number]): JsonValue {
				const place = itemAt(at, schema);
				const one = sought[at - from];
				const others = wanted.flatMap(({ contains: item = true, maxContains }) =>
					maxContains === undefined || !alone ? [] : [{ not: item }],
				);
				const more = one === undefined ? others : [one];
				return more.length === 0 ? place : { allOf: [place, ...more] };
			}

			function listOf(length: number, way: (typeof ways)[number]): JsonValue[] | null {
				const list: JsonValue[] = [];
				const rows = new Map<string, Generator<JsonValue>>();
				for (let at = 0; at < length; at++) {
					const item = wishAt(at, way);
					const value = schema.uniqueItems === true ? another(item) : find(item, name, depth);
					if (value === undefined) return null;
					list.push(value);
				}
				return list;

				/** A value for `item` that is not in the list yet; those for the same come from one row. */
				function another(item: JsonValue): JsonValue | undefined {
					const key = JSON.stringify(item);
					const row = rows.get(key) ?? candidates(item, name, depth, length + VARIANTS);
					rows.set(key, row);
					for (let next = row.next(); !next.done; next = row.next()) {
						const { value } = next;
						if (!list.some((other) => equalJson(value, other)) && isRight(value, item)) return value;
					}
					return strict ? undefined : find(item, name, depth);
				}
			}
		}
	}

	/** Something of the kind that `schema` asks for. */
	function blankFor(schema: JsonValue): JsonValue {
		const wish =
			withMore(anything, schema, root) ??
			withMore(anything, { type: isJsonObject(schema) ? (schema.type ?? 'null') : 'null' }, root);
		const [type] = typesIn(wish?.schema ?? {});
		if (type === 'object') return {};
		if (type === 'array') return [];
		return type === 'string' ? '' : type === 'boolean' ? false : type === 'null' ? null : 0;
	}

	/** All of `values`, from a chosen one on. */
	function inSomeOrder<T>(values: readonly T[]): T[] {
		const at = values.length > 1 ? Math.floor(random() * values.length) : 0;
		return [...values.slice(at), ...values.slice(0, at)];
	}
}

/** The names of the properties that have to be there, in the order in which they are described. */
function namesIn({ properties, required }: JsonObject): string[] {
	const listed = (isJsonArray(required) ? required : []).filter((name) => typeof name === 'string');
	const described = entriesOf(properties).map(([name]) => name);
	return [...new Set([...described.filter((name) => listed.includes(name)), ...listed])];
}

function entriesOf(value: JsonValue | undefined): [string, JsonValue][] {
	return isJsonObject(value) ? Object.entries(value) : [];
}

const TYPES = ['string', 'object', 'array', 'number', 'boolean', 'null'];

/** The types that `schema` allows; where it does not say, the one that its other words are about comes first. */
function typesIn({ type, ...schema }: JsonObject): readonly JsonValue[] {
	if (type !== undefined) return isJsonArray(type) ? type : [type];
	const speaksOf = (...keys: string[]) => keys.some((key) => schema[key] !== undefined);
	const likely = speaksOf('properties', 'required', 'additionalProperties', 'minProperties', 'patternProperties')
		? 'object'
		: speaksOf('items', 'prefixItems', 'minItems', 'contains', 'uniqueItems')
			? 'array'
			: speaksOf('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf')
				? 'number'
				: 'string';
	return [likely, ...TYPES.filter((other) => other !== likely)];
}

function* numbers(schema: JsonObject, whole: boolean, variants: number): Generator<number> {
	const bound = (key: string, other: string, outer: (...all: number[]) => number) => {
		const bounds = [schema[key], schema[other]].filter((each) => typeof each === 'number');
		return bounds.length === 0 ? null : outer(...bounds);
	};
	const low = bound('minimum', 'exclusiveMinimum', Math.max);
	const high = bound('maximum', 'exclusiveMaximum', Math.min);
	const step = stepOf(schema.multipleOf, whole);
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
	for (let nth = 0; nth <= variants; nth++)
		// Without the dust of binary fractions: 3 × 0.1.
		yield Number(((start + (low === null && high !== null ? -nth : nth)) * by).toPrecision(12));
}

/** What a number has to be a multiple of; null when it may be anything. */
function stepOf(multiples: JsonValue | undefined, whole: boolean): number | null {
	const steps = isJsonArray(multiples) ? multiples.filter((each) => typeof each === 'number' && each > 0) : [];
	const all = (whole ? [1, ...steps] : steps).filter((each) => typeof each === 'number');
	return all.length === 0 ? null : all.reduce(commonMultiple);
}

/** The least multiple of `a` that is one of `b` too, or `a` where none is found soon. */
function commonMultiple(a: number, b: number): number {
	for (let times = 1; times <= 1000; times++) {
		const multiple = Number((a * times).toPrecision(12));
		const parts = multiple / b;
		if (Math.abs(parts - Math.round(parts)) < 1e-9 * Math.max(1, parts)) return multiple;
	}
	return a;
}
