import { createAnthropic } from '@ai-sdk/anthropic';
import Anthropic, {
	AuthenticationError,
	BadRequestError,
	ContentTooLargeError,
	GatewayTimeoutError,
	InternalServerError,
	NotFoundError,
	OverloadedError,
	PermissionDeniedError,
	RateLimitError,
} from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage, ToolMessage, type AIMessage, type AIMessageChunk } from '@langchain/core/messages';
import { APICallError, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from '../../../src/model/json';
import { connectionCut } from '../../../src/simulator/scenarios/connection-cut';
import { errorEvent } from '../../../src/simulator/scenarios/error-event';
import { findScenario } from '../../../src/simulator/scenarios/find';
import { ordinary } from '../../../src/simulator/scenarios/ordinary';
import { createSimulator } from '../../../src/simulator/simulator';
import { KEY, noWait, simulator } from './simulated';

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
/** A model that is told to think, and one that thinks unasked, hides it, and binds it to its conversation. */
const thinkers = ['claude-haiku-4-5', 'claude-opus-5-5'];
const ways = thinkers.flatMap((id) => [['plain', id] as const, ['streamed', id] as const]);
const book = z.object({
	title: z.string(),
	year: z.number().int(),
	kind: z.enum(['novel', 'poems']),
	authors: z.array(z.object({ name: z.string(), living: z.boolean() })),
	isbn: z.union([z.string(), z.null()]),
});

/** A simulated API that keeps the requests it was sent. */
function listening() {
	const requests: (JsonObject & { readonly messages: readonly JsonObject[] })[] = [];
	const api = simulator();
	const fetch: typeof api = (input, init) => {
		requests.push(JSON.parse(init?.body as string) as (typeof requests)[number]); // these clients send text
		return api(input, init);
	};
	return { fetch, requests };
}

/** The thoughts among the content of a message that was sent. */
function thoughtsIn(message: JsonObject | undefined): JsonObject[] {
	return (message?.content as JsonObject[]).filter(({ type }) => type === 'thinking'); // it has blocks
}

describe('the official SDK', () => {
	const client = (apiKey = KEY) => new Anthropic({ apiKey, fetch: simulator(), maxRetries: 0 });
	const behaving = async (id: string) =>
		new Anthropic({ apiKey: KEY, fetch: simulator({ scenario: await findScenario(id) }), maxRetries: 0 });

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

	test.each(thinkers)('sends the thinking of %s back with the result of a tool', async (model) => {
		const first = {
			...hello,
			model,
			max_tokens: 2048,
			messages: [{ role: 'user' as const, content: asked }],
			tools: [weather],
			...(model === 'claude-haiku-4-5' && { thinking: { type: 'enabled' as const, budget_tokens: 1024 } }),
		};
		const { content } = await client().messages.stream(first).finalMessage();
		const id = content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []))[0] ?? '';
		const goingOn = (said: Anthropic.ContentBlock[]) => ({
			...first,
			messages: [
				...first.messages,
				{ role: 'assistant' as const, content: said },
				{ role: 'user' as const, content: [{ type: 'tool_result' as const, tool_use_id: id, content: 'Sunny' }] },
			],
		});
		const message = await client().messages.create(goingOn(content));
		expect(message.content.at(-1)).toMatchObject({ type: 'text', text: expect.stringContaining('“Sunny”') as string });
		const altered = content.map((block) => (block.type === 'thinking' ? { ...block, signature: 'made up' } : block));
		await expect(client().messages.create(goingOn(altered))).rejects.toThrow('thinking');
	});

	test.each([
		['400', BadRequestError, 400, 'invalid_request_error'],
		['401', AuthenticationError, 401, 'authentication_error'],
		['403', PermissionDeniedError, 403, 'permission_error'],
		['404', NotFoundError, 404, 'not_found_error'],
		['413', ContentTooLargeError, 413, 'request_too_large'],
		['429', RateLimitError, 429, 'rate_limit_error'],
		['500', InternalServerError, 500, 'api_error'],
		['504', GatewayTimeoutError, 504, 'timeout_error'],
		['529', OverloadedError, 529, 'overloaded_error'],
	])('throws the error it has for %s, streaming and not', async (id, type, status, name) => {
		const { messages } = await behaving(id);
		for (const asking of [messages.create(hello), messages.stream(hello).finalMessage()]) {
			const error: unknown = await asking.catch((thrown: unknown) => thrown);
			expect((error as object).constructor).toBe(type); // whatever was thrown
			expect(error).toMatchObject({ status, type: name, requestID: expect.stringMatching(/^req_/) as string });
		}
	});

	test('waits as long as retry-after says, and tries again', async () => {
		const ids = ['429', 'ordinary'];
		const api = createSimulator({
			now: () => Date.UTC(2026, 10, 22),
			wait: noWait,
			settings: async () => ({ scenario: await findScenario(ids.shift() ?? '') }),
		});
		vi.useFakeTimers();
		try {
			const asking = new Anthropic({ apiKey: KEY, fetch: api, maxRetries: 1 }).messages.create(hello);
			await vi.advanceTimersByTimeAsync(7_999);
			expect(ids).toEqual(['ordinary']);
			await vi.advanceTimersByTimeAsync(1);
			expect(await asking).toMatchObject({ stop_reason: 'end_turn' });
		} finally {
			vi.useRealTimers();
		}
	});

	test('throws its own error at an error in mid-stream', async () => {
		const stream = (await behaving('error-event')).messages.stream(hello);
		const said = vi.fn();
		stream.on('text', said);
		await expect(stream.finalMessage()).rejects.toMatchObject({ type: 'overloaded_error', status: undefined });
		expect(said).toHaveBeenCalled();
	});

	test('throws at a connection that is cut in mid-stream, and keeps what it has read', async () => {
		const stream = (await behaving('connection-cut')).messages.stream(hello);
		await expect(stream.finalMessage()).rejects.toThrow('network error');
		expect(stream.currentMessage?.content).toMatchObject([{ text: expect.stringMatching(/simulated/) as string }]);
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

	test('streams a tool call in pieces, runs the tool, and streams the answer that uses its result', async () => {
		const execute = vi.fn(({ city }: { city: string }) => `Sunny in ${city}`);
		const stream = streamText({
			model: model(),
			prompt: asked,
			tools: { get_weather: tool({ inputSchema: z.object({ city: z.string() }), execute }) },
			stopWhen: stepCountIs(3),
			maxRetries: 0,
		});
		const pieces: string[] = [];
		for await (const part of stream.fullStream) if (part.type === 'tool-input-delta') pieces.push(part.delta);
		expect(pieces.length).toBeGreaterThan(2);
		expect(JSON.parse(pieces.join(''))).toEqual({ city: 'simulated city' });
		expect(execute).toHaveBeenCalledExactlyOnceWith({ city: 'simulated city' }, expect.anything());
		expect((await stream.steps).map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'stop']);
		expect(await stream.text).toContain('“Sunny in simulated city”');
	});

	test.each(ways)('sends the %s thinking of %s back, signed, with the result of a tool', async (way, id) => {
		const { fetch, requests } = listening();
		const given = {
			model: createAnthropic({ apiKey: KEY, fetch })(id),
			prompt: asked,
			tools: { get_weather: tool({ inputSchema: z.object({ city: z.string() }), execute: () => 'Sunny' }) },
			stopWhen: stepCountIs(3),
			maxRetries: 0,
			...(id === 'claude-haiku-4-5' && {
				providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } },
			}),
		};
		const { text, steps } = way === 'plain' ? await generateText(given) : streamText(given);
		expect(await text).toContain('“Sunny”');
		const thoughts = (await steps)[0]?.reasoningText;
		expect(thoughts).toMatch(id === 'claude-haiku-4-5' ? /^Simulated thinking/ : /^$/);
		expect(thoughtsIn(requests[1]?.messages[1])).toEqual([
			{ type: 'thinking', thinking: thoughts, signature: expect.stringMatching(/^c2ltdWxhdGVk/) as string },
		]);
	});

	test('keeps what came before an error in mid-stream, and tells of it', async () => {
		const onError = vi.fn();
		const stream = streamText({
			model: createAnthropic({ apiKey: KEY, fetch: simulator({ scenario: errorEvent }) })('claude-haiku-4-5'),
			prompt: 'Hello, Claude',
			maxRetries: 0,
			onError,
		});
		expect(await stream.text).toMatch(/simulated/);
		expect(await stream.finishReason).toBe('error');
		expect(onError).toHaveBeenCalledExactlyOnceWith({ error: { type: 'overloaded_error', message: 'Overloaded' } });
	});

	test('throws at a connection that is cut in mid-stream, behind what came', async () => {
		const { fullStream } = streamText({
			model: createAnthropic({ apiKey: KEY, fetch: simulator({ scenario: connectionCut }) })('claude-haiku-4-5'),
			prompt: 'Hello, Claude',
			maxRetries: 0,
		});
		const pieces: string[] = [];
		const reading = (async () => {
			for await (const part of fullStream) if (part.type === 'text-delta') pieces.push(part.text);
		})();
		await expect(reading).rejects.toMatchObject({ cause: { message: 'network error' } });
		expect(pieces.join('')).toMatch(/simulated/);
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
	const chat = (model = 'claude-haiku-4-5', scenario = ordinary) =>
		new ChatAnthropic({
			model,
			apiKey: KEY,
			maxTokens: 1024,
			maxRetries: 0,
			clientOptions: { fetch: simulator({ scenario }) },
		});
	/** The pieces of a message, and the message they make. */
	const streamed = async (stream: AsyncIterable<AIMessageChunk>) => {
		const pieces: AIMessageChunk[] = [];
		for await (const piece of stream) pieces.push(piece);
		return { pieces, whole: pieces.reduce((all, piece) => all.concat(piece)) };
	};
	const resultFor = ({ tool_calls: calls }: AIMessage) =>
		new ToolMessage({ content: 'Sunny', tool_call_id: calls?.[0]?.id ?? '' });

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
		const message = await bound.invoke([new HumanMessage(asked), call, resultFor(call)]);
		expect(message.content).toContain('“Sunny”');
	});

	test('streams a tool call in pieces, and the answer that uses its result', async () => {
		const bound = chat().bindTools([weather]);
		const { pieces, whole } = await streamed(await bound.stream(asked));
		expect(pieces.flatMap(({ tool_call_chunks: some }) => some ?? []).length).toBeGreaterThan(2);
		expect(whole.tool_calls).toMatchObject([{ name: 'get_weather', args: { city: 'simulated city' } }]);
		const answer = await streamed(await bound.stream([new HumanMessage(asked), whole, resultFor(whole)]));
		expect(answer.whole.text).toContain('“Sunny”');
	});

	test.each(ways)('sends the %s thinking of %s back, signed, with the result of a tool', async (way, model) => {
		const { fetch, requests } = listening();
		const bound = new ChatAnthropic({
			model,
			apiKey: KEY,
			maxTokens: 2048,
			maxRetries: 0,
			clientOptions: { fetch },
			...(model === 'claude-haiku-4-5' && { thinking: { type: 'enabled' as const, budget_tokens: 1024 } }),
		}).bindTools([weather]);
		const call = way === 'plain' ? await bound.invoke(asked) : (await streamed(await bound.stream(asked))).whole;
		const answer = await bound.invoke([new HumanMessage(asked), call, resultFor(call)]);
		expect(answer.text).toContain('“Sunny”');
		expect(thoughtsIn(requests[1]?.messages[1])).toMatchObject([
			{
				thinking: expect.stringMatching(model === 'claude-haiku-4-5' ? /^Simulated thinking/ : /^$/) as string,
				signature: expect.stringMatching(/^c2ltdWxhdGVk/) as string,
			},
		]);
	});

	test.each([
		['an error', errorEvent, /overloaded_error/],
		['a connection that is cut', connectionCut, /network error/],
	])('throws at %s in mid-stream, behind what came', async (_, scenario, words) => {
		const pieces: string[] = [];
		const reading = (async () => {
			for await (const { text } of await chat('claude-haiku-4-5', scenario).stream('Hello, Claude')) pieces.push(text);
		})();
		await expect(reading).rejects.toThrow(words);
		expect(pieces.join('')).toMatch(/simulated/);
	});

	test('reads an object after a schema', async () => {
		const output = await chat().withStructuredOutput(book).invoke('Name a book.');
		expect(book.parse(output)).toEqual(output);
	});

	test('reads a refusal', async () => {
		await expect(chat('claude-nope').invoke('Hi')).rejects.toMatchObject({ status: 404 });
	});
});
