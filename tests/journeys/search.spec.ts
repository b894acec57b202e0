import { expect, test } from './playground';

test('a conversation is found by the words of its messages, and shown again', async ({ page, playground }) => {
	await playground.visit();
	await playground.open('Multiple turns');
	await playground.turn('Turn 3: user').getByRole('textbox', { name: 'Text' }).fill('Où est le café d’à côté?');
	await playground.library.getByRole('button', { name: 'New conversation' }).click();
	await playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' }).fill('Something else');
	const saved = playground.library.getByRole('list', { name: 'Saved conversations' }).getByRole('listitem');
	await expect(saved).toHaveCount(2);

	const search = playground.library.getByRole('searchbox', { name: 'Search conversations' });
	await search.pressSequentially('CAFE cote');
	await expect(playground.library.getByText('1 conversation found')).toBeVisible();
	await expect(saved).toHaveCount(1);
	await expect(saved.locator('mark')).toHaveText(['café', 'côté']);
	await search.press('ArrowDown');
	await page.keyboard.press('Enter');
	await expect(playground.turn('Turn 3: user').getByRole('textbox', { name: 'Text' })).toHaveValue(/café/);

	await search.fill('formica');
	await expect(playground.library.getByText('No conversation has “formica”')).toBeVisible();
	await search.press('Escape');
	await expect(saved).toHaveCount(2);
});

test('opening what was found leads to the words, in the form and in the JSON', async ({ page, playground }) => {
	await playground.visit();
	await playground.open('Multiple turns');
	const field = playground.turn('Turn 3: user').getByRole('textbox', { name: 'Text' });
	await field.fill('Où est\n“le café”?\n' + 'And so on.\n'.repeat(200) + 'Il est là.');
	const system = playground.request.getByRole('textbox', { name: 'System' });
	await system.fill('Une tisane');
	const open = async (query: string) => {
		await playground.library.getByRole('list', { name: 'Examples' }).getByRole('button').first().click();
		await playground.library.getByRole('searchbox', { name: 'Search conversations' }).fill(query);
		await playground.library.locator('li:has(mark) button').first().click();
	};
	const selected = () => page.evaluate(() => getSelection()?.toString());

	await open('LA');
	await expect(field).toBeFocused();
	await expect.poll(selected).toBe('là');
	// The end of the field, which is higher than the page.
	expect(await field.evaluate((area) => innerHeight - area.getBoundingClientRect().bottom)).toBeGreaterThan(0);
	await open('tisane');
	await expect(system).toBeFocused();
	await expect(system).toBeInViewport();
	await expect.poll(selected).toBe('tisane');

	await playground.show('JSON');
	await open('CAFE');
	await expect(playground.request.getByRole('textbox', { name: 'Request JSON' })).toBeFocused();
	await expect.poll(selected).toBe('café');

	await playground.show('Code');
	await open('CAFE');
	await expect(playground.request.getByRole('tab', { name: 'Code' })).toHaveAttribute('aria-selected', 'true');
});

test('what another tab changes is found at once', async ({ page, context, playground }) => {
	await playground.visit();
	await playground.open('Hello, Claude');
	const text = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
	await text.fill('An ant');
	const other = await context.newPage();
	await other.goto(page.url());
	const library = other.getByRole('navigation', { name: 'Library' });
	await library.getByRole('searchbox', { name: 'Search conversations' }).fill('elephant');
	await expect(library.getByText('No conversation has “elephant”')).toBeVisible();
	await text.fill('An elephant');
	await expect(library.getByText('1 conversation found')).toBeVisible();
	await expect(library.getByRole('list', { name: 'Saved conversations' }).locator('mark')).toHaveText([
		'elephant',
		'elephant',
	]);
	await text.fill('An ant');
	await expect(library.getByText('No conversation has “elephant”')).toBeVisible();
});

test('the search is done beside the page, in a worker', { tag: '@chromium' }, async ({ page, playground }) => {
	await playground.visit();
	expect(page.workers()).toHaveLength(0);
	const starting = page.waitForEvent('worker');
	await playground.library.getByRole('searchbox', { name: 'Search conversations' }).focus();
	expect((await starting).url()).toContain('/search.worker');
});
