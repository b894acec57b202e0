import { cors, expect, streamStart, test } from './playground';

test('after a reload the page comes back as it was: document, view, last run, settings', async ({
	page,
	playground,
}) => {
	await playground.visit();
	await playground.open('Multiple turns');
	await playground.turn('Turn 3: user').getByRole('textbox', { name: 'Text' }).fill('Shorter, please');
	await playground.request.getByRole('switch', { name: 'Stream' }).click();
	await playground.run();
	await expect(playground.status).toHaveText(/^Finished: end_turn/);
	const answer = await playground.response.getByRole('article', { name: 'Assistant message' }).innerText();
	await playground.show('JSON');
	await playground.read('Stream');
	await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
	await page.getByRole('combobox', { name: 'API version' }).selectOption('2026-10-21');
	await expect(playground.request.getByText('saved', { exact: true })).toBeVisible();

	await page.reload();
	await expect(page.getByRole('textbox', { name: 'Request JSON' })).toContainText('Shorter, please');
	await expect(playground.request.getByRole('tab', { name: 'JSON' })).toHaveAttribute('aria-selected', 'true');
	await expect(playground.response.getByRole('tab', { name: 'Stream' })).toHaveAttribute('aria-selected', 'true');
	await expect(playground.response.getByRole('list', { name: 'Events' }).getByRole('listitem').first()).toContainText(
		'message_start',
	);
	await expect(page.getByRole('combobox', { name: 'Theme' })).toHaveValue(/dark/i);
	await expect(page.getByRole('combobox', { name: 'API version' })).toHaveValue('2026-10-21');
	await playground.read('Read');
	expect(await playground.response.getByRole('article', { name: 'Assistant message' }).innerText()).toBe(answer);
});

test('an image comes back with its conversation', async ({ page, playground }) => {
	await playground.visit();
	await playground.open('Image as base64');
	const turn = playground.turn('Turn 1: user');
	await turn.getByRole('textbox', { name: 'Text' }).fill('Is it an ant?');
	await expect(playground.request.getByText('saved', { exact: true })).toBeVisible();
	await page.reload();
	await expect(turn.getByRole('textbox', { name: 'Text' })).toHaveValue('Is it an ant?');
	await expect(turn.getByRole('img', { name: /^image\/jpeg, 640 × 480/ })).toBeVisible();
});

test('a run whose page is closed before it has ended comes back with all that had come', async ({
	page,
	playground,
	api,
}) => {
	api.answer = (response) => {
		response.writeHead(200, { ...cors, 'content-type': 'text/event-stream; charset=utf-8' });
		response.write(streamStart('Half of an'));
	};
	await playground.visit();
	await playground.sendTo(api.url);
	await playground.request.getByRole('switch', { name: 'Stream' }).click();
	await expect(playground.request.getByText('saved', { exact: true })).toBeVisible();
	await playground.request.getByRole('button', { name: 'Run', exact: true }).click();
	const answer = playground.response.getByRole('article', { name: 'Assistant message' });
	await expect(answer).toContainText('Half of an');
	await page.reload();
	await expect(answer).toContainText('Half of an');
	// Firefox ends what is being read before it leaves a page; Chromium leaves it as it is.
	await expect(playground.response).toContainText(/The page was closed\.|Error in input stream/);
	await expect(playground.response.getByRole('list', { name: 'Runs' })).toContainText('cut off');
});
