import { crc32, deflateSync } from 'node:zlib';
import { expect, type Locator, type Page } from '@playwright/test';
import { pick, type Random } from '../../src/simulator/random';
import { firstWord, type Content, type Found } from './disk';
import { aboutToBe, beginsWith, isNow, latest, type Timeline } from './timeline';

/** What was done to a conversation; null stands for one that is not there. */
export interface Known {
	content: Timeline<Content | null>;
	runs: Timeline<number>;
}

/** What was done, and how often. */
export interface Tally {
	edits: number;
	images: number;
	runs: number;
	deletions: number;
	undone: number;
}

const deeds = ['type', 'erase', 'drop', 'run', 'delete', 'move'] as const;
/** More do not all fit into the list. */
const CONVERSATIONS = 6;
const IMAGES = 5;
/** The side of a picture, in pixels: some 8 kB of noise. */
const SIDE = 52;

/** Somebody who types, drops pictures in, runs and deletes at random, and knows of everything when it was done. */
export class Person {
	/** By the first word of each conversation. */
	readonly known = new Map<string, Known>();
	readonly tally: Tally = { edits: 0, images: 0, runs: 0, deletions: 0, undone: 0 };
	readonly #random: Random;
	#words = 0;
	#open: string | null = null;
	#running = false;
	/** What is done most, so that every deed has lives in which the end comes amid it. */
	#favourite: (typeof deeds)[number] = 'type';

	constructor(random: Random) {
		this.#random = random;
	}

	/** Begin again with what is on the disk, and a new favourite among the deeds. */
	remember(conversations: ReadonlyMap<string, Found>): void {
		this.known.clear();
		for (const [word, { content, runs }] of conversations)
			this.known.set(word, { content: beginsWith<Content | null>(content), runs: beginsWith(runs) });
		this.#open = null;
		this.#running = false;
		this.#favourite = pick(this.#random, deeds);
	}

	/** Do one thing more on the page, and wait until it can be seen. */
	async act(page: Page): Promise<void> {
		if (this.#running) await this.#lookAtRun(page);
		const open = this.#open;
		// Another conversation would take the place of what is being answered.
		if (this.#running && open !== null) return this.#type(page, open);
		const there = [...this.known].filter(([, { content }]) => latest(content) !== null).map(([word]) => word);
		const deed = this.#random() < 0.5 ? this.#favourite : pick(this.#random, deeds);
		if (open !== null && deed === 'type') return this.#type(page, open);
		if (open !== null && deed === 'erase') return this.#erase(page, open);
		if (open !== null && deed === 'drop' && this.#contentOf(open).images < IMAGES) return this.#drop(page, open);
		if (open !== null && deed === 'run') return this.#run(page, open);
		const [some, ...others] = there;
		if (some === undefined || (deed !== 'delete' && there.length < CONVERSATIONS && this.#random() < 0.5))
			return this.#begin(page);
		const word = pick(this.#random, [some, ...others]);
		return deed === 'delete' || there.length >= CONVERSATIONS ? this.#delete(page, word) : this.#goTo(page, word);
	}

	async #begin(page: Page): Promise<void> {
		await page.getByRole('button', { name: 'New conversation' }).click();
		await expect(textOf(page)).toHaveValue('');
		const word = `c${++this.#words}`;
		this.known.set(word, { content: beginsWith<Content | null>(null), runs: beginsWith(0) });
		await this.#edit(word, { words: word, images: 0 }, async () => {
			await textOf(page).focus();
			await page.keyboard.insertText(word);
		});
		this.#open = word;
	}

	async #goTo(page: Page, word: string): Promise<void> {
		await rowOf(page, word).getByRole('button').first().click();
		await expect(textOf(page)).toHaveValue(this.#contentOf(word).words);
		this.#open = word;
	}

	async #type(page: Page, open: string): Promise<void> {
		await select(textOf(page), this.#contentOf(open).words.length);
		for (let left = this.#random() * 10; left > 0; left--) {
			const { words, images } = this.#contentOf(open);
			const more = ` w${++this.#words}`;
			await this.#edit(open, { words: words + more, images }, () => page.keyboard.insertText(more));
			// Somebody who thinks, now and then longer than the page waits before it saves.
			await page.waitForTimeout(this.#random() ** 4 * 400);
		}
	}

	async #erase(page: Page, open: string): Promise<void> {
		const { words, images } = this.#contentOf(open);
		const left = words.slice(0, words.lastIndexOf(' '));
		// The first word says which conversation it is.
		if (!words.includes(' ')) return;
		await this.#edit(open, { words: left, images }, async () => {
			await select(textOf(page), left.length);
			await page.keyboard.press('Backspace');
		});
	}

	async #drop(page: Page, open: string): Promise<void> {
		const { words, images } = this.#contentOf(open);
		await this.#edit(open, { words, images: images + 1 }, async () => {
			const carried = await page.evaluateHandle((base64) => {
				const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
				const transfer = new DataTransfer();
				transfer.items.add(new File([bytes], 'noise.png', { type: 'image/png' }));
				return transfer;
			}, noise(this.#random).toString('base64'));
			await turnOf(page).dispatchEvent('drop', { dataTransfer: carried });
			await expect(turnOf(page).getByRole('img', { name: /^image\/png/ })).toHaveCount(images + 1);
		});
		this.tally.images++;
	}

