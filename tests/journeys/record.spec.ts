import { cors, expect, message, streamStart, test } from './playground';

const KEY = 'sk-ant-api03-canary0canary1canary2canary3-Zq9w';

test('what a real API answered is recorded, and given again by the simulated one', async ({
	page,
	playground,
	api,
	expectedErrors,
}) => {
	// The recorded connection is cut, which the browser says in its console.
	expectedErrors.push(/ERR_INCOMPLETE_CHUNKED_ENCODING|network error|NetworkError/);
	await playground.visit();
	await playground.open('Hello, Claude');
	await playground.giveKey(KEY);
	await playground.sendTo(api.url);
	let cut = () => {};
	api.answer = (response) => {
		response.writeHead(200, { ...cors, 'content-type': 'text/event-stream', 'x-odd': 'as recorded' });
		response.write(streamStart('Recorded words, then '));
		cut = () => response.destroy();
	};
	await playground.request.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(playground.response).toContainText('Recorded words, then');
	cut();
	await expect(playground.status).toHaveText('Cut off');
	await playground.response.getByRole('button', { name: 'More' }).click();
	await page.getByRole('menuitem', { name: 'Record as a scenario' }).click();
	await playground.response.getByRole('button', { name: 'Use this recording' }).click();
	await expect(playground.response.locator(':focus')).toHaveCount(1);

	const scenario = page.getByRole('combobox', { name: 'Scenario' });
	await expect(scenario.locator('option:checked')).toHaveText('Hello, Claude');
	// As somebody types: a field that a script has filled tells Firefox of no change when it is left.
	await page.getByRole('textbox', { name: 'Name of the recording' }).press('ControlOrMeta+a');
	await page.keyboard.type('A cut connection');
	await page.keyboard.press('Tab');
	await expect(scenario.locator('option:checked')).toHaveText('A cut connection');
	await page.reload();
	await expect(scenario.locator('option:checked')).toHaveText('A cut connection');

	// Whatever the request says: the simulated API itself would refuse this one.
	await playground.request.getByRole('combobox', { name: 'Model' }).fill('claude-nope');
	await page.keyboard.press('Escape');
	await playground.run();
	await expect(playground.status).toHaveText('Cut off');
	await expect(playground.response.getByText('Simulated', { exact: true }).first()).toBeVisible();
	await expect(playground.response).toContainText('Recorded words, then');
	await expect(playground.response).toContainText(/A replay of the recording “A cut connection” of .*20\d\d/);
	await playground.read('Headers');
	const headers = playground.response.getByRole('table', { name: 'Response headers' });
	await expect(headers).toContainText('as recorded');
	await expect(headers).not.toContainText('simulated');
	expect(api.received).toHaveLength(1);

	// What cannot be read any more is not passed off as anything else.
	await page.evaluate(async () => {
		for (const { name } of await indexedDB.databases()) {
			const database = await new Promise<IDBDatabase>((resolve) => {
				const opening = indexedDB.open(name ?? '');
				opening.onsuccess = () => resolve(opening.result);
			});
			for (const storeName of database.objectStoreNames) {
				const transaction = database.transaction(storeName, 'readwrite');
				const store = transaction.objectStore(storeName);
				const keys = store.getAllKeys(IDBKeyRange.bound('recorded/', 'recorded0'));
				keys.onsuccess = () => keys.result.forEach((key) => store.put({ version: 9 }, key));
				await new Promise((resolve) => (transaction.oncomplete = resolve));
			}
			database.close();
		}
	});
	await playground.read('Read');
	await playground.run();
	await expect(playground.response).toContainText('What was recorded cannot be read any more');
});

test('an answer with a status that is none is shown with its body, recorded, and given again', async ({
	page,
	playground,
	api,
	expectedErrors,
}) => {
	expectedErrors.push(/999/);
	await playground.visit();
	await playground.open('Hello, Claude');
	await playground.giveKey(KEY);
	await playground.sendTo(api.url);
	api.answer = (response) => {
		response.writeHead(999, 'Go away', { ...cors, 'content-type': 'application/json' });
		response.end('{"type":"error","error":{"type":"odd_error","message":"Nobody is let in."}}');
	};
	await playground.run();
	await expect(playground.status).toHaveText(/999/);
	await expect(playground.response).toContainText('Nobody is let in.');
	await playground.response.getByRole('button', { name: 'More' }).click();
	await page.getByRole('menuitem', { name: 'Record as a scenario' }).click();
	await playground.response.getByRole('button', { name: 'Use this recording' }).click();
	await playground.run();
	await expect(playground.response).toContainText('A replay of the recording');
	await expect(playground.status).toHaveText(/999/);
	await expect(playground.response).toContainText('Nobody is let in.');
	expect(api.received).toHaveLength(1);
});

test('the models that an API lists are in the picker, and no rule says they are unknown', async ({
	page,
	playground,
	api,
}) => {
	await playground.visit();
	await playground.giveKey(KEY);
	await playground.sendTo(api.url);
	const pages: Record<string, object> = {
		'/v1/models?limit=1000': { data: [{ id: 'llama-9', display_name: 'Llama' }], has_more: true, last_id: 'llama-9' },
		'/v1/models?limit=1000&after_id=llama-9': {
			data: [{ id: 'claude-opus-5', max_input_tokens: 3_000_000 }],
			has_more: false,
		},
	};
	api.answer = (response, { path }) => {
		response.writeHead(200, { ...cors, 'content-type': 'application/json' });
		response.end(JSON.stringify(pages[path] ?? message('Hello')));
	};
	const model = playground.request.getByRole('combobox', { name: 'Model', exact: true });
	const problems = page.getByRole('region', { name: 'Problems' });
	await model.fill('llama-9');
	await expect(problems).toContainText('There is no model “llama-9”');
	await page.keyboard.press('Escape');
	await model.click();
	await playground.request.getByRole('button', { name: 'Refresh models' }).click();
	await expect(page.getByRole('option', { name: /claude-opus-5 3M window/ })).toBeVisible();
	await expect(problems).toContainText('No problems found');
	expect(api.received.map(({ method, headers }) => [method, headers['x-api-key']])).toEqual([
		['GET', KEY],
		['GET', KEY],
	]);
	await page.keyboard.press('Escape');

	await page.reload();
	await expect(problems).toContainText('for llama-9 · 2023-06-01');
	await expect(problems).toContainText('No problems found');
	await page.getByRole('combobox', { name: 'API', exact: true }).selectOption('Simulated');
	await expect(problems).toContainText('There is no model “llama-9”');
	await problems.getByRole('button', { name: /^for / }).click();
	await problems.getByRole('combobox', { name: 'Check for model' }).selectOption('claude-opus-5');
	await expect(problems).toContainText('What is sent is llama-9 · 2023-06-01');
	await expect(problems).toContainText('No problems found');
	// What the simulated API refuses is what is sent.
	await playground.run();
	await expect(playground.status).toHaveText('Refused: 404 not_found_error');
});
