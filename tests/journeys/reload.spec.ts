import type { Page } from '@playwright/test';
import { cors, expect, streamStart, test, type LocalApi, type Playground } from './playground';

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

/** Visit the page, and have it ask for a stream from an API that begins its answer and never ends it. */
async function visitHalf(playground: Playground, api: LocalApi): Promise<void> {
	api.answer = (response) => {
		response.writeHead(200, { ...cors, 'content-type': 'text/event-stream; charset=utf-8' });
		response.write(streamStart('Half of an'));
	};
	await playground.visit();
	await playground.sendTo(api.url);
	await playground.request.getByRole('switch', { name: 'Stream' }).click();
}

test('a run whose page is closed before it has ended comes back with all that had come', async ({
	page,
	playground,
	api,
}) => {
	await visitHalf(playground, api);
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

test('what a page leaves behind while another tab is busy with the database comes back', async ({
	page,
	playground,
	api,
}) => {
	await visitHalf(playground, api);
	const text = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
	await text.fill('Do ants dream?');
	await expect(playground.request.getByText('saved', { exact: true })).toBeVisible();
	// The part of the page that leaves things behind is there when this is.
	const other = await page.context().newPage();
	await other.goto('./');
	await expect(other.getByRole('textbox', { name: 'Text' }).first()).toHaveValue('Do ants dream?');
	await page.bringToFront();
	await playground.request.getByRole('button', { name: 'Run', exact: true }).click();
	const answer = playground.response.getByRole('article', { name: 'Assistant message' });
	await expect(answer).toContainText('Half of an');
	const letGo = await holdDatabase(other);
	await text.fill('Do bees dream?');
	await page.reload({ waitUntil: 'commit' });
	await letGo();

	await expect(text).toHaveValue('Do bees dream?');
	await expect(answer).toContainText('Half of an');
	await expect(playground.response.getByRole('list', { name: 'Runs' })).toContainText('cut off');
	await expect(playground.library.getByRole('list', { name: 'Saved conversations' }).getByRole('listitem')).toHaveCount(
		1,
	);
	// The other tab follows.
	await expect(other.getByRole('textbox', { name: 'Text' }).first()).toHaveValue('Do bees dream?');
	await expect(other.getByRole('list', { name: 'Runs' })).toContainText('cut off');
	expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('/left/')))).toEqual([]);
});

test('what a tab could not save before it was closed is in the tab that stays open', async ({ page, playground }) => {
	await playground.visit();
	const text = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
	await text.fill('Do ants dream?');
	await expect(playground.request.getByText('saved', { exact: true })).toBeVisible();
	const [other, busy] = [await page.context().newPage(), await page.context().newPage()];
	await other.goto('./');
	await expect(other.getByRole('textbox', { name: 'Text' }).first()).toHaveValue('Do ants dream?');
	// The part of it that hears of others comes last.
	await expect(other.getByRole('list', { name: 'Runs' })).toBeVisible();
	await other.waitForLoadState('networkidle');
	await busy.goto('./icon.svg');
	const letGo = await holdDatabase(busy);
	await page.bringToFront();
	await text.fill('Do bees dream?');
	await page.close();
	await letGo();
	await expect(other.getByRole('textbox', { name: 'Text' }).first()).toHaveValue('Do bees dream?');
	await expect(
		other
			.getByRole('list', { name: 'Saved conversations' })
			.getByRole('listitem')
			.getByRole('button', { name: /bees/ }),
	).toBeVisible();
});

/** Read the page's database in one transaction for which every writer waits, until what this gives is called. */
async function holdDatabase(page: Page): Promise<() => Promise<void>> {
	const held = await page.evaluateHandle(async () => {
		const [{ name = '' } = {}] = await indexedDB.databases();
		const opening = indexedDB.open(name);
		const database = await new Promise<IDBDatabase>((resolve) => {
			opening.onsuccess = () => resolve(opening.result);
		});
		const held = { on: true };
		const transaction = database.transaction('records');
		const read = () => {
			transaction.objectStore('records').get('none').onsuccess = () => (held.on ? read() : database.close());
		};
		read();
		return held;
	});
	return () => held.evaluate((held) => void (held.on = false));
}
