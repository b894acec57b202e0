// Runs every check and every test, one kind after another, and ends with one line: `N passed, N failed`.
// A check without tests of its own (types, lint, build) counts as one. The kinds can be named: `npm test unit journeys`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const reports = mkdtempSync(join(tmpdir(), 'messages-playground-'));
const bin = (name) => join('node_modules', '.bin', name);

/** Run one command; its output is on the screen as it comes, or, where it is to be `kept`, once it has ended. */
function run(title, command, args, { env = {}, kept = false } = {}) {
	console.log(`\n── ${title}`);
	const { status, stdout, stderr } = spawnSync(command, args, {
		stdio: kept ? ['inherit', 'pipe', 'pipe'] : 'inherit',
		shell: process.platform === 'win32',
		env: { ...process.env, ...env },
		encoding: 'utf8',
		maxBuffer: Infinity,
	});
	const output = kept ? `${stdout}${stderr}` : '';
	process.stdout.write(output);
	return { title, ok: status === 0, output };
}

/** Checks without tests of their own, one after the other up to the first that fails. */
function once(...checks) {
	for (const [title, command, args] of checks) {
		const { ok, output } = run(title, command, args, { kept: true });
		if (!ok) return { passed: 0, failures: [{ title, reason: output }] };
	}
	return { passed: 1, failures: [] };
}

/** What the report of `ran` says, or one failure when there is none; a failed command without a failed test is a failure, too. */
function told({ title, ok }, read) {
	try {
		const { passed, failures } = read();
		if (ok || failures.length > 0) return { passed, failures };
		return {
			passed,
			failures: [{ title, reason: 'It failed, although none of its tests did: see its output above.' }],
		};
	} catch (error) {
		return { passed: 0, failures: [{ title, reason: `There is no report to count: ${error.message}` }] };
	}
}

function vitest(project) {
	const file = join(reports, `${project}.json`);
	const ran = run(`${project} tests`, bin('vitest'), [
		'run',
		'--project',
		project,
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${file}`,
	]);
	return told(ran, () => {
		const { numPassedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
		const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
			const failed = assertionResults.filter(({ status }) => status === 'failed');
			const where = relative(process.cwd(), name);
			if (status === 'failed' && failed.length === 0) return [{ title: where, reason: message }];
			return failed.map(({ fullName, failureMessages }) => ({
				title: `${where} › ${fullName}`,
				reason: failureMessages.join('\n'),
			}));
		});
		return { passed: numPassedTests, failures };
	});
}

/** The tests of Playwright's report, however deep they stand. */
function specsOf({ specs = [], suites = [] }) {
	return [...specs, ...suites.flatMap(specsOf)];
}

function playwright() {
	const file = join(reports, 'journeys.json');
	const ran = run('journeys', bin('playwright'), ['test', '--reporter=list,json'], {
		env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
	});
	return told(ran, () => {
		const report = JSON.parse(readFileSync(file, 'utf8'));
		const failures = specsOf(report).flatMap((spec) =>
			spec.tests
				.filter(({ status }) => status === 'unexpected' || status === 'flaky')
				.map(({ results }) => ({
					title: `${spec.file}:${spec.line} › ${spec.title}`,
					reason: results.flatMap(({ errors }) => errors.map(({ message }) => message)).join('\n'),
				})),
		);
		const outside = report.errors.map(({ message }) => ({ title: ran.title, reason: message }));
		return { passed: report.stats.expected, failures: [...failures, ...outside] };
	});
}

const kinds = {
	types: () => once(['types', bin('svelte-check'), ['--tsconfig', './tsconfig.json', '--fail-on-warnings']]),
	lint: () => once(['lint', bin('eslint'), ['.']], ['format', bin('prettier'), ['--check', '.']]),
	unit: () => vitest('unit'),
	browser: () => vitest('browser'),
	build: () => once(['build', 'npm', ['run', '--silent', 'build']]),
	// A few kills at each turn; `npm run kill` does many.
	kill: () => once(['kill', 'node', [join('scripts', 'kill.mjs'), '--kills', '4', '--seed', '1']]),
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

/** The lines of a failure that are told again at the end: whoever has only the last page of a log must know what broke. */
const LINES = 30;
for (const { title, reason } of results.flatMap(({ failures }) => failures)) {
	const lines = stripVTControlCharacters(reason).trim().split('\n');
	console.log(`\n✗ ${title}`);
	console.log(lines.slice(0, LINES).join('\n'));
	if (lines.length > LINES) console.log(`… and ${lines.length - LINES} lines more, above`);
}

console.log();
for (const { kind, passed, failures } of results)
	console.log(`${kind.padEnd(9)} ${passed} passed, ${failures.length} failed`);
const passed = results.reduce((total, result) => total + result.passed, 0);
const failed = results.reduce((total, { failures }) => total + failures.length, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
