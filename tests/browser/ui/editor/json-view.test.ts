import { render } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import JsonView from '../../../../src/ui/editor/JsonView.svelte';

const lines = () => Array.from(document.querySelectorAll('.cm-line'), (line) => line.textContent);

describe('JsonView', () => {
	test('shows text that can be read and searched but not changed', async () => {
		render(JsonView, { text: '{"a": "bee"}', label: 'Response JSON' });
		const region = page.getByRole('region', { name: 'Response JSON' });
		await region.getByRole('textbox').click();
		await userEvent.keyboard('x');
		expect(lines()).toEqual(['{"a": "bee"}']);
		await userEvent.keyboard('{Control>}f{/Control}');
		await expect.element(region.getByRole('textbox', { name: 'Find' })).toHaveFocus();
		await userEvent.keyboard('bee{Enter}');
		expect(document.querySelector('.cm-searchMatch-selected')?.textContent).toBe('bee');
	});

	test('follows its text', async () => {
		const { rerender } = render(JsonView, { text: '{"a": 1}', label: 'Response JSON' });
		await rerender({ text: '{\r\n"a": 1, "b": 2}' });
		expect(lines()).toEqual(['{', '"a": 1, "b": 2}']);
	});

	test('abridges long base64', () => {
		render(JsonView, { text: `{"data": "${'A'.repeat(2000)}"}`, label: 'Request as sent' });
		expect(lines()).toEqual(['{"data": "AAAAAAAAAAAA… 2,000 characters"}']);
	});
});
