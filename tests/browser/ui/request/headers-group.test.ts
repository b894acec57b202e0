import { render } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Header } from '../../../../src/model/run';
import type { Target } from '../../../../src/model/target';
import HeadersGroup from '../../../../src/ui/request/HeadersGroup.svelte';

const custom: Target = { kind: 'custom', baseUrl: 'http://localhost:8080' };

/** Show the headers of a request that is sent to `target`, opened. */
function show(target: Target, headers: readonly Header[], key: string | null = null) {
	const { container } = render(HeadersGroup, {
		props: { headers, target, key, apiVersion: '2023-06-01', onheaders: () => {} },
	});
	container.querySelector('details')!.open = true; // the component is a `details`
	return page.getByRole('group', { name: 'Headers' });
}

describe('HeadersGroup', () => {
	test('shows no key where none is sent', async () => {
		const group = show(custom, []);
		await expect.element(page.getByText('3 are sent')).toBeVisible();
		await expect.element(group).not.toHaveTextContent('x-api-key');
	});

	test.each([
		['anthropic', 'x-api-keyno key yet'],
		['simulated', 'x-api-keya stand-in'],
	] as const)('says what goes to the %s API in the place of a key', async (kind, row) => {
		const group = show({ kind }, []);
		await expect.element(page.getByText('4 are sent')).toBeVisible();
		await expect.element(group).toHaveTextContent(row);
	});

	test('lists a header once that the user has set', async () => {
		const group = show(custom, [['Anthropic-Version', '2099-01-01']], 'sk-ant-…1a2b');
		await expect.element(page.getByText('4 are sent')).toBeVisible();
		await expect.element(group).not.toHaveTextContent('anthropic-version');
	});

	test('does not count a row that is still being filled in', async () => {
		show(custom, [['anthropic-beta', '']], 'sk-ant-…1a2b');
		await expect.element(page.getByText('4 are sent')).toBeVisible();
		await expect.element(page.getByRole('textbox', { name: 'Header 1 value' })).toBeVisible();
	});
});
