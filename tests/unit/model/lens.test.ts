import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, invertEdits, type Edit } from '../../../src/model/edit';
import {
	equalJson,
	isJsonArray,
	isJsonObject,
	valueAt,
	type JsonObject,
	type JsonPath,
	type JsonValue,
} from '../../../src/model/json';
import {
	duplicateItem,
	duplicatesIn,
	insertItem,
	moveItem,
	placesIn,
	rangesOf,
	removeValue,
	setRaw,
	setValue,
	sourceAt,
} from '../../../src/model/lens';
import { pathAt } from '../../../src/model/path-at';
import { pathsIn, spelledJson, startsWith } from './spelled-json';

const parse = (text: string) => JSON.parse(text) as JsonValue;
const after = (text: string, edit: (text: string) => Edit[]) => applyEdits(text, edit(text));

const guide = `{
    "model": "claude-sonnet-4-5",
    "max_tokens": 1024,
    "messages": [
        {"role": "user", "content": "Hello, Claude"}
    ]
}`;
const pretty = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] }, null, '\t');

describe('setValue', () => {
	test.each([
		['a number', ['max_tokens'], 1, '1024', '1'],
		['a string', ['model'], 'claude-opus-4-8', '"claude-sonnet-4-5"', '"claude-opus-4-8"'],
		['an item of a list', ['messages', 0, 'role'], 'assistant', '"user"', '"assistant"'],
	])('changes %s and nothing else', (_, path, value, old, written) => {
		expect(after(guide, (text) => setValue(text, path, value))).toBe(guide.replace(old, written));
	});

	test('adds what is missing on a line of its own, laid out like its neighbours', () => {
		expect(after(guide, (text) => setValue(text, ['stream'], true))).toBe(
			guide.replace('    ]\n}', '    ],\n    "stream": true\n}'),
		);
		expect(after('{\r\n\t"a": 1\r\n}\r\n', (text) => setValue(text, ['b', 'c'], [1]))).toBe(
			'{\r\n\t"a": 1,\r\n\t"b": {\r\n\t\t"c": [\r\n\t\t\t1\r\n\t\t]\r\n\t}\r\n}\r\n',
		);
	});

	test.each([
		['{"a":1}', '{"a":1,"b":{"c":[1,2]}}'],
		['{"a": 1}', '{"a": 1, "b": {"c": [1, 2]}}'],
		['{ "a": 1 }', '{ "a": 1, "b": {"c": [1, 2]} }'],
		['{"a":1 ,\t"z":2}\n', '{"a":1 ,\t"z":2 ,\t"b":{"c":[1,2]}}\n'],
		['{"b":{}}', '{"b":{"c":[1,2]}}'],
		['{\n  "m": [],\n  "b": {}\n}', '{\n  "m": [],\n  "b": {\n    "c": [\n      1,\n      2\n    ]\n  }\n}'],
		['{"b":null}', '{"b":{"c":[1,2]}}'],
		['{\n  "z": {"y": 1},\n  "b": { }\n}', '{\n  "z": {"y": 1},\n  "b": {"c": [1, 2]}\n}'],
		['{}', '{\n  "b": {\n    "c": [\n      1,\n      2\n    ]\n  }\n}'],
	])('writes %j in the manner of the document', (text, expected) => {
		expect(after(text, (now) => setValue(now, ['b', 'c'], [1, 2]))).toBe(expected);
	});

	test('addresses the last of duplicate names, as JSON.parse does', () => {
		expect(after('{"a":1,"a":2}', (text) => setValue(text, ['a'], 3))).toBe('{"a":1,"a":3}');
	});

	test.each([
		['1.0', 1],
		['1e3', 1000],
		['"\\u0041"', 'A'],
		['{"b":1,  "c":2.0}', { c: 2, b: 1 }],
	])('leaves %s as it is spelled when it is set to the same', (source, value) => {
		expect(setValue(`{"a":${source}}`, ['a'], value)).toEqual([]);
	});

	test('keeps the escapes of the characters that stay in a string', () => {
		const text = '{"a":"\\u00e9t\\u00e9 \\ud83d\\ude00 \\/"}';
		expect(after(text, (now) => setValue(now, ['a'], 'été 😀! /'))).toBe('{"a":"\\u00e9t\\u00e9 \\ud83d\\ude00! \\/"}');
		expect(after(text, (now) => setValue(now, ['a'], 'été 😁 /'))).toBe('{"a":"\\u00e9t\\u00e9 😁 \\/"}');
	});

	test('does not write over a value that cannot hold the path', () => {
		expect(setValue('{"thinking":"on"}', ['thinking', 'type'], 'adaptive')).toEqual([]);
		expect(setValue('{"messages":{}}', ['messages', 0], 1)).toEqual([]);
	});

	test('makes no edits to text that does not parse', () => {
		expect(setValue('{"a":1,}', ['a'], 2)).toEqual([]);
		expect(setValue('', ['a'], 2)).toEqual([]);
	});
});

