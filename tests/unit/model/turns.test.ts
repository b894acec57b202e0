import { describe, expect, test } from 'vitest';
import { applyEdits, type Edit } from '../../../src/model/edit';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import { joinedTo, joinReply } from '../../../src/model/join-reply';
import {
	addBlock,
	addTurn,
	blocksOf,
	duplicateTurn,
	insertTurnAbove,
	moveTurn,
	prefillAnswer,
	prefillIn,
	removeTurn,
	setRole,
	turnsOf,
	withFirstTurns,
} from '../../../src/model/turns';
import { moveBlock, removeBlock } from '../../../src/model/turn-blocks';

const after = (text: string, edits: Edit[]) => applyEdits(text, edits);
const turnOf = (message: JsonValue) => turnsOf({ messages: [message] })[0]!;
const image = { type: 'image', source: { type: 'url', url: 'https://example.com/ant.png' } };

describe('turnsOf', () => {
	test('reads string content as one text block', () => {
		expect(turnsOf({ messages: [{ role: 'user', content: 'Hi' }] })).toEqual([
			{
				index: 0,
				path: ['messages', 0],
				role: 'user',
				shape: 'text',
				blocks: [
					{
						kind: 'text',
						path: ['messages', 0, 'content'],
						value: 'Hi',
						text: 'Hi',
						textPath: ['messages', 0, 'content'],
					},
				],
				others: [],
				prefill: false,
			},
		]);
	});

	test('reads a list of blocks', () => {
		const text = { type: 'text', text: 'What is this?', cache_control: { type: 'ephemeral' } };
		expect(turnOf({ role: 'user', content: [image, text] })).toMatchObject({
			shape: 'blocks',
			blocks: [
				{ kind: 'image', path: ['messages', 0, 'content', 0], value: image },
				{ kind: 'text', value: text, text: 'What is this?', textPath: ['messages', 0, 'content', 1, 'text'] },
			],
		});
	});

	test.each<[string, JsonObject]>([
		['document', { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a' } }],
		['tool_use', { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} }],
		['tool_result', { type: 'tool_result', tool_use_id: 'toolu_1' }],
		['tool_result', { type: 'tool_result', tool_use_id: 'toolu_1', content: [image] }],
		['thinking', { type: 'thinking', thinking: '', signature: 's' }],
		['redacted_thinking', { type: 'redacted_thinking', data: 'd' }],
		['other', { type: 'hologram', depth: 3 }],
		['other', { type: 'text', text: 1 }],
		['other', { type: 'image' }],
		['other', { type: 'tool_use', id: 'toolu_1', name: 'f', input: '{}' }],
		['other', { type: 'constructor' }],
		['other', { text: 'no type' }],
	])('takes for %s: %j', (kind, block) => {
		expect(turnOf({ role: 'user', content: [block] }).blocks).toMatchObject([{ kind, value: block }]);
	});

	test.each<JsonValue>(['Hi', null, 7, {}, { role: 'user' }, { role: 'user', content: 7 }])(
		'shows malformed %j',
		(message) => {
			expect(turnOf(message)).toMatchObject({
				shape: 'other',
				blocks: [{ kind: 'other', path: ['messages', 0], value: message }],
			});
		},
	);

	test('shows what stands in a list of blocks and is none', () => {
		expect(turnOf({ role: 'user', content: ['Hi'] }).blocks).toMatchObject([{ kind: 'other', value: 'Hi' }]);
	});

	test('names the properties beside role and content', () => {
		const message = { role: 'system', content: 'Hi', clear_at: 'turn_end' };
		expect(turnOf(message).others).toEqual([['messages', 0, 'clear_at']]);
	});

	test('knows a prefill: the last turn, when it is the assistant’s', () => {
		const [user, assistant] = [
			{ role: 'user', content: 'a' },
			{ role: 'assistant', content: 'b' },
		];
		const prefills = (...messages: JsonObject[]) => turnsOf({ messages }).map(({ prefill }) => prefill);
		expect(prefills(user, assistant)).toEqual([false, true]);
		expect(prefills(user, assistant, user)).toEqual([false, false, false]);
	});

	test.each<JsonObject>([{}, { messages: null }, { messages: {} }])('finds none in %j', (request) => {
		expect(turnsOf(request)).toEqual([]);
	});
});

describe('blocksOf', () => {
	test('reads the system prompt as well: a string, blocks, and what is neither', () => {
		expect(blocksOf(undefined, ['system'])).toEqual([]);
		expect(blocksOf('Be brief.', ['system'])).toMatchObject([
			{ kind: 'text', text: 'Be brief.', textPath: ['system'] },
		]);
		expect(blocksOf([{ type: 'text', text: 'a' }], ['system'])).toMatchObject([
			{ kind: 'text', textPath: ['system', 0, 'text'] },
		]);
		expect(blocksOf(null, ['system'])).toMatchObject([{ kind: 'other', value: null }]);
	});
});

describe('edits of turns', () => {
	const text = '{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}';
	const messages = (edits: Edit[]) => (JSON.parse(after(text, edits)) as { messages: JsonObject[] }).messages;

	test('add', () => {
		expect(after(text, addTurn(text, 'user'))).toBe(text.replace('"b"}]', '"b"}, {"role": "user", "content": ""}]'));
		expect(after('{"model":"m"}', addTurn('{"model":"m"}', 'user', 'Hi'))).toBe(
			'{"model":"m","messages":[{"role":"user","content":"Hi"}]}',
		);
	});

	test('insert above, in the role whose turn it is', () => {
		expect(messages(insertTurnAbove(text, 0)).map(({ role }) => role)).toEqual(['user', 'user', 'assistant']);
		expect(messages(insertTurnAbove(text, 1)).map(({ role }) => role)).toEqual(['user', 'assistant', 'assistant']);
	});

	test('remove, move and duplicate', () => {
		expect(messages(removeTurn(text, 0)).map(({ content }) => content)).toEqual(['b']);
		expect(messages(moveTurn(text, 1, 0)).map(({ content }) => content)).toEqual(['b', 'a']);
		expect(messages(duplicateTurn(text, 0)).map(({ content }) => content)).toEqual(['a', 'a', 'b']);
	});

	test('set the role', () => {
		expect(after(text, setRole(text, 0, 'system'))).toBe(text.replace('user', 'system'));
	});

	test('begin the answer once', () => {
		const asked = '{"messages":[{"role":"user","content":"Ant?"}]}';
		const begun = after(asked, prefillAnswer(asked, 'The answer is ('));
		expect(begun).toBe(asked.replace(']', ',{"role":"assistant","content":"The answer is ("}]'));
		expect(prefillAnswer(begun, 'again')).toEqual([]);
	});
});

describe('edits of blocks', () => {
	const oneTurn = (content: string) => `{"messages": [{"role": "user", "content": ${content}}]}`;
	const words = '{"type": "text", "text": "What is th\\u0069s?"}';
	const block = { type: 'x' };

	test('turn string content into a list whose first block has its words, spelled as they were', () => {
		const text = oneTurn('"What is th\\u0069s?"');
		expect(after(text, addBlock(text, 0, block))).toBe(oneTurn(`[${words}, {"type": "x"}]`));
		expect(after(text, addBlock(text, 0, block, 0))).toBe(oneTurn(`[{"type": "x"}, ${words}]`));
	});

	test('add to a list, in place of empty words, and where there is no content', () => {
		const [list, empty, none] = [oneTurn(`[${words}]`), oneTurn('""'), '{"messages": [{"role": "user"}]}'];
		expect(after(list, addBlock(list, 0, block))).toBe(oneTurn(`[${words}, {"type": "x"}]`));
		expect(after(list, addBlock(list, 0, block, 0))).toBe(oneTurn(`[{"type": "x"}, ${words}]`));
		expect(after(empty, addBlock(empty, 0, block))).toBe(oneTurn('[{"type": "x"}]'));
		expect(after(none, addBlock(none, 0, block))).toBe(oneTurn('[{"type": "x"}]'));
	});

	test.each([-1, 1])('add nothing where there is no turn %i', (turn) => {
		expect(addBlock(oneTurn('""'), turn, block)).toEqual([]);
	});

	test('take a block out, and move one', () => {
		const text = oneTurn('[1.0, 2.0]');
		expect(after(text, removeBlock(text, 0, 0))).toBe(oneTurn('[2.0]'));
		expect(after(text, moveBlock(text, 0, 1, 0))).toBe(oneTurn('[2.0, 1.0]'));
		const string = oneTurn('"a"');
		expect(after(string, removeBlock(string, 0, 0))).toBe(oneTurn('""'));
	});
});

describe('joinReply', () => {
	const asked = '{"messages":[{"role":"user","content":"Ant?"}]}';
	const prefilled = asked.replace(']', ',{"role":"assistant","content":"The answer is ("}]');
	const text = (words: string) => ({ type: 'text', text: words });
	const use = { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} };
	const joined = (request: string, reply: JsonValue[]) =>
		(JSON.parse(after(request, joinReply(request, reply))) as { messages: JsonValue[] }).messages;
	const user = { role: 'user', content: 'Ant?' };
	const next = { role: 'user', content: '' };

	test('adds plain text as a string and leaves an empty user turn', () => {
		expect(joined(asked, [text('Formica.')])).toEqual([user, { role: 'assistant', content: 'Formica.' }, next]);
	});

	test('adds anything else as blocks', () => {
		const cited = { ...text('Formica.'), citations: [{ type: 'char_location' }] };
		for (const reply of [[text('a'), use], [use], [cited]])
			expect(joined(asked, reply)).toEqual([user, { role: 'assistant', content: reply }, next]);
	});

	test('goes on from a prefill in the same turn', () => {
		expect(joined(prefilled, [{ ...text('C'), citations: null }])).toEqual([
			user,
			{ role: 'assistant', content: 'The answer is (C' },
			next,
		]);
		expect(joined(prefilled, [text('C'), use])).toEqual([
			user,
			{ role: 'assistant', content: [text('The answer is (C'), use] },
			next,
		]);
		expect(joined(prefilled, [use])[1]).toEqual({ role: 'assistant', content: [text('The answer is ('), use] });
	});

	test('goes on from the last block of a prefill, and writes nothing of it anew', () => {
		const request = asked.replace(']', ',{"role":"assistant","content":[{"text":"th\\u0065 (","type":"text"}]}]');
		expect(after(request, joinReply(request, [text('C)')]))).toBe(
			request.replace('(', '(C)').replace(']}]', ']},{"role":"user","content":""}]'),
		);
	});

	test('has nothing to add of an empty reply', () => {
		expect(joinReply(asked, [])).toEqual([]);
	});
});

