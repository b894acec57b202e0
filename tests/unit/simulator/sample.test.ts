import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { randomFrom } from '../../../src/simulator/random';
import { conforms, type TextRules } from '../../../src/lint/json-schema';
import { sampleOf } from '../../../src/simulator/sample';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import { INHERITED } from '../../fixtures/inherited';
import { satisfiable } from './satisfiable';

const sample = (schema: JsonValue) => sampleOf(schema, randomFrom(1));

/** Objects within objects, with nothing in the innermost. */
function nested(levels: number): JsonObject {
	return levels === 0 ? { type: 'null' } : { type: 'object', properties: { a: nested(levels - 1) }, required: ['a'] };
}

describe('sampleOf', () => {
	test('writes what is required first, in the order in which it is described', () => {
		const properties = { a: { const: 1 }, b: { const: 2 }, c: { const: 3 } };
		const schema = { type: 'object', properties, required: ['c', 'b'], minProperties: 3 };
		expect(JSON.stringify(sample(schema))).toBe('{"b":2,"c":3,"a":1}');
	});

	test.each<[string, JsonObject, JsonValue]>([
		[
			'text, named after what it is for',
			{ type: 'object', properties: { first_name: { type: 'string' } }, required: ['first_name'] },
			{ first_name: 'simulated first name' },
		],
		[
			'required properties only',
			{ type: 'object', properties: { a: { type: 'null' }, b: {} }, required: ['a'] },
			{ a: null },
		],
		['what a constant says', { const: 7 }, 7],
		['a word that is offered', { enum: ['only'] }, 'only'],
		['what is nested deeply', nested(40), JSON.parse(`${'{"a":'.repeat(40)}null${'}'.repeat(40)}`) as JsonValue],
		['a day', { type: 'string', format: 'date' }, '2026-11-22'],
		['text of the right length', { type: 'string', minLength: 20, maxLength: 20 }, 'simulated value.....'],
		['one item', { type: 'array', items: { type: 'integer' } }, [1]],
		['as many items as there have to be', { type: 'array', items: { const: 'x' }, minItems: 3 }, ['x', 'x', 'x']],
		['a number within its limits', { type: 'number', minimum: 5, maximum: 6 }, 5],
		['a number beyond a limit', { type: 'integer', exclusiveMinimum: 5 }, 6],
		['a number below a limit', { type: 'integer', maximum: -3 }, -3],
		['a number of the right multiple', { type: 'integer', minimum: 5, multipleOf: 4 }, 8],
		['one of several', { anyOf: [{ const: 1 }] }, 1],
		['a definition', { $ref: '#/$defs/a~1b', $defs: { 'a/b': { const: 'there' } } }, 'there'],
		[
			'all parts together',
			{
				allOf: [
					{ properties: { a: { const: 1 } }, required: ['a'] },
					{ properties: { b: { const: 2 } }, required: ['b'] },
				],
			},
			{ a: 1, b: 2 },
		],
		['anything for a reference that leads nowhere', { $ref: '#/$defs/none' }, 'simulated value'],
	])('gives %s', (_, schema, value) => expect(sample(schema)).toEqual(value));

	test.each(INHERITED)('takes %s for a format and a property like any other', (name) => {
		const named = (value: JsonValue) => ({ properties: Object.fromEntries([[name, value]]), required: [name] });
		expect(sample({ type: 'string', format: name })).toBe('simulated value');
		expect(sample({ allOf: [named({ const: 1 }), { properties: { a: {} } }] })).toEqual(
			Object.fromEntries([[name, 1]]),
		);
	});

	test('ends with a schema that does not', () => {
		const endless = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] };
		expect(JSON.stringify(sample(endless)).length).toBeLessThan(500);
	});

	test.each<[string, JsonObject, RegExp]>([
		['letters and digits', { pattern: '^[A-Z]{3}-\\d{4}$' }, /^[A-Z]{3}-\d{4}$/],
		['one of several words', { pattern: '^(?:red|green|blue)$' }, /^(?:red|green|blue)$/],
		['a pattern in the middle of anything', { pattern: 'ant', minLength: 12 }, /ant.{9}/],
		['a pattern of the right length', { pattern: '^[a-z]+$', minLength: 9, maxLength: 9 }, /^[a-z]{9}$/],
		['what is referred back to', { pattern: '^(\\w)(?<b>.)\\1\\k<b>$' }, /^(\w)(.)\1\2$/],
		['anything but digits', { pattern: '^[^\\d]{2}\\D\\S$' }, /^\D{3}\S$/],
		['characters by their codes and kinds', { pattern: '^\\u0041\\x42\\p{Lu}\\t[\\]\\-]\\.$' }, /^AB[A-Z]\t[\]-]\.$/],
		['what is looked for ahead', { pattern: '^(?=[a-z])[a-z]{2,3}?$' }, /^[a-z]{2,3}$/],
	])('makes %s', (_, schema, form) => {
		for (let seed = 0; seed < 20; seed++)
			expect(sampleOf({ type: 'string', ...schema }, randomFrom(seed))).toMatch(form);
	});

	test.each<[string, JsonObject]>([
		['different items', { type: 'array', items: { type: 'string', format: 'uuid' }, minItems: 4, uniqueItems: true }],
		[
			'different objects',
			{
				type: 'array',
				items: { properties: { a: { type: 'integer' } }, required: ['a'] },
				minItems: 3,
				uniqueItems: true,
			},
		],
		['the items of a tuple', { type: 'array', prefixItems: [{ type: 'boolean' }, { const: 2 }], minItems: 2 }],
		[
			'an item that has to be among them',
			{ type: 'array', items: { type: ['string', 'integer'] }, contains: { type: 'integer', minimum: 7 } },
		],
		['as many properties as there have to be', { type: 'object', properties: { a: { const: 1 } }, minProperties: 3 }],
		['a number between two limits', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.3 }],
		['a multiple that is no whole number', { type: 'number', minimum: 0.25, multipleOf: 0.1 }],
		['a whole multiple of a fraction', { type: 'integer', minimum: 4, multipleOf: 1.5 }],
		['the one option that fits what stands beside', { type: 'string', anyOf: [{ const: 1 }, { minLength: 30 }] }],
		[
			'what two unions have in common',
			{
				allOf: [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, { anyOf: [{ type: 'integer' }, { type: 'null' }] }],
			},
		],
		[
			'limits from several parts',
			{ allOf: [{ type: 'number', minimum: 3 }, { type: 'integer', maximum: 4 }, { enum: [2, 3, 5] }] },
		],
		[
			'a reference with more beside it',
			{ $ref: '#/$defs/a', required: ['b'], $defs: { a: { type: 'object', properties: { b: { type: 'integer' } } } } },
		],
	])('finds %s', (_, schema) => {
		for (let seed = 0; seed < 20; seed++) expect(faultOf(schema, sampleOf(schema, randomFrom(seed)))).toBeNull();
	});

	test.each<[string, JsonObject]>([
		[
			'what a condition wants',
			{
				properties: { kind: { enum: ['a', 'b'] } },
				required: ['kind'],
				if: { properties: { kind: { const: 'a' } } },
				then: { properties: { x: { type: 'integer' } }, required: ['x'] },
				else: { properties: { y: { type: 'null' } }, required: ['y'] },
			},
		],
		[
			'what a property brings with it',
			{ required: ['a'], dependentRequired: { a: ['b'], b: ['c'] }, properties: { c: { const: 3 } } },
		],
		[
			'what a property changes',
			{
				required: ['card'],
				properties: { card: { type: 'string' } },
				dependentSchemas: { card: { properties: { address: { const: 'there' } }, required: ['address'] } },
			},
		],
		[
			'names that match',
			{
				type: 'object',
				patternProperties: { '^x-[a-z]{3}$': { type: 'integer' } },
				additionalProperties: false,
				minProperties: 2,
			},
		],
		[
			'names that may be used',
			{ type: 'object', propertyNames: { pattern: '^[A-Z]{2}$' }, minProperties: 3, maxProperties: 3 },
		],
		[
			'a name that a pattern goes over without end',
			{ required: [`${'a'.repeat(60)}!`], patternProperties: { '^(a+)+$': { type: 'null' } } },
		],
		['a required name that matches', { required: ['n1'], patternProperties: { '^n': { type: 'number', minimum: 9 } } }],
		[
			'two patterns',
			{ allOf: [{ pattern: '^[a-z]+\\d+$' }, { pattern: '^.{9}$' }, { pattern: 'x7' }], type: 'string' },
		],
		['a password', { type: 'string', pattern: '^(?=.*[A-Z])(?=.*\\d)(?!.*aa).{8,12}$' }],
		['a constant among words', { const: 'b', enum: ['a', 'b', 'c'] }],
		['a word that fits', { enum: ['a', 'bcd', 7], type: 'string', minLength: 2 }],
		[
			'two of a kind among others',
			{ items: { type: ['string', 'integer'] }, contains: { type: 'integer' }, minContains: 2 },
		],
		['no more of a kind than may be', { minItems: 3, contains: { const: 1 }, maxContains: 1, items: { enum: [1, 2] } }],
		['a kind in its place', { prefixItems: [{ type: 'integer' }], maxItems: 1, contains: { minimum: 40 } }],
		['anything but a text', { not: { type: 'string' } }],
		['another number', { type: 'integer', minimum: 1, maximum: 3, not: { enum: [1, 2] } }],
		[
			'what is not allowed to be there',
			{ required: ['a'], minProperties: 2, not: { required: ['b'] }, properties: { b: {} } },
		],
		['just one of two', { oneOf: [{ type: 'number' }, { type: 'integer' }] }],
		[
			'one of two that overlap',
			{ oneOf: [{ required: ['a'] }, { required: ['b'] }], properties: { a: {}, b: {} }, type: 'object' },
		],
		['a multiple of two numbers', { type: 'integer', allOf: [{ multipleOf: 4 }, { multipleOf: 6 }], minimum: 13 }],
		[
			'three hundred different numbers',
			{ type: 'array', items: { type: 'integer' }, minItems: 300, uniqueItems: true },
		],
		[
			'two lists that lead to each other',
			{
				$ref: '#/$defs/a',
				$defs: {
					a: { anyOf: [{ items: { $ref: '#/$defs/b' }, minItems: 1, type: 'array' }, { $ref: '#/$defs/b' }] },
					b: { anyOf: [{ items: { $ref: '#/$defs/a' }, minItems: 1, type: 'array' }, { type: 'null' }] },
				},
			},
		],
	])('finds %s', (_, schema) => {
		for (let seed = 0; seed < 20; seed++) {
			const value = sampleOf(schema, randomFrom(seed));
			expect(conforms(value, schema), JSON.stringify(value)).toBe(true);
		}
	});

	test.each<[string, JsonObject, RegExp]>([
		['a pattern', { format: 'date', pattern: '^2031-02-' }, /^2031-02-[012]\d$/],
		['a pattern at its end', { format: 'email', pattern: '@school\\.edu$' }, /^[^@ ]+@school\.edu$/],
		['a length', { format: 'uri', maxLength: 12 }, /^[a-z]+:\S{1,10}$/],
		['a length beyond the usual', { format: 'hostname', minLength: 40 }, /^[a-z0-9.-]{40,}$/],
		['a pattern, as a pointer', { format: 'json-pointer', pattern: '^/a/' }, /^\/a\/[^~]*$/],
		['nothing else, as a pointer', { format: 'json-pointer' }, /^(?:\/[^/~]*)*$/],
		['nothing else, as a relative pointer', { format: 'relative-json-pointer' }, /^\d+\/[^~]*$/],
	])('keeps to a format with %s', (_, schema, form) =>
		expect(sampleOf({ type: 'string', ...schema }, randomFrom(1))).toMatch(form),
	);

	test.each<[string, JsonObject, JsonValue]>([
		['nothing', { type: 'object', not: {} }, {}],
		['more characters than are made', { type: 'string', minLength: 20_000 }, 'simulated value'.padEnd(10_000, '.')],
		[
			'two things at once',
			{ type: 'object', properties: { a: { type: 'null', const: 1 } }, required: ['a'] },
			{ a: 1 },
		],
		['a text that no text can be', { type: 'string', allOf: [{ pattern: '^a$' }, { pattern: '^b$' }] }, ''],
	])('gives something of the kind where a schema allows %s', (_, schema, value) =>
		expect(sample(schema)).toEqual(value),
	);

	// A browser would take longer over these than anybody waits.
	test.each(['^(a+)+$', '^(a|a)*$', '^(\\w+\\s?)*$', '^(?=(a+)+$)a{10,}$'])('is done with %j at once', (pattern) => {
		expect(sample({ type: 'string', minLength: 60, allOf: [{ pattern }, { pattern: 'b$' }] })).toBeTypeOf('string');
	});

	test('ends a tree somewhere', () => {
		const node: JsonObject = {
			type: 'object',
			properties: {
				left: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
				more: { type: 'array', items: { $ref: '#/$defs/node' } },
			},
			required: ['left', 'more'],
			additionalProperties: false,
		};
		const schema: JsonObject = { $ref: '#/$defs/node', $defs: { node } };
		for (let seed = 0; seed < 20; seed++) expect(faultOf(schema, sampleOf(schema, randomFrom(seed)))).toBeNull();
	});

	test('gives what satisfies any schema that can be satisfied', () => {
		fc.assert(
			fc.property(schemas, fc.nat(), (schema, seed) => {
				expect(faultOf(schema, sampleOf(schema, randomFrom(seed)))).toBeNull();
			}),
			{ numRuns: 150 },
		);
	});

	test('satisfies every keyword, alone and beside the others', () => {
		fc.assert(
			fc.property(satisfiable(1), fc.nat(), ({ schema, witness }, seed) => {
				expect(conforms(witness, schema, schema, inFormat)).toBe(true);
				const value = sampleOf(schema, randomFrom(seed));
				expect(conforms(value, schema, schema, inFormat), JSON.stringify(value)).toBe(true);
			}),
			// Finding is not promised, so it is asked about the same schemas every time.
			{ numRuns: 1000, seed: 4 },
		);
	});
});

