import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { request } from './understand';

/*
 * The same request, holding words that are made to be misread, in every spelling people use: whatever stands in the words, the
 * request that is understood is the one that was spelled.
 */

const url = 'https://api.anthropic.com/v1/messages';
const runs = { seed: 20261123, numRuns: 60 };

/** Words in which everything that means something to a shell or a language comes up more often than chance would have it. */
const wordsOf = (...more: readonly string[]) =>
	fc
		.array(
			fc.constantFrom(
				...[
					'word ',
					'\\',
					'"',
					"'",
					'`',
					'$',
					'$x',
					'${y}',
					'$(z)',
					'{',
					'}',
					'{x}',
					'#',
					'//',
					'/*',
					'*/',
					'<<END',
					'^',
				],
				...[
					'&',
					'|',
					'<',
					'>',
					'(',
					')',
					'!',
					';',
					'@',
					'"""',
					"'''",
					"'\\''",
					'\\n',
					'\\u0041',
					'😀',
					'é',
					'curl ',
					'=',
				],
				...more,
			),
			{ maxLength: 12 },
		)
		.map((parts) => parts.join(''));
const LINES = ['\n', '\t', '%', '%PATH%', '\nEND \n', '\u2028'];

interface Spelled {
	readonly words: string;
	readonly body: object;
	readonly json: string;
}

/** A request that says `words` in two places. */
function spelled(words: string): Spelled {
	const body = {
		model: 'claude-sonnet-4-5',
		max_tokens: 8,
		system: words,
		messages: [{ role: 'user', content: words || 'Hi' }],
	};
	return { words, body, json: JSON.stringify(body) };
}

function property(words: fc.Arbitrary<string>, spell: (request: Spelled) => string): void {
	fc.assert(
		fc.property(words, (said) => {
			const given = spelled(said);
			const text = spell(given);
			const { body, holes, notes } = request(text);
			expect({ body, holes, notes }, text).toEqual({ body: given.body, holes: [], notes: [] });
		}),
		runs,
	);
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const doubled = (text: string) => `"${text.replace(/[\\"$`]/g, '\\$&')}"`;
const ansi = (text: string) =>
	`$'${text.replace(/[\\']/g, '\\$&').replace(/[a-f]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16)}`)}'`;

