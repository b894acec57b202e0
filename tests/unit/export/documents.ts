import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Header } from '../../../src/model/run';
import type { ApiVersion } from '../../../src/model/target';
import { COMPUTED, guideBodies } from '../../fixtures/guide';
import { shapes } from './shapes';

/** A request to be written as code, and how it is sent. */
export interface Sample {
	readonly name: string;
	readonly text: string;
	readonly apiVersion: ApiVersion;
	readonly headers: readonly Header[];
}

/** Stands for a picture: its characters are what counts here. */
export const PICTURE = Buffer.from(Array.from({ length: 1500 }, (_, index) => (index * 7919) % 256)).toString('base64');
export const PICTURE_SHA256 = createHash('sha256').update(Buffer.from(PICTURE, 'base64')).digest('hex');
export const PICTURE_REFERENCE = `attachment:sha256-${PICTURE_SHA256}`;

const pretty = (value: unknown) => JSON.stringify(value, null, 4);
const aboutImage = (source: unknown) => [
	{
		role: 'user',
		content: [
			{ type: 'image', source },
			{ type: 'text', text: 'What is in the above image?' },
		],
	},
];
/** The requests of the guide, a picture of ours in the place of the one it downloads. */
export const guide = Object.fromEntries(
	Object.entries(guideBodies).map(([title, body]) => [title, pretty(body).replace(COMPUTED, PICTURE_REFERENCE)]),
) as Readonly<Record<keyof typeof guideBodies, string>>;

const hello = { model: 'claude-sonnet-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'Hi' }] };
const awkwardText =
	'It\'s "quoted"\\ $HOME `date` ${x} $(x) !\r\n\t"""\'\'\' \u2028\u0000\u200d\ufeff \u{1f600} """ \\n\n"';

const awkward: Readonly<Record<string, string>> = {
	'every quote': pretty({
		...hello,
		system: awkwardText,
		stop_sequences: [awkwardText.slice(0, 20), "'", '"', '\n\n'],
	}),
	'every quote beside a picture': pretty({
		...hello,
		system: awkwardText,
		messages: aboutImage({ type: 'base64', media_type: 'image/webp', data: PICTURE_REFERENCE }),
	}),
	'a long text that ends in a backslash': pretty({ ...hello, system: `${'a long line\n'.repeat(10)}\\` }),
	'keys that mean something elsewhere': `{"__proto__":1,"class":2,"a-b":3,"1":4,"":5,"it's":{"__proto__":{"x":1},"toString":2},${JSON.stringify(hello).slice(1)}`,
	'numbers as they are spelled': `{"max_tokens":8e0,"x":[-0,1.0,1E+2,0.1e-7,12345678901234567890,-1.50],${JSON.stringify(hello).slice(1)}`,
	'numbers no float holds': `{"x":[1E400,-2e-400,1.00000000000000000001,9007199254740993],${pretty(hello).slice(1)}`,
	'numbers no float holds, beside a picture': `{"x":1E400,${guide['Image as base64'].slice(1)}`,
	'a key twice': `{"max_tokens":1,"system":"first","system":"last",${JSON.stringify(hello).slice(1)}`,
	'blocks and parameters nobody knows': pretty({
		...hello,
		messages: [{ role: 'user', content: [{ type: 'hologram', depth: null }], aside: [[]] }],
		new_parameter: { nested: [true, null, {}] },
	}),
	'values of the wrong type': pretty({
		...hello,
		system: null,
		tools: [null],
		stream: null,
		metadata: [],
		thinking: 'yes',
	}),
	'no max_tokens': pretty({ model: 'claude-sonnet-4-5', messages: [] }),
	'a message that is null': pretty({ ...hello, messages: [null], stream: true }),
	'what the SDK would send as headers': pretty({ ...hello, user_profile_id: 'x', betas: ['y'], output_format: null }),
	'many tokens without a stream': pretty({ ...hello, max_tokens: 64_000, stream: false }),
	'too long for an argument': pretty({ ...hello, system: 'long '.repeat(40_000) }),
	'nothing at all': '{}',
	'sampling, thinking and tools': pretty({
		...hello,
		temperature: 0.5,
		top_p: 0.9,
		top_k: 40,
		thinking: { type: 'enabled', budget_tokens: 1024 },
		tool_choice: { type: 'auto', disable_parallel_tool_use: true },
		tools: [
			{ name: 'add', input_schema: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] } },
			{ type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
			{ type: 'web_search_20250305', name: 'web_search' },
		],
		output_config: { effort: 'high', format: { type: 'json_schema', schema: { type: 'object' } } },
		cache_control: { type: 'ephemeral', ttl: '1h' },
		service_tier: 'auto',
		metadata: { user_id: null },
		container: null,
		inference_geo: 'us',
	}),
	'every block that is written plainly': pretty({
		...hello,
		tools: [
			{ type: 'web_fetch_20250910', name: 'web_fetch', cache_control: { type: 'ephemeral' } },
			{ type: 'bash_20250124', name: 'bash' },
			{ type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' },
		],
		messages: [
			{
				role: 'user',
				content: [
					{
						type: 'document',
						source: { type: 'text', media_type: 'text/plain', data: 'x' },
						title: null,
						citations: { enabled: true },
					},
				],
			},
			{
				role: 'assistant',
				content: [
					{ type: 'thinking', thinking: '', signature: 'x' },
					{ type: 'redacted_thinking', data: 'x' },
					{ type: 'tool_use', id: 'toolu_1', name: 'add', input: { a: 1 } },
				],
			},
			{
				role: 'user',
				content: [
					{
						type: 'tool_result',
						tool_use_id: 'toolu_1',
						is_error: false,
						content: [{ type: 'text', text: '1', cache_control: { type: 'ephemeral', ttl: '5m' } }],
					},
					{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: PICTURE_REFERENCE } },
					{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: PICTURE_REFERENCE } },
				],
			},
			{ role: 'system', content: [{ type: 'text', text: 'Go on.' }] },
		],
	}),
};