describe('setRaw', () => {
	test('writes a value as it is spelled', () => {
		expect(after('{"a":1}', (text) => setRaw(text, ['a'], '{ "b" : 1.50 }'))).toBe('{"a":{ "b" : 1.50 }}');
		expect(after('{"a":1}', (text) => setRaw(text, ['b', 'c'], '1e3'))).toBe('{"a":1,"b":{"c":1e3}}');
		expect(after('{"a":1}', (text) => setRaw(text, ['a'], '1.0'))).toBe('{"a":1.0}');
		expect(setRaw('{"a":1.0}', ['a'], '1.0')).toEqual([]);
	});
});

describe('removeValue', () => {
	test.each([
		[['model'], '    "model": "claude-sonnet-4-5",\n'],
		[['max_tokens'], '    "max_tokens": 1024,\n'],
		[['messages', 0, 'content'], ', "content": "Hello, Claude"'],
	])('takes %j out with its comma', (path, gone) => {
		expect(after(guide, (text) => removeValue(text, path))).toBe(guide.replace(gone, ''));
	});

	test('leaves an empty list or object in one piece', () => {
		expect(after('{"a": [\n  1\n]}', (text) => removeValue(text, ['a', 0]))).toBe('{"a": []}');
	});

	test('takes every duplicate out, so that no earlier one comes to light', () => {
		expect(after('{"a":1,"b":2,"a":3,"a":4,"c":5,"a":6}', (text) => removeValue(text, ['a']))).toBe('{"b":2,"c":5}');
	});

	test('takes the parents out that are left empty, when asked to', () => {
		const text = '{"a":1,"b":{"c":{"d":1}}}';
		expect(after(text, (now) => removeValue(now, ['b', 'c', 'd']))).toBe('{"a":1,"b":{"c":{}}}');
		expect(after(text, (now) => removeValue(now, ['b', 'c', 'd'], { pruneEmptyParents: true }))).toBe('{"a":1}');
		expect(after('{"a":[1]}', (now) => removeValue(now, ['a', 0], { pruneEmptyParents: true }))).toBe('{}');
	});

	test('has nothing to do where there is nothing', () => {
		expect(removeValue('{"a":1}', ['b'])).toEqual([]);
		expect(removeValue('{"a":1}', [])).toEqual([]);
	});
});

describe('duplicatesIn', () => {
	test.each<[string, JsonPath[]]>([
		['{"a": 1, "b": {"a": 1}}', []],
		['{"a": 1, "b": 2, "a": 3, "a": 4}', [['a']]],
		['{"a": "\\"a\\"", "\\u0061": 3}', [['a']]],
		['{"x": [0, {"a": 1, "a": 2}], "b": 1, "b": 2}', [['b'], ['x', 1, 'a']]],
		['{"a": {"b": 1, "b": 2}, "a": {"c": 1}}', [['a']]],
		['{"a": 1, "a": ', []],
	])('finds in %s the names that are there more than once', (text, paths) => {
		expect(duplicatesIn(text)).toEqual(paths);
	});

	test('bears any nesting', () => {
		const deep = 100_000;
		const text = `${'{"a":'.repeat(deep)}{"b":1,"b":2}${'}'.repeat(deep)}`;
		expect(duplicatesIn(text).map((path) => path.length)).toEqual([deep + 1]);
	});
});

