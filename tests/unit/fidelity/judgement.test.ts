import { describe, expect, test } from 'vitest';
import { findModel, MODELS_CHECKED } from '../../../src/model/models';
import { daysOf, excuseFor, judge } from '../../fidelity/judgement';
import { outcomeOf } from '../../fidelity/section';
import type { Exchange } from '../../fidelity/traffic';
import { reasonBeyond } from '../../fidelity/verdicts';
import { sameWords } from '../../fidelity/wording';

const kept = { 'anthropic-version': '2023-06-01' };

/** An exchange as the README of recorded traffic describes it. */
function exchange(request: object, more: Partial<Exchange> = {}): Exchange {
	const body = { model: 'claude-haiku-4-5', max_tokens: 64, messages: [{ role: 'user', content: 'Hi' }], ...request };
	return {
		id: '0',
		method: 'POST',
		url: 'https://api.anthropic.com/v1/messages',
		request_headers: kept,
		request_body_raw: JSON.stringify(body),
		status: 200,
		...more,
	};
}

async function excuse(recorded: Exchange) {
	const judgement = await judge(recorded);
	return judgement && excuseFor(recorded, judgement);
}

describe('the days on which a request may have been sent', () => {
	test('are the one its answer is dated', () => {
		const response_headers = { date: 'Tue, 30 Dec 2025 01:22:22 GMT' };
		expect(daysOf(exchange({}, { response_headers }), findModel('claude-haiku-4-5'))).toEqual(['2025-12-30']);
	});

	test('are else those on which its model answered, the latest first', () => {
		const days = daysOf(exchange({}), findModel('claude-opus-4-1'));
		expect(days[0]).toBe('2026-08-05');
		expect(days.at(-1)).toBe('2025-09-01');
		expect(days).toHaveLength(13);
	});

	test('go on after that when it was not found', () => {
		const notFound = exchange({}, { status: 404 });
		expect(daysOf(notFound, findModel('claude-opus-4-1'))[0]).toBe(MODELS_CHECKED);
	});

	test('begin a year before the day until which a model stays at least', () => {
		expect(daysOf(exchange({}), findModel('claude-sonnet-4-6')).at(-1)).toBe('2026-03-01');
	});
});

describe('judge', () => {
	const empty = { messages: [{ role: 'user', content: '' }] };

	test('takes the words of the API for a sign of the day', async () => {
		const message =
			'messages.0: all messages must have non-empty content except for the optional final assistant message';
		const judgement = await judge(exchange(empty, { status: 400, error_message: message }));
		expect(judgement?.day).toBe('2026-01-01');
		expect(judgement?.rejected[0]?.apiMessage).toBe(message);
	});

	test('takes a day on which nothing speaks against what was accepted', async () => {
		const image = {
			type: 'image',
			source: { type: 'base64', media_type: 'image/jpeg', data: 'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAAA' },
		};
		const judgement = await judge(exchange({ messages: [{ role: 'user', content: [image] }] }));
		expect(judgement).toMatchObject({ day: '2025-11-01', rejected: [] });
	});

	test('does not ask a count of tokens for max_tokens', async () => {
		const url = 'https://api.anthropic.com/v1/messages/count_tokens?beta=true';
		expect((await judge(exchange({ max_tokens: undefined }, { url })))?.rejected).toEqual([]);
		expect((await judge(exchange({ max_tokens: undefined })))?.rejected).not.toEqual([]);
	});
});

describe('the reason not to count an accepted request', () => {
	const toolset = { tools: [{ type: 'mcp_toolset', mcp_server_name: 'm' }] };

	test('is that its headers were dropped, where one of them could have allowed it', async () => {
		expect(await excuse(exchange(toolset, { request_headers: {} }))).toMatch(/dropped the headers/);
		const url = 'https://api.anthropic.com/v1/messages?beta=true';
		expect(await excuse(exchange(toolset, { url }))).toMatch(/dropped the headers/);
		expect(await excuse(exchange({ seed: 1, max_tokens: 'x' }, { request_headers: {} }))).toBeNull();
	});

	test('is not that a header is missing among others that were kept', async () => {
		expect(await excuse(exchange(toolset))).toBeNull();
	});

	test('is that the recorder replaced the ids by which calls and results are matched', async () => {
		const call = { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_REDACTED_1', name: 'f', input: {} }] };
		const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_REDACTED_2' }] };
		const request = { messages: [{ role: 'user', content: 'Hi' }, call, result] };
		const response_headers = { date: 'Tue, 30 Dec 2025 01:22:22 GMT' };
		const replaced = exchange(request, { response_headers, request_body_raw_kind: 'canonicalised' });
		expect(await excuse(replaced)).toMatch(/replaced the ids/);
		expect(await excuse(exchange(request, { response_headers }))).toBeNull();
	});

	test('is that the model has gone', async () => {
		expect(await excuse(exchange({ model: 'claude-3-sonnet-latest' }))).toMatch(/not among the models/);
	});
});

describe('the reason not to count a refusal', () => {
	test.each<[string, Partial<Exchange>]>([
		['its key', { status: 401 }],
		['the account', { status: 400, error_message: 'Your credit balance is too low to access the Anthropic API.' }],
		['an address', { status: 400, error_message: 'Unable to download the file. Please verify the URL and try again.' }],
		['an upload', { status: 404, error_message: 'File not found: file_01' }],
		['the recorder', { status: 400, error_message: 'prompt is too long', request_altered: 'long text' }],
	])('is that it is about %s', (_, refusal) => expect(reasonBeyond(exchange({}, refusal))).not.toBeNull());

	test('is not that the request was wrong', () => {
		expect(reasonBeyond(exchange({}, { status: 400, error_message: 'max_tokens: Field required' }))).toBeNull();
	});
});

describe('sameWords', () => {
	test.each([
		['messages.2.content.0: tool toolu_01A', 'messages.4.content.1: tool toolu_01B'],
		['tools: Input should be a valid list', 'tools: Input should be a valid array'],
		[
			"messages.0.content.0: Input tag 'x' found using 'type' does not match any of the expected tags: 'a', 'b'",
			"messages.0.content.0: Input tag 'x' found using 'type' does not match any of the expected tags: 'a', 'b', 'c'",
		],
	])('of %j and %j', (one, other) => expect(sameWords(one, other)).toBe(true));

	test('are not those about another parameter', () => {
		expect(sameWords('tools: Field required', 'model: Field required')).toBe(false);
	});
});

describe('the outcome of a section', () => {
	const row = (difference: string | null) => ({ name: '', difference });

	test('holds while enough is as it should be, what is set aside not counted', () => {
		const rows = [row(null), row('differs'), { ...row('differs'), aside: 'nobody knows' }];
		expect(outcomeOf({ least: 0.5 }, rows)).toMatchObject({ asked: 2, holds: true });
		expect(outcomeOf({ least: 0.6 }, rows).holds).toBe(false);
		expect(outcomeOf({}, rows).holds).toBe(false);
	});
});
