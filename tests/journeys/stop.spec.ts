import { expect, test } from './playground';

test('a simulated stream is stopped; what came stays, and the next run is not painted over', async ({
	page,
	playground,
}) => {
	await playground.visit();
	await playground.open('Multiple turns');
	await playground.request.getByRole('switch', { name: 'Stream' }).click();
	// Long enough to be stopped and to be replaced in its middle, however slow the machine.
	const scenario = page.getByRole('combobox', { name: 'Scenario' });
	await scenario.selectOption('very-long-answer');
	await playground.request.getByRole('button', { name: 'Run', exact: true }).click();
	const answer = playground.response.getByRole('article', { name: 'Assistant message' });
	await expect(answer).toContainText('simulated');
	// Characters that are chosen from a list are given up by Escape, too, which is the list's.
	const composing = { key: 'Escape', isComposing: true };
	await playground.request.getByRole('textbox', { name: 'Text' }).first().dispatchEvent('keydown', composing);
	const stop = playground.request.getByRole('button', { name: 'Stop', exact: true });
	await expect(stop).toBeVisible();
	await stop.click();
	await expect(playground.status).toHaveText(/stopped/i);
	await expect(answer).toContainText('simulated');

	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(playground.request.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
	await scenario.selectOption('ordinary');
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(playground.status).toHaveText(/^Finished: end_turn/);
});

test('keys that are held down run the request once', async ({ page, playground, api }) => {
	await playground.visit();
	await playground.sendTo(api.url);
	await page.keyboard.down('ControlOrMeta');
	// Pressed again before it is let go, a key repeats.
	for (let times = 0; times < 3; times++) await page.keyboard.down('Enter');
	await page.keyboard.up('Enter');
	await page.keyboard.up('ControlOrMeta');
	await expect(playground.response).toContainText('Hello from here');
	expect(api.received.filter(({ method }) => method === 'POST')).toHaveLength(1);
});
