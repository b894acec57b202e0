import { describe, expect, test } from 'vitest';
import { request, understood } from './understand';

const url = 'https://api.anthropic.com/v1/messages';
const body = {
	model: 'claude-sonnet-4-5',
	max_tokens: 8,
	stream: false,
	stop_sequences: ['a', 'b'],
	metadata: null,
	temperature: 0.5,
	messages: [{ role: 'user', content: [{ type: 'text', text: 'It\'s 5 > 3 & "so" $on' }] }],
};
const json = JSON.stringify(body);
const single = `'${json.replaceAll("'", "''")}'`;
const table = `@{
	model = "claude-sonnet-4-5" # the model
	max_tokens = 8; 'stream' = $false
	"stop_sequences" = @('a', "b")
	metadata = $null
	temperature = 0.5
	messages = @(
		@{
			role = 'user'
			content = @(@{ type = 'text'; text = 'It''s 5 > 3 & "so" $on' })
		}
	)
}`;

/** The same request in every spelling of a command. */
const spellings: Readonly<Record<string, string>> = {
	'one line': `Invoke-RestMethod -Uri ${url} -Method Post -Body ${single}`,
	'Invoke-WebRequest, in another case': `invoke-webrequest -uri "${url}" -method POST -body ${single}`,
	'an alias': `irm ${url} -Method Post -Body ${single}`,
	'another alias, names cut short': `iwr -Ur ${url} -Met Post -Bo ${single} -UseB`,
	'curl, which stands for it': `curl -Uri "${url}" -Method Post -Body ${single}`,
	'wget, which stands for it': `wget '${url}' -Method Post -Body ${single}`,
	'values behind colons': `irm -Uri:${url} -Method:Post -Body:${single}`,
	'lines continued': `Invoke-RestMethod \`\n  -Uri "${url}" \`\n  -Method Post \`\n  -ContentType 'application/json' \`\n  -Body ${single}`,
	'lines of Windows': `Invoke-RestMethod -Uri "${url}" \`\r\n  -Method Post \`\r\n  -Body ${single}\r\n`,
	'double quotes': `irm "${url}" -Method Post -Body "${json.replace(/["`$]/g, '`$&')}"`,
	'a here-string': `$body = @'\n${JSON.stringify(body, null, 2)}\n'@\nirm ${url} -Method Post -Body $body`,
	'a here-string with variables': `$model = 'claude-sonnet-4-5'\n$body = @"\n${json.replace('"claude-sonnet-4-5"', '"$model"').replace('$on', '`$on')}\n"@\nirm ${url} -Method Post -Body $body`,
	'a hashtable to JSON': `$body = ${table} | ConvertTo-Json -Depth 10\nInvoke-RestMethod -Uri ${url} -Method Post -Body $body`,
	'a hashtable to JSON later': `$request = [ordered]${table}\n$json = $request | ConvertTo-Json -Depth 10 -Compress\nirm ${url} -Method Post -Body $json`,
	'a hashtable to JSON where it is given': `irm ${url} -Method Post -Body (${table} | ConvertTo-Json -Depth 10)`,
	'a hashtable as an argument': `$r = [pscustomobject]${table}\nirm ${url} -Method Post -Body (ConvertTo-Json $r -Depth 10)`,
	'a hashtable by its name': `$r = ${table}\nirm ${url} -Method Post -Body (ConvertTo-Json -Depth 10 -InputObject $r)`,
	'as bytes': `irm ${url} -Method Post -Body ([System.Text.Encoding]::UTF8.GetBytes(${single}))`,
	piped: `${single} | irm ${url} -Method Post`,
	'piped from a variable through JSON': `$r = ${table}\n$r | ConvertTo-Json -Depth 9 | irm ${url} -Method Post`,
	splatted: `$params = @{\n  Uri = '${url}'\n  Method = 'Post'\n  ContentType = 'application/json'\n  Body = (${table} | ConvertTo-Json -Depth 10)\n}\n$r = Invoke-RestMethod @params\n$r.content[0].text`,
	'splatted, and more beside it': `$p = @{ Method = 'Post'; UseBasicParsing = $true }\nirm @p -Uri ${url} -Body ${single}`,
	'the answer taken apart': `(Invoke-RestMethod -Uri ${url} -Method Post -Body ${single}).content[0].text`,
	'the answer piped on': `$answer = irm ${url} -Method Post -Body ${single} | ConvertTo-Json -Depth 5\nWrite-Host $answer`,
	'after a prompt': `PS C:\\Users\\me> irm ${url} -Method Post -Body ${single}`,
	'in blocks': `try {\n  foreach ($i in 1..3) { $r = irm ${url} -Method Post -Body ${single} }\n} catch { Write-Host "It's broken: $_" }`,
	'in words of a page': `Here's how to do it:\n\nirm ${url} -Method Post -Body ${single}\n\nThat's all.`,
	'in a fence': `Here's how:\n\n\`\`\`powershell\nirm ${url} -Method Post -Body ${single}\n\`\`\`\nThat's all.`,
	'behind a parenthesis that is never closed': `(See below\nirm ${url} -Method Post -Body ${single} -ea Stop`,
	'a member of a hashtable': `$p = @{ body = ${single} }\nirm ${url} -Method Post -Body $p.body`,
	'splatted, filled step by step': `$p = @{}\n$p.Add('Body', ${single})\n$p.Method = 'Post'\nirm ${url} @p`,
	'behind comments': `<# It's an\n example #>\n# it's one\nirm ${url} -Method Post -Body ${single} # that's all`,
	'filled step by step': `$m = @()\n$m += @{ role = 'user'; content = @(@{ type = 'text'; text = 'It''s 5 > 3 & ' + '"so" $on' }) }
$b = @{ model = "claude-sonnet-4-5"; max_tokens = [int]"8"; stream = $false }
$b.stop_sequences = 'a', 'b'
$b["metadata"] = $null
$b.Add('temperature', 0.5)
$b.messages = $m
irm ${url} -Method Post -Body ($b | ConvertTo-Json -Depth 10)`,
	'lists that are made to be filled': `$list = New-Object System.Collections.ArrayList
[void]$list.Add(@{ role = 'user'; content = @(@{ type = 'text'; text = 'It''s 5 > 3 & "so" $on' }) })
$b = @{ model = "claude-sonnet-4-5"; max_tokens = 8; stream = $false; stop_sequences = @(\n'a'\n'b'\n); metadata = $null; temperature = 0.5; messages = $list }
irm ${url} -Method Post -Body ($b | ConvertTo-Json -Depth 10)`,
};

