import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { textOf } from '../../../src/export/code';
import { curl } from '../../../src/export/curl';
import { fetchTarget } from '../../../src/export/fetch';
import { python } from '../../../src/export/python';
import { readSource } from '../../../src/export/source';
import { ownHeaders, type ExportTarget, type Images } from '../../../src/export/target';
import { typescript } from '../../../src/export/typescript';
import { PICTURE, PICTURE_REFERENCE, type Sample } from './documents';
import { startLocalApi, type Arrived } from './local-api';

const KEY = 'not-a-key-but-a-word';

/** What the environment has for the headers that are credentials. */
const CREDENTIALS: Readonly<Record<string, string>> = { X_GOOG_API_KEY: 'a "secret" $word', COOKIE: 'a=1; b=2' };

/** A request as it is written in a language, with its attachments in the code or in files. */
export interface Case extends Sample {
	readonly images: Images;
}

/** How what one target writes is run: many folders at once, each with its own file of code. */
export interface Runner {
	readonly target: ExportTarget;
	readonly file: string;
	/** Makes of the code what can be run here. */
	readonly prepare: (code: string) => string;
	/** Reads the folders from its standard input, one a line. */
	readonly command: readonly [program: string, ...args: string[]];
	/** The programs it needs. */
	readonly needs: readonly string[];
	/** Whether the code itself says which API version it speaks. */
	readonly namesVersion: boolean;
}

const nodeRunner = `
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
for await (const folder of createInterface({ input: process.stdin })) {
	process.chdir(folder);
	await import(pathToFileURL(folder + '/request.mjs'));
}`;
const pythonRunner = `
import os, runpy, sys
for folder in sys.stdin.read().splitlines():
    os.chdir(folder)
    runpy.run_path("request.py")`;
const shellRunner = 'while read -r folder; do cd "$folder" && bash ./request.sh </dev/null || exit 1; done';
const node = ['node', '--input-type=module', '-e', nodeRunner] as const;
const withoutTypes = (code: string) =>
	ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } })
		.outputText;
const asWritten = (code: string) => code;

/** The targets in their order: the shell's with bash and curl, Python's with a stand-in for the SDK, the others with Node. */
export const runners: readonly Runner[] = [
	{
		target: curl,
		file: 'request.sh',
		prepare: asWritten,
		command: ['bash', '-c', shellRunner],
		needs: ['bash', 'curl'],
		namesVersion: true,
	},
	{
		target: python,
		file: 'request.py',
		prepare: asWritten,
		command: ['python3', '-c', pythonRunner],
		needs: ['python3'],
		namesVersion: false,
	},
	{
		target: typescript,
		file: 'request.mjs',
		prepare: withoutTypes,
		command: [...node],
		needs: [],
		namesVersion: false,
	},
	{
		target: fetchTarget,
		file: 'request.mjs',
		prepare: asWritten,
		command: [...node],
		needs: [],
		namesVersion: true,
	},
];

/** The programs that `runner` needs and this machine does not have. */
export function missingFor({ needs }: Runner): string[] {
	return needs.filter((program) => spawnSync(program, ['--version']).status !== 0);
}

/** The code for a case, and the files it reads. */
export function write(target: ExportTarget, { text, apiVersion, headers, images }: Case, baseUrl: string) {
	const source = readSource(text);
	if (!source) throw new Error(`not a request: ${text}`);
	const code = textOf(target.write(source, { apiVersion, headers, baseUrl, images }), () => PICTURE);
	return { code, files: images === 'file' ? source.attachments.map(({ fileName }) => fileName) : [] };
}

