import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import { findScenario } from '../../../src/simulator/scenarios/find';
import { createSimulator } from '../../../src/simulator/simulator';
import { grammarFaults } from '../../fidelity/grammar';
import { answerTo, headers, post, request, simulator, textOf, type Answer } from './simulated';

const NEWER = { headers: { ...headers, 'anthropic-version': '2026-10-21' } };
const ask = (content: JsonValue, more: JsonObject = {}): JsonObject => ({
	messages: [{ role: 'user', content }],
	...more,
});
const types = ({ content }: Answer) => content.map(({ type }) => type);
const named = (...names: string[]) => names.map((name) => ({ name, input_schema: { type: 'object' } }));

describe('calls of several tools', () => {
	const asked = 'What is the weather in Lisbon, and the exchange rate there?';
	const tools = named('get_weather', 'exchange_rate', 'send_mail');

	test('come in one turn when several fit', async () => {
		const answer = await answerTo(ask(asked, { tools }));
		expect(answer.content.map(({ name }) => name)).toEqual([undefined, 'get_weather', 'exchange_rate']);
		expect(answer.stop_reason).toBe('tool_use');
		expect(new Set(answer.content.map(({ id }) => id)).size).toBe(3);
	});

	test.each([
		['a short name', 'Please add 1 and 2.', ['add', 'multiply'], ['add']],
		['every tool', 'Use all your tools in parallel.', ['add', 'multiply'], ['add', 'multiply']],
		['nothing that a tool is for', 'Get me the news for today.', ['get_address', 'for_sale'], []],
	])('come when the question names %s', async (_, question, offered, called) => {
		const { content } = await answerTo(ask(question, { tools: named(...offered) }));
		expect(content.flatMap(({ type, name }) => (type === 'tool_use' ? [name] : []))).toEqual(called);
	});

	test('come when the question says what a tool is described by', async () => {
		const description = 'Looks up the temperature outside.';
		const tools = [...named('lookup').map((tool) => ({ ...tool, description })), ...named('send_mail')];
		const { content } = await answerTo(ask('Which temperature does Lisbon have?', { tools }));
		expect(content.at(-1)).toMatchObject({ type: 'tool_use', name: 'lookup' });
		const computer = [{ type: 'computer_toolset_20260801' }];
		const shown = await answerTo(ask('Take a screenshot, please.', { model: 'claude-opus-5', tools: computer }));
		expect(shown.content.at(-1)).toMatchObject({ type: 'tool_use', name: 'screenshot' });
	});

	test.each(['auto', 'any'])('come one by one when that is asked for, with %s', async (type) => {
		const answer = await answerTo(ask(asked, { tools, tool_choice: { type, disable_parallel_tool_use: true } }));
		expect(types(answer).filter((each) => each === 'tool_use')).toHaveLength(1);
	});

	test('are answered with what each of them gave', async () => {
		const call = (id: string, name: string) => ({ type: 'tool_use', id, name, input: {} });
		const answer = await answerTo({
			tools,
			messages: [
				{ role: 'user', content: asked },
				{ role: 'assistant', content: [call('toolu_1', 'get_weather'), call('toolu_2', 'exchange_rate')] },
				{
					role: 'user',
					content: [
						{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'sunny' },
						{ type: 'tool_result', tool_use_id: 'toolu_2', content: 'no answer', is_error: true },
					],
				},
			],
		});
		expect(answer.stop_reason).toBe('end_turn');
		expect(textOf(answer)).toContain('get_weather came back with “sunny”');
		expect(textOf(answer)).toContain('exchange_rate failed: “no answer”');
	});

	test('come before the JSON of a schema, which comes when they are answered', async () => {
		const schema = { type: 'object', properties: {}, required: [], additionalProperties: false };
		const answer = await answerTo(ask(asked, { tools, output_config: { format: { type: 'json_schema', schema } } }));
		expect(answer.stop_reason).toBe('tool_use');
	});
});

