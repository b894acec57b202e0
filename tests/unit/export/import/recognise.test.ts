import { describe, expect, test } from 'vitest';
import { STARTING_MODEL } from '../../../../src/model/models';
import { withoutKeysIn } from '../../../../src/export/import/recognise';
import { writeValue } from '../../../../src/export/import/value';
import { request, understood } from './understand';

const hello = { model: 'claude-sonnet-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'Hi' }] };
const json = JSON.stringify(hello);
const url = 'https://api.anthropic.com/v1/messages';
const KEY = 'sk-ant-api03-canary-0123456789';

describe('recognise', () => {
	test.each([
		['a body', json, 'The body of a request'],
		['a body after a byte order mark', `\ufeff${json}`, 'The body of a request'],
		[
			'an object of JavaScript',
			`{ model: 'claude-sonnet-4-5', max_tokens: 8, messages: [{ role: 'user', content: "Hi" }], } // so`,
			'A JavaScript object',
		],
		[
			'a dictionary of Python',
			`{"model": "claude-sonnet-4-5", 'max_tokens': 8, "messages": [{"role": "user", "content": "H" "i"}]} # so`,
			'A Python dictionary',
		],
		[
			'a dictionary of Python with its words',
			`{'model': 'claude-sonnet-4-5', 'max_tokens': 8, 'messages': [{'role': 'user', 'content': 'Hi'}], 'stream': None}`,
			'A Python dictionary',
		],
		['a fenced command', `\`\`\`bash Shell\ncurl ${url} -d '${json}'\n\`\`\`\nand words`, 'A curl command'],
		[
			'a fenced command among words',
			`Here's how:\n\n\`\`\`sh\nnpm install\n\`\`\`\n\nIt's:\n\n\`\`\`\ncurl ${url} -d '${json}'\n\`\`\`\n`,
			'A curl command',
		],
		[
			'code with fences in a text of its own',
			`client.messages.create(**${json})\nx = """\n\`\`\`\nx\n\`\`\`\n"""`,
			'Python',
		],
		['Python as it is typed', `>>> client.messages.create(\n...     **${json},\n... )\nMessage(id='x')`, 'Python'],
		[
			'code beside a string that is not closed',
			`print('oops)\nHI = ${json}\nclient.messages.create(**HI)\nprint("oops)`,
			'Python',
		],
		[
			'code beside words of a page',
			`const page = <p>Don't</p>;\nclient.messages.create(${json});\n// on\nconst more = <p>Can't</p>;`,
			'TypeScript or JavaScript',
		],
		['fenced JSON', `~~~\n${json}\n~~~`, 'The body of a request'],
	])('understands %s', (_name, text, what) => {
		expect(request(text)).toMatchObject({ body: hello, what });
	});

	const batched = { custom_id: 'a', params: hello };
	test.each([
		['bodies', JSON.stringify([hello, hello])],
		['the body of a batch', JSON.stringify({ requests: [batched, batched] })],
		['JSON Lines', `${json}\n${json}\n`],
		['JSON Lines of a batch', `${JSON.stringify(batched)}\n${JSON.stringify({ custom_id: 'b', body: hello })}`],
	])('makes a choice of a list of requests: %s', (_name, text) => {
		const result = understood(text);
		expect(result).toMatchObject({ kind: 'requests', what: 'A list of requests' });
		expect(
			result.kind === 'requests' && result.requests.map(({ body }) => JSON.parse(writeValue(body)) as unknown),
		).toEqual([hello, hello]);
	});

	test('reads a body that a HAR has as base64', () => {
		const postData = { mimeType: 'application/json', text: btoa(json), encoding: 'base64' };
		const entry = { request: { method: 'POST', url, headers: [], postData } };
		expect(request(JSON.stringify({ log: { entries: [entry] } })).body).toEqual(hello);
	});

	test('calls a list of Python a list of messages', () => {
		expect(request(`[{'role': 'user', 'content': 'Hi'},]`)).toMatchObject({ what: 'A list of messages' });
	});

	test('says nothing of headers where nothing is said of them', () => {
		expect(request(json)).toMatchObject({ headers: null, apiVersion: null, baseUrl: null, notes: [], keys: [] });
	});

	test('makes a request of a list of messages, and says what it added', () => {
		const { body, notes } = request(JSON.stringify(hello.messages));
		expect(body).toEqual({ model: STARTING_MODEL, max_tokens: 1024, messages: hello.messages });
		expect(notes).toEqual([expect.stringContaining('`model` and `max_tokens` were not there')]);
	});

	test('finds the requests in a HAR, and only those', () => {
		const entry = (method: string, address: string, text?: string, headers: object[] = []) => ({
			request: {
				method,
				url: address,
				headers,
				...(text === undefined ? {} : { postData: { mimeType: 'application/json', text } }),
			},
		});
		const entries = [
			entry('OPTIONS', url),
			entry('GET', 'https://example.com/page'),
			entry('POST', 'https://example.com/track', '{"event":"x"}'),
			entry('POST', `${url}?beta=true`, json, [
				{ name: ':authority', value: 'api.anthropic.com' },
				{ name: 'Sec-Fetch-Mode', value: 'cors' },
				{ name: 'anthropic-beta', value: 'a' },
				{ name: 'anthropic-version', value: '2026-10-21' },
				{ name: 'x-api-key', value: KEY },
			]),
			entry('POST', url, '{"broken'),
		];
		expect(request(JSON.stringify({ log: { version: '1.2', entries } }))).toMatchObject({
			what: 'A HAR recording',
			body: hello,
			headers: [['anthropic-beta', 'a']],
			apiVersion: '2026-10-21',
			baseUrl: 'https://api.anthropic.com',
			keys: [KEY],
			notes: [
				'1 of the 3 POST requests of the recording was left out: the body is missing, or is no JSON.',
				'`?beta=true` was left out of the address.',
			],
		});
		expect(
			understood(JSON.stringify({ log: { entries: [entry('POST', url), entry('POST', url, 'x')] } })),
		).toMatchObject({
			reason:
				'A HAR recording, and no request to the Messages API in it. 2 of the 2 POST requests of the recording were left out: the body is missing, or is no JSON.',
		});
		expect(understood(JSON.stringify({ log: { entries: entries.slice(0, 3) } }))).toMatchObject({
			kind: 'unknown',
			reason: 'A HAR recording, and no request to the Messages API in it: it asks https://example.com/track.',
		});
	});

	test.each([
		['a header', `curl ${url} -H 'x-api-key: ${KEY}' -d '${json}'`],
		[
			'a client',
			`client = Anthropic(api_key="${KEY}")\nclient.messages.create(model="claude-sonnet-4-5", max_tokens=8, messages=[{"role": "user", "content": "Hi"}])`,
		],
		['a variable', `export ANTHROPIC_API_KEY=${KEY}\ncurl ${url} -H "x-api-key: $ANTHROPIC_API_KEY" -d '${json}'`],
	])('hands over a key in %s, and keeps it out of the request', (_name, text) => {
		const found = request(text);
		expect(found).toMatchObject({ keys: [KEY], body: hello, notes: [] });
		expect(JSON.stringify({ ...found, keys: [] })).not.toContain('canary');
	});

	test('takes a key out of the request itself, and says so', () => {
		const { text, notes, keys } = request(JSON.stringify({ ...hello, system: `Use ${KEY}.` }));
		expect(text).not.toContain('canary');
		expect(keys).toEqual([KEY]);
		expect(notes).toEqual(['A key stood in the request itself, and was taken out.']);
	});

	const OTHER = 'a-token-of-some-proxy';
	test.each([
		['a header', `curl ${url} -H 'x-api-key: ${OTHER}' -d '${json}'`],
		['a bearer', `curl ${url} -H 'Authorization: Bearer ${OTHER}' -d '${json}'`],
		['a client', `c = Anthropic(api_key="${OTHER}")\nc.messages.create(**${json})`],
		['a client, as a token', `c = new Anthropic({ authToken: '${OTHER}' });\nc.messages.create(${json})`],
	])('hands over what lets a client in, though it is no key of ours: %s', (_name, text) => {
		expect(request(text)).toMatchObject({ keys: [OTHER], headers: [], notes: [], body: hello });
		expect(withoutKeysIn(text).text).toHaveLength(text.length);
		expect(withoutKeysIn(text).text).not.toContain(OTHER);
	});

	test('hands over every key that is another', () => {
		const text = `curl ${url} -H 'x-api-key: ${KEY}' -d '${json}'\n# ${KEY}\n# ${KEY}b`;
		expect(request(text).keys).toEqual([KEY, `${KEY}b`]);
	});

	test.each([
		'sk-ant-your-key-goes-right-here',
		`sk-ant-api03-${'x'.repeat(40)}`,
		'YOUR_API_KEY',
		'<your token>',
		'dummy',
		'$ANTHROPIC_API_KEY',
	])('takes %s for no key, and leaves it where it stands in the request', (key) => {
		const system = `The key is ${key}.`;
		const text = `curl ${url} -H 'x-api-key: ${key}' -d '${JSON.stringify({ ...hello, system })}'`;
		expect(request(text)).toMatchObject({ keys: [], headers: [], notes: [], body: { ...hello, system } });
	});

	test.each([
		'Helicone-Auth: Bearer abc',
		'x-goog-api-key: abc',
		'Proxy-Authorization: abc',
		'Cookie: a=b',
		'Authorization: Basic abc',
		`x-note: ${KEY}`,
	])('leaves out a header with a credential, and says so: %s', (header) => {
		const { headers, notes } = request(`curl ${url} -H 'x-lesson: 1' -H '${header}' -d '${json}'`);
		expect(headers).toEqual([['x-lesson', '1']]);
		expect(notes).toEqual([`The header ${header.split(':')[0]} holds a credential, so it was left out.`]);
	});

	test.each([
		['a shell', `curl "$BASE/v1/messages" -H 'x-lesson: 1' -d '${json}'`, '<BASE>'],
		[
			'Python',
			`c = Anthropic(base_url=os.environ["BASE"], default_headers={"x-lesson": "1"})\nc.messages.create(**${json})`,
			'<BASE>',
		],
		[
			'JavaScript',
			`c = new Anthropic({ baseURL: process.env.BASE });\nc.messages.create(${json}, { headers: { 'x-lesson': '1' } })`,
			'<BASE>',
		],
	])('keeps the headers of a request whose address only running would tell: %s', (_name, text, base) => {
		expect(request(text)).toMatchObject({
			body: hello,
			baseUrl: null,
			headers: [['x-lesson', '1']],
			notes: [`The address takes a part from a variable, so it was left out: ${base}.`],
		});
	});

	test.each([
		['localhost:8080/v1/messages', 'The address localhost:8080 is not a whole one, so it was left out.'],
		[`${url}?beta=true`, '`?beta=true` was left out of the address.'],
	])('says what it leaves out of the address %s', (address, note) => {
		expect(request(`curl '${address}' -d '${json}'`).notes).toEqual([note]);
	});

	test.each([
		[
			'all headers',
			`c.messages.create(**${json}, extra_headers=headers())`,
			'The headers in `headers()` are not known.',
		],
		[
			'headers of a client',
			`c = Anthropic(default_headers=HEADERS)\nc.messages.create(**${json})`,
			'The headers in `HEADERS` are not known.',
		],
		[
			'headers of fetch',
			`fetch('${url}', { headers: getHeaders(), body: JSON.stringify(${json}) })`,
			'The headers in `getHeaders()` are not known.',
		],
		[
			'betas',
			`c.beta.messages.create(**${json}, betas=BETAS)`,
			'The header anthropic-beta takes its value from a variable, so it was left out.',
		],
		[
			'what a client is told',
			`c = Anthropic(**options)\nc.messages.create(**${json})`,
			'What `options` adds is not known, so it is missing.',
		],
	])('says of %s that they are not known', (_name, text, note) => {
		expect(request(text)).toMatchObject({ body: hello, notes: [note] });
	});

	test('quotes no key where it does not understand', () => {
		expect(JSON.stringify(understood(`curl ${url} -H 'x-api-key: ${KEY}' -d '{`))).not.toContain('canary');
	});

	test.each([
		['nothing', ' \n', 1, 1, 'There is nothing here.'],
		['words', '\nDo ants dream?', 2, 1, 'neither a curl command'],
		['a picture', '\x89PNG\n\x1a\n\0\0\0', 2, 1, 'This is not text'],
		['JSON that breaks off', '{\n  "model": "m"\n', 3, 1, 'Expected a closing }.'],
		['other JSON', '{"a":1}', 1, 1, 'no request: it has no messages'],
		['an answer', '{"type":"message","role":"assistant","content":[]}', 1, 1, 'an answer of the API'],
		['a number', '[1, 2]', 1, 1, 'no request'],
		['nested deeper than anything', `client.messages.create({ a: ${'['.repeat(100_000)}`, 1, 428, 'nested deeper'],
		['JSON nested deeper than anything', '['.repeat(100_000) + ']'.repeat(100_000), 1, 1, 'nested deeper'],
		['deep JSON without its end', '['.repeat(100_000), 1, 100_001, 'Expected a closing ].'],
	])('says of %s where it is at a loss, and quotes it', (_name, text, line, column, reason) => {
		const result = understood(text);
		expect(result).toMatchObject({ kind: 'unknown', line, column });
		if (result.kind !== 'unknown') return;
		expect(result.reason).toContain(reason);
		expect(text.replaceAll('\ufffd', '')).toContain(result.quote.replaceAll('…', ''));
	});

	test('is done in a moment with what is made to hold it up', () => {
		const hostile = [
			'"'.repeat(10_001),
			`'\\`.repeat(10_000),
			'$('.repeat(10_000),
			'`\\'.repeat(10_000),
			`f"{'`.repeat(10_000),
			' '.repeat(10_000),
			'<'.repeat(10_000),
			'/*'.repeat(10_000),
			'a.'.repeat(10_000),
		];
		for (const text of hostile)
			for (const around of [`curl ${url} -d `, 'client.messages.create(a=', 'client.messages.create({ a: ', '{ a: '])
				expect(understood(around + text).kind).toMatch(/unknown|requests/);
	});

	const bare = { max_tokens: 8, messages: hello.messages };
	const through = (platform: string) =>
		`It goes through ${platform}, which has an address, credentials and names of models of its own: the address and the credentials were left out.`;
	const sdk = `messages.create(model="claude-sonnet-4-5", max_tokens=8, messages=[{"role": "user", "content": "Hi"}])`;
	test.each<[string, string, object, string[]]>([
		['a client of Bedrock', `AnthropicBedrock(aws_region="x").${sdk}`, hello, [through('AWS Bedrock')]],
		[
			'a client of Vertex',
			`c = AsyncAnthropicVertex(project_id="x", region="y")\nc.${sdk}`,
			hello,
			[through('Google Vertex AI')],
		],
		[
			'a client of Foundry',
			`new AnthropicFoundry({ resource: 'x' }).messages.create(${json})`,
			hello,
			[through('Microsoft Foundry')],
		],
		[
			'an address of Bedrock',
			`curl https://bedrock-runtime.us-east-1.amazonaws.com/model/a.claude%3A0/invoke-with-response-stream -H 'Authorization: Bearer abcdefgh1' -d '${JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', anthropic_beta: ['a'], ...bare })}'`,
			{ model: 'a.claude:0', ...bare, stream: true },
			[
				through('AWS Bedrock'),
				'`anthropic_version` was left out: the API takes its version as a header.',
				'`model` stood in the address.',
				'`stream` stood in the address.',
				'`anthropic_beta` became the header anthropic-beta.',
			],
		],
		[
			'an address of Vertex',
			`curl https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/anthropic/models/claude-x@1:rawPredict -d '${JSON.stringify(bare)}'`,
			{ model: 'claude-x@1', ...bare },
			[through('Google Vertex AI'), '`model` stood in the address.'],
		],
		[
			'a count of tokens',
			`curl ${url}/count_tokens -d '${json}'`,
			hello,
			['It asks for a count of tokens; the same body can be sent as a request.'],
		],
		[
			'a count of tokens of the SDK',
			`client.messages.count_tokens(**${json})`,
			hello,
			['It asks for a count of tokens; the same body can be sent as a request.'],
		],
	])('says what differs: %s', (_name, code, body, notes) => {
		const found = request(code);
		expect(found).toMatchObject({
			body,
			notes,
			baseUrl: notes[0]?.startsWith('It asks') ? 'https://api.anthropic.com' : null,
		});
		expect(found.keys).toEqual([]);
	});

	test('takes no request of another API of Bedrock for one', () => {
		const address = 'https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse';
		expect(understood(`curl ${address} -d '{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}'`)).toMatchObject({
			kind: 'unknown',
			reason: `A curl command, and no request to the Messages API in it: it asks ${address}.`,
		});
	});
});