/** A folder for code to run in, in which it finds the SDK as it would in a project that has installed it. */
export function makeFolder(): { readonly path: string; readonly remove: () => void } {
	const path = mkdtempSync(join(tmpdir(), 'export-'));
	symlinkSync(resolve('node_modules'), join(path, 'node_modules'));
	return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** Write every case into a folder of its own below `folder`, run them all, and give what arrived, by case. */
export async function runAll({ target, file, prepare, command }: Runner, cases: readonly Case[], folder: string) {
	const api = await startLocalApi();
	const folders = cases.map((sample, index) => {
		const here = join(folder, `${target.id}-${index}`);
		mkdirSync(here);
		const { code, files } = write(target, sample, `${api.url}/${index}`);
		writeFileSync(join(here, file), prepare(code));
		for (const name of files) writeFileSync(join(here, name), Buffer.from(PICTURE, 'base64'));
		return here;
	});
	const complaints = await run(command, folders, folder).finally(() => api.close());
	const arrived = cases.map((): Arrived[] => []);
	for (const request of api.arrived) arrived[Number(/^\/(\d+)\//.exec(request.path)?.[1])]?.push(request);
	return { arrived, complaints };
}

function run([program, ...args]: Runner['command'], lines: readonly string[], folder: string): Promise<string> {
	const env = {
		...process.env,
		ANTHROPIC_API_KEY: KEY,
		...CREDENTIALS,
		PYTHONUTF8: '1',
		PYTHONPATH: resolve('tests/unit/export/stand-in'),
	};
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { cwd: folder, env, stdio: ['pipe', 'ignore', 'pipe'] });
		let complaints = '';
		child.stderr.on('data', (data: Buffer) => (complaints += data.toString()));
		child.on('error', reject);
		child.on('close', (code) => (code === 0 ? resolve(complaints) : reject(new Error(complaints))));
		child.stdin.end(lines.map((line) => `${line}\n`).join(''));
	});
}

/** `text` with its numbers as strings of all their digits, since a reader of JSON would round them. */
export const exactly = (text: string) =>
	text.replace(
		/("[^"\\]*(?:\\.[^"\\]*)*")|-?\d[\d.eE+-]*/g,
		(found, string?: string) => string ?? `"${digitsOf(found)}"`,
	);

function digitsOf(number: string): string {
	const [mantissa = '', exponent = '0'] = number.toLowerCase().split('e');
	const [whole = '', fraction = ''] = mantissa.split('.');
	const digits = `${whole}${fraction}`.replace(/^(-?)0+/, '$1');
	const shortest = digits.replace(/0+$/, '');
	if (shortest === '' || shortest === '-') return 'zero';
	return `${shortest} and ${Number(exponent) - fraction.length + digits.length - shortest.length} zeros`;
}

/** A body with its parameters in one order, since an SDK may send them in its own; below them order counts. */
const byParameter = (text: string) => {
	const body = JSON.parse(exactly(text.replaceAll(PICTURE_REFERENCE, PICTURE))) as Readonly<Record<string, unknown>>;
	return Object.keys(body)
		.sort()
		.map((name) => `${name}: ${JSON.stringify(body[name])}`)
		.join('\n');
};

/** How what arrived differs from the case that was run, in a line; null when it does not. */
export function differenceIn(sample: Case, arrived: readonly Arrived[], { namesVersion }: Runner): string | null {
	const [request] = arrived;
	if (!request || arrived.length > 1) return `${arrived.length} requests arrived`;
	const [got, expected] = [byParameter(request.body), byParameter(sample.text)];
	if (got !== expected) return `arrived as ${got.slice(0, 200)}, not as ${expected.slice(0, 200)}`;
	const { betas, others } = ownHeaders(sample.headers);
	const wanted = [
		...others.map(
			([name, value]) => [name, value.kind === 'string' ? value.text : CREDENTIALS[value.variable]] as const,
		),
		['content-type', 'application/json'] as const,
		...(betas.length > 0 ? [['anthropic-beta', betas.join(',')] as const] : []),
		...(namesVersion ? [['anthropic-version', sample.apiVersion] as const] : []),
	];
	for (const [name, value] of wanted)
		if (request.headers[name] !== value) return `${name} is ${String(request.headers[name])}, not ${String(value)}`;
	if (betas.length === 0 && request.headers['anthropic-beta']) return 'a beta was made up';
	const { 'x-api-key': key, authorization } = request.headers;
	return key === KEY || authorization === `Bearer ${KEY}` ? null : 'the key did not arrive';
}
