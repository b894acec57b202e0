import { describe, expect, test } from 'vitest';
import { understood } from '../understand';

/** Where each request in `code` is sent, with which headers, and what is said of it. */
function sentBy(code: string) {
	const result = understood(code);
	if (result.kind !== 'requests') throw new Error(JSON.stringify(result));
	return result.requests.map(({ baseUrl, headers, notes }) => ({ baseUrl, headers, notes }));
}
const addressesIn = (code: string) => sentBy(code).map(({ baseUrl }) => baseUrl);

const python = 'model="m", max_tokens=1, messages=[]';
const javascript = `{ model: 'm', max_tokens: 1, messages: [] }`;
const ONE = 'http://localhost:1';
const TWO = 'http://localhost:2';

describe('a request is sent where its own client sends', () => {
	test.each([
		[
			'two variables of Python',
			`one = Anthropic(base_url="${ONE}")\ntwo = AsyncAnthropic(base_url="${TWO}")\nawait two.messages.create(${python})\none.beta.messages.create(${python})`,
			[TWO, ONE],
		],
		[
			'two variables of TypeScript',
			`const one = new Anthropic({ baseURL: '${ONE}' });\nconst two: Anthropic = new Anthropic({ baseURL: '${TWO}' });\nawait two!.messages.create(${javascript});\nawait one.messages.stream(${javascript});`,
			[TWO, ONE],
		],
		[
			'one without an address of its own, after one with',
			`proxy = Anthropic(base_url="${ONE}")\nown = Anthropic()\nown.messages.create(${python})`,
			['https://api.anthropic.com'],
		],
		[
			'members of Python',
			`class A:\n    def __init__(self):\n        self.one = Anthropic(base_url="${ONE}")\n        self.two = Anthropic(base_url="${TWO}")\n    def go(self):\n        self.two.messages.create(${python})\n        self.one.messages.create(${python})`,
			[TWO, ONE],
		],
		[
			'members of TypeScript',
			`class A {\n  private one: Anthropic;\n  two = new Anthropic({ baseURL: '${TWO}' });\n  constructor() {\n    this.one = new Anthropic({ baseURL: '${ONE}' });\n  }\n  go() {\n    this.two.messages.create(${javascript});\n    this.one.messages.create(${javascript});\n  }\n}`,
			[TWO, ONE],
		],
		[
			'an object of clients',
			`const clients = { one: new Anthropic({ baseURL: '${ONE}' }), two: new Anthropic({ baseURL: '${TWO}' }) };\nclients.two.messages.create(${javascript})`,
			[TWO],
		],
		[
			'what a with is called',
			`with Anthropic(base_url="${ONE}") as one, Anthropic(base_url="${TWO}") as two:\n    two.messages.create(${python})`,
			[TWO],
		],
		[
			'another name for the same',
			`one = Anthropic(base_url="${ONE}")\ntwo = Anthropic(base_url="${TWO}")\nclient = two\nmessages = client.beta.messages\nmessages.create(${python})`,
			[TWO],
		],
		[
			'a class under a name of its own',
			`import Claude from '@anthropic-ai/sdk';\nconst one = new Claude({ baseURL: '${ONE}' });\none.messages.create(${javascript})`,
			[ONE],
		],
		[
			'a class that is called otherwise',
			`from anthropic import Anthropic as Claude\nClaude(base_url="${ONE}").messages.create(${python})`,
			[ONE],
		],
		[
			'one that is handed over, where there is no other',
			`const made = new Anthropic({ baseURL: '${ONE}' });\nconst ask = (client: Anthropic) => client.messages.create(${javascript});`,
			[ONE],
		],
		['the client beneath', `c = Anthropic(base_url="${ONE}")\nc.post("/v1/messages", body={"messages": []})`, [ONE]],
		['a client for HTTP', `c = httpx.Client(base_url="${ONE}")\nc.post("/v1/messages", json={"messages": []})`, [ONE]],
	])('%s', (_name, code, addresses) => {
		expect(addressesIn(code)).toEqual(addresses);
		expect(sentBy(code).flatMap(({ notes }) => notes)).toEqual([]);
	});

	test.each([
		[
			'a parameter',
			`one = Anthropic(base_url="${ONE}")\nclient = Anthropic(base_url="${TWO}")\ndef ask(client):\n    client.messages.create(${python})`,
		],
		[
			'a choice',
			`client = Anthropic(base_url="${ONE}") if local else Anthropic(base_url="${TWO}")\nclient.messages.create(${python})`,
		],
		[
			'a choice of TypeScript',
			`const client = local ? new Anthropic({ baseURL: '${ONE}' }) : new Anthropic({ baseURL: '${TWO}' });\nclient.messages.create(${javascript})`,
		],
	])('but never where another does, where only running would tell: %s', (_name, code) => {
		expect(sentBy(code)).toEqual([
			{
				baseUrl: null,
				headers: [],
				notes: [
					'Which of the clients `client` is was not to be told, so the headers it is told are missing.',
					'The address takes a part from a variable, so it was left out: <client>.',
				],
			},
		]);
	});

	test('and is told of where a client is set more than once', () => {
		const code = `c = Anthropic(base_url="${ONE}")\nif local:\n    c = Anthropic(base_url="${TWO}")\nc.messages.create(${python})`;
		expect(sentBy(code)).toMatchObject([
			{ baseUrl: TWO, notes: ['`c` is set more than once; it is taken as it was set last before.'] },
		]);
	});
});

