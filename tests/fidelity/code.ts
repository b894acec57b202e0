import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../src/export/code';
import { recognise } from '../../src/export/import/recognise';
import { writeValue } from '../../src/export/import/value';
import { readSource } from '../../src/export/source';
import type { ExportTarget } from '../../src/export/target';
import { exportTargets } from '../../src/export/targets';
import { differenceIn, makeFolder, missingFor, runAll, runners, type Case } from '../unit/export/run-code';
import { rowsOf, type Row, type Section } from './section';
import { ALL_FILES, requestsIn } from './traffic';

export const codeOutAndIn: Section = {
	name: 'code out and in: each target read back is the request it was written from',
	run: (folder) =>
		rowsOf(requestsIn(folder, ALL_FILES), ({ id, text }) =>
			exportTargets.map((target) => ({ name: `${id}, ${target.name}`, difference: differenceOf(text, target) })),
		),
};

/** Of so many requests one is in the sample, and so many are run at a time. */
const SAMPLE = 100;
const BATCH = 500;

export const codeRun: Section = {
	name: 'requests through each target: what arrives when the code is run',
	async run(folder, full) {
		const cases: Case[] = [];
		let count = 0;
		for await (const { id, text, betas } of requestsIn(folder, ALL_FILES)) {
			if (!full && count++ % SAMPLE > 0) continue;
			const headers = betas === '' ? [] : [['anthropic-beta', betas] as const];
			cases.push({ name: id, text, apiVersion: '2023-06-01', headers, images: 'inline' });
		}
		const rows: Row[] = [];
		for (const runner of runners) {
			const missing = missingFor(runner);
			if (missing.length > 0) rows.push({ name: runner.target.name, difference: `needs ${missing.join(', ')}` });
			for (let from = 0; missing.length === 0 && from < cases.length; from += BATCH) {
				const batch = cases.slice(from, from + BATCH);
				const here = makeFolder();
				const { arrived } = await runAll(runner, batch, here.path).finally(here.remove);
				for (const [index, sample] of batch.entries())
					rows.push({
						name: `${sample.name}, ${runner.target.name}`,
						difference: differenceIn(sample, arrived[index] ?? [], runner),
					});
			}
		}
		return rows;
	},
};

/** What is different about a request after it was written by `target` and read back; null when nothing is. */
function differenceOf(text: string, target: ExportTarget): string | null {
	const source = readSource(text);
	if (!source) return 'is not written';
	const sending = {
		apiVersion: '2023-06-01',
		headers: [],
		baseUrl: 'https://api.anthropic.com',
		images: 'inline',
	} as const;
	const understood = recognise(textOf(target.write(source, sending)));
	if (understood.kind !== 'requests') return `is not understood: ${JSON.stringify(understood).slice(0, 200)}`;
	const [imported, ...more] = understood.requests;
	if (!imported || more.length > 0) return `${understood.requests.length} requests are found`;
	if (imported.notes.length > 0) return imported.notes.join(' ');
	if (imported.holes.length > 0) return `has ${imported.holes.length} holes`;
	return isDeepStrictEqual(JSON.parse(writeValue(imported.body)), JSON.parse(text)) ? null : 'differs';
}