describe('insertItem', () => {
	test.each([
		['[1, 2]', 0, '[0, 1, 2]'],
		['[1, 2]', 1, '[1, 0, 2]'],
		['[1, 2]', 2, '[1, 2, 0]'],
		['[1]', 0, '[0, 1]'],
		['[\n    1\n  ]', 1, '[\n    1,\n    0\n  ]'],
		['[\n    1\n  ]', 0, '[\n    0,\n    1\n  ]'],
		['[ ]', 0, '[0]'],
		['null', 0, '[0]'],
	])('puts an item into %j at %i', (array, index, expected) => {
		expect(after(`{"a": ${array}}`, (text) => insertItem(text, ['a'], index, 0))).toBe(`{"a": ${expected}}`);
	});

	test('lays an object out like its neighbours', () => {
		expect(after(guide, (text) => insertItem(text, ['messages'], 1, { role: 'assistant', content: '' }))).toBe(
			guide.replace('Claude"}\n', 'Claude"},\n        {"role": "assistant", "content": ""}\n'),
		);
		expect(after(pretty, (text) => insertItem(text, ['messages'], 0, { role: 'user', content: ['a'] }))).toBe(
			JSON.stringify(
				{
					model: 'm',
					messages: [
						{ role: 'user', content: ['a'] },
						{ role: 'user', content: 'Hi' },
					],
				},
				null,
				'\t',
			),
		);
	});

	test('opens an empty list of a document of many lines', () => {
		expect(after('{\n  "messages": []\n}', (text) => insertItem(text, ['messages'], 0, { a: 1 }))).toBe(
			'{\n  "messages": [\n    {\n      "a": 1\n    }\n  ]\n}',
		);
	});

	test('makes the list where there is none, but not in place of something else', () => {
		expect(after('{"a":1}', (text) => insertItem(text, ['b'], 5, 'x'))).toBe('{"a":1,"b":["x"]}');
		expect(insertItem('{"a":1}', ['a'], 0, 'x')).toEqual([]);
	});
});

describe('moveItem', () => {
	test('moves the very bytes, and gives the neighbours none', () => {
		const text = '[ {"a" : 1.0},\n  "b", [ ]\n]';
		expect(after(text, (now) => moveItem(now, [], 0, 2))).toBe('[ "b", [ ],\n  {"a" : 1.0}\n]');
		expect(after(text, (now) => moveItem(now, [], 2, 0))).toBe('[ [ ], {"a" : 1.0},\n  "b"\n]');
	});

	test('has nothing to do where an item stays or is not there', () => {
		expect(moveItem('[1,2]', [], 1, 1)).toEqual([]);
		expect(moveItem('[1,2]', [], 1, 2)).toEqual([]);
		expect(moveItem('{"a":1}', [], 0, 1)).toEqual([]);
	});
});