describe('what a client is told for one call', () => {
	test.each([
		[
			'Python, where headers are added',
			`c = Anthropic(base_url="${ONE}", default_headers={"x-a": "1", "x-b": "1"})\nc.with_options(default_headers={"X-B": "2"}, base_url="${TWO}", timeout=3).messages.create(${python})`,
			[
				['x-a', '1'],
				['X-B', '2'],
			],
		],
		[
			'Python, where they are set anew',
			`c = Anthropic(base_url="${TWO}", default_headers={"x-a": "1"})\nfast = c.copy(set_default_headers={"x-b": "2"})\nfast.messages.create(${python})`,
			[['x-b', '2']],
		],
		[
			'TypeScript, where they are set anew',
			`const c = new Anthropic({ baseURL: '${ONE}', defaultHeaders: { 'x-a': '1' } });\nawait c.withOptions({ defaultHeaders: { 'x-b': '2' }, baseURL: '${TWO}' }).messages.create(${javascript});`,
			[['x-b', '2']],
		],
		[
			'the call itself, which is heard last',
			`const c = new Anthropic({ baseURL: '${TWO}', defaultHeaders: { 'x-a': '1', 'x-b': '1', 'anthropic-beta': 'old' } });\nc.beta.messages.create({ ...${javascript}, betas: ['new'] }, { headers: { 'X-A': null, 'X-B': 2 } })`,
			[
				['anthropic-beta', 'new'],
				['X-B', '2'],
			],
		],
		[
			'a client for HTTP',
			`c = httpx.AsyncClient(base_url="${TWO}", headers={"x-a": "1"})\nawait c.post("/v1/messages", json={"messages": []}, headers={"x-b": "2"})`,
			[
				['x-a', '1'],
				['x-b', '2'],
			],
		],
	])('is taken: %s', (_name, code, headers) => {
		expect(sentBy(code)).toEqual([{ baseUrl: TWO, headers, notes: [] }]);
	});

	test.each([
		[
			`Anthropic().with_options(frobnicate=1, max_retries=2).messages.create(${python})`,
			'The client is told `frobnicate`, which was left out.',
		],
		[
			`new Anthropic({ fetch: mine }).messages.create(${javascript})`,
			'The client is told `fetch`, which was left out.',
		],
		[
			`new Anthropic({ defaultQuery: { a: '1' } }).messages.create(${javascript})`,
			'`defaultQuery` was left out: the API takes no query.',
		],
		[`new Anthropic(options).messages.create(${javascript})`, 'What `options` adds is not known, so it is missing.'],
		[
			`c = Anthropic()\nc.with_options(**more).messages.create(${python})`,
			'What `more` adds is not known, so it is missing.',
		],
		[`client.messages.create(${javascript}, options)`, 'What `options` adds is not known, so it is missing.'],
		[
			`client.messages.create(${javascript}, { query: { a: 1 }, signal })`,
			'`query` was left out: the API takes no query.',
		],
		[`client.messages.create(${javascript}, { path: '/x' })`, 'The call is told `path`, which was left out.'],
		[`c.messages.create(first, ${python})`, 'What it is given without a name is not known, so it is missing.'],
		[
			`s = requests.Session()\ns.headers.update({"x": "1"})\ns.post("https://api.anthropic.com/v1/messages", json={"messages": []})`,
			'The headers in `s.headers` are not known.',
		],
		[
			`requests.post("https://api.anthropic.com/v1/messages", json={"messages": []}, params={"beta": "true"})`,
			'`params` of the call was left out.',
		],
		[
			`const api = axios.create({ baseURL: '${ONE}' });\napi.post('/v1/messages', ${javascript})`,
			'The address that `api` asks is not known.',
		],
		[
			`client.messages.create(${javascript}, { headers: [['x-a', '1'], more] })`,
			'The headers in `more` are not known.',
		],
	])('is said where it is left out: %s', (code, note) => {
		expect(sentBy(code).flatMap(({ notes }) => notes)).toEqual([note]);
	});
});
