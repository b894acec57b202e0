import { exportTargets } from '../../src/export/targets';
import { cors, expect, test } from './playground';

const KEY = 'sk-ant-api03-canary0canary1canary2canary3-Zq9w';

test('with a key, the text of the editor is what a server gets, with the headers the guide shows', async ({
	page,
	playground,
	api,
}) => {
	await playground.visit();
	await playground.open('Multiple turns');
	await playground.giveKey(KEY);
	await playground.sendTo(api.url);
	await page.getByRole('combobox', { name: 'API version' }).selectOption('2026-10-21');
	await playground.request.getByText('Headers', { exact: false }).first().click();
	await playground.request.getByRole('button', { name: 'Add header' }).click();
	await playground.request
		.getByRole('textbox', { name: 'Header 1 name' })
		.or(playground.request.getByRole('combobox', { name: 'Header 1 name' }))
		.fill('x-lesson');
	await playground.request.getByRole('textbox', { name: 'Header 1 value' }).fill('seven');
	await playground.run();

	const [got] = api.received;
	expect(api.received).toHaveLength(1);
	expect(got?.method).toBe('POST');
	expect(got?.path).toBe('/v1/messages');
	expect(got?.headers).toMatchObject({
		'x-api-key': KEY,
		'anthropic-version': '2026-10-21',
		'content-type': 'application/json',
		'anthropic-dangerous-direct-browser-access': 'true',
		'x-lesson': 'seven',
	});
	expect(got?.headers.authorization).toBeUndefined();
	expect(Object.keys(got?.headers ?? {}).filter((name) => name.startsWith('x-stainless'))).toEqual([]);
	await playground.read('Headers');
	await playground.response.getByRole('button', { name: 'Show request as sent' }).click();
	const dialog = page.getByRole('dialog', { name: 'Request as sent' });
	await expect(dialog).toContainText('POST');
	await expect(dialog).toContainText('Zq9w');
	await expect(dialog).not.toContainText(KEY);
	await page.keyboard.press('Escape');

	await playground.show('Form');
	await expect(playground.turn('Turn 3: user').getByRole('textbox', { name: 'Text' })).toHaveValue(
		'Can you describe LLMs to me?',
	);
	await playground.show('JSON');
	const editor = page.getByRole('textbox', { name: 'Request JSON' });
	await expect(editor).toBeVisible();
	const shown = await editor.locator('.cm-line').allInnerTexts();
	expect(got?.body).toBe(shown.map((line) => (line === '\n' ? '' : line)).join('\n'));
});

test('without a key nothing is sent to Anthropic, and the page says what is missing', async ({ page, playground }) => {
	await playground.visit();
	await page.getByRole('combobox', { name: 'API', exact: true }).selectOption('Anthropic');
	await playground.run();
	await expect(playground.response).toContainText(/key/i);
	await expect(playground.status).toContainText(/key/i);
});

test.describe('a planted key', () => {
	test.use({
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
		expectedErrors: ({}, use) => use([/Failed to load resource/]),
	});
	const passphrase = 'four random words';
	const OWN = 'of-some-proxy-canary-Zq9w';
	const kept: readonly [place: string, key: string, records: string[]][] = [
		['In this tab only', KEY, []],
		['In this browser', KEY, ['key']],
		['In this browser, locked with a passphrase', KEY, []],
		['In this browser', OWN, ['key']],
	];
	for (const [place, key, records] of kept)
		test(`kept “${place}”, as ${key}, appears nowhere but in its own record and in requests to the chosen API`, async ({
			page,
			playground,
			api,
			leaks,
			browserName,
		}) => {
			// It is the worst an API can do: the key comes back in its headers and, in two pieces, in its body.
			api.answer = (response, { headers }) => {
				const echo = String(headers['x-api-key']);
				response.writeHead(401, { ...cors, 'content-type': 'application/json', 'x-echo': echo });
				const body = JSON.stringify({
					type: 'error',
					error: { type: 'authentication_error', message: `Bad key: ${echo}` },
				});
				const half = body.indexOf(echo) + echo.length / 2;
				response.write(body.slice(0, half), () => response.end(body.slice(half)));
			};
			const expectHidden = async () => expect(await playground.shown()).not.toContain('canary');
			await playground.visit();
			await playground.giveKey(key, place, passphrase);
			await playground.open('Hello, Claude');
			await playground.sendTo(api.url);
			await playground.run();
			expect(api.received.map(({ headers }) => headers['x-api-key'])).toEqual([key]);
			for (const view of ['Read', 'JSON', 'Stream', 'Headers'] as const) {
				await playground.read(view);
				await expectHidden();
			}
			await playground.response.getByRole('button', { name: 'Show request as sent' }).click();
			await expect(page.getByRole('dialog', { name: 'Request as sent' })).toContainText('…Zq9w');
			await expectHidden();
			await page.keyboard.press('Escape');

			await playground.show('Code');
			const targets = playground.request.getByRole('radiogroup', { name: 'Language' }).getByRole('radio');
			await expect(targets).toHaveCount(exportTargets.length);
			for (const target of await targets.all()) {
				await target.check();
				await expectHidden();
			}
			await page.getByRole('button', { name: 'API key' }).click();
			await expectHidden();
			await page.keyboard.press('Escape');

			// What Firefox downloads cannot be read from here.
			if (browserName === 'chromium') expect(await playground.exportEverything()).not.toContain('canary');
			expect(await playground.recordsWith('canary')).toEqual(records);
			expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain('canary');
			await page.reload();
			await playground.read('Read');
			await expect(playground.response).toContainText('Bad key');
			await expectHidden();
			expect(await leaks()).not.toContain('canary');
		});
});

test('a page inside another page never sends the key', async ({ page, api, playground, baseURL }) => {
	await playground.visit();
	await playground.giveKey(KEY, 'In this browser');
	const outer = new URL('outer.html', baseURL).href;
	const body = `<iframe src="./" width="1200" height="800"></iframe>`;
	await page.route(outer, (route) => route.fulfill({ contentType: 'text/html', body }));
	await page.goto(outer);
	const framed = page.frameLocator('iframe');
	await framed.getByRole('combobox', { name: 'API', exact: true }).selectOption('Custom');
	await framed.getByRole('textbox', { name: 'Base URL' }).fill(api.url);
	await framed.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(framed.getByRole('region', { name: 'Response', exact: true })).toContainText(/inside another/);
	expect(api.received).toEqual([]);
});
