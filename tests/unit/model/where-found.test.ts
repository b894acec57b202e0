import { describe, expect, test } from 'vitest';
import { whereFound } from '../../../src/model/where-found';

const turns = (...contents: unknown[]) => ({ messages: contents.map((content) => ({ role: 'user', content })) });

/** What is found as it is written in the text, and the path to it. */
function found(query: string, request: object, text = JSON.stringify(request, null, 2)) {
	const where = whereFound(query, text);
	if (!where) return null;
	const { path, string, start, end, range } = where;
	return [path.join('.'), string.slice(start, end), text.slice(range.offset, range.offset + range.length)];
}

describe('whereFound', () => {
	test('leads to the word in the turn that says it', () => {
		expect(found('CAFE', turns('Hello', 'Un café au lait'))).toEqual(['messages.1.content', 'café', 'café']);
	});

	test('prefers a word to a part of one, and the first of several', () => {
		expect(found('ant', turns('antenna', 'an ant', 'the ant'))?.[0]).toBe('messages.1.content');
		expect(found('ant', turns('bee', 'antenna', 'antelope'))?.[0]).toBe('messages.1.content');
	});

	test('goes by the longest word that is in the text, since the title may have the others', () => {
		expect(found('ant elephant', turns('ant', 'elephant'))?.[0]).toBe('messages.1.content');
		expect(found('ant elephant', turns('ant', 'bee'))?.[0]).toBe('messages.0.content');
	});

	test('finds the system prompt before the turns, and what blocks say', () => {
		expect(found('ant', { ...turns('ant'), system: 'ant' })?.[0]).toBe('system');
		const blocks = [
			{ type: 'text', text: 'bee' },
			{ type: 'tool_use', id: 'ant', name: 'dig', input: { who: 'ant' } },
		];
		expect(found('ant', turns('bee', blocks))?.[0]).toBe('messages.1.content.1.input.who');
	});

	test('knows how it is spelled in the text', () => {
		const text = String.raw`{"messages": [{"content": "\"\u00fcber\" \n\ud83d\udc1c caf\u00e9!"}]}`;
		expect(found('cafe', {}, text)).toEqual(['messages.0.content', 'café', String.raw`caf\u00e9`]);
	});

	test.each([
		['the last character', 'ant', 'an ant', 'ant'],
		['a ligature', 'fit', 'to ﬁt in', 'ﬁt'],
		['a letter that stands for two', 'gross', 'ßß groß æ', 'groß'],
		['a character of two halves', '🐜', 'an 🐜', '🐜'],
	])('ends with %s', (_, query, content, written) => {
		expect(found(query, turns(content))?.[1]).toBe(written);
	});

	test.each([
		['is in the title alone', JSON.stringify(turns('bee'))],
		['is said by what is no part of its words', JSON.stringify({ model: 'ant', messages: [{ role: 'ant' }] })],
		['is in a text that does not parse', '{"messages": "ant'],
		['is nested deeper than anyone reads', `{"messages": ${'['.repeat(5000)}"ant"${']'.repeat(5000)}}`],
	])('finds nothing that %s', (_, text) => {
		expect(whereFound('ant', text)).toBeNull();
	});
});
