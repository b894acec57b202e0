import { describe, expect, test } from 'vitest';
import { STARTING_MODEL } from '../../../../src/model/models';
import { request, understood } from './understand';

const look = { type: 'function', function: { name: 'look', parameters: { type: 'object' } } };
const from = (body: unknown) => request(JSON.stringify(body));

describe('a body of Chat Completions', () => {
	test('becomes a request, and every change is said', () => {
		const { body, notes, headers, baseUrl } = from({
			model: 'gpt-5',
			messages: [
				{ role: 'system', content: 'Be terse.' },
				{ role: 'developer', content: [{ type: 'text', text: 'In French.' }] },
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'What is this?' },
						{ type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=', detail: 'low' } },
						{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
						{ type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,aGk=' } },
						{ type: 'input_audio', input_audio: {} },
					],
				},
				{
					role: 'assistant',
					content: null,
					tool_calls: [
						{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at": 1.50}' } },
						{ id: 'call_2', type: 'function', function: { name: 'look', arguments: '{oops' } },
					],
				},
				{ role: 'tool', tool_call_id: 'call_1', content: 'An ant' },
				{ role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: 'Nothing' }] },
				{ role: 'assistant', content: 'An ant.' },
				{ role: 'user', content: 'Sure?' },
			],
			max_completion_tokens: 100,
			temperature: 1.5,
			top_p: 0.9,
			stop: 'END',
			stream: true,
			stream_options: { include_usage: true },
			n: 1,
			user: 'u1',
			tools: [
				{
					type: 'function',
					function: { name: 'look', description: 'Look', parameters: { type: 'object' }, strict: true },
				},
				{ type: 'custom', custom: { name: 'x' } },
			],
			tool_choice: { type: 'function', function: { name: 'look' } },
			parallel_tool_calls: false,
			response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object' } } },
			reasoning_effort: 'minimal',
			seed: null,
		});
		expect(body).toEqual({
			model: STARTING_MODEL,
			max_tokens: 100,
			system: 'Be terse.\n\nIn French.',
			messages: [
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'What is this?' },
						{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
						{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
						{
							type: 'document',
							source: { type: 'base64', media_type: 'application/pdf', data: 'aGk=' },
							title: 'a.pdf',
						},
					],
				},
				{
					role: 'assistant',
					content: [
						{ type: 'tool_use', id: 'call_1', name: 'look', input: { at: 1.5 } },
						{ type: 'tool_use', id: 'call_2', name: 'look', input: { arguments: '{oops' } },
					],
				},
				{
					role: 'user',
					content: [
						{ type: 'tool_result', tool_use_id: 'call_1', content: 'An ant' },
						{ type: 'tool_result', tool_use_id: 'call_2', content: [{ type: 'text', text: 'Nothing' }] },
					],
				},
				{ role: 'assistant', content: 'An ant.' },
				{ role: 'user', content: 'Sure?' },
			],
			temperature: 1,
			top_p: 0.9,
			stop_sequences: ['END'],
			stream: true,
			metadata: { user_id: 'u1' },
			tools: [{ name: 'look', description: 'Look', input_schema: { type: 'object' }, strict: true }],
			tool_choice: { type: 'tool', name: 'look', disable_parallel_tool_use: true },
			output_config: { effort: 'low', format: { type: 'json_schema', schema: { type: 'object' } } },
		});
		const said = notes.join('\n');
		for (const word of [
			...[
				'gpt-5 is not a model',
				'The system message',
				'The developer message',
				'`image_url`',
				'`file`',
				'`input_audio`',
			],
			...[
				'`tool_calls`',
				'no JSON',
				'role `tool`',
				'`temperature` became 1',
				'`stop`',
				'`stream_options` was left out',
			],
			...[
				'`n` was left out',
				'`metadata.user_id`',
				'`input_schema`',
				'type `custom`',
				'`tool_choice`',
				'`parallel_tool_calls`',
			],
			...['effort minimal became low', '`output_config.format`'],
		])
			expect(said).toContain(word);
		expect(said).not.toContain('seed');
		expect([headers, baseUrl]).toEqual([null, null]);
	});

	test.each([
		['auto', { type: 'auto' }],
		['none', { type: 'none' }],
		['required', { type: 'any' }],
	])('has %s as the choice of a tool', (choice, expected) => {
		expect(from({ model: 'gpt-5', messages: [], tools: [look], tool_choice: choice }).body).toMatchObject({
			tool_choice: expected,
		});
	});

	test('has the functions of old times', () => {
		const { body } = from({
			model: 'gpt-4',
			messages: [
				{ role: 'assistant', content: '', function_call: { name: 'look', arguments: '{}' } },
				{ role: 'function', name: 'look', content: 'x' },
			],
			functions: [{ name: 'look', parameters: { type: 'object' } }],
		});
		expect(body).toMatchObject({
			max_tokens: 1024,
			messages: [
				{ role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_look', input: {} }] },
				{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_look', content: 'x' }] },
			],
			tools: [{ name: 'look', input_schema: { type: 'object' } }],
		});
	});

	test('has parameters that are null as if they were left out, in messages too', () => {
		const { body } = from({
			model: 'gpt-5',
			max_completion_tokens: null,
			max_tokens: 5,
			stop: null,
			messages: [
				{ role: 'assistant', content: null, refusal: 'No.', function_call: null, name: null },
				{ role: 'user', content: 'Hi', name: null },
			],
		});
		expect(body).toEqual({
			model: STARTING_MODEL,
			max_tokens: 5,
			messages: [
				{ role: 'assistant', content: 'No.' },
				{ role: 'user', content: 'Hi' },
			],
		});
	});

	test('has files by their bytes as documents: PDF as base64, text as it reads', () => {
		const file = (file_data: string) => ({ type: 'file', file: { file_data } });
		const content = [file('aGk='), file('data:text/markdown;base64,aGk=')];
		expect(from({ model: 'gpt-5', messages: [{ role: 'user', content }] }).body).toMatchObject({
			messages: [
				{
					content: [
						{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'aGk=' } },
						{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'hi' } },
					],
				},
			],
		});
	});

	test('has calls of custom tools with their words, and no choice of a tool that is not a function', () => {
		const tool_calls = [{ id: 'call_1', type: 'custom', custom: { name: 'sql', input: 'select 1' } }];
		const { body } = from({
			model: 'gpt-5',
			messages: [{ role: 'assistant', tool_calls }],
			tools: [{ type: 'custom', custom: { name: 'sql' } }],
			tool_choice: { type: 'custom', custom: { name: 'sql' } },
		});
		expect(body).toEqual({
			model: STARTING_MODEL,
			max_tokens: 1024,
			messages: [
				{
					role: 'assistant',
					content: [{ type: 'tool_use', id: 'call_1', name: 'sql', input: { input: 'select 1' } }],
				},
			],
		});
	});

	test('searches the web beside its functions, and says what has another meaning here', () => {
		const { body, notes } = from({
			model: 'gpt-5',
			messages: [],
			web_search_options: {},
			tools: [{ type: 'function', function: { name: 'look', parameters: null } }],
			service_tier: 'flex',
			metadata: { a: 'b' },
		});
		expect(body).toMatchObject({
			tools: [{ name: 'web_search' }, { name: 'look', input_schema: { type: 'object' } }],
		});
		expect(body).not.toHaveProperty('metadata');
		expect(notes).toEqual(
			expect.arrayContaining([
				'`service_tier` was left out: this API has other tiers.',
				'`metadata` was left out: the `metadata` of this API takes a `user_id` and nothing else.',
			]),
		);
	});

	test('is known by its address, in code too, and its holes are kept', () => {
		const call =
			'client.chat.completions.create(model="claude-opus-5", messages=[{"role": "system", "content": s}, {"role": "user", "content": f"Hi {name}"}], max_tokens=MAX)';
		const { body, holes, notes } = request(call, { s: 'S', name: 'Ann', MAX: '12' });
		expect(body).toEqual({
			model: 'claude-opus-5',
			max_tokens: 12,
			system: 'S',
			messages: [{ role: 'user', content: 'Hi Ann' }],
		});
		expect(holes.map(({ path }) => path.join('.'))).toEqual(['max_tokens', 'system', 'messages.0.content']);
		expect(notes).toHaveLength(1);
		const curl = `curl https://api.openai.com/v1/chat/completions -H "Authorization: Bearer sk-proj-0123456789abcdef0123" -d '{"model":"gpt-5","messages":[{"role":"user","content":"Hi"}],"max_tokens":5}'`;
		expect(request(curl)).toMatchObject({ body: { model: STARTING_MODEL, max_tokens: 5 }, baseUrl: null, keys: [] });
	});

	test.each([
		{ model: 'claude-opus-5', max_tokens: 1, messages: [{ role: 'system', content: 'x' }] },
		{ model: 'my-own-proxy', max_tokens: 1, system: 'x', messages: [{ role: 'system', content: 'x' }] },
		{ model: 'my-own-proxy', max_tokens: 1, messages: [{ role: 'user', content: 'x' }] },
		{ max_tokens: 1, messages: [{ role: 'user', content: 'x' }], tools: [{ name: 'a', input_schema: {} }] },
	])('is not seen in a request of our own: %j', (body) => {
		expect(from(body)).toMatchObject({ body, notes: [] });
	});
});

