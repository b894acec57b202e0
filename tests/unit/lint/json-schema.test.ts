import { describe, expect, test } from 'vitest';
import { conforms, malformedIn } from '../../../src/lint/json-schema';
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

describe('malformedIn', () => {
	test.each<[string, JsonObject, (string | number)[]]>([
		['a condition', { if: { type: 'text' } }, ['if', 'type']],
		['names of properties', { propertyNames: { pattern: '(' } }, ['propertyNames', 'pattern']],
		['what a property brings', { dependentRequired: { a: 'b' } }, ['dependentRequired']],
		['a number of items', { contains: {}, minContains: -1 }, ['minContains']],
	])('looks into %s', (_, schema, path) => expect(malformedIn(schema)).toEqual(path));
});
