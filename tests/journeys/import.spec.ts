import type { Page } from '@playwright/test';
import { expect, test } from './playground';

const KEY = 'sk-ant-api03-canary-0123456789';
const body = { model: 'claude-sonnet-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'Do ants dream?' }] };
const command = (url: string) =>
	`curl ${url}/v1/messages -H 'x-api-key: ${KEY}' -H 'anthropic-version: 2026-10-21' -d '${JSON.stringify(body)}'`;

/** Paste or drop `text` on the page itself, as the browser would. */
const offer = (page: Page, type: 'paste' | 'drop', text: string) =>
	page.evaluate(
		([type, text]) => {
			document.getSelection()?.removeAllRanges();
			if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
			const transfer = new DataTransfer();
			transfer.setData('text/plain', text);
			const init = { bubbles: true, cancelable: true };
			const event =
				type === 'paste'
					? new ClipboardEvent('paste', { ...init, clipboardData: transfer })
					: new DragEvent('drop', { ...init, dataTransfer: transfer });
			document.body.dispatchEvent(event);
		},
		[type, text] as const,
	);

test(
	'a command pasted anywhere is opened as a new conversation, and runs as it says',
	{ tag: '@chromium' },
	async ({ page, playground, api }) => {
		await playground.visit();
		await playground.open('Multiple turns');
		await offer(page, 'paste', command(api.url));
		const dialog = page.getByRole('dialog', { name: 'Import a request' });
		await expect(dialog).toContainText('A curl command');
		await dialog.getByRole('checkbox', { name: /Use the API key in it/ }).check();
		await dialog.getByRole('button', { name: 'Open as new conversation' }).click();
		await expect(dialog).toBeHidden();
		await expect(playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' })).toHaveValue('Do ants dream?');
		await expect(page.getByRole('combobox', { name: 'API version' })).toHaveValue('2026-10-21');
		await playground.run();
		expect(api.received).toHaveLength(1);
		expect(JSON.parse(api.received[0]?.body ?? '')).toEqual(body);
		expect(api.received[0]?.headers).toMatchObject({ 'x-api-key': KEY, 'anthropic-version': '2026-10-21' });
		await playground.show('JSON');
		await expect(page.locator('html')).not.toContainText('canary');
	},
);

test('a request dropped on the page replaces the open one, and undo brings that back', async ({ page, playground }) => {
	await playground.visit();
	await offer(page, 'drop', JSON.stringify(body));
	const dialog = page.getByRole('dialog', { name: 'Import a request' });
	await dialog.getByRole('button', { name: 'Replace the request' }).click();
	const words = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
	await expect(words).toHaveValue('Do ants dream?');
	await words.focus();
	await page.keyboard.press('ControlOrMeta+z');
	await expect(words).toHaveValue('Hello, Claude');
});

test(
	'an export dropped on the page comes in, in whatever order its fields stand',
	{ tag: '@chromium' },
	async ({ page, playground }) => {
		await playground.visit();
		const at = '2026-11-22T12:00:00.000Z';
		const conversation = {
			...{
				apiVersion: '2023-06-01',
				changedAt: at,
				createdAt: at,
				headers: [],
				id: 'sorted',
				named: true,
				pinned: false,
			},
			...{ runs: [], target: { kind: 'simulated' }, text: JSON.stringify(body), title: 'Of ants' },
		};
		const sorted = { attachments: {}, conversations: [conversation], exportedAt: at, format: 'messages-playground' };
		await offer(page, 'drop', JSON.stringify({ ...sorted, version: 1 }, null, 4));
		const dialog = page.getByRole('dialog', { name: 'Import a request' });
		await dialog.getByRole('button', { name: 'Import it' }).click();
		await expect(dialog).toBeHidden();
		await expect(playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' })).toHaveValue('Do ants dream?');
		await offer(page, 'paste', JSON.stringify({ ...sorted, version: 1 }));
		await dialog.getByRole('button', { name: 'Import it' }).click();
		await expect(dialog).toContainText('1 conversation was here already.');
		await dialog.getByRole('button', { name: 'Close' }).click();
		await expect(dialog).toBeHidden();
	},
);

test('what is not understood changes nothing, and the focus goes back to the button', async ({ page, playground }) => {
	await playground.visit();
	await playground.show('Code');
	const button = playground.request.getByRole('button', { name: 'Paste a request' });
	await button.click();
	const dialog = page.getByRole('dialog', { name: 'Import a request' });
	await dialog.getByRole('textbox', { name: /curl command/ }).fill("curl https://api.anthropic.com/v1/messages -d '{");
	await expect(dialog).toContainText('Line 1, column 47: This quote is not closed. Nothing was changed.');
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	await expect(button).toBeFocused();
});

test('a pasted error leads to its place in the open request, and a click mends it there', async ({
	page,
	playground,
}) => {
	const said = 'This model does not support assistant message prefill. The conversation must end with a user message.';
	const error = `anthropic.BadRequestError: Error code: 400 - {'type': 'error', 'error': {'type': 'invalid_request_error', 'message': '${said}'}}`;
	await playground.visit();
	await playground.request.getByRole('combobox', { name: 'Model' }).fill('claude-sonnet-5');
	await playground.request.getByRole('button', { name: 'Prefill the answer' }).click();
	await playground.turn('Turn 2: assistant').getByRole('textbox', { name: 'Text' }).fill('Well');

	await offer(page, 'drop', error);
	const dialog = page.getByRole('dialog', { name: 'Import a request' });
	await expect(dialog.getByRole('region', { name: 'The request is not valid (400)' })).toContainText(
		'does not continue an answer',
	);
	await dialog.getByRole('button', { name: 'Go to messages.1' }).click();
	await expect(dialog).toBeHidden();
	const editor = page.getByRole('textbox', { name: 'Request JSON' });
	await expect(editor).toBeFocused();
	expect(await page.evaluate(() => getSelection()?.toString())).toContain('"assistant"');

	await offer(page, 'drop', error);
	await dialog.getByRole('button', { name: 'Remove the prefill' }).click();
	await expect(dialog).toBeHidden();
	await expect(editor).not.toContainText('Well');
});

test('a file dropped on a field is read, and which of its requests is meant is chosen', async ({
	page,
	playground,
}) => {
	const entry = (content: string) => ({
		request: {
			method: 'POST',
			url: 'https://api.anthropic.com/v1/messages',
			postData: { text: JSON.stringify({ ...body, messages: [{ role: 'user', content }] }) },
		},
	});
	await playground.visit();
	await playground.request.getByRole('textbox', { name: 'System' }).evaluate(
		(field, text) => {
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(new File([text], 'recorded.har'));
			const init = { bubbles: true, cancelable: true, dataTransfer };
			field.dispatchEvent(new DragEvent('dragover', init));
			field.dispatchEvent(new DragEvent('drop', init));
		},
		JSON.stringify({ log: { entries: [entry('Do ants dream?'), entry('Do bees?')] } }),
	);
	const dialog = page.getByRole('dialog', { name: 'Import a request' });
	await expect(dialog).toContainText('A HAR recording');
	await dialog.getByRole('combobox', { name: 'Request' }).selectOption('2: Do bees?');
	await dialog.getByRole('button', { name: 'Open as new conversation' }).click();
	await expect(playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' })).toHaveValue('Do bees?');
});

test(
	'a command pasted into the JSON is offered for import, changes nothing until then, and goes in as text when asked to',
	{ tag: '@chromium' },
	async ({ page, playground }) => {
		const pasted = `curl https://api.anthropic.com/v1/messages -d '${JSON.stringify(body)}'`;
		await playground.visit();
		await playground.show('JSON');
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
		const editor = page.getByRole('textbox', { name: 'Request JSON' });
		const dialog = page.getByRole('dialog', { name: 'Import a request' });
		await editor.press('ControlOrMeta+a');
		await page.keyboard.press('ControlOrMeta+v');
		await expect(dialog).toContainText('A curl command');
		await page.keyboard.press('Escape');
		await expect(dialog).toBeHidden();
		await expect(editor).toBeFocused();
		await expect(editor).toContainText('Hello, Claude');
		await expect(editor).not.toContainText('curl');

		await page.keyboard.press('ControlOrMeta+v');
		await dialog.getByRole('button', { name: 'Replace the request' }).click();
		await expect(dialog).toBeHidden();
		await expect(editor).toContainText('Do ants dream?');
		await editor.press('ControlOrMeta+z');
		await expect(editor).toContainText('Hello, Claude');

		await page.keyboard.press('ControlOrMeta+a');
		await page.keyboard.press('ControlOrMeta+Shift+v');
		await expect(editor).toHaveText(pasted);
		await expect(dialog).toBeHidden();
	},
);
