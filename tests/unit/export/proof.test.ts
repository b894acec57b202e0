import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownHeaders, type Images } from '../../../src/export/target';
import { isTyped } from '../../../src/export/typed';
import { typescript } from '../../../src/export/typescript';
import type { JsonObject } from '../../../src/model/json';
import { guide, PICTURE_REFERENCE, samples, type Sample } from './documents';
import { differenceIn, makeFolder, missingFor, runAll, runners, write } from './run-code';

let folder: ReturnType<typeof makeFolder>;
beforeAll(() => {
	folder = makeFolder();
});
afterAll(() => folder.remove());

/** A request whose headers hold credentials, which are read from the environment. */
const withCredentials: Sample = {
	name: 'headers with credentials',
	text: guide['Hello, Claude'],
	apiVersion: '2026-10-21',
	headers: [
		['x-goog-api-key', 'secret'],
		['cookie', 'secret'],
	],
};

/** Each sample with its attachments in the code and, if it has any, once more with them in files. */
const cases = [...samples(), withCredentials].flatMap((sample) => {
	const images: readonly Images[] = sample.text.includes(PICTURE_REFERENCE) ? ['inline', 'file'] : ['inline'];
	return images.map((how) => ({ ...sample, images: how }));
});

// Hundreds of snippets at once take longer than a test usually may.
const patience = { timeout: 600_000 };

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

	const disk = ts.createCompilerHost(options);
	/** What does not change from one question to the next, read once. */
	const libraries = new Map<string, ts.SourceFile | undefined>();

	/** What the compiler has to say about `sources`, by file. */
	function complaintsAbout(sources: ReadonlyMap<string, string>): Map<string, string> {
		const host = ts.createCompilerHost(options);
		host.getSourceFile = (path, how) => {
			const source = sources.get(path);
			if (source !== undefined) return ts.createSourceFile(path, source, how);
			if (!libraries.has(path)) libraries.set(path, disk.getSourceFile(path, how));
			return libraries.get(path);
		};
		host.fileExists = (path) => sources.has(path) || ts.sys.fileExists(path);
		host.readFile = (path) => sources.get(path) ?? ts.sys.readFile(path);
		const program = ts.createProgram([...sources.keys()], options, host);
		return new Map(
			ts
				.getPreEmitDiagnostics(program)
				.map(({ file, messageText }) => [
					file?.fileName ?? '',
					`${ts.flattenDiagnosticMessageText(messageText, '\n').slice(0, 600)}\n${file?.text.slice(0, 1500)}`,
				]),
		);
	}

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
		expect([...complaintsAbout(sources).values()]).toEqual([]);
	});

	test('says that something is not in the types only of what the compiler refuses when it is written plainly', () => {
		const faces = { messages: 'Anthropic.Messages', 'beta.messages': 'Anthropic.Beta.Messages' };
		/** Parameters that the types know and the SDK would send as headers, so that they are not written there. */
		const headers = ['betas', 'user_profile_id', 'workspace_id'];
		const marked = cases.flatMap(({ text, headers: sent }) => {
			const face = ownHeaders(sent).betas.length > 0 ? 'beta.messages' : 'messages';
			return Object.entries(JSON.parse(text) as JsonObject)
				.filter(([name, value]) => !headers.includes(name) && !isTyped(name, value, face))
				.map(([name, value]) => {
					const literal = JSON.stringify(value).replaceAll('"__proto__":', '["__proto__"]:');
					return `import Anthropic from '@anthropic-ai/sdk';
({ [${JSON.stringify(name)}]: ${literal} }) satisfies Partial<${faces[face]}.MessageCreateParamsNonStreaming>;\n`;
				});
		});
		const sources = new Map(
			[...new Set(marked)].map((source, index) => [join(folder.path, `marked-${index}.ts`), source]),
		);
		const complaints = complaintsAbout(sources);
		expect([...sources].filter(([path]) => !complaints.has(path)).map(([, source]) => source.slice(0, 1500))).toEqual(
			[],
		);
		expect(sources.size).toBeGreaterThan(50);
	});
});
