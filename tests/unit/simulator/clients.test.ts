import { createAnthropic } from '@ai-sdk/anthropic';
import Anthropic, { AuthenticationError, BadRequestError, NotFoundError } from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { APICallError, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { errorEvent } from '../../../src/simulator/scenarios/error-event';
import { KEY, simulator } from './simulated';

// Other people's clients, each through the `fetch` it can be given: what they can read, is the protocol.

const hello = {
	model: 'claude-haiku-4-5',
	max_tokens: 1024,
	messages: [{ role: 'user' as const, content: 'Hello, Claude' }],
};
const weather = {
	name: 'get_weather',
	description: 'The weather of a city',
	input_schema: { type: 'object' as const, properties: { city: { type: 'string' as const } }, required: ['city'] },
};
const asked = 'What is the weather in Lisbon?';
const book = z.object({
	title: z.string(),
	year: z.number().int(),
	kind: z.enum(['novel', 'poems']),
	authors: z.array(z.object({ name: z.string(), living: z.boolean() })),
	isbn: z.union([z.string(), z.null()]),
});

describe('the official SDK', () => {
	const client = (apiKey = KEY) => new Anthropic({ apiKey, fetch: simulator(), maxRetries: 0 });

	test('reads an answer', async () => {
		const message = await client().messages.create(hello);
		expect(message).toMatchObject({ role: 'assistant', stop_reason: 'end_turn', stop_details: null, container: null });
		expect(message.content[0]).toMatchObject({ type: 'text', text: expect.stringMatching(/simulated/) as string });
		expect(message._request_id).toMatch(/^req_011C/);
	});

	test('reads a stream', async () => {
		const stream = client().messages.stream(hello);
		const pieces: string[] = [];
		stream.on('text', (text) => pieces.push(text));
		const message = await stream.finalMessage();
		expect(message.stop_reason).toBe('end_turn');
		expect(pieces.length).toBeGreaterThan(5);
		expect(pieces.join('')).toBe(await stream.finalText());
		expect(message.usage.output_tokens).toBeGreaterThan(10);
	});

	test('reads thinking and a tool call from a stream', async () => {
		const message = await client()
			.messages.stream({
				...hello,
				model: 'claude-opus-4-8',
				messages: [{ role: 'user', content: asked }],
				tools: [weather],
				thinking: { type: 'adaptive', display: 'summarized' },
			})
			.finalMessage();
		expect(message.stop_reason).toBe('tool_use');
		expect(message.content).toMatchObject([
			{
				type: 'thinking',
				thinking: expect.stringMatching(/^Simulated/) as string,
				signature: expect.stringMatching(/./) as string,
			},
			{ type: 'text' },
			{ type: 'tool_use', name: 'get_weather', input: { city: 'simulated city' }, caller: { type: 'direct' } },
		]);
	});

	test.each([
		['a model that is not there', { model: 'claude-nope' }, NotFoundError, 404],
		['no messages', { messages: [] }, BadRequestError, 400],
		['sampling in the version it speaks', { temperature: 0.5 }, BadRequestError, 400],
	])('throws its own error at %s', async (_, more, type, status) => {
		const error: unknown = await client()
			.messages.create({ ...hello, ...more })
			.catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(type);
		expect(error).toMatchObject({ status, requestID: expect.stringMatching(/^req_/) as string });
	});

	test('runs tools until there is an answer that uses their results', async () => {
		const run = vi.fn(({ city }: { city: string }) => `Sunny in ${city}`);
		const inputSchema = z.object({ city: z.string() });
		const runner = client().beta.messages.toolRunner({
			...hello,
			messages: [{ role: 'user', content: asked }],
			tools: [betaZodTool({ name: 'get_weather', description: 'The weather of a city', inputSchema, run })],
		});
		const message = await runner.runUntilDone();
		expect(run).toHaveBeenCalledExactlyOnceWith({ city: 'simulated city' }, expect.anything());
		expect(message.stop_reason).toBe('end_turn');
		expect(message.content[0]).toMatchObject({ text: expect.stringContaining('“Sunny in simulated city”') as string });
	});

	test('parses an answer after a schema', async () => {
		const message = await client().messages.parse({ ...hello, output_config: { format: zodOutputFormat(book) } });
		expect(book.parse(message.parsed_output)).toEqual(message.parsed_output);
	});

	test('throws its own error at an error in mid-stream', async () => {
		const fetch = simulator({ scenario: errorEvent });
		const stream = new Anthropic({ apiKey: KEY, fetch, maxRetries: 0 }).messages.stream(hello);
		await expect(stream.finalMessage()).rejects.toMatchObject({ type: 'overloaded_error' });
	});

	test('throws its own error at a malformed key, streaming too', async () => {
		await expect(client('nothing').messages.stream(hello).finalMessage()).rejects.toBeInstanceOf(AuthenticationError);
	});
});

describe('the AI SDK', () => {
	const model = (id = 'claude-haiku-4-5') => createAnthropic({ apiKey: KEY, fetch: simulator() })(id);

	test('reads an answer', async () => {
		const { text, finishReason, usage } = await generateText({
			model: model(),
			prompt: 'Hello, Claude',
			maxRetries: 0,
		});
		expect(text).toMatch(/simulated/);
		expect(finishReason).toBe('stop');
		expect(usage.inputTokens).toBe(12);
	});

	test('reads a stream', async () => {
		const stream = streamText({ model: model(), prompt: 'Hello, Claude', maxRetries: 0 });
		const pieces: string[] = [];
		for await (const piece of stream.textStream) pieces.push(piece);
		expect(pieces.length).toBeGreaterThan(5);
		expect(pieces.join('')).toMatch(/simulated/);
		expect(await stream.finishReason).toBe('stop');
	});

	test('reads a tool call', async () => {
		const { toolCalls, finishReason } = await generateText({
			model: model(),
			prompt: asked,
			tools: { get_weather: tool({ inputSchema: jsonSchema(weather.input_schema) }) },
			maxRetries: 0,
		});
		expect(finishReason).toBe('tool-calls');
		expect(toolCalls).toMatchObject([{ toolName: 'get_weather', input: { city: 'simulated city' } }]);
	});

	test('goes on with the result of a tool', async () => {
		const execute = vi.fn(({ city }: { city: string }) => `Sunny in ${city}`);
		const { text, steps } = await generateText({
			model: model(),
			prompt: asked,
			tools: { get_weather: tool({ inputSchema: z.object({ city: z.string() }), execute }) },
			stopWhen: stepCountIs(3),
			maxRetries: 0,
		});
		expect(execute).toHaveBeenCalledOnce();
		expect(steps).toHaveLength(2);
		expect(text).toContain('“Sunny in simulated city”');
	});

	test.each(['claude-haiku-4-5', 'claude-sonnet-5'])('reads an object after a schema from %s', async (id) => {
		const { output } = await generateText({
			model: model(id),
			prompt: 'Name a book.',
			output: Output.object({ schema: book }),
			maxRetries: 0,
		});
		expect(book.parse(output)).toEqual(output);
	});

	test('reads a refusal', async () => {
		const error: unknown = await generateText({ model: model('claude-nope'), prompt: 'Hi', maxRetries: 0 }).catch(
			(thrown: unknown) => thrown,
		);
		expect(error).toBeInstanceOf(APICallError);
		expect(error).toMatchObject({ statusCode: 404, message: 'model: claude-nope', isRetryable: false });
	});
});

describe('LangChain', () => {
	const chat = (model = 'claude-haiku-4-5') =>
		new ChatAnthropic({ model, apiKey: KEY, maxTokens: 1024, maxRetries: 0, clientOptions: { fetch: simulator() } });

	test('reads an answer', async () => {
		const message = await chat().invoke('Hello, Claude');
		expect(message.content).toMatch(/simulated/);
		expect(message).toMatchObject({ usage_metadata: { input_tokens: 12 } });
	});

	test('reads a stream', async () => {
		const pieces: string[] = [];
		for await (const { text } of await chat().stream('Hello, Claude')) pieces.push(text);
		expect(pieces.length).toBeGreaterThan(5);
		expect(pieces.join('')).toMatch(/simulated/);
	});

	test('reads a tool call', async () => {
		const message = await chat().bindTools([weather]).invoke(asked);
		expect(message.tool_calls).toMatchObject([{ name: 'get_weather', args: { city: 'simulated city' } }]);
	});

	test('goes on with the result of a tool', async () => {
		const bound = chat().bindTools([weather]);
		const call = await bound.invoke(asked);
		const message = await bound.invoke([
			new HumanMessage(asked),
			call,
			new ToolMessage({ content: 'Sunny', tool_call_id: call.tool_calls?.[0]?.id ?? '' }),
		]);
		expect(message.content).toContain('“Sunny”');
	});

	test('reads an object after a schema', async () => {
		const output = await chat().withStructuredOutput(book).invoke('Name a book.');
		expect(book.parse(output)).toEqual(output);
	});

	test('reads a refusal', async () => {
		await expect(chat('claude-nope').invoke('Hi')).rejects.toMatchObject({ status: 404 });
	});
});
