// Measures what the page costs beside the floor it cannot beat, in a real browser over a production build, and prints a
// table: `npm run bench -- [WORDS…] [--rounds N] [--check]`. WORDS choose the benches whose names hold them all; with
// --check it ends with 1 where one is over its limit. Times vary with the machine and with whatever else it does; ratios
// less so, since a floor is measured beside each.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { requireChromium } from './browsers.mjs';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { check: { type: 'boolean' }, rounds: { type: 'string', default: '7' } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
	console.error(`--rounds is a whole number from 1, not ${values.rounds}.`);
	process.exit(2);
}

/** How long most screens show a picture, in milliseconds. */
const FRAME = 1000 / 60;

const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = `${root}node_modules/.cache/bench`;
await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } });
// Beside the page and of its origin, so that it can fill the database of the page and open it in a frame.
await build({
	root: `${root}bench`,
	configFile: false,
	base: './',
	logLevel: 'error',
	plugins: [svelte()],
	worker: { format: 'es' },
	build: { outDir: `${outDir}/bench`, emptyOutDir: true, target: 'baseline-widely-available' },
});
const server = await preview({
	root,
	configFile: false,
	base: '/messages-playground/',
	logLevel: 'error',
	build: { outDir },
	preview: { host: '127.0.0.1', port: 4189 },
});

const { executablePath, env } = requireChromium(chromium.executablePath());
const browser = await chromium.launch({ executablePath, env: { ...process.env, ...env } });
let over = 0;
try {
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	page.on('pageerror', ({ message }) => console.error(message));
	await page.goto(new URL('bench/', server.resolvedUrls.local[0]).href);
	const benches = await page.evaluate(() => window.benches.list());
	const wanted = benches
		.map((bench, index) => ({ ...bench, index }))
		.filter(({ what }) => positionals.every((word) => what.includes(word)));
	console.log(row('what', 'measured', 'floor', 'ratio', 'spread', 'limit', ''));
	for (const { what, floor, limit, index } of wanted) {
		const results = await page.evaluate(([index, rounds]) => window.benches.run(index, rounds), [index, rounds]);
		const measured = median(results.map((result) => result.measured));
		const ratios = results.map((result) => result.measured / result.floor);
		const ratio = median(ratios);
		const exceeded =
			limit !== null &&
			('milliseconds' in limit
				? measured > limit.milliseconds
				: median(results.map((result) => (result.measured - (limit.frames ?? 0) * FRAME) / result.floor)) >
					limit.ratio);
		if (exceeded) over++;
		console.log(
			row(
				what,
				milliseconds(measured),
				milliseconds(median(results.map((result) => result.floor))),
				times(ratio),
				`${times(Math.min(...ratios))}–${times(Math.max(...ratios))}`,
				limit === null
					? ''
					: 'milliseconds' in limit
						? milliseconds(limit.milliseconds)
						: `${times(limit.ratio)}${limit.frames ? ` +${milliseconds(limit.frames * FRAME)}` : ''}`,
				`${exceeded ? 'OVER  ' : ''}against ${floor}`,
			),
		);
	}
	if (wanted.length === 0) {
		console.error('No bench has these words in its name.');
		process.exitCode = 2;
	} else console.log(`\nMedians of ${rounds} rounds.${over > 0 ? ` Over the limit: ${over}.` : ''}`);
} finally {
	await browser.close();
	await server.close();
}
if (values.check && over > 0) process.exitCode = 1;

function row(what, measured, floor, ratio, spread, limit, note) {
	const figures = [measured, floor, ratio].map((figure) => figure.padStart(11));
	return `${what.padEnd(50)}${figures.join('')}  ${spread.padStart(16)}${limit.padStart(15)}  ${note}`.trimEnd();
}

function median(numbers) {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function milliseconds(time) {
	return `${time < 10 ? time.toFixed(2) : time.toFixed(0)} ms`;
}

function times(ratio) {
	return `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}×`;
}