describe('placesIn, sourceAt and pathAt', () => {
	const text = '{"a": [1.0, {"b": "\\u0041"}], "a": [2]}';

	test('find a value by its path, of duplicates the last', () => {
		expect(placesIn(text)(['a', 0])).toMatchObject({ offset: text.indexOf('2'), length: 1 });
		expect(sourceAt(text, ['a'])).toBe('[2]');
		expect(sourceAt(text, [])).toBe(text);
	});

	test('find nothing where there is nothing', () => {
		expect(placesIn(text)(['a', 1])).toBeUndefined();
		expect(sourceAt(text, ['b'])).toBeUndefined();
		expect(sourceAt('{"a":1', ['a'])).toBeUndefined();
	});

	test('find the path of a place, in broken text too', () => {
		expect(pathAt(text, text.indexOf('u0041'))).toEqual(['a', 1, 'b']);
		expect(pathAt(text, text.indexOf('b"'))).toEqual(['a', 1, 'b']);
		expect(pathAt('{"messages": [{"role": "user"', 26)).toEqual(['messages', 0, 'role']);
		expect(pathAt('{"messages": [{"role": ', 23)).toEqual(['messages', 0, 'role']);
		expect(pathAt('{"messages": [1, oops, 2]}', 19)).toEqual(['messages']);
		expect(pathAt('', 0)).toEqual([]);
	});
});