	async #run(page: Page, open: string): Promise<void> {
		const known = this.#knownOf(open);
		const before = latest(known.runs);
		known.runs = aboutToBe(known.runs, before + 1);
		await page.getByRole('button', { name: 'Run', exact: true }).click();
		const kept = page.getByRole('list', { name: 'Runs' }).getByRole('listitem').nth(before);
		await expect(stopOf(page).or(kept).first()).toBeVisible();
		this.#running = true;
	}

	async #lookAtRun(page: Page): Promise<void> {
		if (this.#open === null || (await stopOf(page).isVisible())) return;
		const known = this.#knownOf(this.#open);
		known.runs = isNow(known.runs, Date.now());
		this.#running = false;
		this.tally.runs++;
	}

	async #delete(page: Page, word: string): Promise<void> {
		const known = this.#knownOf(word);
		const before = latest(known.content);
		known.content = aboutToBe(known.content, null);
		await rowOf(page, word).getByRole('button', { name: 'More' }).click();
		await page.getByRole('menuitem', { name: 'Delete' }).click();
		await expect(rowOf(page, word)).toHaveCount(0);
		known.content = isNow(known.content, Date.now());
		this.tally.deletions++;
		if (this.#open === word) this.#open = null;
		if (this.#random() < 0.6) return;
		known.content = aboutToBe(known.content, before);
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect(rowOf(page, word)).toHaveCount(1);
		known.content = isNow(known.content, Date.now());
		this.tally.undone++;
	}

	async #edit(word: string, content: Content, make: () => Promise<void>): Promise<void> {
		const known = this.#knownOf(word);
		known.content = aboutToBe<Content | null>(known.content, content);
		await make();
		known.content = isNow(known.content, Date.now());
		this.tally.edits++;
	}

	#knownOf(word: string): Known {
		return this.known.get(word)!; // only words of its own are asked for
	}

	#contentOf(word: string): Content {
		return latest(this.#knownOf(word).content)!; // only those that are there are asked for
	}
}

function turnOf(page: Page): Locator {
	return page.getByRole('group', { name: 'Turn 1: user', exact: true });
}

function textOf(page: Page): Locator {
	return turnOf(page).getByRole('textbox', { name: 'Text' });
}

function stopOf(page: Page): Locator {
	return page.getByRole('button', { name: 'Stop', exact: true });
}

function rowOf(page: Page, word: string): Locator {
	const rows = page.getByRole('list', { name: 'Saved conversations' }).getByRole('listitem');
	return rows.filter({ has: page.getByRole('button', { name: new RegExp(`^${firstWord(word)}( |$)`) }) });
}

/** Put the caret at `start`, and mark all that is behind it. */
function select(text: Locator, start: number): Promise<void> {
	return text.evaluate((field: HTMLTextAreaElement, from) => {
		field.focus();
		field.setSelectionRange(from, field.value.length);
	}, start);
}

/** A PNG of noise, unlike any other: https://www.w3.org/TR/png-3/. */
function noise(random: Random): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(SIDE, 0);
	header.writeUInt32BE(SIDE, 4);
	header.set([8, 2], 8); // eight bits for each of red, green and blue
	const lines = Buffer.alloc(SIDE * (1 + 3 * SIDE));
	for (let at = 0; at < lines.length; at++) lines[at] = at % (1 + 3 * SIDE) === 0 ? 0 : random() * 256;
	const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
	return Buffer.concat([
		signature,
		part('IHDR', header),
		part('IDAT', deflateSync(lines)),
		part('IEND', Buffer.alloc(0)),
	]);
}

function part(name: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(data.length, 0);
	frame.writeUInt32BE(crc32(body), 4);
	return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
