import { cors, expect, test } from './playground';

test.describe('after a refusal', () => {
	// The browser itself writes failed loads into its console.
	test.use({
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
		expectedErrors: ({}, use) => use([/Failed to load resource/]),
	});

	test('the page names the place and the reason, and a click mends the request and runs it again', async ({
		page,
		playground,
		api,
	}) => {
		await playground.visit();
		await playground.sendTo(api.url);
		await playground.request.getByRole('combobox', { name: 'Model' }).fill('claude-sonnet-5');
		await playground.request.getByRole('button', { name: 'Prefill the answer' }).click();
		await playground.turn('Turn 2: assistant').getByRole('textbox', { name: 'Text' }).fill('Well');
		const answer = api.answer;
		api.answer = (response) => {
			api.answer = answer;
			response.writeHead(400, { ...cors, 'content-type': 'application/json' });
			response.end(
				JSON.stringify({
					type: 'error',
					error: {
						type: 'invalid_request_error',
						message:
							'This model does not support assistant message prefill. The conversation must end with a user message.',
					},
				}),
			);
		};
		await playground.run();
		const { response } = playground;
		await expect(response).toContainText('does not continue an answer');
		await expect(response).toContainText('Documentation');
		await response.getByRole('button', { name: 'Go to messages.1' }).click();
		await expect(page.getByRole('textbox', { name: 'Request JSON' })).toBeFocused();
		expect(await page.evaluate(() => getSelection()?.toString())).toContain('"assistant"');

		await response.getByRole('button', { name: 'Fix and run again' }).click();
		await expect(response.getByRole('article', { name: 'Assistant message' })).toContainText('Hello from here');
		const sent = api.received.map(({ body }) => (JSON.parse(body) as { model: string }).model);
		expect(sent).toEqual(['claude-sonnet-5', expect.stringMatching(/^claude-(opus|haiku)-4-5/)]);
	});

	test('a refusal that no rule foresaw still leads to its place', async ({ playground, api }) => {
		await playground.visit();
		await playground.sendTo(api.url);
		api.answer = (response) => {
			response.writeHead(400, { ...cors, 'content-type': 'application/json' });
			const error = { type: 'invalid_request_error', message: 'messages.0.content: not today' };
			response.end(JSON.stringify({ type: 'error', error }));
		};
		await playground.run();
		await expect(playground.response.getByRole('button', { name: 'Go to messages.0.content' })).toBeVisible();
		await expect(playground.response.getByRole('button', { name: 'Fix and run again' })).toHaveCount(0);
	});

	test('thinking whose conversation was edited is refused by the simulated API, and a click leaves it out @chromium', async ({
		playground,
	}) => {
		await playground.visit();
		await playground.request.getByRole('combobox', { name: 'Model' }).fill('claude-opus-5-5');
		await playground.run();
		await playground.response.getByRole('button', { name: 'Add reply to messages' }).click();
		const words = (turn: string) => playground.turn(turn).getByRole('textbox', { name: 'Text' });
		await words('Turn 3: user').fill('Go on.');
		await words('Turn 1: user').fill('Hello, somebody else');
		await playground.run();
		await expect(playground.status).toHaveText('Refused: 400 invalid_request_error');
		await expect(playground.response).toContainText('The block is bound to a different conversation.');

		await playground.response.getByRole('button', { name: 'Fix and run again' }).click();
		await expect(playground.status).toHaveText(/^Finished/);
		await expect(playground.turn('Turn 2: assistant')).not.toContainText('signature');
	});
});