describe('a request of OpenAI', () => {
	const words = [{ role: 'user', content: 'Hi' }];
	const image = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] }];
	const called = [{ role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }] }];

	test.each([
		['the name of a model', { model: 'gpt-4o', messages: words }],
		['a model with who made it', { model: 'openai/gpt-4o', messages: words }],
		['`stop`, though the model is ours', { model: 'claude-opus-5', messages: words, stop: ['a'] }],
		['functions, though the model is ours', { model: 'anthropic/claude-opus-5', messages: words, tools: [look] }],
		[
			'a result of a tool, though the model is ours',
			{ model: 'claude-opus-5', messages: [...called, { role: 'tool', tool_call_id: 'a', content: '' }] },
		],
		['an image, though the model is ours', { model: 'claude-opus-5', messages: image }],
	])('is known by %s', (_name, body) => {
		expect(from(body)).toMatchObject({ from: 'OpenAI Chat Completions', what: 'An OpenAI Chat Completions body' });
	});

	test.each([
		['calls', called],
		['an image', image],
		['a system message', [{ role: 'system', content: 'x' }, ...words]],
	])('is known by %s in a list of messages', (_name, messages) => {
		expect(from(messages)).toMatchObject({ from: 'OpenAI Chat Completions', what: 'A list of messages for OpenAI' });
	});

	test('is called by its name, and the address it leaves behind is said', () => {
		const address = 'https://api.openai.com/v1/chat/completions';
		const { what, notes } = request(
			`curl ${address} -d '${JSON.stringify({ model: 'claude-opus-5', max_tokens: 1, messages: words })}'`,
		);
		expect(what).toBe('A curl command to OpenAI');
		expect(notes).toEqual([`The address ${address} was left out: it is OpenAI's.`]);
		expect(from({ model: 'gpt-5', input: 'Hi' }).what).toBe('An OpenAI Responses body');
	});

	test('keeps what both kinds of request are mixed with', () => {
		const own = {
			system: 'S',
			top_k: 5,
			stop_sequences: ['a'],
			thinking: { type: 'adaptive' },
			cache_control: { type: 'ephemeral' },
		};
		const tool = { name: 'f', input_schema: { type: 'object', properties: {} } };
		const { body, notes } = from({ model: 'gpt-4o', max_tokens: 1, messages: words, ...own, tools: [tool] });
		expect(body).toEqual({ model: STARTING_MODEL, max_tokens: 1, messages: words, ...own, tools: [tool] });
		expect(notes).toHaveLength(1);
	});

	test('searches the web in the same places', () => {
		const place = { type: 'approximate', city: 'Bern', country: 'CH' };
		const found = { type: 'web_search_20250305', name: 'web_search', user_location: place };
		const inChat = {
			search_context_size: 'low',
			user_location: { type: 'approximate', approximate: { city: 'Bern', country: 'CH' } },
		};
		const { body, notes } = from({ model: 'gpt-5', messages: words, web_search_options: inChat });
		expect(body).toMatchObject({ tools: [found] });
		expect(notes).toContain('The `search_context_size` of the web search was left out: there is none here.');
		const inResponses = { type: 'web_search', filters: { allowed_domains: ['a.com'] }, user_location: place };
		expect(from({ model: 'gpt-5', input: 'Hi', tools: [inResponses] }).body).toMatchObject({
			tools: [{ ...found, allowed_domains: ['a.com'] }],
		});
	});

	test('says of everything that is left out in it that it is', () => {
		const { notes } = from({
			model: 'gpt-5',
			max_tokens: 1,
			messages: [
				{
					role: 'assistant',
					content: [{ type: 'text', text: 'a', annotations: [] }],
					reasoning_content: 'b',
					audio: { id: 'c' },
				},
				{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/svg+xml,<svg/>' } }] },
			],
			tools: [{ type: 'code_interpreter' }, { type: 'mcp' }],
			response_format: { type: 'json_schema', json_schema: { name: 'd', strict: true, schema: {} } },
		});
		for (const left of [
			...[
				'The `annotations` of a part of a message',
				'The `reasoning_content` of a message',
				'The `audio` of a message',
			],
			...[
				'An image in a data URL that is not base64',
				'The `name` of the response format',
				'The `strict` of the response format',
			],
			...[
				'`code_interpreter` was left out: here it is the tool `code_execution`',
				'`mcp` was left out: here it is `mcp_servers`',
			],
		])
			expect(notes).toContainEqual(expect.stringContaining(left));
	});

	test('becomes one that the API takes', () => {
		const called = (at: number) => ({ role: 'assistant', function_call: { name: 'look', arguments: `{"at":${at}}` } });
		const result = { role: 'function', name: 'look', content: 'x' };
		const { body } = from({
			model: 'gpt-4',
			messages: [
				...['Hi', called(1), result, called(2), result],
				{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/jpg;base64,aGk=' } }] },
			],
			tools: [{ type: 'function', function: { name: 'look', parameters: {} } }],
			parallel_tool_calls: false,
			tool_choice: 'none',
		});
		const use = (id: string) => ({ role: 'assistant', content: [{ type: 'tool_use', id }] });
		const given = (id: string) => ({ role: 'user', content: [{ type: 'tool_result', tool_use_id: id }] });
		expect(body).toMatchObject({
			messages: [
				{ role: 'user', content: 'Hi' },
				...[use('toolu_look'), given('toolu_look'), use('toolu_look_2'), given('toolu_look_2')],
				{ content: [{ source: { media_type: 'image/jpeg' } }] },
			],
			tools: [{ name: 'look', input_schema: { type: 'object' } }],
			tool_choice: { type: 'none' },
		});
		expect(body).not.toHaveProperty('tool_choice.disable_parallel_tool_use');
		expect(from({ model: 'gpt-4', messages: words, tool_choice: 'auto' }).body).not.toHaveProperty('tool_choice');
	});

	test('leaves what is in variables to be filled in', () => {
		const { body, notes } = request(
			'openai.chat.completions.create(model="claude-opus-5", max_tokens=1, messages=turns, tools=TOOLS)',
			{ turns: '[]', TOOLS: '[]' },
		);
		expect(body).toEqual({ model: 'claude-opus-5', max_tokens: 1, messages: [], tools: [] });
		expect(notes).toHaveLength(2);
	});

	test('names our model as we do', () => {
		expect(from({ model: 'anthropic/claude-opus-5', messages: words, stop: 'a' }).body).toMatchObject({
			model: 'claude-opus-5',
		});
	});
});

