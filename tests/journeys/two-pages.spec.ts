import type { Page } from '@playwright/test';
import { pick, randomFrom, type Random } from '../../src/simulator/random';
import { expect, Playground, test } from './playground';

/** What each page does, at most so many times. */
const DEEDS = 24;

/** Somebody who writes words that nobody else writes, and notes each. */
interface Writer {
	readonly name: string;
	readonly playground: Playground;
	readonly view: 'Form' | 'JSON';
	readonly random: Random;
	readonly written: string[];
}

/** Type behind the first word of the request, which all copies of it have. */
async function write(writer: Writer): Promise<void> {
	const { name, playground, view, written } = writer;
	const word = `[${name}${written.length}]`;
	const type = view === 'Form' ? typeInForm : typeInJson;
	// Where the other page deleted what was open here, and nothing else was left, there is a blank request now.
	while (!(await type(playground.page, word))) await move(writer);
	written.push(word);
}

/**
 * Type into the first text of the form. Gives false when nothing can be typed there. The caret is put there and the word
 * typed in one go, here and in the JSON: between the two, the other page could have another request opened.
 */
function typeInForm(page: Page, word: string): Promise<boolean> {
	const field = page.getByRole('textbox', { name: 'Text', exact: true }).first();
	return field.evaluate((field: HTMLTextAreaElement, word) => {
		field.focus();
		field.setSelectionRange(field.value.length, field.value.length);
		return document.activeElement === field && document.execCommand('insertText', false, word);
	}, word);
}

/** Type behind the first word in the JSON editor. Gives false when that is not there. */
function typeInJson(page: Page, word: string): Promise<boolean> {
	return page.getByRole('textbox', { name: 'Request JSON' }).evaluate((editor: HTMLElement, word) => {
		const first = 'Together:';
		editor.focus();
		const texts = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
		while (texts.nextNode()) {
			const at = texts.currentNode.nodeValue?.indexOf(first) ?? -1;
			if (at < 0) continue;
			getSelection()?.collapse(texts.currentNode, at + first.length);
			return document.execCommand('insertText', false, word);
		}
		return false;
	}, word);
}

/** Go on in one of the conversations that are there: the original, or a copy. */
async function move({ playground: { library }, random }: Writer): Promise<void> {
	const rows = library.getByRole('list', { name: 'Saved conversations' }).getByRole('button', { name: /^Together/ });
	const nth = Math.floor(random() * Math.min(3, await rows.count()));
	await rows.nth(nth).click();
}

async function change({ playground: { page }, random }: Writer): Promise<void> {
	await page.getByRole('combobox', { name: 'API version' }).selectOption(pick(random, ['2023-06-01', '2026-10-21']));
}

/** Delete one of the conversations, in which the other may be writing, and bring it back. */
async function remove({ playground: { library } }: Writer): Promise<void> {
	const row = library.getByRole('list', { name: 'Saved conversations' }).getByRole('listitem').first();
	// In one go: the menu closes when a word of the other page moves the row.
	await row.evaluate(async (element) => {
		element.querySelector<HTMLElement>('[aria-label="More"]')?.click();
		await new Promise(requestAnimationFrame);
		const items = [...element.querySelectorAll<HTMLElement>('[role="menuitem"]')];
		items.find(({ innerText }) => innerText.trim() === 'Delete')?.click();
	});
	await library.getByRole('button', { name: 'Undo' }).click();
}

async function run({ playground: { request } }: Writer): Promise<void> {
	const button = request.getByRole('button', { name: 'Run', exact: true });
	if (await button.isVisible()) await button.click();
}

const deeds = [write, write, write, write, write, write, move, change, run];

async function actAtRandom(writer: Writer): Promise<void> {
	// The two of them bringing back what both have deleted is another story.
	const [first, ...others] = writer.name === 'a' ? [...deeds, remove] : deeds;
	for (let deed = 0; deed < DEEDS; deed++) {
		await pick(writer.random, [first ?? write, ...others])(writer);
		// Sometimes at once, sometimes after the other page has heard of it.
		await writer.playground.page.waitForTimeout(writer.random() ** 3 * 500);
	}
}

/** The texts of all conversations on the disk, with the code of no page. */
function texts(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const answer = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error!); // there is one by then
			});
		const database = (await indexedDB.databases()).find(({ name }) => name?.endsWith('/'));
		const opened = await answer(indexedDB.open(database?.name ?? ''));
		const records = opened.transaction('records').objectStore('records');
		const found = await answer<unknown[]>(records.getAll(IDBKeyRange.bound('conversation/', 'conversation/\uffff')));
		opened.close();
		return found.map((conversation) => (conversation as { text: string }).text); // as the page writes them
	});
}

function titles({ library }: Playground): Promise<string[]> {
	return library.getByRole('list', { name: 'Saved conversations' }).getByRole('listitem').allInnerTexts();
}

const sides = [
	{ seed: 1, views: ['Form', 'Form'] },
	{ seed: 2, views: ['Form', 'JSON'] },
	{ seed: 3, views: ['JSON', 'JSON'] },
] as const;
for (const { seed, views } of sides) {
	test(
		`two pages that write at random into one conversation, ${views.join(' and ')}, lose no word of either (seed ${seed})`,
		{ tag: '@chromium' },
		async ({ page, context, playground }) => {
			// When to give up on a slow machine, not how quick it should be.
			test.setTimeout(120_000);
			await playground.visit();
			const saved = (one: Playground) => expect(one.request.getByText('saved', { exact: true })).toBeVisible();
			await playground.library.getByRole('button', { name: 'New conversation' }).click();
			await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Together:');
			await saved(playground);
			const other = new Playground(await context.newPage());
			await other.page.goto('./');
			await expect(other.page.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue('Together:');
			await playground.show(views[0]);
			await other.show(views[1]);

			const writers: Writer[] = [
				{ name: 'a', playground, view: views[0], random: randomFrom(seed, 'a'), written: [] },
				{ name: 'b', playground: other, view: views[1], random: randomFrom(seed, 'b'), written: [] },
			];
			await Promise.all(writers.map(actAtRandom));
			const written = writers.flatMap((writer) => writer.written);
			expect(written.length).toBeGreaterThan(DEEDS / 2);

			for (const when of ['at once', 'after a reload']) {
				for (const one of [playground, other]) await saved(one);
				const kept = (await texts(page)).join();
				expect(
					written.filter((word) => !kept.includes(word)),
					`words lost ${when}`,
				).toEqual([]);
				await expect(async () => expect(await titles(other)).toEqual(await titles(playground))).toPass({
					timeout: 15_000,
				});
				for (const one of [playground, other]) await one.page.reload();
			}
		},
	);
}
