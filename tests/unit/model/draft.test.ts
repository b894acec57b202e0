import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyDraft, faultOf, readDraft } from '../../../src/model/draft';
import { damagedJson } from './spelled-json';

describe('readDraft', () => {
	const before = readDraft('{"max_tokens":64}');

	test('keeps fields it has never heard of', () => {
		expect(readDraft('{"new_field":[1]}', before)).toEqual({
			kind: 'valid',
			text: '{"new_field":[1]}',
			request: { new_field: [1] },
		});
	});

	test.each(['{"max_tokens":', '', '[]', 'null', '"text"'])('keeps %j as typed, and the last good request', (text) => {
		const lastGood = { text: '{"max_tokens":64}', request: { max_tokens: 64 } };
		const broken = readDraft(text, before);
		expect(broken).toMatchObject({ kind: 'broken', text, lastGood });
		expect(readDraft(text + '!', broken)).toMatchObject({ kind: 'broken', lastGood });
	});

	test('has an empty request to fall back on from the start', () => {
		expect(readDraft('{')).toMatchObject({ kind: 'broken', lastGood: { text: '{}', request: {} } });
		expect(readDraft(emptyDraft.text)).toEqual(emptyDraft);
	});

	test('says where a value stands that is no request', () => {
		expect(readDraft('\n  [1]')).toMatchObject({
			fault: { reason: 'A request is a JSON object: { … }.', offset: 3, line: 2, column: 3 },
		});
	});
});

describe('faultOf', () => {
	test.each([
		['{"max_tokens": 1024 "stream": true}', '"stream"', 'Expected a comma or } after the value of "max_tokens".'],
		['{"a": {"b": 1} "c": 2}', '"c"', 'Expected a comma or } after the value of "a".'],
		['{"a": [1 2]}', '2', 'Expected a comma or ] after this item.'],
		['{"a" 1}', '1', 'Expected a colon after the name "a".'],
		['{"a": 1,}', '}', 'Expected a property name after the comma: the last property takes no comma.'],
		['{"a": [1,]}', ']', 'Expected an item after the comma: the last item takes no comma.'],
		['{a: 1}', 'a', 'Expected a property name in double quotes.'],
		['{"a": one}', 'one', 'Unexpected "one".'],
		['{1: true}', '1', 'Expected a property name in double quotes.'],
		['{"a": }', '}', 'Expected a value for "a".'],
		['{"stream": True}', 'True', 'JSON writes True as true.'],
		['{"a": None}', 'None', 'JSON writes None as null.'],
		["{'a': 1}", "'a", 'JSON takes only straight double quotes: ".'],
		['{"a": "b}', '"b', 'This string is not closed: a line break within a string is written \\n.'],
		['{"a": "\\q"}', '\\q', 'This escape is unknown: a backslash is written \\\\.'],
		['{"a": "\\u12"}', '\\u', 'Expected four hexadecimal digits after \\u.'],
		['{"a": "\t"}', '\t', 'A control character within a string is written as an escape, such as \\t.'],
		['{"a": 1.}', '1.', 'This number is not complete.'],
		['{"a": 1.5E}', '1.5E', 'This number is not complete.'],
		['{"a": 01}', '1', 'Expected a comma or } after the value of "a".'],
		['{"a": "he said "yes""}', 'yes', 'Expected a comma or } after the value of "a".'],
		['{"a" = 1}', '=', 'Expected a colon after the name "a".'],
		['{"a": [1,, 2]}', ', 2', 'Expected an item or ].'],
		['{"a": ‘b’}', '‘b', 'JSON takes only straight double quotes: ".'],
		['{"a": constructor}', 'constructor', 'Unexpected "constructor".'],
		['{"a": 1, # one\n}', '#', 'Expected a property name in double quotes.'],
		['{"a": [1, // one\n2]}', '//', 'JSON has no comments.'],
		['{} // done', '//', 'JSON has no comments.'],
		['{} {}', '{}', 'Expected nothing after the end of the request.'],
	])('explains %s', (text, at, reason) => {
		expect(faultOf(text)).toMatchObject({ reason, offset: text.lastIndexOf(at) });
	});

	test.each([
		['{"a": 1', 'Expected a closing }.'],
		['{"a": [1', 'Expected a closing ].'],
		['{"a": [', 'Expected a closing ].'],
		['{"a": [1,', 'Expected an item or ].'],
		['{"a":', 'Expected a value for "a".'],
		['', 'Expected a JSON value.'],
	])('finds the fault of %j at its end', (text, reason) => {
		expect(faultOf(text)).toMatchObject({ reason, offset: text.length });
	});

	test('repeats only the beginning of what lacks its quotes', () => {
		expect(faultOf(`{"data": ${'QUJD'.repeat(100)}}`)?.reason).toBe(`Unexpected "${'QUJD'.repeat(10)}".`);
	});

	test('counts lines and columns from one, whatever ends a line', () => {
		expect(faultOf('{\r\n\t"a": 1\r\n\t"b": 2\r\n}')).toMatchObject({ line: 3, column: 2 });
	});

	test('has a fault for exactly the texts that JSON.parse refuses', () => {
		fc.assert(
			fc.property(damagedJson, (text) => {
				let parses = true;
				try {
					JSON.parse(text);
				} catch {
					parses = false;
				}
				const fault = faultOf(text);
				expect(fault === null).toBe(parses);
				expect(fault?.reason).not.toBe('This is nested too deeply for this browser.');
			}),
			{ numRuns: 3000 },
		);
	});
});
