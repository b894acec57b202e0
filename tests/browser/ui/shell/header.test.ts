import { render } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import Header from '../../../../src/ui/shell/Header.svelte';

function show(baseUrl: string, readKey: () => string | null = () => null) {
	const ontarget = vi.fn();
	const props = {
		target: { kind: 'custom', baseUrl } as const,
		apiVersion: '2023-06-01' as const,
		origins: [],
		readKey,
		libraryOpen: true,
		folded: 'none' as const,
		key: createRawSnippet(() => ({ render: () => '<span></span>' })),
		ontarget,
		onversion: () => {},
		onlibrary: () => {},
		onfold: () => {},
	};
	render(Header, { props });
	return { field: page.getByRole('textbox', { name: 'Base URL', exact: true }), ontarget };
}

test('an address that will not do keeps the name of its field, and describes it', async () => {
	const { field } = show('nowhere');
	await expect.element(field).toBeInvalid();
	await expect.element(field).toHaveAccessibleName('Base URL');
	await expect.element(field).toHaveAccessibleDescription(/^This is not an address/);
});

test('an address with a key in it is not taken over, as it would be saved and shown', async () => {
	const { field, ontarget } = show('nowhere', () => 'of-some-proxy-Zq9w');
	// What is known of addresses is there.
	await expect.element(field).toBeInvalid();
	await field.fill('http://localhost/of-some-proxy-Zq9w');
	await expect.element(field).toHaveAccessibleDescription(/^There is a key in this address/);
	expect(ontarget).not.toHaveBeenCalled();
	await field.fill('http://localhost/of-some-proxy');
	expect(ontarget).toHaveBeenCalledExactlyOnceWith({ kind: 'custom', baseUrl: 'http://localhost/of-some-proxy' });
});
