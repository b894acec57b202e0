import { describe, expect, test } from 'vitest';
import { explain, explainRecorded } from '../../../src/model/explain';
import { outcomeOf, statusLine, type Outcome } from '../../../src/model/outcome';
import type { Header, Run } from '../../../src/model/run';
import everyBlock from '../../fixtures/streams/every-block.sse?raw';
import { runWith, STREAM } from '../../fixtures/runs';
import { INHERITED } from '../../fixtures/inherited';

const cutOff = everyBlock.slice(0, everyBlock.indexOf('event: message_delta'));
const errorEvent = `${cutOff}event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_9"}\n\n`;
const plain = '{"type":"message","content":[],"stop_reason":"end_turn","usage":{"input_tokens":12,"output_tokens":6}}';
const refusal = (type: string, message: string) =>
	JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_7' });
const refused = (status: number, type: string, message: string, headers: Header[] = []) =>
	runWith({ status, headers: [['content-type', 'application/json'], ...headers], body: refusal(type, message) });

describe('outcomeOf', () => {
	const endings: [string, Run, Outcome | null][] = [
		['a run under way', runWith({ ending: null }), null],
		['a whole message', runWith({ body: plain }), { kind: 'finished', stopReason: 'end_turn' }],
		['a whole stream', runWith({ headers: STREAM, body: everyBlock }), { kind: 'finished', stopReason: 'tool_use' }],
		[
			'a connection lost after message_stop',
			runWith({ headers: STREAM, body: everyBlock, ending: { kind: 'broken', reason: 'terminated' } }),
			{ kind: 'finished', stopReason: 'tool_use' },
		],
		['a stop before the answer', runWith({ status: null, ending: { kind: 'stopped' } }), { kind: 'stopped' }],
		[
			'a stop in the middle',
			runWith({ headers: STREAM, body: cutOff, ending: { kind: 'stopped' } }),
			{ kind: 'stopped' },
		],
		['a stream that merely ends', runWith({ headers: STREAM, body: cutOff }), { kind: 'cut-off', reason: '' }],
		[
			'a line that drops',
			runWith({ headers: STREAM, body: cutOff, ending: { kind: 'broken', reason: 'terminated' } }),
			{ kind: 'cut-off', reason: 'terminated' },
		],
		[
			'a plain answer whose line drops',
			runWith({ body: '{"type":"mess', ending: { kind: 'broken', reason: 'terminated' } }),
			{ kind: 'cut-off', reason: 'terminated' },
		],
		[
			'an error event after a 200',
			runWith({ headers: STREAM, body: errorEvent }),
			{ kind: 'error-event', type: 'overloaded_error', message: 'Overloaded', requestId: 'req_9' },
		],
		[
			'a refusal',
			refused(429, 'rate_limit_error', 'Slow down', [['retry-after', '17']]),
			{
				kind: 'refused',
				status: 429,
				retryAfter: 17,
				type: 'rate_limit_error',
				message: 'Slow down',
				requestId: 'req_7',
			},
		],
		[
			"a proxy's page",
			runWith({ status: 503, headers: [['request-id', 'req_8']], body: 'upstream is gone' }),
			{ kind: 'refused', status: 503, retryAfter: null, type: '', message: 'upstream is gone', requestId: 'req_8' },
		],
		['a 200 that is something else', runWith({ body: '<html>' }), { kind: 'malformed', status: 200 }],
		['an empty 200', runWith({}), { kind: 'malformed', status: 200 }],
		[
			'no answer',
			runWith({ status: null, ending: { kind: 'no-answer', cause: 'unreachable', reason: 'Failed to fetch' } }),
			{ kind: 'unreachable', reason: 'Failed to fetch' },
		],
		[
			'an answer the browser keeps to itself',
			runWith({ status: null, ending: { kind: 'no-answer', cause: 'cors', reason: '' } }),
			{ kind: 'blocked', by: 'cors' },
		],
		[
			"an address outside the page's policy",
			runWith({ status: null, ending: { kind: 'no-answer', cause: 'policy', reason: '' } }),
			{ kind: 'blocked', by: 'policy' },
		],
		[
			'no network',
			runWith({ status: null, ending: { kind: 'no-answer', cause: 'offline', reason: '' } }),
			{ kind: 'offline' },
		],
		[
			'a request that stayed here',
			runWith({ status: null, ending: { kind: 'not-sent', cause: 'key-missing', reason: 'No key.' } }),
			{ kind: 'not-sent', cause: 'key-missing', reason: 'No key.' },
		],
	];
	test.each(endings)('tells %s', (_, run, outcome) => {
		expect(outcomeOf(run)).toEqual(outcome);
	});
});

