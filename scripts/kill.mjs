// Kills the browser in the middle of work, again and again, and looks each time at what was kept: `npm run kill --
// [--kills 50] [--seed N]`. It needs the built site and a Chromium; the same seed makes the same choices. Ends with 1 where anything was lost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { findChromium, findFirefox } from './browsers.mjs';

const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const kills = Number(values.kills ?? 50);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const root = fileURLToPath(new URL('..', import.meta.url));

function giveUp(reason) {
	console.error(reason);
	process.exit(1);
}
if (!Number.isSafeInteger(kills) || kills < 1 || !Number.isSafeInteger(seed))
	giveUp('Say how often and where chance begins, in whole numbers: npm run kill -- --kills 50 --seed 1');
if (!existsSync(join(root, 'dist', 'index.html'))) giveUp('There is no built site: npm run build');
if (!findChromium() && findFirefox())
	giveUp('Only a Firefox was found, and this is for Chromium alone: install one, or set CHROME_PATH.');

const { module } = await runnerImport(join(root, 'tests', 'kill', 'series.ts'), { root, configFile: false });
const server = spawn(process.execPath, [join(root, 'scripts', 'serve.mjs'), '0'], {
	stdio: ['ignore', 'pipe', 'inherit'],
});
const profile = mkdtempSync(join(tmpdir(), 'messages-playground-killed-'));
const aftermaths = [];
let clean = false;
console.log(`Killing the browser ${kills} times, seed ${seed}`);
try {
	const [url] = await once(server.stdout.setEncoding('utf8'), 'data');
	const deeds = await module.killAgainAndAgain({
		kills,
		seed,
		url: url.trim(),
		profile,
		onkill: (number, aftermath) => {
			const { problems, oldestLost, allowed } = aftermath;
			aftermaths.push(aftermath);
			const lost = oldestLost === 0 ? 'nothing lost' : `lost edits no older than ${oldestLost.toFixed(0)} ms`;
			console.log(`${String(number).padStart(4)}  ${lost} (allowed: ${allowed.toFixed(0)} ms)`);
			for (const problem of problems) console.log(`      ${problem}`);
		},
	});
	const worst = (name) => Math.max(...aftermaths.map((aftermath) => aftermath[name])).toFixed(0);
	const failed = aftermaths.filter(({ problems }) => problems.length > 0).length;
	console.log(
		`\n${kills} kills, ${deeds.edits} edits (${deeds.images} of them images), ${deeds.runs} runs, ${deeds.deletions} deletions (${deeds.undone} undone)\n` +
			`the oldest edit lost was ${worst('oldestLost')} ms old; at most ${worst('allowed')} ms were allowed\n` +
			`${failed} kills after which something was wrong`,
	);
	clean = failed === 0;
} finally {
	server.kill();
	if (clean) rmSync(profile, { recursive: true, force: true });
	else {
		process.exitCode = 1;
		console.log(`The profile as it was found is in ${profile}`);
	}
}
