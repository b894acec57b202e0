import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { codeRun } from '../../fidelity/code';
import { refusalsPlaced } from '../../fidelity/refusals';
import { outcomeOf, rowsOf, type Section } from '../../fidelity/section';
import { sections } from '../../fidelity/sections';
import { recordedGrammar, simulatedRefusals } from '../../fidelity/simulated';
import { streamsRebuild } from '../../fidelity/streams';
import { exchangesIn, linesRead } from '../../fidelity/traffic';
import { acceptedPass, rejectedForeseen } from '../../fidelity/verdicts';

const folders: string[] = [];
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder of recorded traffic with these files: lines as they stand, or exchanges to be written as lines. */
function folderOf(files: Readonly<Record<string, readonly (string | object)[]>>): string {
	const folder = mkdtempSync(join(tmpdir(), 'traffic-'));
	folders.push(folder);
	for (const [name, lines] of Object.entries(files))
		writeFileSync(
			join(folder, name),
			lines.map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`)).join(''),
		);
	return folder;
}

const url = 'https://api.anthropic.com/v1/messages';
const counting = `${url}/count_tokens`;
const request_headers = { 'anthropic-version': '2023-06-01' };
const hello = { model: 'claude-sonnet-4-5', messages: [{ role: 'user', content: 'Hi' }] };
const raw = JSON.stringify({ ...hello, max_tokens: 64 });
const accepted = { id: 'a', method: 'POST', url, request_headers, request_body_raw: raw, status: 200 };

const event = (data: { type: string; [key: string]: unknown }) =>
	`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const begun =
	event({ type: 'message_start', message: { role: 'assistant', content: [], usage: {} } }) +
	event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
	event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hé' } });
const stream = (response_sse: string, sse_complete = false) => ({ id: 's', response_sse, sse_complete });

async function ask(section: Section, files: Parameters<typeof folderOf>[0]) {
	return outcomeOf(section, await section.run(folderOf(files), false));
}

describe('any folder of recordings', () => {
	const strange = [
		{},
		{ id: 7, url: null, method: 1, status: '200', request_headers: [], request_body_raw: {}, response_sse: 5 },
		{ ...accepted, request_headers: null, response_headers: { date: 'REDACTED' } },
		{ ...accepted, url: 'not a url', request_headers: { 'anthropic-beta': '…' } },
		{ ...accepted, request_body_raw: '[]', response_sse: 'event: error\ndata: {"type":' },
		{ ...accepted, request_body_raw: '{"messages":[null,7],"model":{},"tools":{}}' },
		{ ...accepted, status: 400, error_message: {}, response_body: { error: 'no' } },
		{ ...accepted, status: 400, error_message: 'messages: Field required', response_headers: { date: 5 } },
		{ ...accepted, status: 400, error_message: 'max_tokens: Field required', request_body_raw: JSON.stringify(hello) },
	];
	const files = ['accepted.jsonl', 'streams.jsonl', 'rejected.jsonl', 'large.jsonl', 'streams_no_request.jsonl'];
	// What code does when it is run is asked of few requests, and takes long.
	test.each(sections.filter((section) => section !== codeRun))('can be asked: $name', async (section) => {
		const folder = folderOf(Object.fromEntries(files.map((name) => [name, strange])));
		const { asked } = outcomeOf(section, await section.run(folder, false));
		expect(asked).toBeGreaterThan(0);
	});

	test.each(sections)('may lack every file: $name', async (section) => {
		expect(await section.run(folderOf({}), true)).toEqual([]);
	});

	test('may have empty lines, Windows line ends and a byte order mark', async () => {
		const line = JSON.stringify(accepted);
		const files = { 'accepted.jsonl': [`\uFEFF${line}\r\n`, '\r\n', '  \n', line] };
		expect(await ask(linesRead, files)).toMatchObject({ asked: 2, different: [] });
		expect(await ask(acceptedPass, files)).toMatchObject({ asked: 2, different: [] });
	});

	test('has its unreadable lines told, and the others asked about', async () => {
		const files = { 'accepted.jsonl': ['{"id":\n', accepted, '5\n'] };
		expect((await ask(linesRead, files)).different.map(({ name }) => name)).toEqual([
			'accepted.jsonl:1',
			'accepted.jsonl:3',
		]);
		expect((await ask(acceptedPass, files)).asked).toBe(1);
	});

	test('tells what only the parsed bodies say', async () => {
		const error = { type: 'not_found_error', message: 'model: nobody' };
		const line = { id: 'r', status: 404, request_body: hello, response_body: { type: 'error', error } };
		const first = await exchangesIn(folderOf({ 'rejected.jsonl': [line] }), ['rejected.jsonl']).next();
		expect(first.value).toMatchObject({
			url,
			request_body_raw: JSON.stringify(hello),
			error_type: error.type,
			error_message: error.message,
		});
	});

	test('does not end at a row that throws', async () => {
		const folder = folderOf({ 'accepted.jsonl': [accepted, { ...accepted, id: 'b' }] });
		const rows = await rowsOf(exchangesIn(folder, ['accepted.jsonl']), ({ id }) => {
			if (id === 'a') throw new Error('Oh');
			return { name: id, difference: null };
		});
		expect(rows).toEqual([
			{ name: 'a', difference: 'could not be asked: Error: Oh' },
			{ name: 'b', difference: null },
		]);
	});
});

describe('a recorded stream', () => {
	test.each([
		['an error event', begun + event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })],
		['an error event alone', event({ type: 'error', error: {} })],
		['the middle of its JSON', `${begun}event: content_block_delta\ndata: {"type":"content_bl`],
		['the middle of an event', `${begun}event: content_block_d`],
	])('that ends with %s is rebuilt as far as the SDK gets', async (_, text) => {
		expect(await ask(streamsRebuild, { 'streams.jsonl': [stream(text)] })).toMatchObject({ asked: 1, different: [] });
	});

	test('that was cut is set aside, unless nothing is wrong with it', async () => {
		const cut = stream(`${begun}event: content_block_delta\ndata: {"type":`);
		expect(await ask(recordedGrammar, { 'streams.jsonl': [cut] })).toMatchObject({ asked: 0, aside: [{ name: 's' }] });
		const failed = stream(begun + event({ type: 'error', error: {} }));
		expect(await ask(recordedGrammar, { 'streams.jsonl': [failed] })).toMatchObject({ asked: 1, different: [] });
	});
});

