import { cors, event, expect, message, streamStart, test } from './playground';

test.describe('every ending is told apart', () => {
	// The browser itself writes failed loads into its console.
	test.use({
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
		expectedErrors: ({}, use) =>
			use([
				/Failed to load resource/,
				/blocked by CORS policy/,
				/net::ERR/,
				/Content.Security.Policy/i,
				/Cross-Origin Request Blocked/,
				/Same Origin Policy/,
			]),
	});

	test.beforeEach(async ({ playground, api }) => {
		await playground.visit();
		await playground.sendTo(api.url);
	});

	test('refused: status, type, message and request id', async ({ playground, api }) => {
		api.answer = (response) => {
			response.writeHead(400, { ...cors, 'content-type': 'application/json', 'request-id': 'req_refused' });
			response.end(
				JSON.stringify({
					type: 'error',
					error: { type: 'invalid_request_error', message: 'max_tokens: Field required' },
					request_id: 'req_refused',
				}),
			);
		};
		await playground.run();
		await expect(playground.response).toContainText('400');
		await expect(playground.response).toContainText('invalid_request_error');
		await expect(playground.response).toContainText('max_tokens: Field required');
		await expect(playground.response).toContainText('req_refused');
		await expect(playground.status).toContainText('400');
	});

	test('cut off in mid-stream: what came stays', async ({ playground, api }) => {
		let cut = () => {};
		api.answer = (response) => {
			response.writeHead(200, { ...cors, 'content-type': 'text/event-stream; charset=utf-8' });
			response.write(streamStart('Half an ans'));
			cut = () => response.destroy();
		};
		await playground.request.getByRole('button', { name: 'Run', exact: true }).click();
		const answer = playground.response.getByRole('article', { name: 'Assistant message' });
		await expect(answer).toContainText('Half an ans');
		cut();
		await expect(playground.status).toHaveText(/cut off/i);
		await expect(answer).toContainText('Half an ans');
	});

	test('a stream that ends without message_stop is cut off too', async ({ playground, api }) => {
		api.answer = (response) => {
			response.writeHead(200, { ...cors, 'content-type': 'text/event-stream; charset=utf-8' });
			response.end(streamStart('Half an ans'));
		};
		await playground.run();
		await expect(playground.status).toHaveText(/cut off/i);
	});

	test('an error event after a 200', async ({ playground, api }) => {
		api.answer = (response) => {
			response.writeHead(200, { ...cors, 'content-type': 'text/event-stream; charset=utf-8' });
			response.end(
				streamStart('Before the ') + event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
			);
		};
		await playground.run();
		await expect(playground.response).toContainText('overloaded_error');
		await expect(playground.response.getByRole('article', { name: 'Assistant message' })).toContainText('Before the');
	});

	test('unreachable', async ({ playground }) => {
		await playground.sendTo('http://127.0.0.1:59999');
		await playground.run();
		await expect(playground.status).toHaveText(/reach/i);
		await expect(playground.response.getByRole('button', { name: 'Try again' })).toBeVisible();
	});

	test('blocked by the browser: the server is there, but does not allow this page to read', async ({
		playground,
		api,
	}) => {
		api.answer = (response) =>
			response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message('x')));
		await playground.run();
		await expect(playground.response).toContainText(/CORS/);
	});

	test("the organisation's CORS setting", async ({ playground, api }) => {
		api.answer = (response) => {
			response.writeHead(401, { ...cors, 'content-type': 'application/json' });
			response.end(
				JSON.stringify({
					type: 'error',
					error: {
						type: 'authentication_error',
						message: 'CORS requests are not allowed for this Organization because of its settings.',
					},
				}),
			);
		};
		await playground.run();
		await expect(playground.response).toContainText(/organi[sz]ation/i);
	});

	test('offline: the API is out of reach, a local server would not be', async ({ page, playground }) => {
		// Said by hand, since not every browser's network can be cut from here.
		await page.evaluate(() => Object.defineProperty(navigator, 'onLine', { get: () => false }));
		await page.route('https://api.anthropic.com/**', (route) => route.abort());
		await playground.giveKey(`sk-ant-api03-${'x'.repeat(40)}`);
		await page.getByRole('combobox', { name: 'API', exact: true }).selectOption('Anthropic');
		await playground.run();
		await expect(playground.status).toHaveText(/offline/i);
		await playground.sendTo('http://127.0.0.1:59999');
		await playground.run();
		await expect(playground.status).not.toHaveText(/offline/i);
		await expect(playground.status).not.toBeEmpty();
	});

	test('stopped by the user: what came stays, marked', async ({ page, playground, api }) => {
		api.answer = (response) => {
			response.writeHead(200, { ...cors, 'content-type': 'text/event-stream; charset=utf-8' });
			response.write(streamStart('Still speaking'));
		};
		await playground.request.getByRole('button', { name: 'Run', exact: true }).click();
		await expect(playground.response.getByRole('article', { name: 'Assistant message' })).toContainText(
			'Still speaking',
		);
		await page.keyboard.press('Escape');
		await playground.ended();
		await expect(playground.status).toHaveText(/stopped/i);
		await expect(playground.response.getByRole('article', { name: 'Assistant message' })).toContainText(
			'Still speaking',
		);
	});
});
