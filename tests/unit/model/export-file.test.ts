import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toBase64 } from '../../../src/model/attachment';
import type { Conversation } from '../../../src/model/conversation';
import {
	attachmentsOf,
	contentOf,
	exported,
	exportedRecording,
	importedConversation,
	importedRecording,
	importedRun,
	readImport,
	writeExported,
	type ExportedConversation,
} from '../../../src/model/export-file';
import type { Recording } from '../../../src/model/recording';
import type { Ending, ResponseHead } from '../../../src/model/run';
import type { KeptRun } from '../../../src/model/saved';
import { faultsBy, type JsonSchema } from '../../fixtures/json-schema';
import conversation1 from '../../fixtures/saved/conversation-1.json';
import run1 from '../../fixtures/saved/run-1.json';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const version1 = read('../../fixtures/saved/export-1.json');
const schema = JSON.parse(read('../../../public/export.schema.json')) as JsonSchema;

const exported1 = (JSON.parse(version1) as { conversations: { runs: object[] }[] }).conversations[0]!.runs[0]!; // there is one
const ant = conversation1 as unknown as Conversation; // JSON widens its literals
const runWith = (...chunks: readonly (readonly number[])[]): KeptRun =>
	({ ...run1, chunks: chunks.map((bytes, at) => ({ at, bytes: new Uint8Array(bytes) })) }) as unknown as KeptRun; // JSON widens its literals

/** The first file, with one of its values replaced. */
function with1(path: string, value: unknown): string {
	const file = JSON.parse(version1) as Record<string, unknown>;
	const steps = path.split('.');
	const last = steps.pop()!; // split gives one part at least
	const parent = steps.reduce<Record<string, unknown>>((here, step) => here[step] as Record<string, unknown>, file);
	if (value === undefined) delete parent[last];
	else parent[last] = value;
	return JSON.stringify(file);
}

