import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as inMemory } from './playground';

/** On a real disk: what a browser keeps in memory only takes no less room when something is deleted. */
const test = inMemory.extend({
	context: async ({ playwright, launchOptions, baseURL, locale }, use) => {
		const profile = await mkdtemp(join(tmpdir(), 'full-disk-'));
		const context = await playwright.chromium.launchPersistentContext(profile, {
			...launchOptions,
			baseURL: baseURL!, // in the configuration
			locale: locale!, // there, too
		});
		await use(context);
		await context.close();
		await rm(profile, { recursive: true });
	},
});

/** The room a page has here, in bytes. */
const ROOM = 700_000;
/** Words that no database packs into less than so many bytes. */
const words = (name: string, bytes: number) => `${name} ${randomBytes(bytes).toString('base64')}`;

test.describe('a disk that the browser itself says is full', { tag: '@chromium' }, () => {
	/** Gives the page as much room as there is from here on. */
	let lift: () => Promise<unknown>;

	test.beforeEach(async ({ page, playground, baseURL }) => {
		const devtools = await page.context().newCDPSession(page);
		const { origin } = new URL(baseURL ?? '');
		// Before the page asks for the first time: for a while, the browser goes by what it found then.
		await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: ROOM });
		lift = () => devtools.send('Storage.overrideQuotaForOrigin', { origin });
		await playground.visit();
	});

	test('is told at once; words and image stay, go out in an export, and are saved by themselves later', async ({
		page,
		playground,
	}) => {
		const notice = page.getByRole('alert').filter({ hasText: 'no more room' });
		const turn = playground.turn('Turn 1: user');
		const text = turn.getByRole('textbox', { name: 'Text' });
		await text.fill('Small enough');
		await expect(playground.request.getByText('saved', { exact: true })).toBeVisible();

		const data = await playground.dropPicture('Turn 1: user');
		await expect(notice).toBeVisible();
		const long = words('Too much', ROOM);
		await text.fill(long);
		await expect(notice).toContainText('What you write, add and run now stays on this page only');
		await expect(playground.request.getByText('not saved', { exact: true })).toBeVisible();
		await expect(text).toHaveValue(long);
		await expect(turn.getByRole('img', { name: /^image\/png, 500 × 500/ })).toBeVisible();
		expect(await playground.recordsWith('Too much')).toEqual([]);

		// It is there for whoever comes back to it, and runs as it stands; the run that was shown before it was kept with it.
		await playground.open('Multiple turns');
		await playground.library.getByRole('button', { name: /^Too much/ }).click();
		await expect(text).toHaveValue(long);
		await playground.run();
		const run = page.getByRole('list', { name: 'Runs' }).getByRole('button');
		await expect(run).toHaveCount(2);

		const downloading = page.waitForEvent('download');
		await notice.getByRole('button', { name: 'Export a copy' }).click();
		const file = await readFile(await (await downloading).path(), 'utf8');
		expect(file).toContain(long);
		expect(file).toContain(data);

		await lift();
		await expect(notice).toBeHidden();
		await expect(playground.request.getByText('saved', { exact: true })).toBeVisible();
		await page.reload();
		await expect(text).toHaveValue(long);
		await expect(turn.getByRole('img', { name: /^image\/png, 500 × 500/ })).toBeVisible();
		await expect(run).toHaveCount(2);
		await expect(notice).toBeHidden();
	});

	test('has room again once a conversation is deleted that took it', async ({ page, playground }) => {
		const notice = page.getByRole('alert').filter({ hasText: 'no more room' });
		const text = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
		await text.fill(words('Large', ROOM / 4));
		await expect(playground.request.getByText('saved', { exact: true })).toBeVisible();
		await playground.library.getByRole('button', { name: 'New conversation' }).click();
		const wanted = words('Wanted', ROOM / 4);
		await text.fill(wanted);
		await expect(notice).toBeVisible();
		await notice.getByRole('button', { name: 'Make room' }).click();
		await page
			.getByRole('dialog', { name: 'Settings' })
			.getByRole('button', { name: /^Delete Large/ })
			.click();
		await expect(notice).toBeHidden();
		await page.reload();
		await expect(text).toHaveValue(wanted);
		await expect(playground.library.getByRole('button', { name: /^Large/ })).toBeHidden();
	});
});