describe('a request in bash', () => {
	test.each<[string, (request: Spelled) => string]>([
		['single quotes', ({ json }) => `curl ${url} -d ${quoted(json)}`],
		['double quotes', ({ json }) => `curl ${url} -d ${doubled(json)}`],
		["$'…'", ({ json }) => `curl ${url} -d ${ansi(json)}`],
		[
			'quotes of every kind in one word',
			({ json }) =>
				`curl ${url} --data-raw ${quoted(json.slice(0, 9))}${doubled(json.slice(9, 30))}${ansi(json.slice(30))}`,
		],
		['equals signs', ({ json }) => `curl --request=POST --url=${url} --data=${quoted(json)}`],
		['letters that stand together', ({ json }) => `curl -sSXPOST -H"x-note: 1" -d${quoted(json)} ${url}`],
		[
			'--json in two parts',
			({ json }) => `curl ${url} --json ${quoted(json.slice(0, 20))} --json ${quoted(json.slice(20))}`,
		],
		[
			'options it turns off',
			({ json }) => `curl --no-progress-meter --no-buffer --create-dirs -o a/b ${url} -d ${quoted(json)}`,
		],
		['a here-document', ({ json }) => `curl ${url} -d @- <<'END'\n${json}\nEND`],
		[
			'a here-document that is expanded',
			({ json }) => `curl ${url} -d @- <<END\n${json.replace(/[\\$`]/g, '\\$&')}\nEND`,
		],
		[
			'a file that is written above',
			({ json }) => `cat > body.json <<'END'\n${json}\nEND\n\ncurl ${url} -d @body.json`,
		],
		['a variable', ({ json }) => `BODY=${quoted(json)}\ncurl ${url} -d "$BODY"`],
		['a variable that is read', ({ json }) => `read -r -d '' BODY <<'END'\n${json}\nEND\ncurl ${url} -d "$BODY"`],
		['lines that are continued', ({ json }) => `curl \\\n  ${url} \\\n  -H 'a: b' \\\n  --data \\\n${quoted(json)}`],
	])('with %s', (_name, spell) => property(wordsOf(...LINES), spell));
});

describe('a request in a shell of Windows', () => {
	const escaped = (json: string) => json.replace(/(\\*)"/g, '$1$1\\"');
	test.each<[string, fc.Arbitrary<string>, (request: Spelled) => string]>([
		[
			'PowerShell, single quotes',
			wordsOf(...LINES),
			({ json }) => `curl.exe ${url} \`\n  -d '${json.replaceAll("'", "''")}'`,
		],
		[
			'PowerShell, double quotes',
			wordsOf(...LINES),
			({ json }) => `curl.exe ${url} -d "${json.replace(/[$`]/g, '`$&').replaceAll('"', '""')}"`,
		],
		['PowerShell, a here-string', wordsOf(...LINES), ({ json }) => `$body = @'\n${json}\n'@\ncurl.exe ${url} -d $body`],
		// A percent sign begins a variable there, and there is no way to write a line break.
		[
			'cmd',
			wordsOf(),
			({ json }) =>
				`curl ${url} ^\r\n  -H "a: b" ^\r\n  -d "${escaped(json).replace(/[&|<>^]/g, (mark, at: number, all: string) => (outside(all, at) ? `^${mark}` : mark))}"`,
		],
		[
			'cmd, as Chrome copies it',
			wordsOf(),
			({ json }) => `curl ^"${url}^" ^\n  --data-raw ^"${escaped(json).replace(/["\\&>{}<|^()!]/g, '^$&')}^"`,
		],
	])('%s', (_name, words, spell) => property(words, spell));

	/** Whether the prompt, which knows no backslash, takes the place `at` to be outside quotes; the first quote is before it all. */
	function outside(text: string, at: number): boolean {
		return (text.slice(0, at).match(/"/g)?.length ?? 0) % 2 === 1;
	}
});

/** A string literal by how it is quoted. */
type Quote = (words: string) => string;
const escape = (text: string) => JSON.stringify(text).slice(1, -1);
const single: Quote = (text) => `'${escape(text).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

describe('a request in Python', () => {
	const triple: Quote = (text) => `"""${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"""`;
	const raw: Quote = (text) => (/['\n]|\\$/.test(text) ? single(text) : `r'${text}'`);
	const formatted: Quote = (text) => `f${JSON.stringify(text).replace(/[{}]/g, '$&$&')}`;
	const implicit: Quote = (text) =>
		`(${single(text.slice(0, 3))} # "and\n    ${JSON.stringify(text.slice(3, 6))}\n    ${triple(text.slice(6))})`;
	const added: Quote = (text) => `${single(text.slice(0, 4))} + ${triple(text.slice(4))}`;

	test.each<[string, (said: Quote, words: string) => string]>([
		[
			'keyword arguments',
			(q, w) =>
				`client.messages.create(model="claude-sonnet-4-5", max_tokens=8, system=${q(w)}, messages=[{"role": "user", "content": ${q(w || 'Hi')}},],)`,
		],
		[
			'a list above',
			(q, w) =>
				`messages: list = [{'role': 'user', 'content': ${q(w || 'Hi')}}]\nclient.messages.create(model='claude-sonnet-4-5', max_tokens=8, system=${q(w)}, messages=messages)`,
		],
		[
			'a list that grows',
			(q, w) =>
				`messages = []\nmessages.append({"role": "user", "content": ${q(w || 'Hi')}})\nclient.messages.create(model='claude-sonnet-4-5', max_tokens=8, system=${q(w)}, messages=messages)`,
		],
		[
			'dict(…) and **',
			(q, w) =>
				`params = dict(model="claude-sonnet-4-5", max_tokens=8)\nclient.messages.create(**params, system=${q(w)}, messages=[dict(role="user", content=${q(w || 'Hi')})])`,
		],
		[
			'variables',
			(q, w) =>
				`MODEL = "claude-sonnet-4-5"\ndef ask():\n    prompt = ${q(w)}\n    return client.messages.create(model=MODEL, max_tokens=8, system=prompt, messages=[{"role": "user", "content": prompt or "Hi"}])`.replace(
					'prompt or "Hi"',
					w ? 'prompt' : '"Hi"',
				),
		],
		[
			'AsyncAnthropic',
			(q, w) =>
				`client = AsyncAnthropic()\nasync def main():\n    message = await client.messages.create(max_tokens=8, model="claude-sonnet-4-5", system=${q(w)}, messages=[{"role": "user", "content": ${q(w || 'Hi')}}])`,
		],
	])('with %s', (_name, code) => {
		for (const said of [single, JSON.stringify, triple, raw, formatted, implicit, added] as readonly Quote[])
			property(wordsOf(...LINES), ({ words }) => code(said, words));
	});

	test('that streams in a with', () => {
		const code = `with client.messages.stream(model="m", max_tokens=1, messages=[]) as stream:\n    for text in stream.text_stream: print(text)`;
		expect(request(code).body).toEqual({ model: 'm', max_tokens: 1, messages: [], stream: true });
	});
});