describe('statusLine', () => {
	test.each([
		['Finished: end_turn, 12 in, 6 out', runWith({ body: plain })],
		['Finished: tool_use, 512 in, 71 out', runWith({ headers: STREAM, body: everyBlock })],
		['Run started', runWith({ status: null, ending: null })],
		['Tool call: get_weather', runWith({ headers: STREAM, body: cutOff, ending: null })],
		['Stopped', runWith({ headers: STREAM, body: cutOff, ending: { kind: 'stopped' } })],
		['Cut off', runWith({ headers: STREAM, body: cutOff })],
		['Cut off by an error: overloaded_error', runWith({ headers: STREAM, body: errorEvent })],
		['Refused: 400 invalid_request_error', refused(400, 'invalid_request_error', 'max_tokens: Field required')],
		['Offline', runWith({ status: null, ending: { kind: 'no-answer', cause: 'offline', reason: '' } })],
	])('says %j', (line, run) => {
		expect(statusLine(run)).toBe(line);
	});
});

describe('explain', () => {
	const told = (run: Run) => explain(outcomeOf(run)!, run);

	test.each([
		[refused(400, 'invalid_request_error', 'max_tokens: Field required'), 'The request is not valid (400)', /Mend/],
		[
			refused(400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'),
			'No credit left',
			/credits/,
		],
		[refused(401, 'authentication_error', 'invalid x-api-key'), 'The key was not accepted (401)', /whole/],
		[
			refused(
				401,
				'authentication_error',
				'CORS requests are not allowed for this Organization because of its settings.',
			),
			'Your organization does not allow requests from browsers',
			/another organization/,
		],
		[refused(402, 'billing_error', 'Payment'), 'A payment problem (402)', /billing/],
		[refused(403, 'permission_error', 'No'), 'Not allowed (403)', /permission/],
		[refused(404, 'not_found_error', 'model: claude-x'), 'Not found (404)', /spelling of the model/],
		[refused(413, 'request_too_large', 'Request exceeds the maximum size'), 'Too large (413)', /32 MB/],
		[refused(429, 'rate_limit_error', 'Slow', [['retry-after', '17']]), 'Too many requests (429)', /17 seconds/],
		[refused(429, 'rate_limit_error', 'Spent'), 'Too many requests (429)', /spend limit/],
		[refused(500, 'api_error', 'Internal server error'), 'An error inside the API (500)', /request id/],
		[refused(504, 'timeout_error', 'Timed out'), 'The API took too long (504)', /Stream/],
		[refused(529, 'overloaded_error', 'Overloaded'), 'The API is overloaded (529)', /Wait/],
		[runWith({ status: 502, body: '' }), 'Refused (502)', /all that is known/],
	])('has words for refusal %#', (run, title, advice) => {
		expect(told(run).title).toBe(title);
		expect(told(run).advice).toMatch(advice);
		expect(told(run).link?.url).toMatch(/^https:\/\/platform\.claude\.com\/docs\/en\/api\//);
	});

	test.each(INHERITED)('has words for a type it does not know, as it does not know %s', (type) => {
		const run = refused(400, type, 'No');
		expect(told(run)).toMatchObject({ title: 'Refused (400)', advice: 'The message is all that is known.' });
	});

	test.each([
		[
			400,
			'This credential is only authorized for use with Claude Code and cannot be used for other API requests.',
			'A key for Claude Code only',
		],
		[400, 'This organization has been disabled.', 'The organization may not use the API'],
		[400, 'You have reached your specified API usage limits.', 'A spend limit is reached'],
		[400, 'prompt is too long: 205429 tokens > 200000 maximum', 'The prompt is too long'],
		[400, 'Output blocked by content filtering policy', 'The answer was blocked by a filter'],
		[404, 'File not found: file_1', 'No such file'],
		[429, 'Number of concurrent connections has exceeded your rate limit.', 'Too many requests at once'],
		[429, 'Extra usage is required for long context requests.', 'Extra usage is not switched on'],
		[408, '', 'The API took too long (408)'],
		[422, '', 'The request is not valid (422)'],
	])('tells what %i means by its words: %s', (status, message, title) => {
		expect(told(refused(status, '', message)).title).toBe(title);
	});

	test.each([
		['enforced_spend_limit_reached', 'A spend limit is reached'],
		['organization_on_hold', 'The organization may not use the API'],
		['claude_code_version_too_old', 'A key for Claude Code only'],
		['cmek_key_disabled', 'The key that encrypts the data cannot be used'],
		['of_tomorrow', 'The prompt is too long'],
	])('goes by the code %s before the words', (code, title) => {
		const error = { type: 'invalid_request_error', message: 'prompt is too long: 2 tokens > 1 maximum' };
		const body = JSON.stringify({ type: 'error', error: { ...error, details: { error_code: code } } });
		expect(told(runWith({ status: 400, body })).title).toBe(title);
	});

	test.each([
		[['overloaded_error', 'Overloaded'], 'The API is overloaded, in mid-stream', /Wait/],
		[['invalid_request_error', 'max_tokens: Field required'], 'The request is not valid, in mid-stream', /Mend/],
		[['rate_limit_error', 'Slow'], 'Too many requests, in mid-stream', /Wait/],
		[['of_tomorrow', 'Well'], 'Refused, in mid-stream', /all that is known/],
		[['invalid_request_error', 'Your credit balance is too low to access'], 'No credit left', /credits/],
	])('has words for the error event %j', ([type = '', message = ''], title, advice) => {
		const said = explain({ kind: 'error-event', type, message, requestId: null }, runWith({}));
		expect(said.title).toBe(title);
		expect(said.text).toContain(message);
		expect(said.advice).toMatch(advice);
	});

	test.each([
		['unreachable', /^No answer: api\.anthropic\.com/],
		['cors', /^Blocked by the browser \(CORS\): api\.anthropic\.com/],
	] as const)(
		'takes a lost connection (%s) under a body over 32 MB for a refusal that could not be read',
		(cause, otherwise) => {
			const ending = { kind: 'no-answer', cause, reason: '' } as const;
			const large = told(runWith({ status: null, ending, bytes: 40_000_000 }));
			expect(`${large.title}: ${large.text}`).toMatch(/^Probably too large: .*40\.0 MB/);
			const small = told(runWith({ status: null, ending }));
			expect(`${small.title}: ${small.text}`).toMatch(otherwise);
		},
	);

	test('does not know what a server of the user’s own takes, which is there and cannot be read', () => {
		const ending = { kind: 'no-answer', cause: 'cors', reason: '' } as const;
		const target = { kind: 'custom', baseUrl: 'http://localhost:1' } as const;
		expect(told(runWith({ status: null, ending, target, bytes: 40_000_000 })).title).toBe(
			'Blocked by the browser (CORS)',
		);
	});

	test('names nobody who was not asked: the simulated API is not out of reach', () => {
		const ending = { kind: 'no-answer', cause: 'unreachable', reason: 'Failed to fetch' } as const;
		const { title, text } = told(runWith({ status: null, ending, target: { kind: 'simulated' } }));
		expect(`${title}: ${text}`).toBe('No answer: The simulated API could not answer. (Failed to fetch)');
	});

	test('speaks of the local server where one was asked', () => {
		const ending = { kind: 'no-answer', cause: 'unreachable', reason: '' } as const;
		const target = { kind: 'custom', baseUrl: 'http://localhost:1' } as const;
		expect(told(runWith({ status: null, ending, target })).advice).toMatch(/local server running/);
	});

	test.each([
		'end_turn',
		'max_tokens',
		'stop_sequence',
		'tool_use',
		'pause_turn',
		'refusal',
		'model_context_window_exceeded',
		'of_tomorrow',
		null,
	])('says what to do after stop reason %s', (stopReason) => {
		const { text, advice } = explain({ kind: 'finished', stopReason }, runWith({}));
		expect(text && advice).not.toBe('');
	});
});

describe('explainRecorded', () => {
	const error = {
		type: 'rate_limit_error',
		message: 'Slow down.',
		requestId: null,
		status: 429,
		retryAfter: null,
		streamed: false,
	};

	test('says what it says of a run that was refused so', () => {
		const run = refused(429, 'rate_limit_error', 'Slow down.');
		expect(explainRecorded(error)).toEqual(explain(outcomeOf(run)!, run)); // the run has ended
	});

	test('draws no conclusion from headers that nobody has seen', () => {
		expect(explainRecorded(error).advice).toContain('spend limit');
		expect(explainRecorded({ ...error, retryAfter: undefined }).advice).toBe('Wait, then try again.');
	});

	test('names the status only where it is known', () => {
		expect(explainRecorded({ ...error, status: null }).title).toBe('Too many requests');
		expect(explainRecorded({ ...error, status: null, message: '' }).text).toBe('The API answered without saying why.');
	});

	test('says of an event that it came in a stream', () => {
		expect(explainRecorded({ ...error, streamed: true }).title).toBe('Too many requests, in mid-stream');
	});
});
