import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { randomFrom } from '../../../src/simulator/random';
import { sampleOf } from '../../../src/simulator/sample';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import { INHERITED } from '../../fixtures/inherited';

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
		['null for a reference that leads nowhere', { $ref: '#/$defs/none' }, null],
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
});

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
