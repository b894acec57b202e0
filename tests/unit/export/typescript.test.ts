import { describe, expect, test } from 'vitest';
import { typescript } from '../../../src/export/typescript';
import { guide } from './documents';
import { shapes } from './shapes';
import { write } from './write';

const hello = { model: 'm', max_tokens: 8, messages: [{ role: 'user', content: 'Hi' }] };

describe('typescript', () => {
	test('calls the SDK with a typed literal', () => {
		expect(write(typescript, guide['Hello, Claude'])).toBe(`import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();

const message = await client.messages.create({
  model: 'claude-sonnet-4-5',
  max_tokens: 1024,
  messages: [{ role: 'user', content: 'Hello, Claude' }],
});
console.log(message);
`);
	});

	test('streams with the helper', () => {
		expect(write(typescript, { stream: true, ...hello })).toContain(`const stream = client.messages.stream({
  model: 'm',
  max_tokens: 8,
  messages: [{ role: 'user', content: 'Hi' }],
});
stream.on('text', (text) => process.stdout.write(text));
console.log(await stream.finalMessage());
`);
	});

	test('writes the sampling parameters plainly for the major that types them, and spreads them in for the other', () => {
		expect(typescript.install('2023-06-01')).toBe('npm install @anthropic-ai/sdk@0');
		expect(write(typescript, { ...hello, temperature: 0.5 }, { apiVersion: '2023-06-01' })).toContain(
			'  temperature: 0.5,\n',
		);
		expect(typescript.install('2026-10-21')).toBe('npm install @anthropic-ai/sdk@1');
		expect(write(typescript, { ...hello, temperature: 0.5, new: 1, stop_sequences: [] })).toContain(
			'  ...({ temperature: 0.5, new: 1 } as object),\n  stop_sequences: [],\n',
		);
	});

	test.each(shapes)('writes $name plainly', ({ text, headers }) => {
		expect(write(typescript, text, { headers })).not.toMatch(/ as (?:object|unknown)|Not all of this/);
	});

	test('writes plainly only what the major that is installed knows', () => {
		const headers = [['anthropic-beta', 'a-1']] as const;
		const request = { ...hello, thread: { type: 'create' } };
		expect(write(typescript, request, { headers })).toContain("\n  thread: { type: 'create' },\n");
		expect(write(typescript, request, { headers, apiVersion: '2023-06-01' })).toContain(
			"\n  ...({ thread: { type: 'create' } } as object),\n",
		);
		expect(write(typescript, request)).toContain("\n  ...({ thread: { type: 'create' } } as object),\n");
	});

	test('casts turns that are not in the types', () => {
		const messages = [{ role: 'user', content: [{ type: 'hologram' }] }];
		expect(write(typescript, { ...hello, messages })).toContain('] as unknown as Anthropic.MessageParam[],\n');
	});

	test('asks the beta methods where a beta is set', () => {
		const code = write(typescript, hello, { headers: [['Anthropic-Beta', 'a-1']] });
		expect(code).toContain('client.beta.messages.create({');
		expect(code).toContain("  betas: ['a-1'],\n");
	});

	test('posts what the method would refuse or change', () => {
		const code = write(typescript, { max_tokens: 1, stream: true }, { headers: [['anthropic-beta', 'a-1']] });
		expect(code).toContain("defaultHeaders: { 'anthropic-beta': 'a-1' }");
		expect(code).toContain('client.post<AsyncIterable<Anthropic.RawMessageStreamEvent>>');
	});
});