describe('a request in TypeScript', () => {
	const template: Quote = (text) => `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\``;
	const added: Quote = (text) => `${single(text.slice(0, 4))} + ${template(text.slice(4))}`;

	test.each<[string, (said: Quote, words: string) => string]>([
		[
			'a literal',
			(q, w) =>
				`await client.messages.create({ model: 'claude-sonnet-4-5', max_tokens: 8, system: ${q(w)}, messages: [{ role: 'user', content: ${q(w || 'Hi')} }], });`,
		],
		[
			'constants',
			(q, w) =>
				`const system = ${q(w)};\nconst config = { model: 'claude-sonnet-4-5', limit: 8 };\nclient.messages.create({ model: config.model, max_tokens: config["limit"], system, messages: [{ role: 'user', content: ${q(w || 'Hi')} }] })`,
		],
		[
			'spread, as const and satisfies',
			(q, w) =>
				`const shared = { model: 'claude-sonnet-4-5', max_tokens: 8 } as const;\nconst turns = [{ role: 'user', content: ${q(w || 'Hi')} }] satisfies Anthropic.MessageParam[];\nawait client.beta.messages.create({ ...shared, system: ${q(w)}, messages: [...turns] })`,
		],
		[
			'a list that grows',
			(q, w) =>
				`const messages: Anthropic.MessageParam[] = [];\nmessages.push({ role: 'user', content: ${q(w || 'Hi')} });\nawait client.messages.create({ model: 'claude-sonnet-4-5', max_tokens: 8, system: ${q(w)}, messages })`,
		],
		[
			'fetch',
			(q, w) =>
				`const body = { model: 'claude-sonnet-4-5', max_tokens: 8, system: ${q(w)}, messages: [{ role: 'user', content: ${q(w || 'Hi')} }] };\nawait fetch('${url}', { method: 'POST', body: JSON.stringify(body) });`,
		],
	])('with %s', (_name, code) => {
		for (const said of [single, JSON.stringify, template, added] as readonly Quote[])
			property(wordsOf(...LINES), ({ words }) => code(said, words));
	});
});

