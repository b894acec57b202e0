import { describe, expect, test } from 'vitest';
import { request, understood } from './understand';

const hello = { model: 'claude-sonnet-4-5', max_tokens: 1024, messages: [{ role: 'user', content: 'Hello, Claude' }] };

describe('Python', () => {
	test("is understood as the guide writes it, the picture's base64 a hole", () => {
		const { body, holes, what, baseUrl } = request(
			`import anthropic
import base64
import httpx

# Option 1: Base64-encoded image
image_url = "https://example.com/ant.jpg"
image_media_type = "image/jpeg"
image_data = base64.standard_b64encode(httpx.get(image_url).content).decode("utf-8")

message = anthropic.Anthropic().messages.create(
    model="claude-sonnet-4-5",
    max_tokens=1024,
    messages=[
        {
            "role": "user",
            "content": [
                {
                    "type": "image",
                    "source": {
                        "type": "base64",
                        "media_type": image_media_type,
                        "data": image_data,
                    },
                },
            ],
        }
    ],
)
print(message)
`,
			{ image_data: 'aGk=' },
		);
		expect(what).toBe('Python');
		expect(baseUrl).toBe('https://api.anthropic.com');
		expect(holes).toEqual([{ name: 'image_data', path: ['messages', 0, 'content', 0, 'source', 'data'] }]);
		const source = { type: 'base64', media_type: 'image/jpeg', data: 'aGk=' };
		expect(body).toEqual({ ...hello, messages: [{ role: 'user', content: [{ type: 'image', source }] }] });
	});

	test('is understood in the ways people write it', () => {
		const { body, headers, baseUrl, holes, notes } = request(
			`from anthropic import AsyncAnthropic
from anthropic.types import MessageParam

MODEL: str = 'claude-sonnet-4-5'  # the one
SYSTEM = """You are
"terse".""".strip()
client = AsyncAnthropic(api_key=os.environ["ANTHROPIC_API_KEY"], base_url='http://localhost:8080/',
                        default_headers={'x-lesson': '1'})

async def ask(question, name):
    history: list[MessageParam] = [
        MessageParam(role="user", content=("It" "'s " 'me')),
        dict(role='assistant', content=f'Hi {name!r}, {{so}} {name:>10}'),
    ]
    async with client.beta.messages.stream(
        model=MODEL, max_tokens=1_024, temperature=.5,
        messages=[*history, {'role': 'user', 'content': question + "!"}],
        system=SYSTEM, stop_sequences=('a', r'\\d\\n'), metadata=None,
        tools=NOT_GIVEN, thinking={"type": "enabled", "budget_tokens": 0x400,},
        betas=["one", "two"], extra_body={"new": {"a": -1e-7, "b": True}}, extra_headers={"x-note": 'n'}, timeout=60,
        **options,
    ) as stream: ...
`,
			{ name: 'Ann', question: 'Why' },
		);
		expect(body).toEqual({
			model: 'claude-sonnet-4-5',
			max_tokens: 1024,
			temperature: 0.5,
			messages: [
				{ role: 'user', content: "It's me" },
				{ role: 'assistant', content: 'Hi Ann, {so} Ann' },
				{ role: 'user', content: 'Why!' },
			],
			system: 'You are\n"terse".',
			stop_sequences: ['a', '\\d\\n'],
			metadata: null,
			thinking: { type: 'enabled', budget_tokens: 1024 },
			new: { a: -1e-7, b: true },
			stream: true,
		});
		expect(headers).toEqual([
			['x-lesson', '1'],
			['anthropic-beta', 'one,two'],
			['x-note', 'n'],
		]);
		expect(baseUrl).toBe('http://localhost:8080');
		expect(holes.map(({ name }) => name)).toEqual(['name', 'name', 'question']);
		expect(notes).toEqual(['What `options` adds is not known, so it is missing.']);
	});

	test.each([
		['requests', `requests.post("https://api.anthropic.com/v1/messages", headers=headers, json=BODY)`],
		['httpx', `httpx.post(url="https://api.anthropic.com/v1/messages", content=json.dumps(BODY))`],
		['the client beneath', `client.post("/v1/messages", cast_to=Message, body=BODY)`],
		['parameters set before', `params = BODY\nclient.messages.create(**params)`],
		['a raw response', `client.messages.with_raw_response.create(**BODY)`],
	])('is understood through %s', (_name, code) => {
		const literal =
			'{"model": "claude-sonnet-4-5", "max_tokens": 1024, "messages": [{"role": "user", "content": "Hello, Claude"}]}';
		expect(request(code.replace('BODY', literal)).body).toEqual(hello);
	});

	test('leaves a character that is called by its name to be filled in', () => {
		const code = `client.messages.create(model="m", max_tokens=1, messages=[], system="\\N{BULLET} one" f"\\N{EM DASH}" r"\\N{x}")`;
		const { body, holes } = request(code, { '\\N{BULLET}': '•', '\\N{EM DASH}': '—' });
		expect(holes.map(({ name }) => name)).toEqual(['\\N{BULLET}', '\\N{EM DASH}']);
		expect(body).toMatchObject({ system: '• one—\\N{x}' });
	});

	test('reads the text that a client posts, however it is put together, and quotes it where it breaks off', () => {
		const posted = (text: string) =>
			`client.post(\n    "/v1/messages",\n    cast_to=Message,\n    content=(${text}).encode(),\n)`;
		expect(request(posted(`'{"messages": [], "x": 1' + "E400}"`)).text).toContain('1E400');
		expect(understood(posted(`'{"messages": [],' + "oops}"`))).toMatchObject({ kind: 'unknown', line: 4, column: 36 });
	});

	test('names what would have to be run, and says what is changed later', () => {
		const { holes, notes } = request(`
messages = [{"role": "user", "content": "Hi"}]
model = pick()
client.messages.create(model=model, max_tokens=4 * 1024, messages=messages, system=load("a.txt", x=[1]), stop_sequences=[s for s in stops])
messages.append({"role": "assistant", "content": "Hello"})
`);
		expect(holes).toEqual([
			{ name: 'model', path: ['model'] },
			{ name: '4 * 1024', path: ['max_tokens'] },
			{ name: 'load("a.txt", x=[1])', path: ['system'] },
			{ name: 's for s in stops', path: ['stop_sequences', 0] },
		]);
		expect(notes).toEqual(['`messages` is changed later on; it is taken as it was first set.']);
	});
});

