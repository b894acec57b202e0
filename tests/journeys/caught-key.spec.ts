import type { Locator, Page } from '@playwright/test';
import { expect, test, type Playground } from './playground';

const KEY = 'sk-ant-api03-canary0canary1canary2canary3-Zq9w';
const words = `Why does ${KEY} not work?`;
const masked = 'Why does sk-ant-…Zq9w not work?';

/** Paste with the keyboard, from the clipboard. */
async function paste(page: Page, field: Locator, text: string) {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.evaluate((text) => navigator.clipboard.writeText(text), text);
	await field.focus();
	await page.keyboard.press('ControlOrMeta+V');
}

/** Drop a text on a field, from another window. */
async function drop(page: Page, field: Locator, text: string) {
	const box = (await field.boundingBox())!; // it is on the screen
	const session = await page.context().newCDPSession(page);
	const data = { items: [{ mimeType: 'text/plain', data: text }], dragOperationsMask: 1 };
	for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
		await session.send('Input.dispatchDragEvent', { type, x: box.x + 20, y: box.y + box.height / 2, data });
}

/** Nothing of the key is on the page, in what is kept, or in what is exported. */
async function expectNoTrace(playground: Playground) {
	expect(await playground.shown()).not.toContain('canary');
	expect(await playground.recordsWith('canary')).toEqual([]);
	expect(await playground.exportEverything()).not.toContain('canary');
}

test.describe('a key on its way into the request', { tag: '@chromium' }, () => {
	const fields: readonly [string, (playground: Playground) => Locator | Promise<Locator>][] = [
		['a turn', (playground) => playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' })],
		['the system prompt', (playground) => playground.request.getByRole('textbox', { name: 'System' })],
		[
			'the JSON editor',
			async (playground) => {
				await playground.show('JSON');
				return playground.request.getByRole('textbox', { name: 'Request JSON' });
			},
		],
	];
	for (const [place, find] of fields)
		for (const [way, put] of [
			['pasted', paste],
			['dropped', drop],
		] as const)
			test(`is held back when it is ${way} into ${place}, and leaves no trace when it is removed`, async ({
				page,
				playground,
			}) => {
				await playground.visit();
				const field = await find(playground);
				await put(page, field, words);
				const dialog = page.getByRole('dialog', { name: 'This looks like an API key' });
				await expect(dialog).toContainText('…Zq9w');
				await expect(dialog.getByRole('button', { name: 'Remove it from the text' })).toBeFocused();
				expect(await page.content()).not.toContain('canary');
				expect(await playground.recordsWith('canary')).toEqual([]);
				await page.keyboard.press('Enter');
				await expect(dialog).toBeHidden();
				await expect
					.poll(async () => (await field.textContent()) + (await field.inputValue().catch(() => '')))
					.toContain(masked);
				await field.press('ControlOrMeta+z');
				await field.press('ControlOrMeta+Shift+z');
				await expect(playground.request.getByText('saved', { exact: true })).toBeVisible();
				await expectNoTrace(playground);
			});

	test('can be used as the key, or stay where people write about keys', async ({ page, playground }) => {
		await playground.visit();
		const field = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
		await field.fill('');
		await paste(page, field, ` ${KEY}\n`);
		const dialog = page.getByRole('dialog', { name: 'This looks like an API key' });
		await dialog.getByRole('button', { name: 'Remove it, and use it as my key' }).click();
		await expect(page.getByText('…Zq9w', { exact: true })).toBeVisible();
		await expect(field).toHaveValue('');
		await expectNoTrace(playground);

		await paste(page, field, words.replace('Zq9w', 'Ab3d'));
		await expect(dialog.getByRole('button', { name: 'Use …Ab3d in place of my key …Zq9w' })).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(dialog).toBeHidden();
		await expect(field).toBeFocused();
		await expect(field).toHaveValue('');

		await paste(page, field, words);
		await dialog.getByRole('button', { name: 'Leave it in the text' }).click();
		await expect(field).toHaveValue(words);
		await expect(field).toBeFocused();
		await page.keyboard.type('!');
		await expect(field).toHaveValue(`${words}!`);
	});

	test('is held back when it is the user’s own, whatever it looks like', async ({ page, playground }) => {
		await playground.visit();
		await playground.giveKey('of-some-proxy-canary-Zq9w');
		const field = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
		await field.fill('');
		await paste(page, field, 'Why does of-some-proxy-canary-Zq9w not work?');
		await page
			.getByRole('dialog', { name: 'This looks like an API key' })
			.getByRole('button', { name: 'Remove it from the text' })
			.click();
		await expect(field).toHaveValue('Why does …Zq9w not work?');
		await expectNoTrace(playground);
	});

	test('is not seen in what examples write in its place, nor asked about where keys belong', async ({
		page,
		playground,
	}) => {
		await playground.visit();
		const field = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
		await field.fill('');
		const placeholders = `sk-ant-... $ANTHROPIC_API_KEY sk-ant-api03-${'x'.repeat(40)}`;
		await paste(page, field, placeholders);
		await expect(field).toHaveValue(placeholders);
		await page.getByRole('button', { name: 'API key' }).click();
		const own = page.getByRole('dialog', { name: 'API key', exact: true }).getByRole('textbox', { name: 'API key' });
		await paste(page, own, KEY);
		await expect(own).toHaveValue(KEY);
	});
});
