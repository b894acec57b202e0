import { describe, expect, test } from 'vitest';
import { python } from '../../../src/export/python';
import { guide } from './documents';
import { shapes } from './shapes';
import { write } from './write';

const hello = { model: 'm', max_tokens: 8, messages: [{ role: 'user', content: 'Hi' }] };

describe('python', () => {
	test('calls the SDK with keyword arguments', () => {
		expect(write(python, guide['Hello, Claude'])).toBe(`import anthropic

client = anthropic.Anthropic()

message = client.messages.create(
    model="claude-sonnet-4-5",
    max_tokens=1024,
    messages=[{"role": "user", "content": "Hello, Claude"}],
)
print(message)
`);
	});

	test('streams with the helper and passes what it has no argument for beside them', () => {
		expect(write(python, { ...hello, stream: true, temperature: 0.5, new: null }))
			.toContain(`with client.messages.stream(
    model="m",
    max_tokens=8,
    messages=[{"role": "user", "content": "Hi"}],
    extra_body={"temperature": 0.5, "new": None},
) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
`);
	});

	test.each(shapes)('passes $name as arguments', ({ text, headers }) => {
		expect(write(python, text, { headers })).not.toContain('extra_body');
	});

	test('passes by its name what the method knows, whatever it holds, and beside it what only the other face knows', () => {
		const request = { ...hello, system: null, tools: [{ type: 'new_tool' }], thread: {}, output_format: null };
		expect(write(python, request)).toContain(`    system=None,
    tools=[{"type": "new_tool"}],
    extra_body={"thread": {}, "output_format": None},
)`);
		expect(write(python, request, { headers: [['anthropic-beta', 'a-1']] })).toContain(`    thread={},
    betas=["a-1"],
    extra_body={"output_format": None},
)`);
	});

	test('names the major that speaks the API version', () => {
		expect(python.install('2023-06-01')).toBe('pip install "anthropic>=1,<2"');
		expect(python.install('2026-10-21')).toBe('pip install "anthropic>=2"');
	});

	test('asks the beta methods where a beta is set, of the server that is set, for as long as it takes', () => {
		const headers = [
			['anthropic-beta', 'a-1,b-2'],
			['x-note', 'n'],
		] as const;
		const code = write(python, { ...hello, max_tokens: 64_000 }, { headers, baseUrl: 'http://localhost:8080' });
		expect(code).toContain(`client = anthropic.Anthropic(
    base_url="http://localhost:8080",
    timeout=60 * 60,
    default_headers={"x-note": "n"},
)`);
		expect(code).toContain('client.beta.messages.create(');
		expect(code).toContain('    betas=["a-1", "b-2"],\n');
	});

	test('writes a long text as it reads, and a short one on its line', () => {
		const poem = `${'Roses are red, and so on.\n'.repeat(3)}"End"`;
		expect(write(python, { ...hello, system: poem })).toContain(`system="""${poem.slice(0, -1)}\\"""",\n`);
		expect(write(python, { ...hello, system: 'a\nb' })).toContain('system="a\\nb",\n');
	});

	test('keeps the sign of a negative zero, which a whole number of Python has not', () => {
		expect(write(python, `{"x":-0,${JSON.stringify(hello).slice(1)}`)).toContain('extra_body={"x": -0.0},');
	});
});