describe('TypeScript', () => {
	test('is understood in the ways people write it', () => {
		const { body, headers, baseUrl, holes, what } = request(
			`import Anthropic from '@anthropic-ai/sdk';
const anthropic = new Anthropic({ apiKey: process.env['ANTHROPIC_API_KEY']!, baseURL: "http://localhost:8080", defaultHeaders: { 'x-lesson': '1' } });
const model = 'claude-sonnet-4-5' as const;
const shared: Anthropic.MessageCreateParams = { max_tokens: 1_024, temperature: 1 } satisfies object
const pattern = /['"\`]/g; // a comment with 'quotes
/* and "another */
export async function main(name: string) {
  const stream = anthropic.beta.messages
    .stream({
      ...shared,
      model,
      'system': \`Be "terse", \${name}.
\\u{1f600}\\x21\\\`\`,
      messages: [{ role: 'user' as const, content: 'It\\'s ' + question + "!" }] as Anthropic.MessageParam[],
      tools: undefined, ["metadata"]: { user_id: null }, temperature: .5,
      betas: ['one'],
    }, { headers: { 'X-Note': 'n' }, timeout: 60 * 1000 })
    .on('text', (text) => process.stdout.write(text));
}
`,
			{ name: 'Ann', question: 'me' },
		);
		expect(what).toBe('TypeScript or JavaScript');
		expect(body).toEqual({
			max_tokens: 1024,
			temperature: 0.5,
			model: 'claude-sonnet-4-5',
			system: 'Be "terse", Ann.\n\u{1f600}!`',
			messages: [{ role: 'user', content: "It's me!" }],
			metadata: { user_id: null },
			stream: true,
		});
		expect(headers).toEqual([
			['x-lesson', '1'],
			['anthropic-beta', 'one'],
			['X-Note', 'n'],
		]);
		expect(baseUrl).toBe('http://localhost:8080');
		expect(holes.map(({ name }) => name)).toEqual(['name', 'question']);
	});

	test.each([
		[
			'fetch',
			`await fetch("https://api.anthropic.com/v1/messages", { method: "POST", headers: { "x-api-key": process.env.KEY }, body: JSON.stringify(BODY) });`,
		],
		[
			'fetch with Headers and a body made before',
			`const body = JSON.stringify(BODY);\nfetch(\`https://api.anthropic.com/v1/messages\`, { headers: new Headers({ a: 'b' }), body })`,
		],
		[
			'fetch as Chrome copies it',
			`fetch("https://api.anthropic.com/v1/messages", {\n  "headers": { "content-type": "application/json" },\n  "body": "{\\"model\\":\\"claude-sonnet-4-5\\",\\"max_tokens\\":1024,\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\"Hello, Claude\\"}]}",\n  "method": "POST"\n});`,
		],
		['the client beneath', `await client.post<Anthropic.Message>('/v1/messages', { body: BODY });`],
		['parameters set before', `const params = BODY;\nconst msg = await client.messages.create(params);`],
	])('is understood through %s', (_name, code) => {
		const literal = `{ model: 'claude-sonnet-4-5', max_tokens: 1024, messages: [{ role: 'user', content: 'Hello, Claude' }], }`;
		expect(request(code.replace('BODY', literal)).body).toEqual(hello);
	});

	test('is a choice of all the requests in it', () => {
		const result = understood(`await client.messages.create({ model: 'a', max_tokens: 1, messages: [] });
			// client.messages.create({ model: 'not this one' })
			await client.messages.create({ model: 'b', max_tokens: 1, messages: [] });
			await client.messages.batches.create({ requests: [] });`);
		expect(result.kind === 'requests' && result.requests).toHaveLength(2);
	});

	test('is taken whole as a hole when its parameters are not there', () => {
		expect(request('client.messages.create(params)', { params: '{"max_tokens": 1}' })).toMatchObject({
			holes: [{ name: 'params', path: [] }],
			body: { max_tokens: 1 },
		});
	});

	test('is not run, whatever it says', () => {
		const { holes } = request(
			`client.messages.create({ model: (() => { throw new Error('run') })(), max_tokens: globalThis.process.exit(1), messages: [] })`,
		);
		expect(holes.map(({ name }) => name)).toEqual([
			"(() => { throw new Error('run') })()",
			'globalThis.process.exit(1)',
		]);
	});

	test('keeps a member called __proto__ a member', () => {
		const { text } = request(`client.messages.create({ ['__proto__']: 1, max_tokens: 2, messages: [] })`);
		expect(text).toContain('"__proto__": 1');
	});
});