describe('readImport', () => {
	test('reads an export of version 1', () => {
		const { conversations, attachments } = JSON.parse(version1) as Record<string, unknown>;
		expect(readImport(version1)).toMatchObject({ kind: 'export', conversations, attachments });
	});

	test('takes a bare request body as it stands', () => {
		const text = '{ "messages": [{"role": "user", "content": "Hi"}],\n  "max_tokens": 1.0, "new_field": [] }\n';
		expect(readImport(text)).toEqual({ kind: 'request', text });
	});

	test('makes a request around a bare list of messages, which stay as they are spelled', () => {
		const messages = '[{"role":"user",  "content":"Hi"}, {"role":"assistant","content":[{"type":"text","text":"Ho"}]}]';
		const result = readImport(`\n${messages} `);
		if (result.kind !== 'request') throw new Error(result.kind);
		expect(result.text).toContain(messages);
		expect(JSON.parse(result.text)).toMatchObject({ messages: JSON.parse(messages) as unknown, max_tokens: 1024 });
	});

	test.each([
		['', /^It is not JSON. Line 1, column 1: /],
		['{"messages": [}', /^It is not JSON. Line 1, column 15: /],
		['[]', 'It is an empty list.'],
		[
			'[{"role":"user","content":"a"},{"role":"user"}]',
			'It is a list, but not of messages: messages.1.content must be text or a list of blocks.',
		],
		['[1]', 'It is a list, but not of messages: messages.0 must be an object.'],
		['{"model":"claude-haiku-5-5"}', /^It is neither an export of this page/],
		['"messages"', /^It is neither an export of this page/],
		['{"format":"other","messages":[]}', 'Its format is "other", not "messages-playground".'],
		[with1('version', 2), 'It was exported by a later version of this page.'],
		[with1('version', undefined), 'There is no version null of exports.'],
		[with1('conversations', {}), 'conversations must be a list.'],
		[with1('attachments', undefined), 'attachments must be an object.'],
		[with1('attachments.abc', {}), 'attachments: "abc" is not a SHA-256.'],
		[with1('conversations.0.id', 'a/b'), 'conversations.0.id must be letters, digits, “-” and “_”.'],
		[with1('conversations.0.id', 'new:'), 'conversations.0.id must be letters, digits, “-” and “_”.'],
		[with1('conversations.0.title', 7), 'conversations.0.title must be text.'],
		[with1('conversations.0.pinned', 'yes'), 'conversations.0.pinned must be true or false.'],
		[with1('conversations.0.createdAt', 'yesterday'), /^conversations.0.createdAt must be a time such as /],
		[with1('conversations.0.changedAt', '2026-99-99T00:00Z'), /^conversations.0.changedAt must be a time such as /],
		[
			with1('conversations.0.apiVersion', '1999-01-01'),
			'conversations.0.apiVersion must be one of 2023-06-01, 2026-10-21.',
		],
		[with1('conversations.0.headers.0', ['a']), 'conversations.0.headers.0 must be a name and a value.'],
		[
			with1('conversations.0.target', { kind: 'moon' }),
			'conversations.0.target.kind must be one of simulated, anthropic, custom.',
		],
		[with1('conversations.0.target', { kind: 'custom' }), 'conversations.0.target.baseUrl must be text.'],
		[with1('conversations.0.origin.turn', '2'), 'conversations.0.origin.turn must be a number.'],
		[with1('conversations.0.runs.0.request.method', 'GET'), 'conversations.0.runs.0.request.method must be "POST".'],
		[with1('conversations.0.runs.0.response.status', null), 'conversations.0.runs.0.response.status must be a number.'],
		[with1('conversations.0.runs.0.ending', { kind: 'broken' }), 'conversations.0.runs.0.ending.reason must be text.'],
		[with1('conversations.0.runs.0.chunks.0', { at: 1 }), 'conversations.0.runs.0.chunks.0.base64 must be base64.'],
		[with1('conversations.0.runs.0.chunks.0.text', 3), 'conversations.0.runs.0.chunks.0.text must be text.'],
		[
			with1('conversations.0.runs', [exported1, { ...exported1, id: 'another' }, exported1]),
			`conversations.0: two runs of the conversation “${ant.id}” have the id “${run1.id}”.`,
		],
	])('refuses %.60s with the reason', (text, reason) => {
		const result = readImport(text);
		if (result.kind !== 'refused') throw new Error(result.kind);
		expect(result.reason).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
	});

	test('takes what may be missing as missing', () => {
		for (const path of ['exportedAt', 'conversations.0.origin', 'conversations.0.runs.0.pinned'])
			expect(readImport(with1(path, undefined)).kind, path).toBe('export');
		for (const path of ['response', 'ending', 'duration'])
			expect(readImport(with1(`conversations.0.runs.0.${path}`, null)).kind, path).toBe('export');
	});
});

/** What an export is looked at for. */
interface Export {
	readonly conversations: readonly ExportedConversation[];
}
const endings: readonly Ending[] = [
	{ kind: 'complete' },
	{ kind: 'stopped' },
	{ kind: 'broken', reason: 'network error' },
	{ kind: 'no-answer', cause: 'cors', reason: 'Failed to fetch' },
	{ kind: 'not-sent', cause: 'framed', reason: 'Inside another page.' },
];