describe('joinedTo', () => {
	const asked = '{"messages":[{"role":"user","content":"Ant?"}]}';
	const prefilled = asked.replace(']', ',{"role":"assistant","content":"The answer is ("}]');
	const reply = [{ type: 'text', text: 'C' }];

	test('says which turn a reply becomes, or becomes part of', () => {
		expect(joinedTo(asked, reply)).toEqual({ path: ['messages', 1], turn: { role: 'assistant', content: 'C' } });
		expect(joinedTo(prefilled, reply)).toEqual({
			path: ['messages', 1],
			turn: { role: 'assistant', content: 'The answer is (C' },
		});
	});

	test.each(['{"messages":[', '{"messages":"none"}', ''])('knows of none where %j was sent', (sent) => {
		expect(joinedTo(sent, reply)).toBeNull();
	});
});

describe('withFirstTurns', () => {
	const turn = (content: string) => `{"role": "user", "content": "${content}"}`;
	const text = `{\n  "messages": [\n    ${turn('a')},\n    ${turn('b')},\n    ${turn('c')}\n  ],\n  "max_tokens": 1.0\n}`;

	test('leaves the first turns, and all around them, as they are spelled', () => {
		expect(withFirstTurns(text, 1)).toBe(`{\n  "messages": [\n    ${turn('a')}\n  ],\n  "max_tokens": 1.0\n}`);
	});

	test('leaves a text with no more turns alone', () => {
		expect(withFirstTurns(text, 3)).toBe(text);
		expect(withFirstTurns('{}', 1)).toBe('{}');
	});
});

describe('prefillIn', () => {
	const text = (...messages: JsonValue[]) => JSON.stringify({ messages });

	test("is the assistant's last words, of all text blocks of the last turn", () => {
		const last = {
			role: 'assistant',
			content: [{ type: 'text', text: 'The answer ' }, image, { type: 'text', text: 'is (' }],
		};
		expect(prefillIn(text({ role: 'user', content: 'Which?' }, last))).toBe('The answer is (');
		expect(prefillIn(text({ role: 'user', content: 'Which?' }, { role: 'assistant', content: '' }))).toBe('');
	});

	test.each(['', '[]', '{"messages":', text(), text({ role: 'user', content: 'Which?' })])(
		'is null in %j',
		(request) => {
			expect(prefillIn(request)).toBeNull();
		},
	);
});
