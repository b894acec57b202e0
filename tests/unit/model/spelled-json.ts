import fc from 'fast-check';
import { applyEdits } from '../../../src/model/edit';
import { isJsonArray, isJsonObject, type JsonPath, type JsonValue } from '../../../src/model/json';

// JSON as people write it: any white space, any spelling of numbers and strings, names in any order and more than once.

const space = fc.constantFrom('', '', ' ', '\n', '\n  ', '\t', '\r\n\t');
const number = fc.constantFrom('0', '-0', '1.0', '1e3', '0.10', '-2E-2', '12345678901234567890', '1e999');
const character = fc.oneof(
	fc.constantFrom('a', 'é', '😀', ',', '}', '[', '\\"', '\\\\', '\\n', '\\/', '\\u0041', '\\ud83d\\ude00', '\\ud83d'),
	fc.string({ minLength: 1, maxLength: 1 }).map((unit) => JSON.stringify(unit).slice(1, -1)),
);
const string = fc.array(character, { maxLength: 6 }).map((units) => `"${units.join('')}"`);
const name = fc.constantFrom('"a"', '"b"', '"\\u0061"', '"c d"', '"__proto__"', '""');

const { value } = fc.letrec<{ value: string }>((tie) => {
	const item = fc.tuple(space, tie('value'), space).map((parts) => parts.join(''));
	const property = fc
		.tuple(space, name, space, space, tie('value'), space)
		.map(([before, key, left, right, of, after]) => `${before}${key}${left}:${right}${of}${after}`);
	return {
		value: fc.oneof(
			{ maxDepth: 4 },
			fc.constantFrom('null', 'true', 'false', '{}', '[ ]', '{\n}'),
			number,
			string,
			fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => `[${items.join(',')}]`),
			fc.array(property, { minLength: 1, maxLength: 5 }).map((properties) => `{${properties.join(',')}}`),
		),
	};
});

/** Any JSON text. */
export const spelledJson = fc.tuple(space, value, space).map((parts) => parts.join(''));

const scrap = fc.constantFrom(
	'',
	',',
	'"',
	'}',
	']',
	':',
	'1',
	'0',
	'-',
	'.',
	'e',
	'x',
	'\\',
	'/',
	'\t',
	'\n',
	'\u00a0',
);

/** Most often a text that would be JSON, were it not for a character or two. */
export const damagedJson = fc.tuple(spelledJson, fc.nat(), fc.nat(3), scrap).map(([text, at, length, content]) => {
	const offset = at % (text.length + 1);
	return applyEdits(text, [{ offset, length: Math.min(length, text.length - offset), content }]);
});

/** The paths of all values in `value`, the root's first. */
export function pathsIn(value: JsonValue, path: JsonPath = []): JsonPath[] {
	const steps: [string | number, JsonValue][] = isJsonArray(value)
		? value.map((item, i) => [i, item])
		: isJsonObject(value)
			? Object.entries(value)
			: [];
	return [path, ...steps.flatMap(([step, child]) => pathsIn(child, [...path, step]))];
}

export function startsWith(path: JsonPath, beginning: JsonPath): boolean {
	return beginning.every((step, i) => path[i] === step);
}