describe('an exported conversation', () => {
	const umlaut = [0xc3, 0xa4];

	test('comes back as it was, to the byte of every chunk', () => {
		const run = { ...runWith([0xef, 0xbb, 0xbf, 0x61], [], umlaut, umlaut.slice(0, 1), [0xff, 0]), pinned: true };
		const origin = { conversation: 'other', turn: 3 };
		const written = writeExported(exported({ ...ant, origin }, [run]));
		const back = JSON.parse(written) as ExportedConversation;
		expect(importedConversation(back, 'new-id')).toEqual({ ...ant, origin, id: 'new-id', revision: 0 });
		expect(back.runs.map((one) => importedRun(one, run.conversation))).toEqual([run]);
		expect(back.runs[0]?.chunks[2]).toEqual({ at: 2, text: 'ä' });
		expect(back.runs[0]?.chunks[3]).toEqual({ at: 3, base64: toBase64(new Uint8Array([0xc3])) });
	});

	test('holds no credential: not in a header, and not in the words', () => {
		const key = 'sk-ant-api03-canary-0123456789abcdef';
		const headers = [
			['X-Api-Key', 'secret'],
			['authorization', 'Bearer secret'],
			['anthropic-beta', 'x'],
		] as const;
		const run = runWith([...new TextEncoder().encode(key)]);
		const written = writeExported(exported({ ...ant, headers, title: key, text: `{"messages": "${key}"}` }, [run]));
		expect(written).not.toMatch(/canary|secret/);
		expect(JSON.parse(written)).toMatchObject({ title: 'sk-ant-…cdef', headers: [['anthropic-beta', 'x']] });
	});

	test('holds only the fields that a file has, whatever else is in its records', () => {
		const odd: Record<string, unknown> = { at: 1n, text: 'odd' };
		odd.itself = odd;
		const run = runWith([1]);
		const given = {
			...ant,
			odd,
			target: { ...ant.target, odd },
			origin: { conversation: 'other', turn: 1, odd },
		};
		const runs = endings.map((ending, place) => ({
			...run,
			id: `run-${place}`,
			odd,
			target: { kind: 'custom', baseUrl: 'http://localhost:1', odd } as const,
			request: { ...run.request, odd },
			response: { ...run.response!, replayOf: { name: 'a', recordedAt: run.startedAt, odd }, odd }, // the fixture has one
			ending: { ...ending, odd },
		}));
		const file = JSON.parse(with1('conversations', [JSON.parse(writeExported(exported(given, runs)))])) as Export;
		expect(faultsBy(schema, file)).toEqual([]);
		expect(readImport(JSON.stringify(file)).kind).toBe('export');
		const [{ target, origin, runs: out }] = file.conversations as [ExportedConversation]; // it was given one
		expect([target, origin]).toEqual([ant.target, { conversation: 'other', turn: 1 }]);
		expect(out.map(({ ending }) => ending)).toEqual(endings);
		expect(out[0]).toMatchObject({
			request: run.request,
			response: { ...run.response, replayOf: { name: 'a', recordedAt: run.startedAt } },
		});
	});

	test('says which attachments it and its runs name, each once', () => {
		const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
		const text = `["attachment:sha256-${a}", "attachment:sha256-${a}"]`;
		const run = runWith();
		const runs = [{ ...run, request: { ...run.request, text: `"attachment:sha256-${b}"` } }];
		expect(attachmentsOf(exported({ ...ant, text }, runs))).toEqual([a, b]);
	});

	test('is another once its content differs, and the same whatever else does', () => {
		const same = (change: Partial<Conversation>) =>
			contentOf(exported({ ...ant, ...change }, [])) === contentOf(exported(ant, []));
		expect(same({ pinned: false, changedAt: '2026-11-22T00:00:00.000Z', revision: 9 })).toBe(true);
		expect(same({ target: { baseUrl: 'http://localhost:8080', kind: 'custom' } })).toBe(true);
		expect(same({ headers: [...ant.headers, ['authorization', 'x']] })).toBe(true);
		for (const change of [
			{ text: '{}' },
			{ title: 'Other' },
			{ headers: [] },
			{ apiVersion: '2026-10-21' as const },
			{ target: { kind: 'custom', baseUrl: 'http://localhost:1' } as const },
		])
			expect(same(change), JSON.stringify(change)).toBe(false);
	});
});