describe('a command of PowerShell', () => {
	test.each(Object.entries(spellings))('is understood: %s', (_name, text) => {
		const { body: got, baseUrl, holes, notes, what } = request(text);
		expect(got).toEqual(body);
		expect({ baseUrl, holes, notes, what }).toEqual({
			baseUrl: 'https://api.anthropic.com',
			holes: [],
			notes: [],
			what: 'A PowerShell command',
		});
	});

	const ask = `{"model":"m","max_tokens":1}`;
	test.each([
		[
			'where they are given',
			`irm ${url} -Method Post -Headers @{ "x-api-key" = $env:KEY; 'anthropic-version'='2023-06-01'; "x-note" = 1 } -Body '${ask}'`,
		],
		[
			'from a variable',
			`$headers = @{\n\t"x-api-key" = "$env:KEY"\n\t"anthropic-version" = "2023-06-01"\n\t"content-type" = "application/json"\n\t"x-note" = "1"\n}\nirm ${url} -Method Post -Headers $headers -Body '${ask}'`,
		],
		[
			'added one by one',
			`$headers = New-Object "System.Collections.Generic.Dictionary[[String],[String]]"\n$headers.Add("x-api-key", "$KEY")\n$headers.Add("anthropic-version", "2023-06-01")\n$headers["x-note"] = "1"\nirm '${url}' -Method 'POST' -Headers $headers -Body '${ask}'`,
		],
		[
			'splatted',
			`$p = @{ Uri = '${url}'; Method = 'Post'; Headers = @{ 'anthropic-version' = '2023-06-01'; 'x-note' = '1' }; Body = '${ask}' }\nirm @p`,
		],
	])('has headers: %s', (_name, text) => {
		const { apiVersion, headers, key } = request(text);
		expect({ apiVersion, headers, key }).toEqual({ apiVersion: '2023-06-01', headers: [['x-note', '1']], key: null });
	});

	test('is understood as Chrome copies it', () => {
		const copied = `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0"
Invoke-WebRequest -UseBasicParsing -Uri "${url}" \`
-Method "POST" \`
-WebSession $session \`
-Headers @{
"authority"="api.anthropic.com"
  "method"="POST"
  "path"="/v1/messages"
  "scheme"="https"
  "x-note"="1"
} \`
-ContentType "application/json" \`
-Body "${json.replace(/["$`]/g, '`$&')}"`;
		expect(request(copied)).toMatchObject({ body, headers: [['x-note', '1']], notes: [] });
	});

	test('has variables as holes, in the body and in its texts', () => {
		const text = `$b = @{ model = $Model; max_tokens = $env:MAX; messages = @(@{ role = 'user'; content = "Dear $name, $(Get-Date) \${it}!" }, @{ role = 'user'; content = Get-Content -Raw ask.txt }) } | ConvertTo-Json -Depth 5
irm ${url} -Method Post -Body $b`;
		expect(request(text).holes).toEqual([
			{ name: 'Model', path: ['model'] },
			{ name: 'MAX', path: ['max_tokens'] },
			{ name: 'name', path: ['messages', 0, 'content'] },
			{ name: 'Get-Date', path: ['messages', 0, 'content'] },
			{ name: 'it', path: ['messages', 0, 'content'] },
			{ name: 'Get-Content -Raw ask.txt', path: ['messages', 1, 'content'] },
		]);
		expect(request(text, { MAX: '12', name: '"Ann"' }).body).toMatchObject({ max_tokens: 12 });
	});

	test.each([
		['$body', 'body'],
		['(Get-Content body.json -Raw)', 'Get-Content body.json -Raw'],
		['$request.body', '$request.body'],
	])('has a body that is not there as a hole: %s', (given, name) => {
		const { holes, body: got } = request(`irm ${url} -Method Post -Body ${given}`, { [name]: json });
		expect(holes).toEqual([{ name, path: [] }]);
		expect(got).toEqual(body);
	});

	test('has a file as a hole', () => {
		expect(request(`irm ${url} -Method Post -InFile .\\body.json`, { '.\\body.json': json }).body).toEqual(body);
	});

	test('never keeps a key, and says that there is one', () => {
		const secret = 'sk-ant-api03-canary0canary1canary2canary3-Zq9w';
		const text = `$key = '${secret}'\n$env:ANTHROPIC_API_KEY = "${secret}"\nirm ${url} -Method Post -Headers @{ 'x-api-key' = $key; Authorization = "Bearer ${secret}" } -Body '${ask}'`;
		const result = understood(text);
		expect(result.kind === 'requests' && result.keys).toEqual([secret]);
		expect(result.kind === 'requests' && JSON.stringify(result.requests)).not.toContain('canary');
	});

	test('keeps numbers as they are spelled', () => {
		const text = `irm ${url} -Method Post -Body (@{ model = 'm'; max_tokens = 1.0; x = @(1e3, -5, 0x10, 12345678901234567890, 7L) } | ConvertTo-Json)`;
		expect(request(text).text.replace(/\s+/g, '')).toBe(
			'{"model":"m","max_tokens":1.0,"x":[1e3,-5,16,12345678901234567890,7]}',
		);
	});

	test('has lists of one and casts as they are written', () => {
		const text = `irm ${url} -Method Post -Body (@{ model = [string]5; max_tokens = 1; x = ,'a' } | ConvertTo-Json)`;
		expect(request(text).body).toEqual({ model: '5', max_tokens: 1, x: ['a'] });
	});

	test.each([
		[
			'a hashtable that is sent as a form',
			`irm ${url} -Method Post -Body @{ model = 'm'; max_tokens = 1 }`,
			'as a form',
		],
		['another method', `irm ${url} -Method Put -Body '${ask}'`, 'The method Put became POST'],
		['no method', `irm ${url} -Body '${ask}'`, 'The method GET became POST'],
		['levels that are cut off', `irm ${url} -Method Post -Body (${table} | ConvertTo-Json)`, 'would write 2 levels'],
		[
			'headers that are not known',
			`irm ${url} -Method Post -Headers $h -Body '${ask}'`,
			'What `<h>` holds is not known',
		],
		['splatting that is not known', `irm @p -Uri ${url} -Method Post -Body '${ask}'`, 'What `@p` adds is not known'],
	])('says what was guessed: %s', (_name, text, note) => {
		expect(request(text).notes.join()).toContain(note);
	});

	test.each([
		['a quote that is not closed', `irm ${url} \`\n  -Body '{"model"`, 2, 9, 'This quote is not closed.'],
		['a here-string without an end', `irm ${url} \`\n -Body @'\n{}`, 2, 8, 'This here-string'],
		['a hashtable without an end', `irm ${url} -Body (@{ model = 'm'\n`, 1, 50, 'This @{ is not closed.'],
		['a list without an end', `irm ${url} -Body @(1,`, 1, 49, 'This @( is not closed.'],
		['a parenthesis without an end', `irm ${url} -Body ($x`, 1, 49, 'This parenthesis is not closed.'],
		['a member without a value', `irm ${url} -Body @{ model 'm' }`, 1, 58, 'Expected = after'],
		[
			'a variable that is broken',
			`$b = @{\n  model 'm'\n} | ConvertTo-Json\nirm ${url} -Body $b`,
			2,
			9,
			'Expected = after',
		],
		['a parameter that there is not', `irm ${url} -Frobnicate 1`, 1, 43, 'irm has no parameter -Frobnicate.'],
		['a parameter cut too short', `irm ${url} -H @{}`, 1, 43, '-H may stand for more than one'],
		['a parameter without its value', `irm ${url} -Body`, 1, 43, 'The parameter -Body is not followed by anything.'],
		['a value too many', `irm ${url} POST -Body '{}'`, 1, 43, 'This belongs to no parameter.'],
		['a form', `irm ${url} -Form @{ a = 1 }`, 1, 43, '-Form sends a form'],
		[
			'JSON that is not',
			`irm ${url} -Body '{"model": "m",\n  max: 1}'`,
			2,
			3,
			'Expected a property name in double quotes.',
		],
	])('is quoted where it stops: %s', (_name, text, line, column, reason) => {
		const result = understood(text);
		expect(result).toMatchObject({ kind: 'unknown', line, column });
		expect(result.kind === 'unknown' && result.reason).toContain(reason);
	});

	test('without a body, or to somewhere else, is no request', () => {
		expect(understood(`irm https://api.anthropic.com/v1/models -Headers @{}`)).toMatchObject({ kind: 'unknown' });
		expect(understood(`irm ${url} -Method Post -Body $null`)).toMatchObject({ kind: 'unknown' });
		expect(understood(`irm https://example.com/things -Method Post -Body '{"name":"x"}'`)).toMatchObject({
			kind: 'unknown',
		});
	});

	test('has two requests when it is two commands', () => {
		const two = understood(`irm ${url} -Method Post -Body '${ask}'; irm ${url} -Method Post -Body '${ask}'`);
		expect(two.kind === 'requests' && two.requests).toHaveLength(2);
	});

	test('is converted when it is for OpenAI', () => {
		const chat = `irm https://api.openai.com/v1/chat/completions -Method Post -Body '{"model":"gpt-4o","messages":[{"role":"system","content":"Hi"},{"role":"user","content":"Yo"}]}'`;
		expect(request(chat).what).toBe('A PowerShell command to OpenAI');
	});

	test('is read in a moment, even where variables would grow without end', () => {
		const doubling = Array.from({ length: 60 }, (_, index) => `$a${index + 1} = @($a${index}, $a${index})`).join('\n');
		const words = Array.from({ length: 60 }, (_, index) => `$b${index + 1} = "$b${index}$b${index}"`).join('\n');
		const text = `$a0 = @{ x = 1 }\n${doubling}\n$b0 = 'xx'\n${words}\nirm ${url} -Body (@{ model = $b60; max_tokens = 1; x = $a60 } | ConvertTo-Json)`;
		expect(understood(text).kind).toBe('requests');
	});

	test.each(['"', "'\\", '$(', '`\\', '@{a=', '@(', '$a,', '<#', '[a[', '(\n', '\'\n@"\n'])(
		'is done with in a moment where it is made to hold it up: %j',
		(part) => {
			for (const around of [`irm ${url} -Body `, `irm -Body $a -Uri ${url}\n$b = `])
				expect(understood(around + part.repeat(5000)).kind).toMatch(/unknown|requests/);
		},
	);
});
