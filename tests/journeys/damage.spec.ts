import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { expect, Playground, test as base } from './playground';

/** A browser on a profile of its own, which outlives it. */
interface Profile {
	/** Do something on the page, then close the browser. */
	readonly visit: (act: (playground: Playground) => Promise<void>) => Promise<void>;
	/** Overwrite the middle of every file of its IndexedDB whose path matches. Gives how many there were. */
	readonly damage: (path: RegExp) => Promise<number>;
	/** The files of its IndexedDB whose path matches. */
	readonly files: (path: RegExp) => Promise<readonly string[]>;
}

const test = base.extend<{ profile: Profile }>({
	profile: async ({ launchOptions, baseURL }, use) => {
		const folder = await mkdtemp(join(tmpdir(), 'messages-playground-damaged-'));
		const files = async (path: RegExp) =>
			(await readdir(join(folder, 'Default', 'IndexedDB'), { recursive: true, withFileTypes: true }))
				.filter((entry) => entry.isFile())
				.map((entry) => join(entry.parentPath, entry.name))
				.filter((file) => path.test(file));
		await use({
			async visit(act) {
				const context = await chromium.launchPersistentContext(folder, { ...launchOptions, baseURL: baseURL! }); // in the configuration
				await act(new Playground(context.pages()[0] ?? (await context.newPage())));
				await context.close();
			},
			async damage(path) {
				const damaged = await files(path);
				for (const file of damaged) {
					const bytes = await readFile(file);
					bytes.fill(0xa5, Math.floor(bytes.length / 4), Math.ceil((bytes.length * 3) / 4));
					await writeFile(file, bytes);
				}
				return damaged.length;
			},
			files,
		});
		await rm(folder, { recursive: true, force: true });
	},
});

/** Save two conversations, one with a picture. */
async function fill(playground: Playground): Promise<void> {
	await playground.visit();
	for (const [example, words] of [
		['Hello, Claude', 'Is it an ant?'],
		['Multiple turns', 'Is it a bee?'],
	] as const) {
		await playground.open(example);
		await playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' }).fill(words);
	}
	await playground.dropPicture('Turn 1: user');
	await expect(playground.turn('Turn 1: user').getByRole('img', { name: /500 × 500/ })).toBeVisible();
	for (const words of ['Is it an ant?', 'attachment:sha256-'])
		await expect.poll(() => playground.recordsWith(words)).toContainEqual(expect.stringContaining('conversation/'));
}

for (const [what, path] of [
	['what was written last', /\.(?:log|ldb)$/],
	['the list of its files', /MANIFEST/],
] as const)
	test(
		`a database whose files are damaged, ${what}, is told of, and a new one begun`,
		{ tag: '@chromium' },
		async ({ profile }) => {
			await profile.visit(fill);
			expect(await profile.damage(path)).toBeGreaterThan(0);
			await profile.visit(async (playground) => {
				await playground.page.goto('./');
				await expect(playground.library.getByText('2 conversations were here at the last visit')).toBeVisible();
				await playground.open('Hello, Claude');
				await playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' }).fill('Is it a wasp?');
				await expect.poll(() => playground.recordsWith('Is it a wasp?')).not.toEqual([]);
			});
			await profile.visit(async (playground) => {
				await playground.page.goto('./');
				await expect(playground.library.getByRole('button', { name: 'Is it a wasp?' })).toBeVisible();
			});
		},
	);

test(
	'a picture whose file is damaged takes nothing else with it, on the page and out of it',
	{ tag: '@chromium' },
	async ({ profile }) => {
		await profile.visit(fill);
		expect(await profile.damage(/indexeddb\.blob/)).toBe(1);
		await profile.visit(async (playground) => {
			await playground.page.goto('./');
			const turn = playground.turn('Turn 1: user');
			await expect(turn.getByRole('textbox', { name: 'Text' })).toHaveValue('Is it a bee?');
			await expect(playground.library.getByRole('button', { name: 'Is it an ant?' })).toBeVisible();
			const { conversations, attachments } = JSON.parse(await playground.exportEverything()) as {
				conversations: { title: string }[];
				attachments: object;
			};
			expect(conversations.map(({ title }) => title).toSorted()).toEqual(['Is it a bee?', 'Is it an ant?']);
			expect(attachments).toEqual({});
			await expect(playground.library.getByText('1 attachment that they name could not be found')).toBeVisible();
		});
	},
);

test(
	'half a record at the end of its log, as a killed browser leaves it, takes nothing with it',
	{ tag: '@chromium' },
	async ({ profile }) => {
		const logs = () => profile.files(/\.log$/);
		await profile.visit(fill);
		const [torn] = (await logs()) as [string]; // it has been written to
		// It says that it is whole and has 3,500 bytes, and has 1,000: https://github.com/google/leveldb/blob/main/doc/log_format.md
		await appendFile(torn, Buffer.concat([Buffer.from([1, 2, 3, 4, 3500 & 0xff, 3500 >> 8, 1]), Buffer.alloc(1000)]));
		await profile.visit(async (playground) => {
			await playground.page.goto('./');
			const text = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
			await expect(text).toHaveValue('Is it a bee?');
			await expect.poll(logs).not.toContain(torn);
			await text.fill('Is it a wasp?');
			await expect.poll(() => playground.recordsWith('Is it a wasp?')).not.toEqual([]);
		});
		await profile.visit(async (playground) => {
			await playground.page.goto('./');
			for (const words of ['Is it a wasp?', 'Is it an ant?'])
				await expect(playground.library.getByRole('button', { name: words })).toBeVisible();
		});
	},
);

test(
	'what the browser is told to clear while the page is open is told, and what is on the page is saved again',
	{ tag: '@chromium' },
	async ({ playground, page, context, baseURL }) => {
		await fill(playground);
		await page.reload();
		await playground.run();
		const bee = playground.library.getByRole('button', { name: 'Is it a bee?' });
		await expect(playground.library.getByText('1 run')).toBeVisible();
		const devtools = await context.newCDPSession(page);
		const { origin } = new URL(baseURL!); // in the configuration
		await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
		await expect(playground.library.getByText('1 conversation is gone')).toBeVisible();
		await expect(playground.library.getByRole('button', { name: 'Is it an ant?' })).toBeHidden();
		// Last of all the run is saved again.
		await expect(playground.library.getByText('1 run')).toBeVisible();
		await page.reload();
		await expect(bee).toHaveAttribute('aria-current', 'true');
		await expect(playground.turn('Turn 1: user').getByRole('img', { name: /500 × 500/ })).toBeVisible();
		await expect(playground.library.getByText('1 run')).toBeVisible();
	},
);
