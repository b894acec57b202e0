// What a first visit loads, printed and held to its budget: every script and style that is fetched until the first
// simulated run is shown. Which ones those are is read from the build's manifest: the entry with all it imports, and the
// parts `main.ts` asks for at once.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = 110_000;
/** Loaded on the way to the first simulated run. Everything else waits until it is used or the page is idle. */
const FIRST_VISIT = JSON.parse(readFileSync(new URL('./first-visit.json', import.meta.url), 'utf8'));

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const find = (source) => {
	const key = Object.keys(manifest).find((name) => name === source || name.endsWith(source));
	if (!key) throw new Error(`The build has no ${source}: mend scripts/first-visit.json`);
	return key;
};
const files = new Set();
const visit = (key) => {
	const { file, css = [], imports = [] } = manifest[key];
	if (files.has(file)) return;
	[file, ...css].forEach((name) => files.add(name));
	imports.forEach(visit);
};
FIRST_VISIT.map(find).forEach(visit);

let total = 0;
for (const file of files) {
	const gzip = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
	total += gzip;
	console.log(`${(gzip / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
console.log(
	`${(total / 1000).toFixed(1).padStart(8)} kB  gzipped until the first simulated run is shown (at most ${BUDGET / 1000})`,
);
if (total > BUDGET) process.exit(1);
