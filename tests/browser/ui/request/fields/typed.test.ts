import { screen } from '@testing-library/svelte';
import fc from 'fast-check';
import { tick } from 'svelte';
import { describe, expect, test } from 'vitest';
import { withTyped } from '../../../../../src/ui/request/fields/typed';
import { formOf } from '../form-of';

/** Put a character into a text area as a person would, with all that stands in it read back by the browser. */
function typeInto(area: HTMLTextAreaElement, at: number): void {
	area.setRangeText('!', at, at, 'end');
	area.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Pieces that a text area shows as one character each, and a place between them. */
const spelled = (...pieces: string[]) =>
	fc
		.array(fc.constantFrom(...pieces), { maxLength: 12 })
		.chain((all) => fc.record({ all: fc.constant(all), at: fc.nat({ max: all.length }) }))
		.map(({ all, at }) => ({ before: all.slice(0, at).join(''), after: all.slice(at).join(''), at }));

describe('what is typed into a field', () => {
	test('leaves the line breaks and the escapes of a text as they are spelled', async () => {
		const document = formOf('{}');
		await fc.assert(
			fc.asyncProperty(spelled('a', '\\r\\n', '\\n', '\\u00e9', '\\u000d\\u000a', 'é'), async (text) => {
				const request = (content: string) => `{"messages": [{"role": "user", "content": "${content}"}]}`;
				document.load(request(text.before + text.after));
				await tick();
				typeInto(screen.getByRole('textbox', { name: 'Text' }), text.at);
				expect(document.text).toBe(request(`${text.before}!${text.after}`));
			}),
		);
	});

	test('leaves the line breaks of JSON as they are', async () => {
		const document = formOf('{"note": ""}');
		const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'note' });
		await fc.assert(
			fc.asyncProperty(spelled('\r\n', '\n', '\t', ' '), async (space) => {
				const request = (text: string) => `{"note": [${space.before}"${text}"${space.after}]}`;
				document.load(request(''));
				await tick();
				typeInto(field, '['.length + space.at + '"'.length);
				expect(document.text).toBe(request('!'));
			}),
		);
	});

	test('breaks lines as the text does', () => {
		expect(withTyped('a\r\nb', 'a\nb\nc')).toBe('a\r\nb\r\nc');
		expect(withTyped('a\nb', 'a\nb\nc')).toBe('a\nb\nc');
	});

	test('is never one break where two were typed', () => {
		expect(withTyped('a\rb', 'a\n\nb')).toBe('a\n\nb');
		expect(withTyped('\ra\n', '\n\n')).toBe('\n\n');
	});
});
