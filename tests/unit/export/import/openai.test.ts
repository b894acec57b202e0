import { describe, expect, test } from 'vitest';
import { STARTING_MODEL } from '../../../../src/model/models';
import { request } from './understand';

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
		expect(from({ model: 'gpt-5', messages: [], tool_choice: choice }).body).toMatchObject({ tool_choice: expected });
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
