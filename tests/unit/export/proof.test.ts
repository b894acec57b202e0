import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Images } from '../../../src/export/target';
import { typescript } from '../../../src/export/typescript';
import { PICTURE_REFERENCE, samples } from './documents';
import { differenceIn, makeFolder, missingFor, runAll, runners, write } from './run-code';

let folder: ReturnType<typeof makeFolder>;
beforeAll(() => {
	folder = makeFolder();
});
afterAll(() => folder.remove());

/** Each sample with its attachments in the code and, if it has any, once more with them in files. */
const cases = samples().flatMap((sample) => {
	const images: readonly Images[] = sample.text.includes(PICTURE_REFERENCE) ? ['inline', 'file'] : ['inline'];
	return images.map((how) => ({ ...sample, images: how }));
});

// Hundreds of snippets at once take longer than a test usually may.
const patience = { timeout: 120_000 };

describe('what arrives when the code is run', patience, () => {
	test.for(runners)('for $target.name is the document', async (runner, { skip }) => {
		const missing = missingFor(runner);
		if (missing.length > 0) skip(`needs ${missing.join(' and ')} on the PATH`);
		const { arrived, complaints } = await runAll(runner, cases, folder.path);
		if (runner.target.id === 'python') expect(complaints).toBe('');
		for (const [index, sample] of cases.entries())
			expect(differenceIn(sample, arrived[index] ?? [], runner), sample.name).toBeNull();
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
					join(folder.path, `${apiVersion}-${index}.ts`),
					write(typescript, sample, 'http://localhost').code,
				]),
		);
		if (apiVersion === '2023-06-01')
			sources.set(join(folder.path, 'major-0.ts'), `import '@anthropic-ai/sdk';\n${major0}`);
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