describe('a hole', () => {
	const words = wordsOf('\n');
	/** JSON around a hole, as the shell sees it. */
	const around = (before: string, after: string): readonly string[] => [
		`{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"${escape(before)}`,
		`${escape(after)}"}]}`,
	];

	test.each<[string, (before: string, after: string) => string]>([
		[
			'\'"$NAME"\'',
			(before, after) =>
				around(before, after).reduce(
					(start, end) => `curl ${url} -d ${quoted(start).slice(0, -1)}'"$NAME"'${quoted(end).slice(1)}`,
				),
		],
		[
			'"${NAME}"',
			(before, after) =>
				around(before, after).reduce(
					(start, end) => `curl ${url} -d ${doubled(start).slice(0, -1)}\${NAME}${doubled(end).slice(1)}`,
				),
		],
		[
			'{{NAME}}',
			(before, after) =>
				around(before.replaceAll('{', ''), after.replaceAll('{', '')).reduce(
					(start, end) => `curl ${url} --variable %NAME --expand-data ${quoted(`${start}{{NAME}}${end}`)}`,
				),
		],
		[
			'{NAME} of Python',
			(before, after) =>
				`client.messages.create(model="m", max_tokens=1, messages=[{"role": "user", "content": f${JSON.stringify(before.replace(/[{}]/g, '$&$&'))} f"{NAME}" ${JSON.stringify(after)}}])`,
		],
		[
			'${NAME} of TypeScript',
			(before, after) =>
				`client.messages.create({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content: ${JSON.stringify(before)} + \`\${NAME}\` + ${JSON.stringify(after)} }] })`,
		],
	])('%s stands where it stood', (name, code) => {
		fc.assert(
			fc.property(words, words, words, (before, after, filled) => {
				const { body, holes } = request(code(before, after), { NAME: filled });
				const bare = (text: string) => (name === '{{NAME}}' ? text.replaceAll('{', '') : text);
				expect(body).toMatchObject({ messages: [{ content: bare(before) + filled + bare(after) }] });
				expect(holes).toEqual([{ name: 'NAME', path: ['messages', 0, 'content'] }]);
			}),
			runs,
		);
	});

	test.each([
		['a shell', `curl ${url} -d '{"max_tokens":1,"model":"'"\${MODEL:-claude-sonnet-4-5}"'","messages":[]}'`],
		[
			'a shell, short',
			`curl ${url} -d "{\\"max_tokens\\":1,\\"model\\":\\"\${MODEL-claude-sonnet-4-5}\\",\\"messages\\":[]}"`,
		],
	])('is filled with what %s would take where nothing is set', (_name, code) => {
		expect(request(code)).toMatchObject({ body: { model: 'claude-sonnet-4-5' }, holes: [] });
	});

	test.each([
		[
			'await client.messages.create({ model: "m", max_tokens: 1, messages: [{ role: "user", content: [{ type: "image", source: { type: "base64", media_type: "image/png", data: fs.readFileSync("a.png", "base64") } }] }] })',
			'fs.readFileSync("a.png", "base64")',
		],
		[
			'data = base64.b64encode(open("a.png", "rb").read()).decode()\nclient.messages.create(model="m", max_tokens=1, messages=[{"role": "user", "content": [{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}]}])',
			'data',
		],
		['client.messages.create(**params)', 'params'],
		[`curl ${url} -d @<(make-body 1)`, 'make-body 1'],
		[`requests.request("POST", "${url}", headers=headers, data=json.dumps(body))`, 'body'],
	])('is the name of what would have to be run: %s', (code, name) => {
		expect(request(code).holes.map(({ name }) => name)).toEqual([name]);
	});
});

describe('what may be otherwise when it is run', () => {
	test.each([
		[
			'a list that grows in a loop',
			'messages = []\nfor text in texts:\n    messages.append({"role": "user", "content": text})\nclient.messages.create(model="m", max_tokens=1, messages=messages)',
			'`messages` is changed later on; it is taken as it was first set.',
		],
		[
			'a variable that is set twice',
			'const model = "m";\nif (big) { var model = "n"; }\nclient.messages.create({ model, max_tokens: 1, messages: [] })',
			'`model` is set more than once; it is taken as it was set last before.',
		],
		[
			'options in a variable',
			`curl ${url} "\${HEADERS[@]}" -d '{"model":"m","max_tokens":1,"messages":[]}'`,
			'What <HEADERS> stands for is not known, so it was left out.',
		],
	])('is said: %s', (_name, code, note) => {
		expect(request(code).notes).toEqual([note]);
	});

	test('is not found out for ever', () => {
		const doubling = Array.from({ length: 60 }, (_, index) => `v${index + 1} = v${index} + v${index}`).join('\n');
		const code = `v0 = "x"\n${doubling}\nclient.messages.create(model=v60, max_tokens=1, messages=[])`;
		expect(() => request(code)).toThrow('too many variables');
	});
});
