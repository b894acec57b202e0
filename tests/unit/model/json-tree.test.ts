import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalJson, type JsonValue } from '../../../src/model/json';
import { nameOf, readTree, type JsonNode } from '../../../src/model/json-tree';
import { damagedJson, spelledJson } from './spelled-json';

const sourceOf = (text: string, { offset, length }: JsonNode) => text.slice(offset, offset + length);

/** What the tree says from `node` on, put together from its parts. */
function valueOf(node: JsonNode): JsonValue {
	if (node.type === 'array') return node.children.map(valueOf);
	if (node.type === 'object')
		return Object.fromEntries(node.children.map((property) => [nameOf(property), valueOf(property.children[1]!)]));
	return node.value!;
}

function nodesFrom(node: JsonNode): JsonNode[] {
	return [node, ...node.children.flatMap(nodesFrom)];
}

/** What `JSON.parse` makes of `text`; undefined where it makes nothing. */
function parse(text: string): JsonValue | undefined {
	try {
		return JSON.parse(text) as JsonValue;
	} catch {
		return undefined;
	}
}

describe('readTree', () => {
	test('says where everything stands, and keeps duplicates in their order', () => {
		const text = ' {"a" : 1.0,\n"\\u0061":[true , "b"]} ';
		const { root, fault } = readTree(text);
		expect(fault).toBeNull();
		expect(nodesFrom(root!).map((node) => [node.type, sourceOf(text, node), node.value])).toEqual([
			['object', '{"a" : 1.0,\n"\\u0061":[true , "b"]}', undefined],
			['property', '"a" : 1.0', undefined],
			['string', '"a"', 'a'],
			['number', '1.0', 1],
			['property', '"\\u0061":[true , "b"]', undefined],
			['string', '"\\u0061"', 'a'],
			['array', '[true , "b"]', undefined],
			['boolean', 'true', true],
			['string', '"b"', 'b'],
		]);
	});

	test('reads any JSON as JSON.parse does, every part of it in its place', () => {
		fc.assert(
			fc.property(spelledJson, (text) => {
				const { root, fault } = readTree(text);
				expect(fault).toBeNull();
				expect(equalJson(valueOf(root!), parse(text)), text).toBe(true);
				for (const node of nodesFrom(root!)) {
					for (const child of node.children) expect(child.parent).toBe(node);
					const source = sourceOf(text, node);
					const whole = node.type === 'property' ? `{${source}}` : source;
					const meant = node.type === 'property' ? { [nameOf(node)]: valueOf(node.children[1]!) } : valueOf(node);
					expect(source).toBe(source.trim());
					expect(equalJson(parse(whole), meant), source).toBe(true);
				}
			}),
			{ numRuns: 2000 },
		);
	});

	const scraps = [
		'{',
		'}',
		'[',
		']',
		',',
		':',
		'"',
		'"a"',
		'\\',
		'\\u0041',
		'\\n',
		'u',
		'true',
		'fals',
		'null',
		'e',
		'E',
	];
	const strange = [
		'-',
		'+',
		'.',
		'0',
		'1',
		'/',
		' ',
		'\t',
		'\n',
		'\r',
		'\0',
		'\u00a0',
		'\u2028',
		'\ufeff',
		'\ud83d',
		'😀',
	];
	const anyText = fc.oneof(
		damagedJson,
		fc.array(fc.constantFrom(...scraps, ...strange), { maxLength: 8 }).map((parts) => parts.join('')),
		fc.array(fc.constantFrom('-', '+', '.', '0', '1', '2', 'e', 'E'), { maxLength: 6 }).map((parts) => parts.join('')),
		fc.string({ unit: 'binary' }).map((text) => `"${text}"`),
	);

	test('takes exactly the texts that JSON.parse takes, and of the others has read right what it has read', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const { root, fault } = readTree(text);
				const value = parse(text);
				expect(fault === null).toBe(value !== undefined);
				if (!fault) {
					expect(equalJson(valueOf(root), value)).toBe(true);
					return;
				}
				expect(fault.offset).toBeLessThanOrEqual(text.length);
				const closed = root && nodesFrom(root).filter(({ offset, length }) => offset + length < text.length);
				for (const node of closed ?? []) {
					expect(node.offset + node.length).toBeLessThanOrEqual(fault.offset);
					if (node.type !== 'property') expect(equalJson(parse(sourceOf(text, node)), valueOf(node))).toBe(true);
				}
			}),
			{ numRuns: 10_000 },
		);
	});

	test.each([
		...['"_"', '"\\_"', '"\\u00_0"', '_1', '1_', '-_', '1_2', '1e_2', 'tru_', 'true_', 'null _'],
		...['[_]', '[1_2]', '[1,_]', '[1_', '{_}', '_"a":1}', '{"a"_1}', '{"a":_}', '{"a":1_"b":2}', '{"a":1,_}'],
	])('takes in %s the characters that JSON.parse takes', (place) => {
		const units = [...Array(0x100).keys(), 0x2003, 0x2028, 0x2029, 0xd83d, 0xfeff];
		const texts = units.map((unit) => place.replace('_', () => String.fromCharCode(unit)));
		expect(texts.filter((text) => (readTree(text).fault === null) !== (parse(text) !== undefined))).toEqual([]);
	});

	test('keeps what was read before the fault; what is open there reaches to the end', () => {
		const text = '{"a": [1, {"b": oops} ], "c": 2}';
		const { root, fault } = readTree(text);
		expect(fault).toEqual({ reason: 'Unexpected "oops".', offset: text.indexOf('oops') });
		expect(nodesFrom(root!).map((node) => sourceOf(text, node))).toEqual([
			text,
			text.slice(1),
			'"a"',
			text.slice(6),
			'1',
			text.slice(10),
			text.slice(11),
			'"b"',
		]);
		expect(readTree(' ').root).toBeUndefined();
	});

	test('reads what is nested deeper than a call stack bears', () => {
		const depth = 100_000;
		const text = '[{"a":'.repeat(depth) + '}]'.repeat(depth);
		expect(readTree(text).fault).toEqual({ reason: 'Expected a value for "a".', offset: 6 * depth });
		const { root, fault } = readTree(text.replace('}', '0}'));
		let levels = 0;
		for (let node = root; node; node = node.children.at(-1)) levels++;
		expect(fault).toBeNull();
		expect(levels).toBe(3 * depth + 1);
		expect(readTree('['.repeat(depth)).fault).toEqual({ reason: 'Expected a closing ].', offset: depth });
	});
});