describe('any edit of any document', () => {
	const value = fc.jsonValue({ maxDepth: 2 }).map((any) => parse(JSON.stringify(any)));
	const place = spelledJson.chain((text) =>
		fc.tuple(fc.constant(text), fc.constantFrom(...pathsIn(parse(text))), fc.constantFrom('new', 0, 1, 2)),
	);
	/** The paths of the lists in `text`; the property passes over texts without any. */
	const arraysIn = (text: string) => pathsIn(parse(text)).filter((path) => isJsonArray(valueAt(parse(text), path)));
	const list = spelledJson
		.filter((text) => arraysIn(text).length > 0)
		.chain((text) => fc.tuple(fc.constant(text), fc.constantFrom(...arraysIn(text)), fc.nat(4), fc.nat(4)));

	/** Check that `edits` lead to `intended`, leave the spelling of `others` alone, and can be taken back. */
	function check(text: string, edits: Edit[], intended: JsonValue, others: (path: JsonPath) => JsonPath | null) {
		const edited = applyEdits(text, edits);
		expect(equalJson(parse(edited), intended), `${text} became ${edited}`).toBe(true);
		expect(applyEdits(edited, invertEdits(text, edits))).toBe(text);
		for (const path of pathsIn(parse(text))) {
			const moved = others(path);
			if (moved) expect(sourceAt(edited, moved)).toBe(sourceAt(text, path));
		}
	}

	/** `root` with the value at `path` replaced; undefined takes it out. */
	function replaced(root: JsonValue, [step, ...rest]: JsonPath, by: JsonValue | undefined): JsonValue {
		const next = (child: JsonValue | undefined) => (rest.length === 0 ? by : replaced(child!, rest, by));
		if (isJsonArray(root)) {
			const items = root.map((item, i) => (i === step ? next(item) : item));
			if (step === root.length) items.push(next(undefined));
			return items.filter((item) => item !== undefined);
		}
		const entries = Object.entries(root as JsonObject).map(([name, child]): [string, JsonValue | undefined] => [
			name,
			name === step ? next(child) : child,
		]);
		if (!Object.hasOwn(root as JsonObject, step!)) entries.push([String(step), next(undefined)]);
		return Object.fromEntries(entries.filter(([, child]) => child !== undefined)) as JsonValue;
	}
	const apart = (path: JsonPath) => (other: JsonPath) =>
		startsWith(other, path) || startsWith(path, other) ? null : other;

	test('setValue', () => {
		fc.assert(
			fc.property(place, value, ([text, path], to) => {
				const edits = setValue(text, path, to);
				check(text, edits, path.length === 0 ? to : replaced(parse(text), path, to), apart(path));
				const { offset, length } = placesIn(text)(path)!;
				for (const edit of edits) {
					expect(edit.offset).toBeGreaterThanOrEqual(offset);
					expect(edit.offset + edit.length).toBeLessThanOrEqual(offset + length);
				}
			}),
			{ numRuns: 2000 },
		);
	});

	test('setValue of a string by another', () => {
		const strings = fc.array(fc.constantFrom('a', 'A', 'é', '😀', '😁', '\ud83d', '"', '\n'), { maxLength: 6 });
		fc.assert(
			fc.property(spelledJson, strings, (json, units) => {
				const text = `{"s":${json.trim().startsWith('"') ? json : '"\\u0041\\ud83d\\ude00\\n"'}}`;
				check(text, setValue(text, ['s'], units.join('')), { s: units.join('') }, () => null);
			}),
			{ numRuns: 1000 },
		);
	});

	test('setValue of what is missing', () => {
		fc.assert(
			fc.property(place, value, ([text, parent, step], to) => {
				const holder = valueAt(parse(text), parent);
				const holds = typeof step === 'string' ? isJsonObject(holder) : isJsonArray(holder) && step >= holder.length;
				fc.pre(holds);
				const path = [...parent, typeof step === 'string' ? step : (holder as JsonValue[]).length];
				const edits = setValue(text, [...parent, step], to);
				check(text, edits, replaced(parse(text), path, to), apart(path));
				for (const { offset, length } of edits) expect(text.slice(offset, offset + length).trim()).toBe('');
			}),
			{ numRuns: 2000 },
		);
	});

	test('removeValue', () => {
		fc.assert(
			fc.property(place, ([text, path]) => {
				fc.pre(path.length > 0);
				const parent = path.slice(0, -1);
				const last = path.at(-1)!;
				check(text, removeValue(text, path), replaced(parse(text), path, undefined), (other) => {
					if (startsWith(other, path) || startsWith(path, other)) return null;
					const step = other[parent.length];
					const follows = startsWith(other, parent) && typeof step === 'number' && step > Number(last);
					return follows ? [...parent, step - 1, ...other.slice(path.length)] : other;
				});
			}),
			{ numRuns: 2000 },
		);
	});

	test('insertItem and duplicateItem', () => {
		fc.assert(
			fc.property(list, value, ([text, path, index], item) => {
				const items = valueAt(parse(text), path) as JsonValue[];
				const at = Math.min(index, items.length);
				const shifted = (other: JsonPath) => {
					if (startsWith(path, other)) return null;
					const step = other[path.length]!;
					return startsWith(other, path) && Number(step) >= at
						? [...path, Number(step) + 1, ...other.slice(path.length + 1)]
						: other;
				};
				const whole = (to: JsonValue[]) => (path.length === 0 ? to : replaced(parse(text), path, to));
				check(text, insertItem(text, path, index, item), whole(items.toSpliced(at, 0, item)), shifted);
				fc.pre(at > 0);
				check(text, duplicateItem(text, path, at - 1), whole(items.toSpliced(at, 0, items[at - 1]!)), shifted);
			}),
			{ numRuns: 2000 },
		);
	});

	test('moveItem', () => {
		fc.assert(
			fc.property(list, ([text, path, from, to]) => {
				const items = valueAt(parse(text), path) as JsonValue[];
				fc.pre(from < items.length && to < items.length);
				const order = items.map((_, i) => i);
				order.splice(to, 0, ...order.splice(from, 1));
				const moved = order.map((i) => items[i]!);
				const intended = path.length === 0 ? moved : replaced(parse(text), path, moved);
				check(text, moveItem(text, path, from, to), intended, (other) => {
					if (startsWith(path, other)) return null;
					if (!startsWith(other, path)) return other;
					return [...path, order.indexOf(Number(other[path.length])), ...other.slice(path.length + 1)];
				});
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('rangesOf', () => {
	test('gives each value its place, and what is missing the place it is missing from', () => {
		const text = '{"a": [1, {"b": 2}]}';
		expect(rangesOf(text, [['a', 1, 'b'], ['a', 1, 'c', 'd'], ['z'], []])).toEqual([
			{ offset: text.indexOf('2'), length: 1 },
			{ offset: text.indexOf('{"b"'), length: 8 },
			{ offset: 0, length: text.length },
			{ offset: 0, length: text.length },
		]);
	});

	test('gives none in what does not parse', () => {
		expect(rangesOf('{"a": ', [['a']])).toEqual([null]);
	});
});
