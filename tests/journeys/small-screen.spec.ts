import type { Page } from '@playwright/test';
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

test('on a small screen the focus goes with what is shown, and is never out of sight', async ({ page, playground }) => {
	await playground.visit();
	const library = page.getByRole('group', { name: 'Pane' }).getByRole('button', { name: 'Library' });
	const form = playground.request.getByRole('tab', { name: 'Form' });
	await library.click();
	await playground.library.getByRole('button', { name: 'New conversation' }).press('Enter');
	await expect(form).toBeFocused();
	await library.click();
	await playground.library.getByRole('button', { name: 'Multiple turns', exact: true }).press('Enter');
	await expect(form).toBeFocused();
	await playground.turn('Turn 3: user').getByRole('textbox', { name: 'Text' }).press('ControlOrMeta+Enter');
	await expect(playground.response.getByRole('tab', { name: 'Read' })).toBeFocused();
});

/** The controls that stick out to the side of the part of the page they stand in, by their names. */
function stickingOut(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const sticksOut = (control: Element) => {
			const { left, right } = control.getBoundingClientRect();
			const around = control.closest('header, nav, section') ?? document.body;
			return left < around.getBoundingClientRect().left - 1 || right > around.getBoundingClientRect().right + 1;
		};
		const controls = [...document.querySelectorAll('button, input, select, textarea, a')];
		return controls
			.filter((control) => control.checkVisibility() && sticksOut(control))
			.map((control) => control.getAttribute('aria-label') ?? control.textContent);
	});
}

for (const width of [1440, 390])
	test(`text of twice the size is not cut in ${width} pixels`, { tag: '@chromium' }, async ({ page, playground }) => {
		await page.setViewportSize({ width, height: 844 });
		await playground.visit();
		const panes = page.getByRole('group', { name: 'Pane' }).getByRole('button');
		const narrow = (await panes.count()) > 0;
		if (narrow) await panes.first().click();
		await playground.open('Image from URL');
		await playground.request.getByRole('combobox', { name: 'Model' }).fill(`claude-${'o'.repeat(99)}`);
		await expect(playground.request.getByRole('button', { name: /^for claude-ooo/ })).toBeVisible();
		for (const size of ['100%', '200%']) {
			await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
			for (const pane of narrow ? await panes.all() : [page.locator('h1')]) {
				await pane.click();
				expect(await stickingOut(page), size).toEqual([]);
			}
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
		}
		// What does not fit below one another is scrolled to.
		if (narrow) await panes.nth(1).click();
		await playground.request.getByRole('button', { name: 'Run', exact: true }).click();
	});
