import { describe, expect, test } from 'vitest';
import { titleOf } from '../../../src/model/title';

const request = (...messages: unknown[]) => JSON.stringify({ model: 'claude-sonnet-4-5', messages });

describe('titleOf', () => {
	test('is what the user says first', () => {
		expect(titleOf(request({ role: 'user', content: 'Hello, Claude' }))).toBe('Hello, Claude');
		const turns = [
			{ role: 'assistant', content: 'I begin' },
			{ role: 'user', content: 'And I\n\tanswer ' },
		];
		expect(titleOf(request(...turns))).toBe('And I answer');
	});
	test('looks past blocks without words', () => {
		const content = [
			{ type: 'image', source: {} },
			{ type: 'text', text: ' ' },
			{ type: 'text', text: 'What is this?' },
		];
		expect(titleOf(request({ role: 'user', content: '' }, { role: 'user', content }))).toBe('What is this?');
	});
	test('is cut between words, and inside of none but an endless one', () => {
		expect(titleOf(request({ role: 'user', content: 'seven chars '.repeat(9) }))).toBe(
			'seven chars seven chars seven chars seven chars seven chars…',
		);
		expect(titleOf(request({ role: 'user', content: `a${'😀'.repeat(40)}` }))).toBe(`a${'😀'.repeat(29)}…`);
	});
	test.each(['', '{', 'null', '[]', '{"messages":3}', '{"messages":[null,{"role":"user"}]}', request()])(
		'is unknown for %j',
		(text) => {
			expect(titleOf(text)).toBeNull();
		},
	);
});
