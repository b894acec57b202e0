import { describe, expect, test } from 'vitest';
import type { RecordedError } from '../../../../src/model/outcome';
import { request, understood } from './understand';

const url = 'https://api.anthropic.com/v1/messages';
const hello = { model: 'claude-sonnet-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'Hi' }] };
const message = `messages.0.content: it's "not" {that}`;
const body = { type: 'error', error: { type: 'invalid_request_error', message }, request_id: 'req_1' };
const json = JSON.stringify(body);
/** As Python shows a dictionary that holds quotes of both kinds. */
const dictionary = `{'type': 'error', 'error': {'type': 'invalid_request_error', 'message': 'messages.0.content: it\\'s "not" {that}'}, 'request_id': 'req_1'}`;
const error: RecordedError = {
	type: 'invalid_request_error',
	message,
	requestId: 'req_1',
	status: null,
	retryAfter: undefined,
	streamed: false,
};
const refused = { ...error, status: 400 };
const headed = { ...refused, retryAfter: null };
const head = `HTTP/2 400
content-type: application/json
report-to: {"group":"cf","endpoints":[{"url":"https://example.com"}]}
request-id: req_head
`;
const stream = `event: message_start
data: {"type":"message_start","message":{"content":[]}}

event: content_block_delta
data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Use client.messages.create({\\"type\\":\\"error\\"})"}}

event: error
data: {"type": "error", "error": {"details":null,"type":"overloaded_error","message":"Overloaded"}}
`;
const overloaded = { ...error, type: 'overloaded_error', message: 'Overloaded', requestId: null, streamed: true };

describe('a recorded error', () => {
	test.each<[string, string, RecordedError]>([
		['the body', JSON.stringify(body, null, 2), error],
		[
			'the body, with the code of its case',
			JSON.stringify({ ...body, error: { ...body.error, details: { error_code: 'organization_on_hold' } } }),
			{ ...error, code: 'organization_on_hold' },
		],
		['the body, in another order', JSON.stringify({ request_id: 'req_1', error: body.error, type: 'error' }), error],
		['the object within it', JSON.stringify(body.error), { ...error, requestId: null }],
		['fenced', `\`\`\`json\n${json}\n\`\`\``, error],
		['an event alone', `event: error\ndata: ${json}\n\n`, { ...error, streamed: true }],
		['a stream', stream, overloaded],
		['the SDK for Python', `anthropic.BadRequestError: Error code: 400 - ${dictionary}`, refused],
		['the SDK for Python, in a stream', `anthropic.APIStatusError: ${dictionary}`, error],
		[
			'a traceback that quotes the call',
			`Traceback (most recent call last):
  File "/home/ann/ask.py", line 5, in <module>
    message = client.messages.create(
              ^^^^^^^^^^^^^^^^^^^^^^^
        model="claude-sonnet-4-5",
    ...<3 lines>...
    )
    ^
  File "/usr/lib/anthropic/_base_client.py", line 1047, in request
    raise self._make_status_error_from_response(err.response) from None
anthropic.BadRequestError: Error code: 400 - ${dictionary}`,
			refused,
		],
		[
			'a traceback that quotes the whole call',
			`Traceback (most recent call last):
  File "ask.py", line 5, in <module>
    client.messages.create(model="m", max_tokens=1, messages=messages)
anthropic.BadRequestError: Error code: 400 - ${dictionary}`,
			refused,
		],
		[
			'the SDK for TypeScript, with its trace and its members',
			`/app/node_modules/@anthropic-ai/sdk/src/core/error.ts:66
      return new BadRequestError(status, error, message, headers);
             ^

BadRequestError: 400 ${json}
    at APIError.generate (/app/node_modules/@anthropic-ai/sdk/src/core/error.ts:66:14)
    at async main (/app/ask.ts:4:17) {
  status: 400,
  headers: Headers { 'request-id': 'req_1' },
  error: { type: 'error', error: { type: 'other_error', message: 'x' } }
}`,
			refused,
		],
		[
			'what Node prints of it',
			`{ type: 'error', error: { type: 'invalid_request_error', message: \`${message}\` }, request_id: 'req_1' }`,
			error,
		],
		['curl -i', `${head}\n${json}\n`, headed],
		[
			'curl -v behind a proxy',
			`< HTTP/1.1 200 Connection established
< retry-after: 99
* Using HTTP2
${head.replace(/^/gm, '< ')}
${json.replace(',"request_id":"req_1"', '')}`,
			{ ...headed, requestId: 'req_head' },
		],
		['curl -i of a limit', `${head}retry-after: 20\n\n${json}`, { ...headed, retryAfter: 20 }],
		[
			'a stream under its head',
			`${head.replace('400', '200')}\n${stream}`,
			{ ...overloaded, requestId: 'req_head', retryAfter: null },
		],
		['a log', `2026-11-22T10:00:00Z WARN [worker (3)] upstream said 400 ${json} after 3 tries`, refused],
		['a log of JSON', JSON.stringify({ level: 'error', at: [{ response: body }] }), error],
		['a log of JSON that holds it as text', JSON.stringify({ msg: `BadRequestError: 400 ${json}` }), refused],
	])('is found in %s', (_name, text, expected) => {
		expect(understood(text)).toEqual({ kind: 'error', error: expected });
	});

	const command = `curl ${url} -d '${JSON.stringify(hello)}'`;
	test.each([
		['a terminal', `$ ${command}\n${json}\nann@home:~$ `, error],
		['a terminal, with the head', `$ ${command} -i\n${head}\n${json}\n`, headed],
	])('is told of the request that stands above it in %s', (_name, text, expected) => {
		expect(request(text)).toMatchObject({ what: 'A curl command', body: hello, error: expected });
	});

	const entry = (content: object, status = 400) => ({
		request: { method: 'POST', url, headers: [], postData: { text: JSON.stringify(hello) } },
		response: {
			status,
			headers: [
				{ name: 'Retry-After', value: '7' },
				{ name: 'request-id', value: 'req_head' },
			],
			content,
		},
	});
	test.each([
		['JSON', entry({ text: json }), { ...refused, retryAfter: 7 }],
		['base64', entry({ text: btoa(json), encoding: 'base64' }), { ...refused, retryAfter: 7 }],
		['a stream', entry({ text: stream }, 200), { ...overloaded, requestId: 'req_head', retryAfter: 7 }],
		['an answer that quotes one', entry({ text: JSON.stringify({ type: 'message', content: [body] }) }, 200), null],
		['nothing', entry({}), null],
	])('is told of the request beside it in a recording of a browser: %s', (_name, recorded, expected) => {
		for (const har of [{ log: { entries: [recorded] } }, recorded])
			expect(request(JSON.stringify(har))).toMatchObject({ what: 'A HAR recording', body: hello, error: expected });
	});

	test('is all there is in a recording that has no request', () => {
		const har = { log: { entries: [{ request: { method: 'GET', url }, response: { content: { text: json } } }] } };
		expect(understood(JSON.stringify(har))).toEqual({ kind: 'error', error });
	});

	test('that a request quotes leaves it a request', () => {
		const asking = { ...hello, messages: [{ role: 'user', content: `Why ${json}?` }] };
		const literal = JSON.stringify(asking);
		for (const text of [
			literal,
			`curl ${url} -d '${literal.replaceAll("'", `'\\''`)}'`,
			`curl ${url} -d @- <<'END'\n${literal}\nEND`,
			`client.messages.create(${literal})`,
			`// BadRequestError: 400 ${json}\nclient.messages.create(${literal})`,
		])
			expect(request(text)).toMatchObject({ body: asking, error: null });
	});

	test('that breaks off is none', () => {
		expect(understood(`BadRequestError: 400 ${json.slice(0, -5)}`)).toMatchObject({ kind: 'unknown' });
		expect(understood(stream.slice(0, stream.indexOf('event: error')))).toMatchObject({
			kind: 'unknown',
			reason: 'This is an answer of the API as a stream, and there is no error in it.',
		});
	});
});
