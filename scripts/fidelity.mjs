// Holds recorded traffic against what the page makes of it: `npm run fidelity -- FOLDER [--verbose]`.
// FOLDER is in the form its README describes; without one, ../shared/traffic. Ends with 1 where more differs than may.
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

/** Differences, and reasons for setting something aside, printed of each section, unless all are asked for. */
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
const { outcomeOf } = await vite.ssrLoadModule('/tests/fidelity/section.ts');

/** Print the first of `lines`, under a row of the table. */
function list(lines) {
	for (const line of lines.slice(0, SHOWN)) console.log(`${' '.repeat(28)}${line}`);
	if (lines.length > SHOWN) console.log(`${' '.repeat(28)}… and ${lines.length - SHOWN} more: --verbose`);
}

let allAsked = 0;
let allHold = true;
console.log('asked about  differ  aside  section');
for (const section of sections) {
	const { asked, different, aside, holds } = outcomeOf(section, await section.run(folder, true));
	allAsked += asked;
	allHold &&= holds;
	const counts = `${String(asked).padStart(11)}  ${String(different.length).padStart(6)}  ${String(aside.length).padStart(5)}`;
	const share =
		asked > 0 && section.least ? ` (${percent(1 - different.length / asked)}, at least ${percent(section.least)})` : '';
	console.log(`${counts}  ${section.name}${share}${holds ? '' : ': NOT MET'}`);
	list(different.map(({ name, difference }) => `${name}: ${difference}`));
	const reasons = new Map();
	for (const { name, aside: reason } of aside) reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
	list([...reasons].map(([reason, names]) => `aside: ${reason}: ${values.verbose ? names.join(' ') : names.length}`));
}
await vite.close();
// A folder in which there is nothing to ask about proves nothing.
process.exitCode = allAsked > 0 && allHold ? 0 : 1;

function percent(share) {
	return `${(100 * share).toFixed(1)} %`;
}
