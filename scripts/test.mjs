// Runs every check and every test, one kind after another, and ends with one line: `N passed, N failed`.
// A check without tests of its own (types, lint, build) counts as one. The kinds can be named: `npm test unit journeys`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'messages-playground-'));
const bin = (name) => join('node_modules', '.bin', name);

/** Run one command with its output on the screen; true when it succeeded. */
function run(title, command, args, env = {}) {
	console.log(`\n── ${title}`);
	const { status } = spawnSync(command, args, {
		stdio: 'inherit',
		shell: process.platform === 'win32',
		env: { ...process.env, ...env },
	});
	return status === 0;
}

const once = (ok) => (ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** What a report says, or one failure when there is none; a failed command without a failed test is a failure too. */
function counted(ok, read) {
	try {
		const { passed, failed } = read();
		return ok || failed > 0 ? { passed, failed } : { passed, failed: 1 };
	} catch (error) {
		console.error(`There is no report to count: ${error.message}`);
		return { passed: 0, failed: 1 };
	}
}

function vitest(project) {
	const file = join(reports, `${project}.json`);
	const ok = run(`${project} tests`, bin('vitest'), [
		'run',
		'--project',
		project,
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${file}`,
	]);
	return counted(ok, () => {
		const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'));
		return { passed: numPassedTests, failed: numFailedTests };
	});
}

function playwright() {
	const file = join(reports, 'journeys.json');
	const ok = run('journeys', bin('playwright'), ['test', '--reporter=list,json'], {
		PLAYWRIGHT_JSON_OUTPUT_FILE: file,
	});
	return counted(ok, () => {
		const { expected, unexpected, flaky } = JSON.parse(readFileSync(file, 'utf8')).stats;
		return { passed: expected, failed: unexpected + flaky };
	});
}

const kinds = {
	types: () => once(run('types', bin('svelte-check'), ['--tsconfig', './tsconfig.json', '--fail-on-warnings'])),
	lint: () => once(run('lint', bin('eslint'), ['.']) && run('format', bin('prettier'), ['--check', '.'])),
	unit: () => vitest('unit'),
	browser: () => vitest('browser'),
	build: () => once(run('build', 'npm', ['run', '--silent', 'build'])),
	// A few kills at each turn; `npm run kill` does many.
	kill: () => once(run('kill', 'node', [join('scripts', 'kill.mjs'), '--kills', '4', '--seed', '1'])),
	journeys: playwright,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((kind) => !(kind in kinds));
if (unknown.length > 0) {
	console.error(`There is no ${unknown.join(', ')}: the kinds are ${Object.keys(kinds).join(', ')}.`);
	process.exit(2);
}
const results = Object.entries(kinds)
	.filter(([kind]) => wanted.length === 0 || wanted.includes(kind))
	.map(([kind, check]) => ({ kind, ...check() }));
rmSync(reports, { recursive: true, force: true });

console.log();
for (const { kind, passed, failed } of results) console.log(`${kind.padEnd(9)} ${passed} passed, ${failed} failed`);
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') > 0 ? 1 : 0);
