import { expect, test } from './playground';

test.use({ viewport: { width: 360, height: 740 } });

test('on a small screen one pane is shown at a time, and everything is within reach', async ({ page, playground }) => {
	await playground.visit();
	const panes = page.getByRole('group', { name: 'Pane' });
	await expect(playground.request).toBeVisible();
	await expect(playground.response).toBeHidden();
	await playground.request.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(playground.response).toBeVisible();
	await expect(playground.request).toBeHidden();
	await panes.getByRole('button', { name: 'Library' }).click();
	await playground.open('Multiple turns');
	await expect(playground.turn('Turn 3: user')).toBeVisible();
	for (const name of ['API', 'API version'])
		await expect(page.getByRole('combobox', { name, exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: 'API key' })).toBeVisible();
	// Nothing sticks out to the side: the page cannot be scrolled across.
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
