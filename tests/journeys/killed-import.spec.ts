import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser, type MortalBrowser } from '../kill/browser';
import { expect, Playground, test as base } from './playground';

/** So many conversations are written together. */
const PART = 50;
const PARTS = 12;

/** An export of many conversations. */
const file = {
	name: 'many.json',
	mimeType: 'application/json',
	buffer: Buffer.from(
		JSON.stringify({
			format: 'messages-playground',
			version: 1,
			exportedAt: '2026-11-22T12:00:00.000Z',
			conversations: Array.from({ length: PART * PARTS }, (_, place) => ({
				id: `many-${place}`,
				title: `Conversation ${place}`,
				named: true,
				pinned: false,
				createdAt: '2026-11-22T12:00:00.000Z',
				changedAt: '2026-11-22T12:00:00.000Z',
				apiVersion: '2023-06-01',
				headers: [],
				target: { kind: 'simulated' },
				text: JSON.stringify({ messages: [{ role: 'user', content: `Is it ant ${place}?` }] }),
				runs: [],
			})),
			attachments: {},
		}),
	),
};

interface Fixtures {
	/** Opens the page in a browser whose processes can be killed; each time on the same profile. */
	readonly open: () => Promise<{ readonly browser: MortalBrowser; readonly playground: Playground }>;
}

const test = base.extend<Fixtures>({
	open: async ({ baseURL }, use) => {
		const profile = await mkdtemp(join(tmpdir(), 'messages-playground-killed-import-'));
		let last: MortalBrowser | null = null;
		await use(async () => {
			last = await startBrowser(profile);
			const page = await last.context.newPage();
			const playground = new Playground(page);
			await page.goto(baseURL!); // in the configuration
			await expect(playground.library.getByRole('button', { name: 'Import', exact: true })).toBeVisible();
			return { browser: last, playground };
		});
		await (last as MortalBrowser | null)?.kill();
		await rm(profile, { recursive: true, force: true, maxRetries: 3 });
	},
});

async function importMany({ page, library }: Playground): Promise<void> {
	const choosing = page.waitForEvent('filechooser');
	await library.getByRole('button', { name: 'Import', exact: true }).click();
	await (await choosing).setFiles(file);
}

/** Kill the browser while it writes the part with this number, in the middle of the transaction. */
async function killAt(part: number, { browser, playground }: { browser: MortalBrowser; playground: Playground }) {
	const { page } = playground;
	await page.evaluate((part) => {
		const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!.value as IDBObjectStore['put']; // every browser has it
		IDBObjectStore.prototype.put = function (value, key) {
			if (typeof key === 'string' && key.startsWith('import/') && Number(key.split('/').at(-1)) === part) {
				console.info('It stands still.');
				for (;;);
			}
			return put.call(this, value, key);
		};
	}, part);
	const standing = page.waitForEvent('console', (said) => said.text() === 'It stands still.');
	await importMany(playground);
	await standing;
	await browser.kill();
}

/** The keys of the conversations that came in. */
async function cameIn(playground: Playground): Promise<readonly string[]> {
	return (await playground.recordsWith('Is it ant')).filter((key) => key.startsWith('conversation/'));
}

/** Whether anything on the disk says that an import is under way. */
async function isNoted(playground: Playground): Promise<boolean> {
	return (await playground.recordsWith('"taken":')).length > 0;
}

test('an import killed in its first part leaves nothing', { tag: '@chromium' }, async ({ open }) => {
	await killAt(0, await open());
	const { playground } = await open();
	expect(await cameIn(playground)).toEqual([]);
	expect(await isNoted(playground)).toBe(false);
});

for (const part of [1, PARTS - 1])
	test(
		`an import killed in part ${part} of ${PARTS} is told, and can be removed`,
		{ tag: '@chromium' },
		async ({ open }) => {
			await killAt(part, await open());
			const { playground } = await open();
			const { library } = playground;
			await expect(library.getByText(`cut off before its end. ${part * PART} conversations had come in`)).toBeVisible();
			expect(await cameIn(playground)).toHaveLength(part * PART);
			await library.getByRole('button', { name: 'Remove', exact: true }).click();
			await expect(library.getByText('What came in was removed.')).toBeVisible();
			expect(await cameIn(playground)).toEqual([]);
			expect(await isNoted(playground)).toBe(false);
		},
	);

test(
	'an import killed half way is told, can be kept, and goes on with the same file',
	{ tag: '@chromium' },
	async ({ open }) => {
		const came = (PARTS / 2) * PART;
		await killAt(PARTS / 2, await open());
		const { playground } = await open();
		const { library } = playground;
		await library.getByRole('button', { name: 'Keep', exact: true }).click();
		await expect(library.getByText('What came in stays.')).toBeVisible();
		expect(await isNoted(playground)).toBe(false);
		await importMany(playground);
		await expect(
			library.getByText(`Imported ${came} conversations; ${came} conversations were here already`),
		).toBeVisible();
		expect(await cameIn(playground)).toHaveLength(2 * came);
		expect(await isNoted(playground)).toBe(false);
	},
);