/** Holds texts against the formats of the schemas below, too. */
const inFormat: TextRules = {
	matches: (text, pattern) => new RegExp(pattern, 'u').test(text),
	hasFormat: (text, format) =>
		format === 'json-pointer'
			? /^(?:\/(?:[^~/]|~[01])*)*$/.test(text)
			: z.fromJSONSchema({ type: 'string', format } as JsonObject).safeParse(text).success,
};

/** Why a validator that is not ours says that `value` is not as `schema` wants it; null when it is. */
function faultOf(schema: JsonObject, value: JsonValue): string | null {
	const read = z.fromJSONSchema(schema).safeParse(value);
	return read.success ? null : `${JSON.stringify(value)}: ${read.error.message}`;
}

/** Schemas that something satisfies, of what structured outputs and tools are written in. */
const { schemas } = fc.letrec<{ schemas: JsonObject; leaf: JsonObject; node: JsonObject }>((tie) => ({
	schemas: fc.oneof({ maxDepth: 3, depthSize: 'small' }, tie('leaf'), tie('node')),
	leaf: fc.oneof(
		fc.constantFrom<JsonObject>({ type: 'null' }, { type: 'boolean' }, { type: ['string', 'null'] }, { const: 'only' }),
		fc
			.constantFrom('date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid')
			.map((format) => ({ type: 'string', format })),
		fc
			.constantFrom('^[a-z]{2,5}$', '^\\d{3}-\\d{4}$', '^(a|bc)+$', '[A-F0-9]{6}', '^.{1,3}\\.txt$', '^[^@ ]+@[^@ ]+$')
			.map((pattern) => ({ type: 'string', pattern })),
		fc
			.tuple(fc.nat(12), fc.nat(12))
			.map(([least, more]) => ({ type: 'string', minLength: least, maxLength: least + more })),
		fc
			.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(20))
			.map(([least, more]) => ({ type: 'integer', minimum: least, maximum: least + more })),
		fc
			.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 }))
			.map(([least, step]) => ({ type: 'integer', exclusiveMinimum: least, multipleOf: step })),
		fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 5 })).map(([least, more]) => ({
			type: 'number',
			exclusiveMinimum: least / 10,
			exclusiveMaximum: (least + more) / 10,
		})),
		fc.uniqueArray(fc.oneof(fc.string(), fc.integer()), { minLength: 1 }).map((options) => ({ enum: options })),
	),
	node: fc.oneof(
		fc
			.tuple(tie('schemas'), fc.nat(3))
			.map(([items, least]) => ({ type: 'array', items, minItems: least, maxItems: least + 1 })),
		fc
			.nat(6)
			.map((least) => ({ type: 'array', items: { type: 'integer', minimum: 3 }, minItems: least, uniqueItems: true })),
		fc.array(tie('schemas'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
		fc
			.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.tuple(tie('schemas'), fc.boolean()), { maxKeys: 4 })
			.map((properties) => ({
				type: 'object',
				properties: Object.fromEntries(Object.entries(properties).map(([name, [schema]]) => [name, schema])),
				required: Object.keys(properties).filter((name) => properties[name]![1]), // it is one of its keys
				additionalProperties: false,
			})),
		fc.tuple(tie('schemas'), tie('schemas')).map(([a, b]) => ({
			allOf: [
				{ type: 'object', properties: { a }, required: ['a'] },
				{ type: 'object', properties: { b }, required: ['b'] },
			],
		})),
	),
}));
