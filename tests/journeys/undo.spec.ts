import { expect, Playground, test } from './playground';

test('what is deleted comes back with its image, although another page has removed that meanwhile', async ({
	page,
	playground,
}) => {
	await playground.visit();
	const turn = playground.turn('Turn 1: user');
	await playground.dropPicture('Turn 1: user');
	await expect(turn.getByRole('img', { name: /^image\/png, 500 × 500/ })).toBeVisible();
	await expect(playground.request.getByText('saved', { exact: true })).toBeVisible();

	const other = new Playground(await page.context().newPage());
	await other.page.goto('./');
	const saved = playground.library.getByRole('list', { name: 'Saved conversations' }).getByRole('listitem');
	await expect(other.library.getByRole('list', { name: 'Saved conversations' }).getByRole('listitem')).toHaveCount(1);
	await other.library.getByRole('button', { name: 'Settings' }).click();
	const settings = other.page.getByRole('dialog', { name: 'Settings' });
	await expect(settings.getByRole('list', { name: 'What is kept' })).toContainText('1 attachment');

	await saved.getByRole('button', { name: 'More' }).click();
	await page.getByRole('menuitem', { name: 'Delete' }).click();
	await settings.getByRole('button', { name: 'Close' }).click();
	await other.library.getByRole('button', { name: 'Settings' }).click();
	await settings.getByRole('button', { name: 'Remove them now' }).click();
	await expect(settings.getByRole('list', { name: 'What is kept' })).toContainText('0 attachments');

	await playground.library.getByRole('button', { name: 'Undo' }).click();
	await expect(saved).toHaveCount(1);
	await other.page.close();
	await page.reload();
	await saved.getByRole('button', { name: 'Hello, Claude', exact: true }).click();
	await expect(turn.getByRole('img', { name: /^image\/png, 500 × 500/ })).toBeVisible();
});
