import { render } from '@testing-library/svelte';
import { createRawSnippet, mount, unmount, type Component } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import Late from '../../../../src/ui/parts/Late.svelte';
import Link from '../../../../src/ui/response/Link.svelte';

const children = createRawSnippet(() => ({ render: () => '<span>There</span>' }));
const link = { href: 'https://example.com/', children };

/** A part that comes, or fails to, when the test says so. */
function held() {
	const { promise, resolve, reject } = Promise.withResolvers<{ default: Component<typeof link> }>();
	return { part: vi.fn(() => promise), come: () => resolve({ default: Link }), fail: reject };
}

describe('Late', () => {
	test('shows the part with what was given for it, once it has come', async () => {
		const { part, come } = held();
		render(Late<typeof link>, { part, waiting: 'Loading…', ...link });
		await expect.element(page.getByText('Loading…')).toBeVisible();
		come();
		await expect.element(page.getByRole('link', { name: 'There' })).toHaveAttribute('href', link.href);
		expect(page.getByText('Loading…').elements()).toEqual([]);
	});

	test('hands on what is given later, without loading the part again', async () => {
		const { part, come } = held();
		const given = new SvelteMap([['href', link.href]]);
		const late = mount(Late<typeof link>, {
			target: document.body,
			props: {
				part,
				children,
				get href() {
					return given.get('href')!; // set from the beginning
				},
			},
		});
		come();
		const shown = page.getByRole('link', { name: 'There' });
		await expect.element(shown).toBeVisible();
		const element = shown.element();
		given.set('href', 'https://example.com/other');
		await expect.element(shown).toHaveAttribute('href', 'https://example.com/other');
		expect(shown.element()).toBe(element);
		expect(part).toHaveBeenCalledOnce();
		await unmount(late);
	});

	test('says that the part could not be loaded, and what to do', async () => {
		const { part, fail } = held();
		render(Late<typeof link>, { part, waiting: 'Loading…', ...link });
		fail(new TypeError('Failed to fetch dynamically imported module'));
		await expect
			.element(page.getByRole('alert'))
			.toHaveTextContent('This part of the page could not be loaded. Check the connection, then load the page again.');
		expect(page.getByText('Loading…').elements()).toEqual([]);
	});
});