describe('a toolset', () => {
	const computer = { model: 'claude-opus-5', tools: [{ type: 'computer_toolset_20260801' }] };
	const asked = { role: 'user', content: 'Use the computer.' };
	const answered = ({ content }: Answer): JsonValue[] => [
		{ role: 'assistant', content },
		{
			role: 'user',
			content: content.flatMap(({ type, id }) =>
				type === 'tool_use'
					? [{ type: 'tool_result', tool_use_id: id!, toolset_name: 'computer', content: 'done' }]
					: [],
			),
		},
	];

	test('looks, acts twice in one turn, and speaks', async () => {
		const first = await answerTo({ ...computer, messages: [asked] });
		expect(first.content.at(-1)).toMatchObject({ name: 'screenshot', toolset_name: 'computer', input: {} });
		const begun = [asked, ...answered(first)];
		const second = await answerTo({ ...computer, messages: begun });
		expect(second.content.slice(-2)).toMatchObject([
			{ name: 'left_click', input: { coordinate: [320, 240] } },
			{ name: 'type', input: { text: 'simulated' } },
		]);
		const third = await answerTo({ ...computer, messages: [...begun, ...answered(second)] });
		expect(third).toMatchObject({ stop_reason: 'end_turn', content: [{ type: 'thinking' }, { type: 'text' }] });
	});

	test('streams each input in one piece', async () => {
		const text = await (await post(request({ ...computer, messages: [asked], stream: true }))).text();
		expect(text.match(/input_json_delta/g)).toHaveLength(1);
		expect(grammarFaults(text)).toEqual([]);
	});

	test('of the browser lists its tabs first', async () => {
		const answer = await answerTo(
			ask('Use the browser.', { model: 'claude-opus-5', tools: [{ type: 'browser_toolset_20260801' }] }),
		);
		expect(answer.content.at(-1)).toMatchObject({ name: 'list_tabs', toolset_name: 'browser' });
	});

	test('has no member called that is switched off', async () => {
		const tool = { type: 'browser_toolset_20260801', configs: { list_tabs: { enabled: false } } };
		const { content } = await answerTo(ask('Use the browser.', { model: 'claude-opus-5', tools: [tool] }));
		expect(content.at(-1)).toMatchObject({ name: 'screenshot', toolset_name: 'browser' });
		const none = { ...tool, configs: { list_tabs: { enabled: false }, screenshot: { enabled: false } } };
		expect(types(await answerTo(ask('Use the browser.', { model: 'claude-opus-5', tools: [none] })))).not.toContain(
			'tool_use',
		);
	});
});

const think = (display: string) => ({ model: 'claude-opus-4-8', thinking: { type: 'adaptive', display } });

describe('thinking that comes back', () => {
	/** The status and text with which the next turn is met when the thinking is sent back as `change` leaves it. */
	async function sentBack(change: (block: JsonObject) => JsonObject, { display = 'summarized', later = false } = {}) {
		const [thought, ...others] = (await answerTo(ask('Why?', think(display)))).content;
		const back = [
			{ role: 'assistant', content: [change(thought!), ...others] },
			{ role: 'user', content: 'Go on.' },
		]; // there is one
		const more = later
			? [
					{ role: 'assistant', content: 'Well.' },
					{ role: 'user', content: 'And?' },
				]
			: [];
		const response = await post(
			request({ ...think(display), messages: [{ role: 'user', content: 'Why?' }, ...back, ...more] }),
		);
		return { status: response.status, text: await response.text() };
	}

	test.each(['summarized', 'omitted'])('as it was, displayed as %s, is taken', async (display) => {
		expect(await sentBack((block) => block, { display })).toMatchObject({ status: 200 });
	});

	test('cut short by max_tokens, is taken as it was', async () => {
		const { content } = await answerTo(ask('Why?', { ...think('summarized'), max_tokens: 5 }));
		expect(content).toHaveLength(1);
		const messages = [
			{ role: 'user', content: 'Why?' },
			{ role: 'assistant', content },
			{ role: 'user', content: 'Go on.' },
		];
		expect((await post(request({ ...think('summarized'), messages }))).status).toBe(200);
	});

	test('with other words is refused: it cannot be modified', async () => {
		const { status, text } = await sentBack((block) => ({ ...block, thinking: 'Something else.' }));
		expect(status).toBe(400);
		expect(text).toContain(
			'messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
		);
	});

	test('with other words, in an earlier turn, has an invalid signature', async () => {
		const { text } = await sentBack((block) => ({ ...block, thinking: 'Something else.' }), { later: true });
		expect(text).toContain('messages.1.content.0: Invalid `signature` in `thinking` block');
	});

	test('with another signature of its kind is refused', async () => {
		const { status, text } = await sentBack(({ signature, ...block }) => ({
			...block,
			signature: btoa(`${atob(signature as string)}0`), // it has one
		}));
		expect(status).toBe(400);
		expect(text).toContain('Invalid `signature` in `thinking` block');
	});

	test('hidden, is taken with whatever was typed into it', async () => {
		expect(await sentBack((block) => ({ ...block, thinking: 'Mine.' }), { display: 'omitted' })).toMatchObject({
			status: 200,
		});
	});

	test('signed as real answers are, cannot be checked and is taken', async () => {
		const bytes = Array.from({ length: 200 }, (_, at) => String.fromCharCode((at * 151 + 18) % 256)).join('');
		expect(await sentBack((block) => ({ ...block, signature: btoa(bytes) }))).toMatchObject({ status: 200 });
	});

	test.each([
		['nothing', ''],
		['what is not base64', 'not base64!'],
		['what is far too short', 'EqQBCkYIAxgCIkB'],
		['words', btoa('I made this one up, and it is as long as the real ones are. '.repeat(4))],
	])('signed with %s, is refused', async (_, signature) => {
		const { status, text } = await sentBack((block) => ({ ...block, signature }));
		expect(status).toBe(400);
		expect(text).toContain('messages.1.content.0: Invalid `signature` in `thinking` block');
	});

	test('is refused with a signature that is damaged anywhere', async () => {
		for (const at of [0, 1, 30, 60]) {
			const { status, text } = await sentBack(({ signature, ...block }) => {
				const written = signature as string; // it has one
				const other = written[at] === 'A' ? 'B' : 'A';
				return { ...block, signature: written.slice(0, at) + other + written.slice(at + 1) };
			});
			expect(status).toBe(400);
			expect(text).toContain('Invalid `signature` in `thinking` block');
		}
	});

	test.each<[string, (content: readonly JsonObject[]) => JsonObject[], string]>([
		['moved behind the words', ([thought, ...others]) => [...others, thought!, { type: 'text', text: 'So.' }], '1'],
		['said twice', ([thought, ...others]) => [thought!, thought!, ...others], '1'],
	])('is refused in the latest turn when it is %s', async (_, change, place) => {
		const { content } = await answerTo(ask('Why?', think('summarized')));
		const messages = [
			{ role: 'user', content: 'Why?' },
			{ role: 'assistant', content: change(content) },
			{ role: 'user', content: 'Go on.' },
		];
		const response = await post(request({ ...think('summarized'), messages }));
		expect(response.status).toBe(400);
		expect(await response.text()).toContain(
			`messages.1.content.${place}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified.`,
		);
	});
});