describe('an exported recording', () => {
	const recording: Recording = {
		version: 1,
		id: 'one',
		name: 'One',
		recordedAt: '2026-11-22T12:00:00.000Z',
		api: 'http://localhost:8080',
		response: { at: 1, status: 529, statusText: '', headers: [['x-odd', 'ä']] },
		chunks: [{ at: 2, bytes: new Uint8Array([0xe2, 0x82]) }],
		ending: { kind: 'broken', reason: 'network error' },
		duration: 3,
	};
	const withRecording = (change: object = {}) => with1('recordings', [{ ...exportedRecording(recording), ...change }]);

	test('comes back as it was, to the byte of every chunk', () => {
		const read = readImport(withRecording());
		expect(read.kind === 'export' && read.recordings?.map(importedRecording)).toEqual([recording]);
		expect(faultsBy(schema, JSON.parse(withRecording()))).toEqual([]);
	});

	test('holds only the fields that a file has, whatever else is in its record', () => {
		const odd = 1n;
		const { response, ending } = recording;
		const given = { ...recording, odd, response: { ...response, odd }, ending: { ...ending, odd } };
		expect(exportedRecording(given)).toEqual(exportedRecording(recording));
	});

	test('holds no key', () => {
		const name = 'It was sk-ant-api03-canary0canary1canary2canary3-Zq9w';
		expect(writeExported(exportedRecording({ ...recording, name }))).toContain('"It was sk-ant-…Zq9w"');
	});

	test.each<Partial<ResponseHead>>([
		{ status: 999, statusText: 'Request denied' },
		{ status: 0 },
		{ statusText: 'a\u0002b' },
		{ headers: [['x-odd', 'a\u0001b']] },
	])('is taken in with %j, as it may come over the wire', (change) => {
		const odd = { ...recording, response: { ...recording.response, ...change } };
		const text = with1('recordings', [JSON.parse(writeExported(exportedRecording(odd)))]);
		const read = readImport(text);
		expect(read.kind === 'export' && read.recordings?.map(importedRecording)).toEqual([odd]);
		expect(faultsBy(schema, JSON.parse(text))).toEqual([]);
	});

	test.each([
		[{ id: 'a/b' }, 'recordings.0.id must be letters, digits, “-” and “_”.'],
		[{ recordedAt: 'then' }, /^recordings\.0\.recordedAt must be a time/],
		[{ response: { ...recording.response, status: null } }, 'recordings.0.response.status must be a number.'],
		[
			{ response: { ...recording.response, replayOf: { name: 'a', recordedAt: 'then' } } },
			/^recordings\.0\.response\.replayOf\.recordedAt must be a time/,
		],
		[{ ending: { kind: 'not-sent', cause: '', reason: '' } }, /^recordings\.0\.ending\.kind must be one of/],
		[{ chunks: [{ at: 1, base64: '?' }] }, 'recordings.0.chunks.0.base64 must be base64.'],
	])('is not taken in with %j', (change, reason) => {
		const read = readImport(withRecording(change));
		expect(read.kind === 'refused' && read.reason).toMatch(reason);
	});
});

describe('the schema of exports', () => {
	test('says something of every field', () => {
		const silent: string[] = [];
		const visit = (part: JsonSchema, path: string) => {
			for (const [name, inner] of Object.entries(part.properties ?? {})) {
				if (!inner.description) silent.push(`${path}.${name}`);
				visit(inner, `${path}.${name}`);
			}
			if (part.items) visit(part.items, `${path}[]`);
		};
		visit(schema, '');
		for (const [name, part] of Object.entries(schema.$defs ?? {})) visit(part, name);
		expect(silent).toEqual([]);
	});

	test('holds for the first version, and only for what is right', () => {
		expect(faultsBy(schema, JSON.parse(version1))).toEqual([]);
		expect(faultsBy(schema, JSON.parse(with1('conversations.0.id', 'a/b')))).toHaveLength(1);
		expect(faultsBy(schema, JSON.parse(with1('conversations.0.runs.0.target.kind', 'moon')))).toHaveLength(1);
		expect(faultsBy(schema, JSON.parse(with1('conversations.0.extra', 1)))).toEqual([
			'$.conversations.0.extra: is not known',
		]);
		expect(faultsBy(schema, JSON.parse(with1('attachments.abc', { mediaType: '', data: '' })))).toHaveLength(1);
	});
});
