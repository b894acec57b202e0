import { expect, test } from './playground';

test.describe('the first visit', () => {
	test('shows the first example already run, badged as simulated, and asks for no key', async ({
		page,
		playground,
	}) => {
		await playground.visit();
		await expect(playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' })).toHaveValue('Hello, Claude');
		await expect(playground.response.getByRole('article', { name: 'Assistant message' })).toContainText('simulated');
		await expect(playground.response.getByText('Simulated', { exact: true }).first()).toBeVisible();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await expect(playground.request.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
	});

	test('keeps nothing of it until something is changed', async ({ page, playground }) => {
		await playground.visit();
		await page.reload();
		await expect(playground.status).toHaveText(/^Finished/);
		await expect(playground.library.getByRole('list', { name: 'Examples' })).toBeVisible();
		await expect(playground.library.getByRole('button', { name: 'More' })).toHaveCount(0);
	});
});

test.describe('a browser that lacks what the page cannot do without', () => {
	test.use({ expectedErrors: [/BroadcastChannel/] });

	test('is told so in the page', async ({ page, playground }) => {
		await page.addInitScript(() => Reflect.deleteProperty(window, 'BroadcastChannel'));
		await page.goto('./');
		await expect(page.getByText(/could not start in this browser.*BroadcastChannel/)).toBeVisible();
		await expect(playground.request).toBeHidden();
	});
});
