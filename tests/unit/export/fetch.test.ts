import { expect, test } from 'vitest';
import { fetchTarget } from '../../../src/export/fetch';
import { guide } from './documents';
import { write } from './write';

test('fetch needs nothing but the platform', () => {
	expect(write(fetchTarget, guide['Hello, Claude']))
		.toBe(`const response = await fetch('https://api.anthropic.com/v1/messages', {
  method: 'POST',
  headers: {
    'x-api-key': process.env.ANTHROPIC_API_KEY,
    'anthropic-version': '2026-10-21',
    'content-type': 'application/json',
  },
  body: JSON.stringify({
    model: 'claude-sonnet-4-5',
    max_tokens: 1024,
    messages: [{ role: 'user', content: 'Hello, Claude' }],
  }),
});
console.log(await response.json());
`);
});
