import { describe, expect, test } from 'vitest';
import { conforms, judge, malformedIn } from '../../../src/lint/json-schema';
import type { JsonObject, JsonValue } from '../../../src/model/json';

describe('conforms', () => {
	test.each<[string, JsonObject, JsonValue[], JsonValue[]]>([
		[
			'if, then and else',
			{ if: { properties: { kind: { const: 'a' } } }, then: { required: ['x'] }, else: { required: ['y'] } },
			[{ kind: 'a', x: 1 }, { kind: 'b', y: 1 }, 7],
			[
				{ kind: 'a', y: 1 },
				{ kind: 'b', x: 1 },
			],
		],
		['then without an if', { then: false }, [1], []],
		['what a property brings with it', { dependentRequired: { a: ['b'] } }, [{}, { b: 1 }, { a: 1, b: 1 }], [{ a: 1 }]],
		['what a property changes', { dependentSchemas: { a: { maxProperties: 1 } } }, [{ a: 1 }], [{ a: 1, b: 1 }]],
		[
			'names that match',
			{ patternProperties: { '^n': { type: 'number' }, x$: { minimum: 5 } }, additionalProperties: false },
			[{ n: 1 }, { nx: 5 }],
			[{ n: 'one' }, { nx: 4 }, { other: 1 }],
		],
		['how names are written', { propertyNames: { maxLength: 2 } }, [{ ab: 1 }], [{ abc: 1 }]],
		['how many are found', { contains: { const: 1 }, minContains: 2, maxContains: 2 }, [[1, 1, 2]], [[1], [1, 1, 1]]],
		['that none need be found', { contains: { const: 1 }, minContains: 0 }, [[]], []],
		['a circle that says nothing', { allOf: [{ $ref: '#' }, { $ref: '#' }], type: 'null' }, [null], [1]],
		[
			'a tree',
			{ type: 'object', properties: { next: { $ref: '#' } }, additionalProperties: false },
			[{ next: { next: {} } }],
			[{ next: { next: 1 } }],
		],
	])('knows %s', (_, schema, right, wrong) => {
		for (const value of right) expect(conforms(value, schema), JSON.stringify(value)).toBe(true);
		for (const value of wrong) expect(conforms(value, schema), JSON.stringify(value)).toBe(false);
	});
});

describe('judge', () => {
	test.each<[string, JsonObject, JsonValue[], JsonValue[], JsonValue[]]>([
		['a pattern that looks back', { pattern: '(a)\\1' }, [7], [], ['aa', 'ab']],
		['its opposite', { not: { pattern: '(a)\\1' } }, [], [7], ['aa', 'ab']],
		['one that leaves no choice', { pattern: '(a)\\1', maxLength: 3 }, [], ['abcd'], ['aa']],
		['one of two', { anyOf: [{ pattern: '(a)\\1' }, { maxLength: 1 }] }, ['a'], [], ['aa']],
		['exactly one of three', { oneOf: [{ pattern: '(a)\\1' }, true, { maxLength: 1 }] }, [], ['a'], ['aa']],
		['a condition', { if: { pattern: '(a)\\1' }, then: { maxLength: 2 }, else: { maxLength: 2 } }, ['aa'], ['aaa'], []],
		['a condition with two ends', { if: { pattern: '(a)\\1' }, then: { maxLength: 2 } }, ['ab'], [], ['abc']],
		[
			'names that look back',
			{ patternProperties: { '(a)\\1': { type: 'number' } }, additionalProperties: false },
			[{}],
			[],
			[{ aa: 1 }, { ab: 1 }],
		],
		['how many look back', { contains: { pattern: '(a)\\1' }, minContains: 2 }, [], [['a']], [['aa', 'aa']]],
		['a reference out of the schema', { $ref: 'https://example.com/schema' }, [], [], [1]],
		['a circle', { not: { $ref: '#' } }, [], [], [1]],
		[
			'properties of which nothing looks into the rest',
			{ properties: { a: true }, patternProperties: { '^x': true }, unevaluatedProperties: false },
			[{}, { a: 1, x1: 2 }],
			[{ b: 1 }],
			[],
		],
		[
			'properties that another part may look into',
			{ allOf: [{ properties: { b: true } }], properties: { a: true }, unevaluatedProperties: { type: 'number' } },
			[{ a: '' }, { b: 1 }],
			[],
			[{ b: '' }, { c: '' }],
		],
		[
			'properties that are all looked into',
			{ $ref: '#/$defs/a', additionalProperties: true, unevaluatedProperties: false, $defs: { a: true } },
			[{ b: 1 }],
			[],
			[],
		],
		['items that are left over', { prefixItems: [true], unevaluatedItems: false }, [[1]], [[1, 2]], []],
		['items that may be found', { contains: { const: 1 }, unevaluatedItems: false }, [], [[]], [[1], [1, 2]]],
	])('knows what it does not know of %s', (_, schema, right, wrong, unknown) => {
		for (const value of right) expect(judge(value, schema), JSON.stringify(value)).toBe(true);
		for (const value of wrong) expect(judge(value, schema), JSON.stringify(value)).toBe(false);
		for (const value of unknown) expect(judge(value, schema), JSON.stringify(value)).toBeNull();
	});

	test('answers where a browser would go on for ever', () => {
		const text = `${'a'.repeat(40)}!`;
		expect(judge(text, { pattern: '(a+)+$' })).toBe(false);
		expect(judge({ [text]: 1 }, { patternProperties: { '(a+)+$': false } })).toBe(true);
	});

	test('gives up on references that lead on and on', () => {
		const $defs = Object.fromEntries(
			Array.from({ length: 20_000 }, (_, at) => [String(at), { $ref: `#/$defs/${at + 1}` }]),
		);
		expect(judge(1, { $ref: '#/$defs/0', $defs: { ...$defs, 20000: { type: 'string' } } })).toBeNull();
		expect(judge(1, { $ref: '#/$defs/19800', $defs: { ...$defs, 20000: { type: 'string' } } })).toBe(false);
	});

	test('gives up on a schema that asks the same over and over', () => {
		const $defs = Object.fromEntries(
			Array.from({ length: 40 }, (_, at) => {
				const $ref = `#/$defs/${at + 1}`;
				return [String(at), { anyOf: [{ $ref }, { $ref }] }];
			}),
		);
		expect(judge(1, { $ref: '#/$defs/0', $defs: { ...$defs, 40: { type: 'string' } } })).toBeNull();
	});
});

describe('malformedIn', () => {
	test.each<[string, JsonObject, (string | number)[]]>([
		['a condition', { if: { type: 'text' } }, ['if', 'type']],
		['names of properties', { propertyNames: { pattern: '(' } }, ['propertyNames', 'pattern']],
		['what a property brings', { dependentRequired: { a: 'b' } }, ['dependentRequired']],
		['what is left over', { unevaluatedProperties: 1 }, ['unevaluatedProperties']],
		['a number of items', { contains: {}, minContains: -1 }, ['minContains']],
	])('looks into %s', (_, schema, path) => expect(malformedIn(schema)).toEqual(path));
});