describe('hidden thinking that is sent back', () => {
	test.each([
		['invented', 'Mine.', 400],
		['invented at length', btoa('I made this one up, and it is as long as the real ones are. '.repeat(4)), 400],
		[
			'as real answers have it',
			btoa(Array.from({ length: 200 }, (_, at) => String.fromCharCode((at * 151 + 18) % 256)).join('')),
			200,
		],
	])('%s, is told from what was given, in any turn', async (_, data, status) => {
		const messages = [
			{ role: 'user', content: 'Why?' },
			{
				role: 'assistant',
				content: [
					{ type: 'redacted_thinking', data },
					{ type: 'text', text: 'So.' },
				],
			},
			{ role: 'user', content: 'And?' },
		];
		const more = [
			{ role: 'assistant', content: 'Well.' },
			{ role: 'user', content: 'Go on.' },
		];
		for (const sent of [messages, [...messages, ...more]]) {
			const response = await post(request({ ...think('summarized'), messages: sent }));
			expect(response.status).toBe(status);
			if (status === 400)
				expect(await response.text()).toContain('messages.1.content.0: Invalid `data` in `redacted_thinking` block');
		}
	});
});

describe('thinking before a call of a tool', () => {
	const tools = [{ name: 'get_weather', input_schema: { type: 'object' } }];

	/** The status after the answer's content is sent back, `changed`, with results for its calls. */
	async function answered(changed: (content: readonly JsonObject[]) => JsonObject[], further: JsonObject = {}) {
		const asked = { role: 'user', content: 'How is the weather?' };
		const { content } = await answerTo(request({ ...think('summarized'), tools, messages: [asked] }));
		expect(content.map(({ type }) => type)).toEqual(['thinking', 'text', 'tool_use']);
		const results = content
			.filter(({ type }) => type === 'tool_use')
			.map(({ id }) => ({ type: 'tool_result', tool_use_id: id!, content: 'Fine.' })); // a call has one
		const messages = [asked, { role: 'assistant', content: changed(content) }, { role: 'user', content: results }];
		return post(request({ ...think('summarized'), tools, messages, ...further }));
	}
	const without = (content: readonly JsonObject[]) => content.filter(({ type }) => type !== 'thinking');

	test('comes back with the result', async () => {
		expect((await answered((content) => [...content])).status).toBe(200);
	});

	test('may not be left out', async () => {
		const response = await answered(without);
		expect(response.status).toBe(400);
		expect(await response.text()).toContain(
			'messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
		);
	});

	test('may be left out of a call that was not made here', async () => {
		const elsewhere = 'toolu_01A09q90qw90lq917835lq9';
		const messages = [
			{ role: 'user', content: 'How is the weather?' },
			{ role: 'assistant', content: [{ type: 'tool_use', id: elsewhere, name: 'get_weather', input: {} }] },
			{ role: 'user', content: [{ type: 'tool_result', tool_use_id: elsewhere, content: 'Fine.' }] },
		];
		expect((await post(request({ ...think('summarized'), tools, messages }))).status).toBe(200);
	});

	test('may be left out when the model thinks no more', async () => {
		expect((await answered(without, { thinking: { type: 'disabled' } })).status).toBe(200);
	});
});

