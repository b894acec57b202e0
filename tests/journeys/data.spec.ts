import { readFile } from 'node:fs/promises';
import { expect, test } from './playground';

test(
	'everything goes out in a file, and comes back in after the browser has cleared it away',
	{ tag: '@chromium' },
	async ({ page, playground }) => {
		await playground.visit();
		await playground.open('Image as base64');
		await playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' }).fill('Is it an ant?');
		await playground.run();
		await playground.response.getByRole('button', { name: 'More' }).click();
		await page.getByRole('menuitem', { name: 'Pin run' }).click();
		await expect(page.getByRole('list', { name: 'Runs' }).getByRole('button', { name: /Pinned$/ })).toBeVisible();
		const downloading = page.waitForEvent('download');
		await playground.library.getByRole('button', { name: 'Export everything' }).click();
		const download = await downloading;
		expect(download.suggestedFilename()).toMatch(/^messages-playground-\d{4}-\d\d-\d\d\.json$/);
		const file = await readFile(await download.path());

		await page.evaluate(async () => {
			for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
		});
		await page.reload();
		await expect(playground.library.getByText('1 conversation was here at the last visit')).toBeVisible();

		const choosing = page.waitForEvent('filechooser');
		await playground.library.getByRole('button', { name: 'Import', exact: true }).click();
		await (await choosing).setFiles({ name: 'export.json', mimeType: 'application/json', buffer: file });
		await expect(playground.library.getByText('Imported 1 conversation.')).toBeVisible();
		const turn = playground.turn('Turn 1: user');
		await expect(turn.getByRole('textbox', { name: 'Text' })).toHaveValue('Is it an ant?');
		await expect(turn.getByRole('img', { name: /^image\/jpeg, 640 × 480/ })).toBeVisible();
		await expect(page.getByRole('list', { name: 'Runs' }).getByRole('button', { name: /Pinned$/ })).toBeVisible();
		await expect(playground.library.getByText('at the last visit')).toBeHidden();
	},
);

test('the settings say what is kept, and let go of the oldest runs', async ({ page, playground }) => {
	await playground.visit();
	await playground.library.getByRole('button', { name: 'Settings' }).click();
	const settings = page.getByRole('dialog', { name: 'Settings' });
	await playground.enter(settings.getByRole('spinbutton', { name: 'Runs kept per conversation' }), '2');
	await settings.getByRole('button', { name: 'Close' }).click();
	await expect(playground.library.getByRole('button', { name: 'Settings' })).toBeFocused();
	for (let n = 0; n < 3; n++) await playground.run();
	await expect(page.getByRole('list', { name: 'Runs' }).getByRole('button')).toHaveCount(2);
	await playground.library.getByRole('button', { name: 'Settings' }).click();
	await expect(settings.getByRole('list', { name: 'What is kept' })).toContainText('2 runs');
});

test('a fork goes on from a turn in a conversation of its own, which knows where it came from', async ({
	playground,
}) => {
	await playground.visit();
	await playground.open('Multiple turns');
	await playground.turn('Turn 3: user').getByRole('textbox', { name: 'Text' }).fill('Shorter, please');
	await playground.turn('Turn 2: assistant').getByRole('button', { name: 'Fork from here' }).click();
	await expect(playground.turn('Turn 3: user')).toBeHidden();
	const saved = playground.library.getByRole('list', { name: 'Saved conversations' }).getByRole('listitem');
	await expect(saved).toHaveCount(2);
	await expect(saved.first()).toContainText('forked from “Hello, Claude”');
	await saved.last().getByRole('button', { name: 'Hello, Claude', exact: true }).click();
	await expect(playground.turn('Turn 3: user').getByRole('textbox', { name: 'Text' })).toHaveValue('Shorter, please');
});
