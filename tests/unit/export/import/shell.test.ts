import { describe, expect, test } from 'vitest';
import { understood, request } from './understand';

const body = {
	model: 'claude-sonnet-4-5',
	max_tokens: 8,
	messages: [{ role: 'user', content: 'It\'s 5 > 3 & "so" \\ on' }],
};
const json = JSON.stringify(body);
const url = 'https://api.anthropic.com/v1/messages';

/** The same request in every spelling of a command. */
const spellings: Readonly<Record<string, string>> = {
	'bash, lines continued': `curl ${url} \\\n  --header 'content-type: application/json' \\\n  --data '${json.replaceAll("'", `'\\''`)}'`,
	'bash, double quotes': `curl -X POST "${url}" -d "${json.replace(/[\\"$`]/g, '\\$&')}"`,
	"bash, $'…'": `curl $'${url}' --data-raw $'${json.replace(/[\\']/g, '\\$&').replace('5 > 3', '\\x35 \\u003e \\063')}'`,
	'bash, --json and the address last': `curl --json '${json.replaceAll("'", `'"'"'`)}' ${url}`,
	'bash, letters together': `curl -sSLXPOST -H"x-note: 1" -d'${json.replaceAll("'", `'\\''`)}' --url ${url}`,
	'bash, here-document': `curl ${url} --data-binary @- <<'END'\n${JSON.stringify(body, null, 2)}\nEND\necho done`,
	'bash, here-document that is expanded': `curl ${url} -d @- <<END\n${json.replace(/[\\$`]/g, '\\$&')}\nEND`,
	'bash, here-document with tabs': `\tcurl ${url} -d @- <<-'END' | jq .\n\t\t${json}\n\tEND`,
	'bash, here-string': `curl ${url} -d @- <<< '${json.replaceAll("'", `'\\''`)}'`,
	'bash, piped': `cat <<'END' | curl -d @- ${url}\n${json}\nEND`,
	'bash, echoed': `echo '${json.replaceAll("'", `'\\''`)}' | curl ${url} -d @-`,
	'bash, a variable': `BODY='${json.replaceAll("'", `'\\''`)}'\nexport URL="${url}"\ncurl "$URL" -d "\${BODY}"`,
	'bash, cat in a substitution': `curl ${url} -d "$(cat <<'END'\n${json}\nEND\n)"`,
	'bash, the answer kept': `set -e\nanswer=$(curl -s ${url} -d '${json.replaceAll("'", `'\\''`)}' 2>/dev/null)\necho "$answer" | jq .`,
	'bash, after a prompt, with a comment': `# ask\n$ curl ${url} --no-buffer --data '${json.replaceAll("'", `'\\''`)}' # done`,
	'bash, a blank after the backslash': `curl ${url} \\ \n -d '${json.replaceAll("'", `'\\''`)}'`,
	'bash, lines of Windows': `curl ${url} \\\r\n -d '${json.replaceAll("'", `'\\''`)}'\r\n`,
	'bash, bytes': `curl ${url} -d $'${json.replace(/[\\']/g, '\\$&').replace('on', '\\x6f\\156')}'`,
	'bash, a prompt before each line': `$ curl ${url} \\\n> -H 'a: b' \\\n> -d '${json.replaceAll("'", `'\\''`)}'`,
	'bash, the prompt of root': `# curl ${url} -d '${json.replaceAll("'", `'\\''`)}'`,
	'bash, a prompt with a name': `me@host:~/x$ curl ${url} -d '${json.replaceAll("'", `'\\''`)}'`,
	'zsh, a prompt with a name': `me@host ~ % curl ${url} -d '${json.replaceAll("'", `'\\''`)}'`,
	'zsh, a prompt with an arrow': `➜  ~ curl ${url} -d '${json.replaceAll("'", `'\\''`)}'`,
	'bash, no-break spaces': `curl\u00a0${url}\u00a0-d '${json.replaceAll("'", `'\\''`)}'`,
	'bash, what looks like cmd': `curl ${url} -H 'a: %foo% ^"' -d '${json.replaceAll("'", `'\\''`)}'`,
	'bash, words after it': `curl ${url} -d '${json.replaceAll("'", `'\\''`)}'\n\nThat's all.`,
	'cmd, a prompt': `C:\\Users\\me> curl ${url} -d "${json.replace(/(\\*)"/g, '$1$1\\"').replace(/[>&]/g, '^$&')}"`,
	'cmd, one line': `curl.exe ${url} -d "${json.replace(/(\\*)"/g, '$1$1\\"').replace(/[>&]/g, '^$&')}"`,
	'PowerShell, doubled quotes in one line': `curl ${url} -d "${json.replaceAll('"', '""')}"`,
	'PowerShell, lines continued': `curl.exe ${url} \`\n  -H "x-note: \`"n\`"" \`\n  -d '${json.replaceAll("'", "''")}'`,
	'PowerShell, double quotes': `curl.exe ${url} -d "${json.replace(/[$`]/g, '`$&').replaceAll('"', '""')}"`,
	'PowerShell, quotes escaped for the program too': `curl.exe ${url} -d '${json.replaceAll("'", "''").replace(/(\\*)"/g, '$1$1\\"')}'`,
	'PowerShell, here-string': `$body = @'\n${json}\n'@\ncurl.exe ${url} \`\n  --data-raw $body`,
	'PowerShell, piped': `PS C:\\> $body = '${json.replaceAll("'", "''")}'\n$body | curl.exe ${url} -d '@-'`,
	'cmd, lines continued': `curl ${url} ^\n  -H "content-type: application/json" ^\n  -d "${json.replace(/(\\*)"/g, '$1$1\\"').replace(/[>&]/g, '^$&')}"`,
	'cmd, as Chrome copies it': `curl ^"${url}^" ^\n  -H ^"x-note: 1^" ^\n  --data-raw ^"${json.replace(/(\\*)"/g, '$1$1\\"').replace(/["\\&>{}<|^]/g, '^$&')}^"`,
};

describe('a curl command', () => {
	test.each(Object.entries(spellings))('is understood: %s', (_name, text) => {
		const { body: got, baseUrl, holes } = request(text);
		expect(got).toEqual(body);
		expect(baseUrl).toBe('https://api.anthropic.com');
		expect(holes).toEqual([]);
	});

	test("has the guide's holes as fields, and its variables where they are words", () => {
		const guide = `#!/bin/sh
IMAGE_MEDIA_TYPE="image/jpeg"
IMAGE_BASE64=$(curl "$IMAGE_URL" | base64)

curl https://api.anthropic.com/v1/messages \\
     --header "x-api-key: $ANTHROPIC_API_KEY" \\
     --header "anthropic-version: 2023-06-01" \\
     --data \\
'{"model": "'"$MODEL"'", "max_tokens": '$MAX_TOKENS', "messages": [{"role": "user", "content": [
  {"type": "image", "source": {"type": "base64", "media_type": "'$IMAGE_MEDIA_TYPE'", "data": "'$IMAGE_BASE64'"}},
  {"type": "text", "text": "Dear '"$NAME"', what is it?"}]}]}'`;
		const filled = { MODEL: '12', MAX_TOKENS: '12', IMAGE_BASE64: 'aGk=', NAME: '"Ann"\n' };
		const { holes, body: got, apiVersion, headers } = request(guide, filled);
		expect(holes).toEqual([
			{ name: 'MODEL', path: ['model'] },
			{ name: 'MAX_TOKENS', path: ['max_tokens'] },
			{ name: 'IMAGE_BASE64', path: ['messages', 0, 'content', 0, 'source', 'data'] },
			{ name: 'NAME', path: ['messages', 0, 'content', 1, 'text'] },
		]);
		expect(got).toMatchObject({ model: '12', max_tokens: 12 });
		expect(JSON.stringify(got)).toContain('"media_type":"image/jpeg","data":"aGk="');
		expect(JSON.stringify(got)).toContain('"Dear \\"Ann\\"\\n, what is it?"');
		expect(apiVersion).toBe('2023-06-01');
		expect(headers).toEqual([]);
	});

	test('has words of more than one byte as bytes', () => {
		expect(request(`curl ${url} -d $'{"model":"m","max_tokens":1,"x":"\\xc3\\xa9\\303\\251"}'`).body).toMatchObject({
			x: 'éé',
		});
	});

	test('that is broken after one that is not is quoted all the same', () => {
		expect(understood(`curl ${url} -d '${'{"model":"m","max_tokens":1}'}'\ncurl ${url} -d '{`)).toMatchObject({
			line: 2,
		});
	});

	test('has two requests when it is two commands', () => {
		const both = `curl ${url} -d '{"max_tokens":1,"model":"a"}' && curl ${url} -d '{"max_tokens":2,"model":"b"}'`;
		for (const text of [both, both.replace('&& curl', '--next')]) {
			const result = understood(text);
			expect(result.kind === 'requests' && result.requests).toHaveLength(2);
		}
	});

	test.each(['-d @body.json', '--data-binary "@body.json"', '-d @- < body.json'])(
		'has a file as a hole: %s',
		(data) => {
			const { holes, body: got } = request(`curl ${url} ${data}`, { 'body.json': json });
			expect(holes).toEqual([{ name: 'body.json', path: [] }]);
			expect(got).toEqual(body);
		},
	);

	test.each(['@{ model = "m" } | ConvertTo-Json', 'Get-Content body.json -Raw', "'{' + $rest", "('{}')"])(
		'has a hole for a variable of PowerShell that only running would tell: %s',
		(value) => {
			const { holes, body: got } = request(`$body = ${value}\ncurl.exe ${url} -d $body`, { body: json });
			expect(holes).toEqual([{ name: 'body', path: [] }]);
			expect(got).toEqual(body);
		},
	);

	test('keeps numbers as they are spelled, and keys in their order', () => {
		expect(request(`curl ${url} -d '{"model":"m","max_tokens":1.0,"x":[1E400,-0,12345678901234567890]}'`).text).toBe(
			'{\n  "model": "m",\n  "max_tokens": 1.0,\n  "x": [\n    1E400,\n    -0,\n    12345678901234567890\n  ]\n}',
		);
	});

	test('keeps headers of its own, not those that every client sends, and no credential', () => {
		const result = request(`curl http://localhost:8080/proxy/v1/messages?beta=true -H 'anthropic-beta: a,b' \\
			-H 'X-Lesson: 1' -H 'x-empty;' -H 'x-none:' -H "x-var: $V" -H 'Content-Type: application/json' -H 'accept: */*' \\
			-H 'Authorization: Bearer secret' -H 'x-api-key: secret' -H 'anthropic-version: 2026-10-21' -d '${JSON.stringify({ max_tokens: 1, model: 'm' })}'`);
		expect(result.headers).toEqual([
			['anthropic-beta', 'a,b'],
			['X-Lesson', '1'],
			['x-empty', ''],
		]);
		expect(result.apiVersion).toBe('2026-10-21');
		expect(result.baseUrl).toBe('http://localhost:8080/proxy');
		expect(result.notes).toEqual([
			'`?beta=true` was left out of the address.',
			'The header x-var takes its value from a variable, so it was left out.',
		]);
	});

	test.each([
		['a quote that is not closed', `curl ${url} \\\n  -d '{"model"`, 2, 6, 'This quote is not closed.'],
		['an option that curl has not', `curl ${url} --frobnicate -d '{}'`, 1, 44, 'curl has no option --frobnicate.'],
		['a letter that curl has not', `curl ${url} -sW -d '{}'`, 1, 44, 'curl has no option -W.'],
		['an option without its value', `curl ${url} -d`, 1, 44, 'The option -d is not followed by anything.'],
		['a form', `curl ${url} -F file=@x`, 1, 44, '-F sends a form'],
		['a here-document that does not end', `curl ${url} -d @- <<END\n{}\n`, 1, 52, 'no line END'],
		[
			'JSON that is not',
			`curl ${url} \\\n -d '{"model": "m",\n  max: 1}'`,
			3,
			3,
			'Expected a property name in double quotes.',
		],
		['JSON that is not, behind escapes', `curl ${url} -d "{\\"model\\": oops}"`, 1, 60, 'Unexpected "oops".'],
		['what stands between two parts', `curl ${url} \\\n -d '{"a":1}' \\\n -d '{"b":2}'`, 3, 6, 'after the'],
		['PowerShell that does not end', `curl.exe ${url} \`\n -d @'\n{}`, 2, 5, 'This here-string'],
		['cmd that does not end', `curl ${url} ^\n -d "{`, 2, 5, 'This quote is not closed.'],
		['a substitution that does not end', `curl ${url} -d "$(cat x"`, 1, 48, 'This parenthesis is not closed.'],
	])('is quoted where it stops: %s', (_name, text, line, column, reason) => {
		const result = understood(text);
		expect(result).toMatchObject({ kind: 'unknown', line, column });
		expect(result.kind === 'unknown' && result.reason).toContain(reason);
	});

	test('without a body, or to somewhere else, is no request', () => {
		expect(understood(`curl https://example.com/v1/models`)).toMatchObject({ kind: 'unknown', line: 1, column: 1 });
		expect(understood(`curl https://example.com/things -d '{"name":"x"}'`)).toMatchObject({ kind: 'unknown' });
	});
});
