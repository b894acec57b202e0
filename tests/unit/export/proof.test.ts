import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textOf } from '../../../src/export/code';
import { curl } from '../../../src/export/curl';
import { fetchTarget } from '../../../src/export/fetch';
import { python } from '../../../src/export/python';
import { readSource } from '../../../src/export/source';
import { ownHeaders, type ExportTarget, type Images } from '../../../src/export/target';
import { typescript } from '../../../src/export/typescript';
import { PICTURE, PICTURE_REFERENCE, samples, type Sample } from './documents';
import { startLocalApi, type Arrived } from './local-api';

const KEY = 'not-a-key-but-a-word';
const project = fileURLToPath(new URL('../../..', import.meta.url));
let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'export-'));
	// So that the snippets find the SDK as they would in a project that has installed it.
	symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Each sample with its attachments in the code and, if it has any, once more with them in files. */
const cases = samples().flatMap((sample) => {
	const images: readonly Images[] = sample.text.includes(PICTURE_REFERENCE) ? ['inline', 'file'] : ['inline'];
	return images.map((how) => ({ ...sample, images: how }));
});

function write(
	target: ExportTarget,
	{ text, apiVersion, headers, images }: Sample & { images: Images },
	baseUrl: string,
) {
	const source = readSource(text);
	if (!source) throw new Error(`not a request: ${text}`);
	const code = textOf(target.write(source, { apiVersion, headers, baseUrl, images }), () => PICTURE);
	return { code, files: images === 'file' ? source.attachments.map(({ fileName }) => fileName) : [] };
}

/** Write every case into a folder of its own, let `command` run them all, and give what arrived, by case. */
async function runAll(
	target: ExportTarget,
	name: string,
	prepare: (code: string) => string,
	command: readonly string[],
) {
	const api = await startLocalApi();
	const folders = cases.map((sample, index) => {
		const here = join(folder, `${target.id}-${index}`);
		mkdirSync(here);
		const { code, files } = write(target, sample, `${api.url}/${index}`);
		writeFileSync(join(here, name), prepare(code));
		for (const file of files) writeFileSync(join(here, file), Buffer.from(PICTURE, 'base64'));
		return here;
	});
	const complaints = await run(command, folders);
	await api.close();
	const arrived = cases.map((_, index) => api.arrived.filter(({ path }) => path.startsWith(`/${index}/`)));
	return { arrived, complaints };
}

function run([program = '', ...args]: readonly string[], lines: readonly string[]): Promise<string> {
	const env = {
		...process.env,
		ANTHROPIC_API_KEY: KEY,
		PYTHONUTF8: '1',
		PYTHONPATH: join(import.meta.dirname, 'stand-in'),
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

const isHere = (program: string) => spawnSync(program, ['--version']).status === 0;

/** A body with its parameters in one order, since an SDK may send them in its own; below them order counts. */
const byParameter = (text: string) => {
	const body = JSON.parse(text.replaceAll(PICTURE_REFERENCE, PICTURE)) as Readonly<Record<string, unknown>>;
	return Object.keys(body)
		.sort()
		.map((name) => `${name}: ${JSON.stringify(body[name])}`);
};

function expectToHaveArrived(arrived: readonly (readonly Arrived[])[]) {
	for (const [index, sample] of cases.entries()) {
		const [request, ...more] = arrived[index] ?? [];
		expect(more, sample.name).toEqual([]);
		expect(request && byParameter(request.body), sample.name).toEqual(byParameter(sample.text));
		const { betas, others } = ownHeaders(sample.headers);
		expect(request?.headers['anthropic-beta'], sample.name).toBe(betas.length > 0 ? betas.join(',') : undefined);
		for (const [name, value] of others) expect(request?.headers[name], sample.name).toBe(value);
		expect(request?.headers['content-type']).toBe('application/json');
		expect([request?.headers['x-api-key'], request?.headers['authorization']]).toContainEqual(
			expect.stringMatching(new RegExp(`^(Bearer )?${KEY}$`)),
		);
	}
}

/** Reads the folders from its input and runs the module in each, one after the other. */
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

// Hundreds of snippets at once take longer than a test usually may.
const patience = { timeout: 120_000 };

describe('what arrives when the code is run', patience, () => {
	test('from the shell, with curl, is the document', async ({ skip }) => {
		if (!isHere('bash') || !isHere('curl')) skip('needs bash and curl on the PATH');
		const { arrived } = await runAll(curl, 'request.sh', (code) => code, ['bash', '-c', shellRunner]);
		expectToHaveArrived(arrived);
		for (const [index, { apiVersion }] of cases.entries())
			expect(arrived[index]?.[0]?.headers['anthropic-version']).toBe(apiVersion);
	});

	test('from Node, with fetch, is the document', async () => {
		const { arrived } = await runAll(fetchTarget, 'request.mjs', (code) => code, [
			'node',
			'--input-type=module',
			'-e',
			nodeRunner,
		]);
		expectToHaveArrived(arrived);
		for (const [index, { apiVersion }] of cases.entries())
			expect(arrived[index]?.[0]?.headers['anthropic-version']).toBe(apiVersion);
	});

	test('from Node, with the SDK, is the document', async () => {
		const options = { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } };
		const prepare = (code: string) => ts.transpileModule(code, options).outputText;
		const { arrived } = await runAll(typescript, 'request.mjs', prepare, [
			'node',
			'--input-type=module',
			'-e',
			nodeRunner,
		]);
		expectToHaveArrived(arrived);
	});

	test('from Python, with a stand-in for the SDK, is the document', async ({ skip }) => {
		if (!isHere('python3')) skip('needs python3 on the PATH');
		const { arrived, complaints } = await runAll(python, 'request.py', (code) => code, ['python3', '-c', pythonRunner]);
		expect(complaints).toBe('');
		expectToHaveArrived(arrived);
	});
});

describe('the TypeScript', patience, () => {
	/** Major 0 of the SDK differs, for what is written here, in typing the parameters for sampling. */
	const major0 = ['', 'beta/']
		.map(
			(path) => `declare module '@anthropic-ai/sdk/resources/${path}messages/messages' {
			interface MessageCreateParamsBase { temperature?: number; top_k?: number; top_p?: number }
		}`,
		)
		.join('\n');
	const options: ts.CompilerOptions = {
		strict: true,
		noEmit: true,
		skipLibCheck: true,
		target: ts.ScriptTarget.ES2022,
		module: ts.ModuleKind.ESNext,
		moduleResolution: ts.ModuleResolutionKind.Bundler,
		types: ['node'],
	};

	test.each(['2023-06-01', '2026-10-21'] as const)('for API version %s passes the compiler', (apiVersion) => {
		const sources = new Map(
			cases
				.filter((sample) => sample.apiVersion === apiVersion)
				.map((sample, index) => [
					join(folder, `${apiVersion}-${index}.ts`),
					write(typescript, sample, 'http://localhost').code,
				]),
		);
		if (apiVersion === '2023-06-01') sources.set(join(folder, 'major-0.ts'), `import '@anthropic-ai/sdk';\n${major0}`);
		const host = ts.createCompilerHost(options);
		host.fileExists = (path) => sources.has(path) || ts.sys.fileExists(path);
		host.readFile = (path) => sources.get(path) ?? ts.sys.readFile(path);
		const program = ts.createProgram([...sources.keys()], options, host);
		const complaints = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => ({
			complaint: ts.flattenDiagnosticMessageText(messageText, '\n').slice(0, 600),
			code: file?.text.slice(0, 1500),
		}));
		expect(complaints).toEqual([]);
	});
});