/** Numbers that are not the same once a float has held them, as the generator marks them among its strings. */
const UNHELD = [
	'1E400',
	'-1e-400',
	'0.10000000000000000000001',
	'9007199254740993',
	'1.0e999',
	'123456789012345678901.5',
];
const markOf = (spelling: string) => `a number: ${spelling}`;
/** `json` with those numbers in the places of their marks. */
const withUnheld = (json: string) =>
	UNHELD.reduce((text, spelling) => text.replaceAll(`"${markOf(spelling)}"`, spelling), json);

/** Strings with what escaping is about more often than chance would have it. */
const text = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc
		.array(fc.constantFrom('\\', '"', "'", '`', '$', '{', '\n', '\r', '\u2028', '"""', '\u0000', '😀', 'word '))
		.map((parts) => parts.join('')),
);
const json = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small' },
		fc.oneof(
			text,
			fc.double({ noNaN: true, noDefaultInfinity: true }),
			fc.maxSafeInteger(),
			fc.constantFrom(...UNHELD.map(markOf)),
			fc.boolean(),
			fc.constant(null),
		),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(text, tie('value'), { maxKeys: 4 }),
	),
})).value;
const block = fc.oneof(fc.record({ type: fc.constant('text'), text }), fc.dictionary(text, json, { maxKeys: 3 }), json);
const request = fc
	.record(
		{
			model: fc.oneof({ weight: 9, arbitrary: text }, json),
			max_tokens: fc.oneof({ weight: 9, arbitrary: fc.nat(100_000) }, json),
			messages: fc.oneof(
				{
					weight: 9,
					arbitrary: fc.array(
						fc.record({
							role: fc.constantFrom('user', 'assistant'),
							content: fc.oneof(text, fc.array(block, { maxLength: 3 })),
						}),
						{ maxLength: 3 },
					),
				},
				json,
			),
			system: fc.oneof(text, json),
			stream: fc.oneof(fc.boolean(), json),
			temperature: fc.double({ min: 0, max: 1, noNaN: true }),
			metadata: fc.oneof(fc.record({ user_id: text }), json),
			tools: json,
		},
		{ requiredKeys: ['model', 'max_tokens', 'messages'] },
	)
	.chain((known) => fc.dictionary(text, json, { maxKeys: 2 }).map((unknown) => ({ ...known, ...unknown })));
const generated = fc.tuple(
	fc.oneof({ weight: 9, arbitrary: request }, fc.dictionary(text, json)),
	fc.constantFrom(undefined, 2, '\t'),
	fc.constantFrom<ApiVersion>('2023-06-01', '2026-10-21'),
	fc.constantFrom<readonly Header[]>(
		[],
		[['anthropic-beta', 'one-2026-01-01, two-2026-01-01']],
		[['x-note', '$a "b" `c` \'d\'']],
	),
);

/** Requests to write as code: the guide's, awkward ones, those of the documentation, generated ones and, where the recordings are, some of those. */
export function samples(): Sample[] {
	const named = Object.entries({ ...guide, ...awkward }).flatMap(([name, text]) => [
		{ name: `${name}, 2023-06-01`, text, apiVersion: '2023-06-01' as const, headers: [] },
		{
			name: `${name}, 2026-10-21, with betas`,
			text,
			apiVersion: '2026-10-21' as const,
			headers: [
				['anthropic-beta', 'some-beta-2026-01-01'],
				['x-empty', ''],
			] as const,
		},
	]);
	const random = fc
		.sample(generated, { numRuns: 80, seed: 20261122 })
		.map(([value, indent, apiVersion, headers], index) => ({
			name: `generated ${index}`,
			text: withUnheld(JSON.stringify(value, null, indent)),
			apiVersion,
			headers,
		}));
	return [...named, ...shapes, ...random, ...recorded(25)];
}

interface Exchange {
	readonly id: string;
	readonly method: string;
	readonly url: string;
	readonly request_headers: Readonly<Record<string, string>> | null;
	readonly request_body_raw: string;
}

/** Every so-manieth recorded request of each file, where there is a folder of recordings. */
function recorded(every: number): Sample[] {
	const folder = new URL('../../../../shared/traffic/', import.meta.url);
	if (!existsSync(folder)) return [];
	return ['accepted', 'streams', 'rejected', 'large'].flatMap((file) =>
		readFileSync(new URL(`${file}.jsonl`, folder), 'utf8')
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as Exchange)
			.filter(({ method, url }) => method === 'POST' && /\/v1\/messages(\?|$)/.test(url))
			.filter((_, index) => index % every === 0)
			.map(({ id, request_body_raw, request_headers }) => {
				const beta = request_headers?.['anthropic-beta'];
				const apiVersion = '2023-06-01' as const;
				return {
					name: `recorded ${id}`,
					text: request_body_raw,
					apiVersion,
					headers: beta ? [['anthropic-beta', beta] as const] : [],
				};
			}),
	);
}
