import { expect, test } from './playground';

test.use({
	launchOptions: async ({ launchOptions }, use) =>
		use({
			...launchOptions,
			args: [...(launchOptions.args ?? []), '--host-resolver-rules=MAP playground.test 127.0.0.1'],
		}),
	baseURL: async ({ baseURL }, use) => use(baseURL?.replace('127.0.0.1', 'playground.test')),
});

test('on plain http, where browsers hold back what they give to secure pages, the page works, with pictures too @chromium', async ({
	page,
	playground,
}) => {
	await playground.visit();
	expect(await page.evaluate(() => isSecureContext)).toBe(false);
	await playground.library.getByRole('button', { name: 'New conversation' }).click();
	await playground.dropPicture('Turn 1: user');
	await expect(playground.turn('Turn 1: user').getByRole('img', { name: /500 × 500/ })).toBeVisible();
	await playground.show('JSON');
	await expect(playground.request.getByRole('textbox', { name: 'Request JSON' })).not.toContainText('iVBOR');
	await playground.show('Form');
	await playground.run();
	await expect(playground.status).toHaveText(/^Finished/);
});