describe('a recorded count of tokens', () => {
	const count = { ...accepted, url: counting };
	const thinking = { thinking: { type: 'enabled', budget_tokens: 5000 } };

	test('may have a thinking budget', async () => {
		const body = JSON.stringify({ ...hello, ...thinking });
		const files = { 'accepted.jsonl': [{ ...count, request_body_raw: body }] };
		expect(await ask(acceptedPass, files)).toMatchObject({ asked: 1, different: [] });
		expect(await ask(simulatedRefusals, files)).toMatchObject({ asked: 1, different: [] });
	});

	test('is refused with max_tokens by the rules and the simulated API alike', async () => {
		const error = { error_type: 'invalid_request_error', error_message: 'max_tokens: Extra inputs are not permitted' };
		const files = { 'rejected.jsonl': [{ ...count, status: 400, ...error }] };
		expect(await ask(rejectedForeseen, files)).toMatchObject({ asked: 1, different: [] });
		expect(await ask(refusalsPlaced, files)).toMatchObject({ asked: 1, different: [] });
		expect(await ask(simulatedRefusals, files)).toMatchObject({ asked: 1, different: [] });
	});
});

describe('a refusal that no rule can foresee is set aside', () => {
	test.each([
		['anthropic-version: header is required', raw, /header/],
		['Unexpected value(s) `x` for the `anthropic-beta` header. Please consult our documentation.', raw, /header/],
		['The request body is not valid JSON: expected value at line 1 column 1', '{"model":', /no JSON object/],
	])('%s', async (error_message, request_body_raw, reason) => {
		const refused = { ...accepted, status: 400, error_message, request_body_raw };
		const { asked, aside } = await ask(rejectedForeseen, { 'rejected.jsonl': [refused] });
		expect(asked).toBe(0);
		expect(aside[0]?.aside).toMatch(reason);
	});
});
