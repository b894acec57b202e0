import { describe, expect, test } from 'vitest';
import { STARTING_MODEL } from '../../../../src/model/models';
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
		['a fenced command', `\`\`\`bash Shell\ncurl ${url} -d '${json}'\n\`\`\`\nand words`, 'A curl command'],
		['fenced JSON', `~~~\n${json}\n~~~`, 'The body of a request'],
	])('understands %s', (_name, text, what) => {
		expect(request(text)).toMatchObject({ body: hello, what });
	});

	test('says nothing of headers where nothing is said of them', () => {
		expect(request(json)).toMatchObject({ headers: null, apiVersion: null, baseUrl: null, notes: [], key: null });
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
			key: KEY,
		});
		expect(understood(JSON.stringify({ log: { entries: entries.slice(0, 3) } }))).toMatchObject({
			kind: 'unknown',
			reason: 'A HAR recording, and no request to the Messages API in it.',
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
		expect(found).toMatchObject({ key: KEY, body: hello, notes: [] });
		expect(JSON.stringify({ ...found, key: '' })).not.toContain('canary');
	});

	test('takes a key out of the request itself, and says so', () => {
		const { text, notes, key } = request(JSON.stringify({ ...hello, system: `Use ${KEY}.` }));
		expect(text).not.toContain('canary');
		expect(key).toBe(KEY);
		expect(notes).toEqual(['A key stood in the request itself, and was taken out.']);
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
});
