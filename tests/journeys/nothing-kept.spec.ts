import { expect, test } from './playground';

/** How a browser refuses a database: it has none, it throws, or it says so later. */
const refusals = {
	'has no IndexedDB': () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
	'forbids IndexedDB': () => {
		IDBFactory.prototype.open = () => {
			throw new DOMException('The operation is insecure.', 'SecurityError');
		};
	},
	'opens no IndexedDB': () => {
		IDBFactory.prototype.open = () => {
			const request = Object.create(IDBOpenDBRequest.prototype, {
				error: { value: new DOMException('A mutation operation was attempted.', 'InvalidStateError') },
				onerror: { set: (listen: (event: Event) => void) => queueMicrotask(() => listen(new Event('error'))) },
				onsuccess: { set: () => {} },
				oncomplete: { set: () => {} },
				onabort: { set: () => {} },
				onupgradeneeded: { set: () => {} },
			}) as IDBOpenDBRequest;
			return request;
		};
	},
};

for (const [what, refuse] of Object.entries(refusals))
	test(
		`a browser that ${what} has a page that works, and says that it keeps nothing`,
		{ tag: '@chromium' },
		async ({ page, playground }) => {
			await page.addInitScript(refuse);
			await playground.visit();
			const { library } = playground;
			await expect(library.getByText('This browser lets the page keep nothing')).toBeVisible();
			await playground.open('Multiple turns');
			await playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' }).fill('Is it an ant?');
			await playground.dropPicture('Turn 1: user');
			await expect(playground.turn('Turn 1: user').getByRole('img', { name: /500 × 500/ })).toBeVisible();
			await playground.run();
			await expect(playground.status).toHaveText(/^Finished/);
			await playground.open('Hello, Claude');
			await library.getByRole('searchbox', { name: 'Search conversations' }).fill('ant?');
			const found = library.getByRole('list', { name: 'Saved conversations' }).getByRole('listitem');
			await expect(found).toHaveCount(1);
			await expect(found).toContainText('1 run');
			const { conversations, attachments } = JSON.parse(await playground.exportEverything()) as {
				conversations: { text: string; runs: unknown[] }[];
				attachments: object;
			};
			expect(conversations.find(({ text }) => text.includes('Is it an ant?'))?.runs).toHaveLength(1);
			expect(Object.keys(attachments)).toHaveLength(1);
		},
	);
