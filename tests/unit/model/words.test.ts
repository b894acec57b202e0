import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../../src/model/words';

const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

describe('wordsOf', () => {
	test('gives what the system prompt and the messages say, in their order', () => {
		const request = {
			model: 'claude-sonnet-4-5',
			messages: [
				{ role: 'user', content: 'What is latin for ant?' },
				{ role: 'assistant', content: [{ type: 'text', text: 'Formica' }] },
			],
			system: [{ type: 'text', text: 'Be brief', cache_control: { type: 'ephemeral', ttl: '1h' } }],
		};
		expect(wordsOf(JSON.stringify(request))).toBe('Be brief\nWhat is latin for ant?\nFormica');
	});

	test.each([
		['thinking', { type: 'thinking', thinking: 'Hmm', signature: picture }, 'Hmm'],
		[
			'the call of a tool',
			{ type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Köln' } },
			'weather\nKöln',
		],
		[
			'the result of one',
			{ type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: '15 °C' }] },
			'15 °C',
		],
		[
			'a document of plain text, with its title',
			{ type: 'document', title: 'Ants', source: { type: 'text', media_type: 'text/plain', data: 'They dig.' } },
			'Ants\nThey dig.',
		],
		[
			'the address of an image',
			{ type: 'image', source: { type: 'url', url: 'https://a.example/ant' } },
			'https://a.example/ant',
		],
		['a block that is yet unheard of', { type: 'smell', smell: { of: ['pine'] } }, 'pine'],
	])('has the words of %s', (_, block, words) => {
		expect(wordsOf(JSON.stringify({ messages: [{ role: 'user', content: [block] }] }))).toBe(words);
	});

	test.each([
		['base64', picture],
		['the reference of an attachment', `attachment:sha256-${'0'.repeat(64)}`],
	])('has nothing of %s', (_, data) => {
		const source = { type: 'base64', media_type: 'image/png', data };
		expect(wordsOf(JSON.stringify({ messages: [{ role: 'user', content: [{ type: 'image', source }] }] }))).toBe('');
	});

	test.each(['', '{"messages": [half typed', 'no JSON at all', '[]'])('is the text itself when it is %j', (text) => {
		expect(wordsOf(text)).toBe(text);
	});

	test('reads a request however deep it is nested', () => {
		const text = `{"messages": ${'['.repeat(50_000)}"deep"${']'.repeat(50_000)}}`;
		expect(wordsOf(text)).toContain('deep');
	});
});
