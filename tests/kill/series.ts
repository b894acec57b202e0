import { expect, type Page } from '@playwright/test';
import { randomFrom } from '../../src/simulator/random';
import { startBrowser, type MortalBrowser } from './browser';
import { readDisk, type Disk, type Found } from './disk';
import { Person, type Tally } from './person';
import { judge, latest } from './timeline';
import { watch } from './witness';

/** What the page promises: an edit is durable within so many milliseconds, and one transaction. */
const PROMISED = 300;
/** The browser is killed between these, in milliseconds after somebody begins to work in it. */
const SOONEST = 100;
const LATEST = 4000;

/** What came of one kill. */
export interface Aftermath {
	/** What is wrong with what was found after it, as sentences. */
	readonly problems: readonly string[];
	/** How old the oldest edit was, in milliseconds, that the kill took with it; 0 when it took none. */
	readonly oldestLost: number;
	/** How old an edit had to be to be safe, in milliseconds: what is promised, one transaction, and what the machine was late. */
	readonly allowed: number;
}

interface Series {
	readonly kills: number;
	readonly seed: number;
	/** The address of the built site. */
	readonly url: string;
	/** An empty folder for the browser's profile. */
	readonly profile: string;
	readonly onkill: (number: number, aftermath: Aftermath) => void;
}

/** Work in a browser and kill it, again and again on one profile, and look each time what was kept. Gives what was done in all. */
export async function killAgainAndAgain({ kills, seed, url, profile, onkill }: Series): Promise<Tally> {
	const random = randomFrom(seed);
	const person = new Person(random);
	for (let kill = 1; kill <= kills; kill++) {
		const length = SOONEST + random() * (LATEST - SOONEST);
		const life = await inBrowser(profile, (browser) => live(person, { browser, url, length }));
		onkill(kill, await inBrowser(profile, (browser) => lookInto(person, { browser, url, ...life })));
	}
	return person.tally;
}

/** Start a browser on the profile for `use`, and leave none behind that goes on with it. */
async function inBrowser<T>(profile: string, use: (browser: MortalBrowser) => Promise<T>): Promise<T> {
	const browser = await startBrowser(profile);
	try {
		return await use(browser);
	} finally {
		await browser.kill();
	}
}

/** Let somebody work for `length` milliseconds. Gives when the browser was killed, and how old an edit had to be by then. */
async function live(
	person: Person,
	{ browser, url, length }: { browser: MortalBrowser; url: string; length: number },
): Promise<{ killedAt: number; allowed: number }> {
	const page = await browser.context.newPage();
	const delays = await watch(page);
	await open(page, url);
	const begun = Date.now();
	let alive = true;
	const killed = new Promise<number>((resolve, reject) => {
		setTimeout(() => {
			alive = false;
			browser.kill().then(resolve, reject);
		}, length);
	});
	const working = async () => {
		while (alive) await person.act(page);
	};
	// What is broken off by the kill is meant to be; anything else that goes wrong is not.
	const failure = await working().then(
		() => null,
		(error: unknown) => (alive ? { error } : null),
	);
	const killedAt = await killed;
	if (failure) throw failure.error;
	const { transaction, stall } = delays(begun, killedAt);
	return { killedAt, allowed: PROMISED + transaction + stall };
}

/** Open the profile again, and hold what is there against what the person knows, who goes on from it. */
async function lookInto(
	person: Person,
	{ browser, url, killedAt, allowed }: { browser: MortalBrowser; url: string; killedAt: number; allowed: number },
): Promise<Aftermath> {
	// Of the same origin, and without the page's code.
	const beside = await browser.context.newPage();
	await beside.goto(new URL('export.schema.json', url).href);
	const disk = await readDisk(beside);
	const problems = [...disk.problems];
	let oldestLost = 0;
	const deadline = killedAt - allowed;
	for (const [word, { content, runs }] of person.known) {
		const found: Found | null = disk.conversations.get(word) ?? null;
		const words = judge(content, found?.content ?? null, deadline);
		const counted = found ? judge(runs, found.runs, deadline) : words;
		for (const { lost } of [words, counted]) if (lost !== null) oldestLost = Math.max(oldestLost, killedAt - lost);
		if (words.kind === 'wrong')
			problems.push(`${word} was ${JSON.stringify(latest(content))} and is ${JSON.stringify(found?.content ?? null)}.`);
		if (counted.kind === 'wrong') problems.push(`${word} had ${latest(runs)} runs and has ${found?.runs ?? 0}.`);
	}
	for (const word of disk.conversations.keys())
		if (!person.known.has(word)) problems.push(`Nobody has made the conversation ${word}.`);
	const page = await browser.context.newPage();
	page.on('pageerror', ({ message }) => problems.push(`The page broke: ${message}`));
	page.on('console', (said) => said.type() === 'error' && problems.push(`The page complained: ${said.text()}`));
	await open(page, url);
	problems.push(...(await complaints(page, disk)));
	person.remember(disk.conversations);
	return { problems, oldestLost, allowed };
}

/** Open the page, and wait until it is as it was left. */
async function open(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await expect(page.getByRole('group', { name: 'Turn 1: user', exact: true })).toBeVisible();
}

/** What the page shows wrong of what is on the disk. */
async function complaints(page: Page, { conversations }: Disk): Promise<string[]> {
	const rows = page.getByRole('list', { name: 'Saved conversations' }).getByRole('listitem');
	if (conversations.size > 0) await expect(rows.first()).toHaveAttribute('aria-setsize', String(conversations.size));
	else await expect(rows).toHaveCount(0);
	const unreadable = await rows.filter({ hasText: 'Unreadable' }).count();
	return unreadable > 0 ? [`The list shows ${unreadable} unreadable conversations.`] : [];
}
