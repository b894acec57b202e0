import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { curl } from '../../../src/export/curl';
import { guide } from './documents';
import { write } from './write';

const hello = guide['Hello, Claude'];

/** What a shell makes of the command: its arguments, and what is on its standard input. */
function parsed(script: string) {
	const shown = `curl() { printf '%s\\0' "$@"; case "$*" in *@-*) cat ;; esac; }; ANTHROPIC_API_KEY=the-key\n${script}`;
	const parts = spawnSync('bash', ['-c', shown], { encoding: 'utf8' }).stdout.split('\0');
	return { words: parts.slice(0, -1), input: parts.at(-1) };
}

describe('curl', () => {
	test('is the command of the guide', () => {
		expect(write(curl, hello, { apiVersion: '2023-06-01' })).toBe(`#!/bin/sh
curl https://api.anthropic.com/v1/messages \\
     --header "x-api-key: $ANTHROPIC_API_KEY" \\
     --header "anthropic-version: 2023-06-01" \\
     --header "content-type: application/json" \\
     --data \\
'${hello}'
`);
	});

	test('sends the document to the byte, but for a line break at its end, when it is a here-document', () => {
		const text = `{ "system" :\t"it's \\u0041 \\\\ $HOME",\r\n "max_tokens": 1.0 }`;
		expect(parsed(write(curl, text)).input).toBe(`${text}\n`);
		expect(parsed(write(curl, `${text}\n`)).input).toBe(`${text}\n`);
	});

	test('shows a stream as it comes', () => {
		expect(write(curl, { stream: true })).toContain('     --no-buffer \\\n');
		expect(write(curl, { stream: false })).not.toContain('--no-buffer');
	});

	test('joins betas and quotes what a shell would read', () => {
		const headers = [
			['anthropic-beta', 'a-1, b-2,'],
			['X-Note', '$(id) \'x\' "y"'],
			['anthropic-Beta', 'c-3'],
			['x-empty', ''],
		] as const;
		const { words } = parsed(write(curl, '{}', { headers, baseUrl: 'http://localhost:1/it&me' }));
		expect(words[0]).toBe('http://localhost:1/it&me/v1/messages');
		expect(words).toContain('anthropic-beta: a-1,b-2,c-3');
		expect(words).toContain('X-Note: $(id) \'x\' "y"');
		expect(words).toContain('x-empty;');
	});
});
