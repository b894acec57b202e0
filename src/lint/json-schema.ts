import { automatonOf, takes, type Automaton } from './automaton';
import { equalJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json';

/*
 * As much of JSON Schema draft 2020-12 as tools and structured outputs are written in. Keywords that are not known here
 * say nothing, and `format` is a remark.
 */

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** How texts are held against a schema; null where that cannot be said. */
export interface TextRules {
	readonly matches: (text: string, pattern: string) => boolean | null;
	readonly hasFormat: (text: string, format: string) => boolean;
}

/** Whether something is as a schema wants it; null where that cannot be said. */
type Verdict = boolean | null;

/** Values held against schemas in one judgement; then it is not known what comes of it. */
const MOST_HELD = 100_000;
/** Schemas within schemas, or values within values, that are followed. */
const MOST_NESTED = 500;
/** Items of a list that are compared with each other. */
const MOST_COMPARED = 1000;

/**
 * Whether `value` is as `schema` wants it. References lead into `root`. Null where that hangs on what is not judged
 * here, or would take too long: a reference that leads elsewhere or in a circle, a pattern that looks back, what may be left
 * unevaluated. It takes little time, whatever the schema is.
 */
export function judge(value: JsonValue, schema: JsonValue, root = schema, rules = patterns()): Verdict {
	let held = 0;
	let nested = 0;
	return hold(value, schema, []);

	/** `active` are the schemas that `value` is being held against already. */
	function hold(value: JsonValue, schema: JsonValue, active: readonly JsonValue[]): Verdict {
		if (typeof schema === 'boolean') return schema;
		if (!isJsonObject(schema)) return true;
		if (active.includes(schema) || ++held > MOST_HELD || nested === MOST_NESTED) return null;
		nested++;
		const within = [...active, schema];
		const here = (part: JsonValue | undefined) => (part === undefined ? true : hold(value, part, within));
		const fits = (inner: JsonValue, part: JsonValue | undefined) => (part === undefined ? true : hold(inner, part, []));
		const verdict = all(checks(value, schema, root, rules, here, fits));
		nested--;
		return verdict;
	}
}

/** What one schema asks of `value`: `here` holds it against a part of the schema, `fits` what is in it. */
function* checks(
	value: JsonValue,
	schema: JsonObject,
	root: JsonValue,
	rules: TextRules,
	here: (part: JsonValue | undefined) => Verdict,
	fits: Fits,
): Generator<Verdict> {
	const { $ref, type, const: constant, enum: options, anyOf, oneOf, allOf, not } = schema;
	if (typeof $ref === 'string') {
		const part = referredTo($ref, root);
		yield part === undefined ? null : here(part);
	}
	const types = typeof type === 'string' ? [type] : isJsonArray(type) ? type : null;
	if (types) yield types.some((each) => isOfType(value, each));
	if (constant !== undefined) yield equalJson(value, constant);
	if (isJsonArray(options)) yield options.some((option) => equalJson(value, option));
	if (isJsonArray(anyOf)) yield some(anyOf.map(here));
	if (isJsonArray(oneOf)) yield within(oneOf.map(here), 1, 1);
	if (isJsonArray(allOf)) yield all(allOf.map(here));
	if (not !== undefined) yield opposite(here(not));
	if (schema.if !== undefined) {
		const condition = here(schema.if);
		const [then, otherwise] = [here(schema.then), here(schema.else)];
		yield then === otherwise || condition ? then : condition === null ? null : otherwise;
	}
	if (typeof value === 'string') yield* textChecks(value, schema, rules);
	if (typeof value === 'number') yield numberConforms(value, schema);
	if (isJsonArray(value)) yield* listChecks(value, schema, fits);
	if (!isJsonObject(value)) return;
	yield* objectChecks(value, schema, fits, rules);
	yield* dependentChecks(value, schema, here);
}

/** Whether `value` is as `schema` wants it, as far as that can be said: see `judge`. */
export function conforms(value: JsonValue, schema: JsonValue, root = schema, rules?: TextRules): boolean {
	return judge(value, schema, root, rules) !== false;
}

/** Patterns are looked into once, and `format` is a remark. */
function patterns(): TextRules {
	const automata = new Map<string, Automaton | null>();
	return {
		hasFormat: () => true,
		matches(text, pattern) {
			const automaton = automata.get(pattern) ?? automatonOf(pattern);
			automata.set(pattern, automaton);
			return automaton && takes(automaton, text);
		},
	};
}

function all(verdicts: Iterable<Verdict>): Verdict {
	let verdict: Verdict = true;
	for (const each of verdicts) {
		if (each === false) return false;
		verdict &&= each;
	}
	return verdict;
}

/** `verdict` where the question is surely asked; where it may not be, a no says nothing. */
function onlyIf(isAsked: boolean, verdict: Verdict): Verdict {
	return verdict === false && !isAsked ? null : verdict;
}

function opposite(verdict: Verdict): Verdict {
	return verdict === null ? null : !verdict;
}

/** Whether as many as `least` to `most` of `verdicts` say yes. */
function within(verdicts: readonly Verdict[], least: number, most: number): Verdict {
	const sure = verdicts.filter((verdict) => verdict).length;
	const possible = verdicts.filter((verdict) => verdict !== false).length;
	if (sure > most || possible < least) return false;
	return sure >= least && possible <= most ? true : null;
}

function some(verdicts: Iterable<Verdict>): Verdict {
	let verdict: Verdict = false;
	for (const each of verdicts) {
		if (each) return true;
		if (each === null) verdict = null;
	}
	return verdict;
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
	unevaluatedItems: malformedIn,
	unevaluatedProperties: malformedIn,
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

function* textChecks(
	text: string,
	{ minLength, maxLength, pattern, format }: JsonObject,
	rules: TextRules,
): Generator<Verdict> {
	const { length } = [...text];
	if (typeof minLength === 'number') yield length >= minLength;
	if (typeof maxLength === 'number') yield length <= maxLength;
	if (typeof format === 'string') yield rules.hasFormat(text, format);
	if (typeof pattern === 'string') yield rules.matches(text, pattern);
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

type Fits = (inner: JsonValue, part: JsonValue | undefined) => Verdict;

/** Keywords whose schemas look at the same value: what they have looked into is not left over for `unevaluated…`. */
const BESIDES = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas'];

/** What holds for members of a list or object that no keyword of `schema` is about, but for `rest` or else `unevaluated`. */
function leftover(schema: JsonObject, rest: string, unevaluated: string, others: readonly string[], fits: Fits) {
	const mayBeSeen = others.some((key) => schema[key] !== undefined);
	return (value: JsonValue): Verdict => {
		if (schema[rest] !== undefined) return fits(value, schema[rest]);
		return onlyIf(!mayBeSeen, fits(value, schema[unevaluated]));
	};
}

function* listChecks(list: readonly JsonValue[], schema: JsonObject, fits: Fits): Generator<Verdict> {
	const { prefixItems, minItems, maxItems, uniqueItems, contains } = schema;
	if (typeof minItems === 'number') yield list.length >= minItems;
	if (typeof maxItems === 'number') yield list.length <= maxItems;
	const isRepeated = (item: JsonValue, at: number) => list.slice(0, at).some((other) => equalJson(item, other));
	if (uniqueItems === true) yield list.length > MOST_COMPARED ? null : !list.some(isRepeated);
	if (contains !== undefined) {
		const { minContains: least, maxContains: most } = schema;
		const found = list.map((item) => fits(item, contains));
		yield within(found, typeof least === 'number' ? least : 1, typeof most === 'number' ? most : Infinity);
	}
	const first = isJsonArray(prefixItems) ? prefixItems : [];
	const other = leftover(schema, 'items', 'unevaluatedItems', [...BESIDES, 'contains'], fits);
	for (const [at, item] of list.entries()) yield at < first.length ? fits(item, first[at]) : other(item);
}

function* objectChecks(object: JsonObject, schema: JsonObject, fits: Fits, rules: TextRules): Generator<Verdict> {
	const { properties, patternProperties, required, propertyNames, minProperties, maxProperties } = schema;
	const known = isJsonObject(properties) ? properties : {};
	const patterns = isJsonObject(patternProperties) ? Object.entries(patternProperties) : [];
	const entries = Object.entries(object);
	if (typeof minProperties === 'number') yield entries.length >= minProperties;
	if (typeof maxProperties === 'number') yield entries.length <= maxProperties;
	if (isJsonArray(required)) yield required.every((name) => typeof name !== 'string' || Object.hasOwn(object, name));
	const other = leftover(schema, 'additionalProperties', 'unevaluatedProperties', BESIDES, fits);
	for (const [name, value] of entries) {
		yield fits(name, propertyNames);
		const meant = patterns.map(([pattern, part]) => ({ is: rules.matches(name, pattern), part }));
		if (Object.hasOwn(known, name)) yield fits(value, known[name]);
		else if (!meant.some(({ is }) => is)) yield onlyIf(!meant.some(({ is }) => is === null), other(value));
		for (const { is, part } of meant) if (is !== false) yield onlyIf(is !== null, fits(value, part));
	}
}

/** What those of its properties that an object has want of it. */
function* dependentChecks(
	object: JsonObject,
	schema: JsonObject,
	here: (part: JsonValue) => Verdict,
): Generator<Verdict> {
	const { dependentRequired, dependentSchemas } = schema;
	const of = (dependents: JsonValue | undefined) =>
		isJsonObject(dependents) ? Object.entries(dependents).filter(([name]) => Object.hasOwn(object, name)) : [];
	for (const [, required] of of(dependentRequired)) yield here({ required });
	for (const [, part] of of(dependentSchemas)) yield here(part);
}

function decoded(step: string): string {
	try {
		return decodeURIComponent(step);
	} catch {
		// A percent sign that encodes nothing stands for itself.
		return step;
	}
}
