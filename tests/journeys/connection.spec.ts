import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from './playground';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as unknown;
const sources = read('scripts/first-visit.json') as readonly string[];
const built = read('dist/.vite/manifest.json') as Readonly<Record<string, { file: string; css?: string[] }>>;
/** The files that the first visit needs: the page, and the parts it asks for at once. */
const needed = Object.entries(built)
	.filter(([name]) => sources.some((source) => name.endsWith(source)))
	.flatMap(([, { file, css = [] }]) => [file, ...css].map((path) => basename(path)));

test.describe('a connection that is lost after the first answer', () => {
	// How the browser tells of what it could not load. That nothing else is said is what these journeys are for.
	test.use({
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
		expectedErrors: ({}, use) => use([/^Failed to load resource/, /^Loading failed for the module/]),
	});

	test.beforeEach(async ({ page, playground }) => {
		// Nothing but what the first visit needs, however soon the page asks for more.
		await page.route('**/assets/**', (route) =>
			needed.includes(basename(route.request().url())) ? route.continue() : route.abort(),
		);
		await playground.visit();
	});

	test('is told where a part of the page does not come', async ({ page, playground }) => {
		const words = 'This part of the page could not be loaded. Check the connection, then load the page again.';
		await page.getByRole('button', { name: 'API key' }).click();
		await expect(page.getByRole('banner').getByRole('alert')).toHaveText(words);
		for (const view of ['JSON', 'Code'] as const) {
			await playground.show(view);
			await expect(playground.request.getByRole('tabpanel').getByRole('alert')).toHaveText(words);
		}
		for (const view of ['JSON', 'Stream', 'Headers'] as const) {
			await playground.read(view);
			await expect(playground.response.getByRole('tabpanel').getByRole('alert')).toHaveText(words);
		}
		await playground.library.getByRole('button', { name: 'Export everything' }).click();
		await expect(playground.library.getByText(words)).toBeVisible();
		// What is left of the page stays in sight, and is no narrower.
		await playground.library.getByRole('button', { name: 'Settings' }).click();
		await expect(page.locator('.app > [role="alert"]')).toHaveText(words);
		await expect(playground.request.getByRole('button', { name: 'Run', exact: true })).toBeInViewport({ ratio: 1 });
	});

	test('keeps nobody from writing, nor from running against an API that can be reached', async ({
		playground,
		api,
	}) => {
		await playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' }).fill('Still here');
		await playground.request.getByRole('combobox', { name: 'Model' }).fill('claude-sonnet-5-5');
		await playground.sendTo(api.url);
		await playground.run();
		await expect(playground.response.getByRole('article', { name: 'Assistant message' })).toHaveText('Hello from here');
		expect(api.received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
			{ model: 'claude-sonnet-5-5', messages: [{ content: 'Still here' }] },
		]);
	});
});