describe('what is no request for messages', () => {
	test.each([
		[
			'embeddings',
			`curl https://api.openai.com/v1/embeddings -d '{"model":"gpt-5","input":"x"}'`,
			'it asks https://api.openai.com/v1/embeddings',
		],
		[
			'old completions',
			`curl https://api.openai.com/v1/completions -d '{"model":"m","prompt":"x","max_tokens":5}'`,
			'it asks https://api.openai.com/v1/completions',
		],
		[
			'old completions in code',
			'client.completions.create(model="m", prompt="x", max_tokens=5)',
			'it asks /completions',
		],
		['embeddings in code', 'client.embeddings.create(model="m", input="x")', 'it asks /embeddings'],
		['a body with an input for something else', '{"input":"x","foo":1}', 'it has no messages'],
		['a body for embeddings', '{"input":"x","model":"text-embedding-3-small"}', 'it has no messages'],
		['a body with a prompt', '{"prompt":"x","model":"m","max_tokens":5}', 'it has no messages'],
	])('is refused with the reason: %s', (_name, text, reason) => {
		expect(understood(text)).toMatchObject({ kind: 'unknown', reason: expect.stringContaining(reason) as string });
	});
});

describe('a body of Responses', () => {
	test('becomes a request, and every change is said', () => {
		const { body, notes } = from({
			model: 'gpt-5',
			instructions: 'Be terse.',
			input: [
				{
					role: 'user',
					content: [
						{ type: 'input_text', text: 'What is this?' },
						{ type: 'input_image', image_url: 'https://example.com/a.png' },
						{ type: 'input_image', file_id: 'file_1' },
						{ type: 'input_file', file_url: 'https://example.com/a.pdf' },
					],
				},
				{ type: 'reasoning', summary: [] },
				{ type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{"at":1}' },
				{ type: 'function_call_output', call_id: 'call_1', output: 'An ant' },
				{
					type: 'message',
					role: 'assistant',
					content: [
						{ type: 'output_text', text: 'An ant.' },
						{ type: 'refusal', refusal: 'No' },
					],
				},
			],
			max_output_tokens: 50,
			text: { format: { type: 'json_schema', name: 'a', schema: { type: 'object' } } },
			reasoning: { effort: 'high', summary: 'auto' },
			tools: [{ type: 'function', name: 'look', parameters: { type: 'object' }, strict: null }, { type: 'web_search' }],
			tool_choice: { type: 'function', name: 'look' },
			previous_response_id: 'resp_1',
		});
		expect(body).toEqual({
			model: STARTING_MODEL,
			max_tokens: 50,
			system: 'Be terse.',
			messages: [
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'What is this?' },
						{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
						{ type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
					],
				},
				{ role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'look', input: { at: 1 } }] },
				{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'An ant' }] },
				{
					role: 'assistant',
					content: [
						{ type: 'text', text: 'An ant.' },
						{ type: 'text', text: 'No' },
					],
				},
			],
			tools: [
				{ name: 'look', input_schema: { type: 'object' } },
				{ type: 'web_search_20250305', name: 'web_search' },
			],
			tool_choice: { type: 'tool', name: 'look' },
			output_config: { effort: 'high', format: { type: 'json_schema', schema: { type: 'object' } } },
		});
		const said = notes.join('\n');
		for (const word of [
			...['`instructions`', 'by the id of a file', 'type `reasoning`', '`reasoning.summary` was left out'],
			'`previous_response_id` was left out: this API keeps no turns',
		])
			expect(said).toContain(word);
	});

	test('may ask with nothing but words', () => {
		expect(from({ model: 'gpt-5', input: 'Hi' }).body).toEqual({
			model: STARTING_MODEL,
			max_tokens: 1024,
			messages: [{ role: 'user', content: 'Hi' }],
		});
	});
});
