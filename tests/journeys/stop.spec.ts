import { expect, test } from './playground';

test('a simulated stream is stopped; what came stays, and the next run is not painted over', async ({
	page,
	playground,
}) => {
	await playground.visit();
	await playground.open('Multiple turns');
	await playground.request.getByRole('switch', { name: 'Stream' }).click();
	await playground.request.getByRole('button', { name: 'Run', exact: true }).click();
	const answer = playground.response.getByRole('article', { name: 'Assistant message' });
	await expect(answer).toContainText('This answer');
	await playground.request.getByRole('button', { name: 'Stop', exact: true }).click();
	await expect(playground.status).toHaveText(/stopped/i);
	await expect(answer).toContainText('This answer');

	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(playground.request.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(playground.status).toHaveText(/^Finished: end_turn/);
});