describe('what a request is not told itself', () => {
	const create = `client.messages.create(model="m", max_tokens=1, messages=[])`;
	const createInTypeScript = `client.messages.create({ model: 'm', max_tokens: 1, messages: [] });`;

	test.each([
		['an item', `os.environ["ANTHROPIC_BASE_URL"] = "https://proxy.example"\n${create}`, 'ANTHROPIC_BASE_URL'],
		['a dictionary', `os.environ.update({"ANTHROPIC_CUSTOM_HEADERS": "x: y"})\n${create}`, 'ANTHROPIC_CUSTOM_HEADERS'],
		[
			'a member',
			`process.env.ANTHROPIC_BASE_URL = 'https://proxy.example';\n${createInTypeScript}`,
			'ANTHROPIC_BASE_URL',
		],
	])('is said of a variable of the environment that the text sets as %s', (_, code, name) => {
		expect(request(code).notes).toContain(`The text sets ${name}, which was left out.`);
	});

	test('is not said of one that is only read', () => {
		expect(request(`print(os.environ.get("ANTHROPIC_BASE_URL", "none"))\n${create}`).notes).toEqual([]);
	});

	test.each([
		[
			'Python',
			`client = AsyncOpenAI(base_url="https://elsewhere.example/v1")\nclient.chat.completions.create(model="m", messages=[])`,
			'https://elsewhere.example/v1',
		],
		[
			'Python, in Azure',
			`client = AzureOpenAI(azure_endpoint="https://a.openai.azure.com")\nclient.chat.completions.create(model="m", messages=[])`,
			'https://a.openai.azure.com',
		],
		[
			'TypeScript',
			`const client = new OpenAI({ baseURL: 'https://elsewhere.example/v1' });\nclient.chat.completions.create({ model: 'm', messages: [] });`,
			'https://elsewhere.example/v1',
		],
	])("is said of the address of OpenAI's client in %s", (_, code, address) => {
		expect(request(code).notes).toContain(
			`The client's address ${address} was left out: it is not one of the Messages API.`,
		);
	});
});

describe('code that is broken', () => {
	test.each([
		['a string that is not closed', `client.messages.create({\n  model: 'a,\n})`, 2, 10, 'This string is not closed.'],
		[
			'a template that is not closed',
			'client.messages.create({\n  model: `a,\n})',
			2,
			10,
			'This string is not closed.',
		],
		[
			'an f-string that is not closed',
			'client.messages.create(\n  model=f"{x",\n)',
			2,
			11,
			'This brace is not closed.',
		],
		['a bracket that is not closed', `client.messages.create({ model: 'a'`, 1, 24, 'This { is not closed.'],
		['a bracket of the wrong kind', `client.messages.create(model='a', messages=[}`, 1, 45, 'Expected ], and found }.'],
		[
			'a comma that is missing',
			`client.messages.create({ model: 'a' messages: [] })`,
			1,
			37,
			'Expected a comma, and found messages',
		],
		[
			'JSON in a string of JavaScript',
			`fetch('https://api.anthropic.com/v1/messages', {\n  body: '{"model":"\\u006d",}' })`,
			2,
			28,
			'Expected a property name after the comma',
		],
		[
			'JSON in a string of Python',
			`requests.post("https://api.anthropic.com/v1/messages",\n  data='{"model": "m", '\n       '"messages":[}')`,
			3,
			21,
			'Expected an item or ].',
		],
		[
			'JSON in a variable',
			`body = """\n{"model": oops}\n"""\nrequests.post("https://api.anthropic.com/v1/messages", data=body)`,
			2,
			11,
			'Unexpected "oops"',
		],
	])('is quoted where it stops: %s', (_name, code, line, column, reason) => {
		const result = understood(code);
		expect(result).toMatchObject({ kind: 'unknown', line, column });
		expect(result.kind === 'unknown' && result.reason).toContain(reason);
	});
});
