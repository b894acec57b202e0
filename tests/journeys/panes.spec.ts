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

for (const width of [800, 1024]) {
	test(`at ${width} pixels the library floats above the others while it is asked for, and nothing lies above them before`, async ({
		page,
		playground,
	}) => {
		await page.setViewportSize({ width, height: 900 });
		await playground.visit();
		const toggle = page.getByRole('button', { name: /^(Show|Hide) the library$/ });
		await expect(playground.library).toBeHidden();
		await expect(toggle).toHaveAccessibleName('Show the library');
		await playground.request.getByRole('textbox', { name: 'Text' }).first().click();

		await toggle.click();
		await playground.open('Multiple turns');
		await expect(playground.library).toBeHidden();
		await expect(playground.turn('Turn 3: user')).toBeVisible();

		await toggle.click();
		await playground.library.getByRole('searchbox').focus();
		await page.keyboard.press('Escape');
		await expect(playground.library).toBeHidden();
		await expect(toggle).toBeFocused();

		await toggle.click();
		await page
			.getByRole('button', { name: 'Hide the library' })
			.last()
			.click({ position: { x: width - 20, y: 400 } });
		await expect(playground.library).toBeHidden();
		await toggle.click();
		await playground.library.getByRole('button', { name: 'New conversation' }).click();
		await expect(playground.library).toBeHidden();
	});
}

test('the library that floats where there is little room leaves the one with a place of its own as it was', async ({
	page,
	playground,
}) => {
	await page.setViewportSize({ width: 1024, height: 900 });
	await playground.visit();
	await page.setViewportSize({ width: 1280, height: 900 });
	await expect(playground.library).toBeVisible();
});

test('a pane that is folded away unfolds for what happens in it', async ({ page, playground }) => {
	await playground.visit();
	await page.getByRole('button', { name: 'Hide the response' }).click();
	await playground.run();
	await expect(playground.response).toBeVisible();
	await page.getByRole('button', { name: 'Hide the request' }).click();
	await playground.response.getByRole('button', { name: 'Add reply to messages' }).click();
	await expect(playground.turn('Turn 3: user')).toBeVisible();
});

test('the request and the answer scroll in their panes, and no pane beyond its end', async ({ page, playground }) => {
	await playground.visit();
	const messages = Array.from({ length: 20 }, (_, turn) => ({
		role: turn % 2 ? 'assistant' : 'user',
		content: 'Go on.',
	}));
	await playground.show('JSON');
	await page.getByRole('textbox', { name: 'Request JSON' }).press('ControlOrMeta+a');
	await page.keyboard.insertText(
		JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 16, temperature: 9, messages: messages.slice(0, 19) }),
	);
	await playground.show('Form');
	await expect(playground.request.getByText('Rejected: temperature must be')).not.toHaveCount(0);
	for (const pane of [playground.request, playground.response])
		expect(await pane.evaluate(({ parentElement }) => parentElement!.scrollHeight - parentElement!.clientHeight)).toBe(
			0,
		);
});