describe('thinking of a model that binds it to its conversation', () => {
	const controls = { headers: { ...headers, 'anthropic-beta': 'thinking-binding-controls-2026-08-01' } };
	const asked = ask('Why?', { model: 'claude-opus-5-5', system: 'Be brief.' });
	/** The status and text with which the next turn is met after `change` has edited what came before it. */
	async function goOn(change: (request: JsonObject) => JsonObject, init = {}) {
		const { content } = await answerTo(asked);
		const messages = [
			...(asked.messages as JsonValue[]),
			{ role: 'assistant', content },
			{ role: 'user', content: 'Go on.' },
		];
		const response = await post(request(change({ ...asked, messages })), init);
		return { status: response.status, text: await response.text() };
	}
	const edited = ({ messages, ...rest }: JsonObject): JsonObject => ({
		...rest,
		messages: [{ role: 'user', content: 'Why not?' }, ...(messages as JsonValue[]).slice(1)],
	});

	test('is taken after the same conversation, however that is spelled', async () => {
		expect(await goOn((same) => same)).toMatchObject({ status: 200 });
		const marked = { type: 'text', text: 'Why?', cache_control: { type: 'ephemeral' } };
		const spelled = ({ messages, ...rest }: JsonObject): JsonObject => ({
			...rest,
			messages: [{ role: 'user', content: [marked] }, ...(messages as JsonValue[]).slice(1)],
		});
		expect(await goOn(spelled)).toMatchObject({ status: 200 });
	});

	test.each<[string, (request: JsonObject) => JsonObject]>([
		['an earlier turn', edited],
		['tools', (same) => ({ ...same, tools: named('get_weather') })],
		['the system prompt', (same) => ({ ...same, system: 'Be long.' })],
	])('is refused after another conversation: %s changed', async (_, change) => {
		const { status, text } = await goOn(change);
		expect(status).toBe(400);
		expect(text).toContain('The block is bound to a different conversation.');
	});

	test('is dropped after another conversation where the request says so', async () => {
		const thinking = { type: 'adaptive', block_binding: { prefix_mismatch_behavior: 'drop_block' } };
		expect(await goOn((same) => edited({ ...same, thinking }), controls)).toMatchObject({ status: 200 });
	});

	test('is not minded by another model', async () => {
		expect(await goOn((same) => edited({ ...same, model: 'claude-opus-5' }))).toMatchObject({ status: 200 });
	});
});

