import { render } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import Header from '../../../../src/ui/shell/Header.svelte';

test('an address that will not do keeps the name of its field, and describes it', async () => {
	const props = {
		target: { kind: 'custom', baseUrl: 'nowhere' } as const,
		apiVersion: '2023-06-01' as const,
		origins: [],
		libraryOpen: true,
		folded: 'none' as const,
		key: createRawSnippet(() => ({ render: () => '<span></span>' })),
		ontarget: () => {},
		onversion: () => {},
		onlibrary: () => {},
		onfold: () => {},
	};
	render(Header, { props });
	const field = page.getByRole('textbox', { name: 'Base URL', exact: true });
	await expect.element(field).toBeInvalid();
	await expect.element(field).toHaveAccessibleName('Base URL');
	await expect.element(field).toHaveAccessibleDescription(/^This is not an address/);
});
