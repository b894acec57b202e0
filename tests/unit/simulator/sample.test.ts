import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../src/simulator/random';
import { sampleOf } from '../../../src/simulator/sample';
import type { JsonObject, JsonValue } from '../../../src/model/json';

const sample = (schema: JsonValue) => sampleOf(schema, randomFrom(1));

describe('sampleOf', () => {
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

	test('ends with a schema that does not', () => {
		const endless = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] };
		expect(JSON.stringify(sample(endless)).length).toBeLessThan(500);
	});
});