describe('thinking', () => {
	test('comes unasked from a model that thinks by itself, and not where it is turned off', async () => {
		expect(types(await answerTo({ model: 'claude-opus-5' }))).toEqual(['thinking', 'text']);
		expect(types(await answerTo({ model: 'claude-opus-5', thinking: { type: 'disabled' } }))).toEqual(['text']);
		expect(types(await answerTo({ model: 'claude-opus-4-8' }))).toEqual(['text']);
	});

	const [weather] = named('get_weather');
	const between = { model: 'claude-sonnet-5-5', thinking: { type: 'between_tools' }, tools: [weather!] };
	const asked = { role: 'user', content: 'What is the weather?' };

	test('between tools begins when the first has answered', async () => {
		const { content } = await answerTo({ ...between, messages: [asked] });
		expect(content.map(({ type }) => type)).toEqual(['text', 'tool_use']);
		const result = { type: 'tool_result', tool_use_id: content[1]!.id!, content: 'sunny' }; // the call is the second
		const messages = [asked, { role: 'assistant', content }, { role: 'user', content: [result] }];
		expect(types(await answerTo({ ...between, messages }))).toEqual(['thinking', 'text']);
	});

	test('holds what is said between two calls, in models that say it there', async () => {
		const call = { type: 'tool_use', id: 'toolu_1', name: 'screenshot', input: {}, toolset_name: 'computer' };
		const result = { type: 'tool_result', tool_use_id: 'toolu_1', toolset_name: 'computer', content: 'done' };
		const messages = [
			{ role: 'user', content: 'Use the computer.' },
			{ role: 'assistant', content: [call] },
			{ role: 'user', content: [result] },
		];
		const next = async (model: string) =>
			types(await answerTo({ model, tools: [{ type: 'computer_toolset_20260801' }], messages }));
		expect(await next('claude-opus-5-5')).toEqual(['thinking', 'thinking', 'tool_use', 'tool_use']);
		expect(await next('claude-opus-5')).toEqual(['thinking', 'text', 'tool_use', 'tool_use']);
	});

	describe('that is redacted', () => {
		const trigger = `ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_${'46C9A13E193C177646C7398A98432ECCCE4C1253D5E2D82641AC0E52CC2876CB'}`;
		const hiding = { model: 'claude-opus-4-8', thinking: { type: 'adaptive' } };
		const first = { role: 'user', content: `${trigger} Well?` };

		test('comes as one opaque block, whole, and counts', async () => {
			const answer = await answerTo({ ...hiding, messages: [first] });
			expect(types(answer)).toEqual(['redacted_thinking', 'text']);
			expect(answer.usage.output_tokens_details).not.toEqual({ thinking_tokens: 0 });
			const stream = await (await post(request({ ...hiding, messages: [first], stream: true }))).text();
			expect(grammarFaults(stream)).toEqual([]);
			expect(stream).toMatch(/"content_block":\{"type":"redacted_thinking","data":"\w+/);
		});

		test('is taken back as it was, and refused when it was changed', async () => {
			const { content } = await answerTo({ ...hiding, messages: [first] });
			const [thought, text] = content as [JsonObject, JsonObject]; // as seen above
			const back = async (block: JsonObject) =>
				post(
					request({
						...hiding,
						messages: [first, { role: 'assistant', content: [block, text] }, { role: 'user', content: 'Go on.' }],
					}),
				);
			expect((await back(thought)).status).toBe(200);
			const changed = await back({ ...thought, data: btoa(`${atob(thought.data as string)}0`) }); // it has one
			expect(changed.status).toBe(400);
			expect(await changed.text()).toContain('Invalid `data` in `redacted_thinking` block');
		});
	});
});

describe('citations', () => {
	const enabled = { citations: { enabled: true } };
	const text = { type: 'text', media_type: 'text/plain', data: 'Ants are social. They live in colonies.' };
	const citing = async (...blocks: JsonObject[]) => {
		const answer = await answerTo(ask([...blocks, { type: 'text', text: 'What does it say?' }]));
		return answer.content.flatMap(({ citations }) => citations ?? []);
	};

	test('of a plain text name its first sentence, by character', async () => {
		expect(await citing({ type: 'document', title: 'Ants', source: text, ...enabled })).toEqual([
			{
				type: 'char_location',
				cited_text: 'Ants are social.',
				document_index: 0,
				document_title: 'Ants',
				start_char_index: 0,
				end_char_index: 16,
			},
		]);
	});

	test('of content name a block, of a PDF a page, of a search result a block of it', async () => {
		const content = {
			type: 'content',
			content: [
				{ type: 'text', text: 'One.' },
				{ type: 'text', text: 'Two.' },
			],
		};
		const pdf = { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0xLjQK' };
		const found = {
			type: 'search_result',
			source: 'https://example.com',
			title: 'Found',
			content: [{ type: 'text', text: 'It.' }],
		};
		expect(
			await citing(
				{ type: 'document', source: content, ...enabled },
				{ type: 'document', source: pdf, ...enabled },
				{ ...found, ...enabled },
			),
		).toMatchObject([
			{ type: 'content_block_location', cited_text: 'One.', start_block_index: 0, end_block_index: 1 },
			{ type: 'page_location', document_index: 1, start_page_number: 1, end_page_number: 2 },
			{ type: 'search_result_location', search_result_index: 0, source: 'https://example.com', title: 'Found' },
		]);
	});

	test('name the block that they are from, behind pictures and empty ones', async () => {
		const picture = { type: 'image', source: { type: 'url', url: 'https://example.com/ant.jpg' } };
		const words = { type: 'text', text: 'Two.' };
		const content = { type: 'content', content: [picture, words] };
		const found = { type: 'search_result', source: 'x', title: 'x', content: [{ type: 'text', text: ' ' }, words] };
		const place = { cited_text: 'Two.', start_block_index: 1, end_block_index: 2 };
		expect(await citing({ type: 'document', source: content, ...enabled }, { ...found, ...enabled })).toMatchObject([
			place,
			place,
		]);
	});

	test('do not come from what says nothing', async () => {
		const picture = { type: 'image', source: { type: 'url', url: 'https://example.com/ant.jpg' } };
		const content = { type: 'content', content: [picture] };
		const blank = { type: 'text', media_type: 'text/plain', data: ' \n' };
		expect(
			await citing({ type: 'document', source: content, ...enabled }, { type: 'document', source: blank, ...enabled }),
		).toEqual([]);
	});

	test('stay away where they are not enabled', async () => {
		expect(await citing({ type: 'document', source: text })).toEqual([]);
	});

	test('name the file, or none, in the newer version', async () => {
		const answer = await answerTo(ask([{ type: 'document', source: text, ...enabled }]), NEWER);
		expect(answer.content.at(-1)?.citations).toMatchObject([{ file_id: null }]);
	});

	test('are streamed before what is said about them', async () => {
		const stream = await (
			await post(request({ stream: true, ...ask([{ type: 'document', source: text, ...enabled }]) }))
		).text();
		expect(grammarFaults(stream)).toEqual([]);
		expect(stream).toMatch(/"text":"","citations":\[\]\}.*\n\n.*\n.*citations_delta[\s\S]*text_delta/);
	});
});

describe('tools of the server', () => {
	const search = { type: 'web_search_20250305', name: 'web_search' };
	const fetching = { type: 'web_fetch_20250910', name: 'web_fetch' };
	const code = { type: 'code_execution_20250825', name: 'code_execution' };
	const on = { model: 'claude-opus-4-8' };

	test('search, and the text cites what was found', async () => {
		const answer = await answerTo(ask('Please search for ants.', { ...on, tools: [search] }));
		expect(types(answer)).toEqual(['server_tool_use', 'web_search_tool_result', 'text']);
		const [use, result, text] = answer.content;
		expect(use).toMatchObject({ name: 'web_search', input: { query: 'Please search for ants.' } });
		expect(use?.id).toMatch(/^srvtoolu_01Sim/);
		expect(result).toMatchObject({ tool_use_id: use?.id, content: [{ type: 'web_search_result' }] });
		expect(text?.citations).toMatchObject([{ type: 'web_search_result_location' }]);
		expect(answer).toMatchObject({
			stop_reason: 'end_turn',
			usage: { server_tool_use: { web_search_requests: 1, web_fetch_requests: 0 } },
		});
	});

	test('fetch the address that the question names', async () => {
		const answer = await answerTo(ask('Fetch https://example.com/ants and read it.', { ...on, tools: [fetching] }));
		expect(answer.content).toMatchObject([
			{ name: 'web_fetch', input: { url: 'https://example.com/ants' } },
			{ content: { type: 'web_fetch_result', url: 'https://example.com/ants', content: { type: 'document' } } },
			{ type: 'text' },
		]);
	});

	test.each([
		[code, 'bash_code_execution'],
		[{ ...code, type: 'code_execution_20250522' }, 'code_execution'],
	])('execute code in a container, as %j does', async (tool, name) => {
		const answer = await answerTo(ask('Run some code.', { ...on, tools: [tool] }));
		expect(answer.content.slice(0, 2)).toMatchObject([
			{ type: 'server_tool_use', name },
			{ type: `${name}_tool_result`, content: { type: `${name}_result`, stdout: 'simulated\n', return_code: 0 } },
		]);
		expect(answer.container).toMatchObject({ expires_at: '2026-11-22T01:00:00Z' });
	});

	test.each([
		['container_01', null],
		[
			{ id: 'container_01', skills: [{ type: 'anthropic', skill_id: 'pdf' }] },
			[{ type: 'anthropic', skill_id: 'pdf', version: 'latest' }],
		],
	])('go on in the container that is given as %j', async (container, skills) => {
		const answer = await answerTo(ask('Run some code.', { ...on, tools: [code], container }), NEWER);
		expect(answer.container).toMatchObject({ id: 'container_01', skills });
	});

	test('fetch a document that the text cites where that is enabled', async () => {
		const given = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Mine.' } };
		const tool = { ...fetching, citations: { enabled: true } };
		const { content } = await answerTo(ask([given, { type: 'text', text: 'Fetch it.' }], { ...on, tools: [tool] }));
		expect(content).toMatchObject([
			{ name: 'web_fetch' },
			{ content: { content: { type: 'document', citations: { enabled: true } } } },
			{
				type: 'text',
				citations: [{ type: 'char_location', document_index: 1, start_char_index: 0, document_title: 'Simulated' }],
			},
		]);
	});

	test('stream as the API does, each result complete', async () => {
		const body = request({
			...on,
			stream: true,
			...ask('Search, fetch and code.', { tools: [search, fetching, code] }),
		});
		const stream = await (await post({ ...body, ...on })).text();
		expect(grammarFaults(stream)).toEqual([]);
		expect(stream).toMatch(/"content_block":\{"type":"web_search_tool_result".*"web_search_result"/);
		expect(stream).toMatch(/"type":"message_delta".*"container":\{"id":"container_011CSim/);
	});

	test('that have done their part are not asked again', async () => {
		const asked = ask('Please search for ants.', { ...on, tools: [search] });
		const { content } = await answerTo(asked, {}, simulator({ scenario: await findScenario('pause-turn') }));
		expect(content.map(({ type }) => type)).toEqual(['server_tool_use', 'web_search_tool_result']);
		const messages = [...(asked.messages as JsonValue[]), { role: 'assistant', content }];
		expect(types(await answerTo({ ...asked, messages }))).toEqual(['text']);
	});

	test('are cut off by max_tokens before their result', async () => {
		const answer = await answerTo(ask('Please search for ants.', { ...on, tools: [search], max_tokens: 2 }));
		expect(answer).toMatchObject({ stop_reason: 'max_tokens', content: [{ type: 'server_tool_use', input: {} }] });
	});

	const find = (name: string) => ({ type: `${name}_20251119`, name });
	const weather = { name: 'get_weather', input_schema: { type: 'object' }, defer_loading: true };
	test.each([
		['tool_search_tool_regex', { pattern: 'get_weather' }],
		['tool_search_tool_bm25', { query: 'What is the weather?' }],
	])('find a deferred tool with %s, which is called then', async (name, input) => {
		const answer = await answerTo(ask('What is the weather?', { ...on, tools: [find(name), weather] }));
		const [use, result] = answer.content;
		expect(use).toMatchObject({ type: 'server_tool_use', name, input, caller: { type: 'direct' } });
		expect(result).toEqual({
			type: 'tool_search_tool_result',
			tool_use_id: use?.id,
			content: {
				type: 'tool_search_tool_search_result',
				tool_references: [{ type: 'tool_reference', tool_name: 'get_weather' }],
			},
		});
		expect(answer.content.slice(2)).toMatchObject([{ type: 'text' }, { type: 'tool_use', name: 'get_weather' }]);
		expect(answer).toMatchObject({ stop_reason: 'tool_use', usage: { server_tool_use: { web_search_requests: 0 } } });
	});

	test('do not look for what was found already, nor call what was not', async () => {
		const tools = [find('tool_search_tool_regex'), weather];
		const asked = { role: 'user', content: 'What is the weather?' };
		const { content } = await answerTo({ ...on, tools, messages: [asked] });
		const result = { type: 'tool_result', tool_use_id: content.at(-1)!.id!, content: 'sunny' }; // the call is the last
		const later = [asked, { role: 'assistant', content }, { role: 'user', content: [result] }];
		const again = [...later, { role: 'assistant', content: 'Sunny.' }, asked];
		expect(types(await answerTo({ ...on, tools, messages: again }))).toEqual(['text', 'tool_use']);
		const [other] = named('send_mail');
		expect(types(await answerTo(ask('What is the weather?', { ...on, tools: [weather, other!] })))).toEqual(['text']);
	});

	test('ask a connected server, in its own blocks', async () => {
		const servers = [{ type: 'url', url: 'https://mcp.example.com/', name: 'memory' }];
		const sent = { headers: { ...headers, 'anthropic-beta': 'mcp-client-2025-11-20' } };
		const asked = ask('Look into your memory.', { ...on, mcp_servers: servers });
		const answer = await answerTo(asked, sent);
		const [use, result, text] = answer.content;
		expect(use).toMatchObject({ type: 'mcp_tool_use', server_name: 'memory' });
		expect(use?.id).toMatch(/^mcptoolu_01Sim/);
		expect(result).toMatchObject({ type: 'mcp_tool_result', tool_use_id: use?.id, is_error: false });
		expect(text).toMatchObject({ type: 'text' });
		const stream = await (await post(request({ ...asked, stream: true }), sent)).text();
		expect(grammarFaults(stream)).toEqual([]);
		expect((await answerTo({ ...asked, ...ask('Hello.') }, sent)).content).toHaveLength(1);
	});

	test.each(['claude-haiku-4-5', 'claude-opus-5-5'])(
		'pause, where the scenario says so, and %s goes on when that is sent back as it is',
		async (model) => {
			const api = simulator({ scenario: await findScenario('pause-turn') });
			const asked = ask('Search!', { ...on, model, tools: [search] });
			const { stop_reason, content } = await answerTo(asked, {}, api);
			expect(stop_reason).toBe('pause_turn');
			const messages = [...(asked.messages as JsonValue[]), { role: 'assistant', content }];
			const answer = await answerTo({ ...asked, messages }, {}, api);
			expect(answer.stop_reason).toBe('end_turn');
			expect(answer.content.map(({ type }) => type)).not.toContain('server_tool_use');
			expect(textOf(answer)).toMatch(/simulated/);
			expect(await answerTo({}, {}, api)).toMatchObject({ stop_reason: 'end_turn' });
		},
	);
});

describe('the prompt cache', () => {
	const long = 'All about ants. '.repeat(400);
	const marked = (ttl?: string) => ({ type: 'ephemeral', ...(ttl ? { ttl } : {}) });
	const about = (question: string, marker: JsonObject = marked(), text = long): JsonObject => ({
		system: [{ type: 'text', text, cache_control: marker }],
		messages: [{ role: 'user', content: question }],
	});
	/** A simulated API whose clock is set by hand. */
	function timed() {
		const clock = { now: 0 };
		const api = createSimulator({ now: () => clock.now, wait: () => Promise.resolve() });
		const usage = async (more: JsonObject) => (await answerTo(more, {}, api)).usage;
		return { clock, usage };
	}

	test('is written by the first request and read by the next', async () => {
		const { usage } = timed();
		const cold = await usage(about('Where?'));
		const written = cold.cache_creation_input_tokens as number; // it is a count
		expect(written).toBeGreaterThan(1024);
		expect(cold).toMatchObject({
			cache_read_input_tokens: 0,
			cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 },
		});
		const warm = await usage(about('When?'));
		expect(warm).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: written });
		expect(warm.input_tokens).toBeLessThan(20);
		const { usage: plain } = timed();
		const whole = await plain({ ...about('Where?'), system: long });
		expect(cold.input_tokens + written).toBe(whole.input_tokens);
	});

	test('is forgotten five minutes after its last use, or an hour', async () => {
		const { clock, usage } = timed();
		const read = async (marker: JsonObject) =>
			((await usage(about('?', marker))).cache_read_input_tokens as number) > 0; // a count
		expect(await read(marked())).toBe(false);
		clock.now += 4 * 60_000;
		expect(await read(marked())).toBe(true);
		clock.now += 4 * 60_000;
		expect(await read(marked())).toBe(true);
		clock.now += 6 * 60_000;
		expect(await read(marked('1h'))).toBe(false);
		clock.now += 59 * 60_000;
		expect(await read(marked('1h'))).toBe(true);
	});

	test('tells how long what it writes will be kept', async () => {
		const { usage } = timed();
		const once = await usage(about('?', marked('1h')));
		expect(once.cache_creation).toEqual({
			ephemeral_5m_input_tokens: 0,
			ephemeral_1h_input_tokens: once.cache_creation_input_tokens,
		});
	});

	test('grows with the conversation, marked as a whole', async () => {
		const { usage } = timed();
		const first: JsonObject = { cache_control: marked(), messages: [{ role: 'user', content: long }] };
		const written = (await usage(first)).cache_creation_input_tokens;
		const next = [
			{ role: 'assistant', content: 'I see.' },
			{ role: 'user', content: 'Go on.' },
		];
		const second = await usage({ ...first, messages: [...(first.messages as JsonValue[]), ...next] });
		expect(second.cache_read_input_tokens).toBe(written);
		expect(second.cache_creation_input_tokens).toBeGreaterThan(0);
	});

	test.each<[string, JsonObject]>([
		['what is too short', about('?', marked(), 'Short.')],
		['what is not marked', { system: long, messages: [{ role: 'user', content: '?' }] }],
	])('does not keep %s', async (_, more) => {
		const { usage } = timed();
		await usage(more);
		expect(await usage(more)).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: 0 });
	});

	test.each([
		['claude-opus-5', 140, true],
		['claude-opus-4-8', 140, false],
		['claude-opus-4-8', 400, true],
		['claude-haiku-4-5', 400, false],
	])('of %s keeps a prompt of %i sentences: %j', async (model, sentences, isKept) => {
		const { usage } = timed();
		const { cache_creation_input_tokens: written } = await usage({
			model,
			...about('?', marked(), 'All about ants. '.repeat(sentences)),
		});
		expect((written as number) > 0).toBe(isKept); // a count
	});

	test('does not know what differs before the marker', async () => {
		const { usage } = timed();
		await usage(about('?'));
		expect(await usage(about('?', marked(), `${long}!`))).toMatchObject({ cache_read_input_tokens: 0 });
	});

	test('knows a model by all its names', async () => {
		const { usage } = timed();
		await usage(about('?'));
		expect((await usage({ ...about('?'), model: 'claude-sonnet-4-5-20250929' })).cache_read_input_tokens).not.toBe(0);
	});

	test('keeps the tools and the system prompt when another tool is chosen', async () => {
		const { usage } = timed();
		const tools = named('f');
		await usage({ ...about('?'), tools });
		const other = await usage({ ...about('?'), tools, tool_choice: { type: 'none' } });
		expect(other.cache_read_input_tokens).not.toBe(0);
	});

	test('loses the messages when another tool is chosen', async () => {
		const { usage } = timed();
		const content = [{ type: 'text', text: long, cache_control: marked() }];
		const more = { tools: named('f'), messages: [{ role: 'user', content }] };
		await usage(more);
		expect(await usage({ ...more, tool_choice: { type: 'none' } })).toMatchObject({ cache_read_input_tokens: 0 });
	});

	test('is written by a marker within what a tool has given', async () => {
		const { usage } = timed();
		const result = [{ type: 'text', text: long, cache_control: marked() }];
		const written = await usage({
			tools: named('f'),
			messages: [
				{ role: 'user', content: '?' },
				{ role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'f', input: {} }] },
				{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: result }] },
			],
		});
		expect(written.cache_creation_input_tokens).toBeGreaterThan(1024);
	});

	test.each(['404', '529'])('is not written by a request that is refused with %s', async (id) => {
		let scenario = await findScenario(id);
		const api = createSimulator({ now: () => 0, wait: () => Promise.resolve(), settings: () => ({ scenario }) });
		expect((await post(request(about('?')), {}, api)).status).toBe(Number(id));
		scenario = await findScenario('ordinary');
		expect((await answerTo(about('?'), {}, api)).usage).toMatchObject({ cache_read_input_tokens: 0 });
	});
});
