// Holds recorded traffic against what the page makes of it: `npm run fidelity -- FOLDER [--verbose]`.
// FOLDER is in the form its README describes; without one, ../shared/traffic. Ends with 1 where anything differs.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { verbose: { type: 'boolean' } } });
const [folder = '../shared/traffic'] = positionals;
if (!existsSync(folder)) {
	console.error(`There is no folder ${folder}. Name one: npm run fidelity -- FOLDER`);
	process.exit(1);
}

/** Differences printed of each section, unless all are asked for. */
const SHOWN = values.verbose ? Infinity : 5;
const root = fileURLToPath(new URL('..', import.meta.url));
const vite = await createServer({
	root,
	configFile: false,
	logLevel: 'error',
	appType: 'custom',
	optimizeDeps: { noDiscovery: true },
	server: { middlewareMode: true, ws: false, watch: null },
});
const { sections } = await vite.ssrLoadModule('/tests/fidelity/sections.ts');

let asked = 0;
let differing = 0;
console.log('asked about  differ  section');
for (const { name, run } of sections) {
	const rows = await run(folder, true);
	const different = rows.filter(({ difference }) => difference !== null);
	asked += rows.length;
	differing += different.length;
	console.log(`${String(rows.length).padStart(11)}  ${String(different.length).padStart(6)}  ${name}`);
	for (const { name, difference } of different.slice(0, SHOWN)) console.log(`${' '.repeat(21)}${name}: ${difference}`);
	if (different.length > SHOWN) console.log(`${' '.repeat(21)}… and ${different.length - SHOWN} more: --verbose`);
}
await vite.close();
// A folder in which there is nothing to ask about proves nothing.
process.exitCode = asked > 0 && differing === 0 ? 0 : 1;
