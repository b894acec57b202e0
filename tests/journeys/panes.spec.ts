import { expect, test } from './playground';

test('panes fold, and come back as they were left', async ({ page, playground }) => {
	await playground.visit();
	await page.getByRole('button', { name: 'Hide the response' }).click();
	await expect(playground.response).toBeHidden();
	await expect(playground.request).toBeVisible();
	await page.getByRole('button', { name: 'Hide the library' }).click();
	await expect(playground.library).toBeHidden();
	await page.reload();
	await expect(playground.request).toBeVisible();
	await expect(playground.response).toBeHidden();
	await page.getByRole('button', { name: 'Hide the request' }).click();
	await expect(playground.request).toBeHidden();
	await expect(playground.response).toBeVisible();
	await page.getByRole('button', { name: 'Show the library' }).click();
	await page.getByRole('button', { name: 'Show the request' }).click();
	for (const pane of [playground.library, playground.request, playground.response]) await expect(pane).toBeVisible();
});

test('panes are resized by the keyboard, and keep their size', async ({ page, playground }) => {
	await playground.visit();
	const before = (await playground.library.boundingBox())?.width ?? 0;
	const separator = page.getByRole('separator', { name: 'Width of the library' });
	await separator.focus();
	for (let steps = 0; steps < 3; steps++) await page.keyboard.press('ArrowRight');
	await expect.poll(async () => (await playground.library.boundingBox())?.width).toBe(before + 48);
	await page.reload();
	await expect.poll(async () => (await playground.library.boundingBox())?.width).toBe(before + 48);
});
