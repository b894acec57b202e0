import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { expect, test } from './playground';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Wait until nothing in the page has changed for thirty frames: axe walks a tree that must not change under its hands. */
function standsStill(): Promise<void> {
	return new Promise((resolve) => {
		let quiet = 0;
		const observer = new MutationObserver(() => (quiet = 0));
		observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
		const frame = () => {
			if (++quiet < 30) return void requestAnimationFrame(frame);
			observer.disconnect();
			resolve();
		};
		requestAnimationFrame(frame);
	});
}

/** The browser's own test channel may run scripts the page's policy would not let in. */
async function violations(page: import('@playwright/test').Page): Promise<string[]> {
	await page.evaluate(standsStill);
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
	return page.evaluate(async () => {
		const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(document);
		return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
	});
}

for (const theme of ['Light', 'Dark']) {
	test(`axe finds nothing on the page in the ${theme.toLowerCase()} theme`, async ({ page, playground }) => {
		await playground.visit();
		await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
		await playground.open("Putting words in Claude's mouth");
		await playground.run();
		expect(await violations(page)).toEqual([]);
		for (const view of ['JSON', 'Stream', 'Headers'] as const) {
			await playground.read(view);
			expect(await violations(page), view).toEqual([]);
		}
		for (const view of ['JSON', 'Code'] as const) {
			await playground.show(view);
			expect(await violations(page), view).toEqual([]);
		}
		await page.getByRole('button', { name: 'API key' }).click();
		expect(await violations(page), 'API key').toEqual([]);
	});
}
