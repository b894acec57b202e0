import { describe, expect, test } from 'vitest';
import { isJsonArray, isJsonObject, parsed, type JsonObject } from '../../../src/model/json';
import type { Header } from '../../../src/model/run';
import { headers, request, simulator, type Answer } from './simulated';

// What is true of the answer to any request, seen on those that the rules' own examples let pass.

interface Example {
	readonly about: string;
	readonly request?: JsonObject;
	readonly text?: string;
	readonly apiVersion?: string;
	readonly headers?: readonly Header[];
	readonly today?: string;
}
const passes = import.meta.glob<Example[]>('../../fixtures/lint/*/passes.json', { import: 'default', eager: true });
const good = request({ model: 'claude-sonnet-5' });
/** What is counted of a request: the rest is of the answer. */
const COUNTED = [
	...['model', 'messages', 'system', 'tools', 'mcp_servers'],
	...['tool_choice', 'thinking', 'output_config', 'cache_control'],
];
/** Why some of them are refused all the same: for what nobody signed, for another rule, on the day that is played. */
const REFUSED =
	/Invalid `(?:signature|data)`|model: claude-|temperature: Extra|image dimensions|Could not process image/;

/** The simulated API as an example asks it. */
function asked({ apiVersion = '2023-06-01', headers: more = [], today }: Example) {
	const api = simulator(today === undefined ? {} : { today });
	return async (body: JsonObject, path = '') => {
		const response = await api(`https://api.anthropic.com/v1/messages${path}`, {
			method: 'POST',
			headers: [
				...Object.entries({ ...headers, 'anthropic-version': apiVersion }),
				...more.map(([...header]) => header),
			],
			body: JSON.stringify(body),
		});
		return { status: response.status, text: await response.text() };
	};
}

/** The results of the calls in an answer, or whatever else the user would say. */
function nextTurn({ content }: Answer): JsonObject {
	const results = content.flatMap(({ type, id = null, toolset_name: toolset }) =>
		type === 'tool_use'
			? [
					{
						type: 'tool_result',
						tool_use_id: id,
						content: 'done',
						...(toolset === undefined ? {} : { toolset_name: toolset }),
					},
				]
			: [],
	);
	return { role: 'user', content: results.length > 0 ? results : 'Go on.' };
}

describe.each(Object.entries(passes))('%s', (_, examples) => {
	const requests = examples.flatMap((example) => {
		const body = example.text === undefined ? { ...good, ...example.request } : parsed(example.text);
		return isJsonObject(body) && isJsonArray(body.messages) ? [{ ...example, body }] : [];
	});

	test.each(requests)('the answer after: $about', async ({ body: { stream: _stream, ...body }, ...example }) => {
		const ask = asked(example);
		const { status, text } = await ask(body);
		if (status !== 200) return expect(text).toMatch(REFUSED);
		expect((await asked(example)(body)).text).toBe(text);

		const answer = JSON.parse(text) as Answer; // 200 is a message
		const { input_tokens: plain, cache_creation_input_tokens: written, cache_read_input_tokens: read } = answer.usage;
		const counting = Object.fromEntries(Object.entries(body).filter(([key]) => COUNTED.includes(key)));
		const counted = await asked(example)(counting, '/count_tokens');
		expect(JSON.parse(counted.text)).toEqual({ input_tokens: plain + Number(written) + Number(read) });
		expect(answer.usage.output_tokens).toBeLessThanOrEqual(Number(body.max_tokens));

		if (!['end_turn', 'tool_use'].includes(answer.stop_reason)) return;
		const messages = body.messages as JsonObject[]; // it was looked at above
		if (messages.at(-1)?.role === 'assistant') return;
		const after = [...messages, { role: 'assistant', content: answer.content }, nextTurn(answer)];
		expect(await ask({ ...body, messages: after })).toMatchObject({ status: 200 });
	});
});
