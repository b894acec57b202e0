import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from './playground';

/** kB of 1,000 bytes, gzipped, scripts and styles, until the first simulated run is shown. */
const BUDGET = 110;

const gzipped = (url: string) =>
	gzipSync(readFileSync(`dist/assets/${basename(new URL(url).pathname)}`), { level: 9 }).length / 1000;

test('a first visit loads little until the first simulated run is shown', async ({ page, playground }) => {
	await page.addInitScript(() => {
		// Noted in the page, since what comes after the answer begins to load at once.
		new MutationObserver((_changes, observer) => {
			if (!/simulated:/i.test(document.querySelector('article')?.textContent ?? '')) return;
			observer.disconnect();
			performance.mark('answer shown');
		}).observe(document, { subtree: true, childList: true, characterData: true });
	});
	await playground.visit();
	const urls = await page.evaluate(() => {
		const shown = performance.getEntriesByName('answer shown')[0]?.startTime ?? Infinity;
		return performance
			.getEntriesByType('resource')
			.filter(({ name, startTime }) => /\.(?:js|css)$/.test(name) && startTime <= shown)
			.map(({ name }) => name);
	});
	const sizes = urls.map((url) => ({ file: basename(url), kB: gzipped(url) }));
	const total = sizes.reduce((sum, { kB }) => sum + kB, 0);
	expect(sizes.length).toBeGreaterThan(2);
	expect(total, sizes.map(({ file, kB }) => `${kB.toFixed(1)} ${file}`).join('\n')).toBeLessThanOrEqual(BUDGET);
});
