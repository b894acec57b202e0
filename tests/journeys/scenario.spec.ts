import { expect, test } from './playground';

test('a scenario is chosen, plays with the next run, and is kept', async ({ page, playground }) => {
	await playground.visit();
	const scenario = page.getByRole('combobox', { name: 'Scenario' });
	await expect(scenario).toHaveValue('ordinary');
	await scenario.selectOption('429 rate_limit_error');
	await page.getByRole('button', { name: 'Run' }).click();
	await expect(playground.response.getByText('rate_limit_error').first()).toBeVisible();
	await playground.enter(page.getByRole('spinbutton', { name: 'Seed' }), '7');
	await page.reload();
	await expect(scenario).toHaveValue('429');
	await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('7');
	await page.getByRole('combobox', { name: 'API', exact: true }).selectOption('Anthropic');
	await expect(scenario).toBeHidden();
});
