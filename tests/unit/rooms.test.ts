import { describe, expect, test } from 'vitest';

const pure = ['model', 'lint', 'export', 'lessons', 'schema'];
const mayImport: Record<string, readonly string[]> = {
	model: [],
	lint: ['model'],
	export: ['model'],
	lessons: ['model'],
	schema: ['model'],
	api: ['model'],
	store: ['model'],
	simulator: pure,
	state: [...pure, 'api', 'store'],
	ui: [...pure, 'state'],
};
/** What a room that is no part of the world has no business to name. */
const world =
	/\b(?:document|window|localStorage|indexedDB|fetch|setTimeout|Date\.now|performance\.now|Math\.random|\$state|\$derived)\b\s*[.(]/;

const sources = import.meta.glob<string>('../../src/*/**/*.{ts,svelte}', {
	query: '?raw',
	import: 'default',
	eager: true,
});
const files = Object.entries(sources).map(([path, source]) => ({ path: path.replace('../../src/', ''), source }));

describe('the rooms', () => {
	test.each(files)('$path keeps to its doors', ({ path, source }) => {
		const room = path.split('/')[0]!; // a path below src starts with its room
		const targets = [...source.matchAll(/(?:from |import\(|import )'(\.[^']+)'/g)].map(
			([, target]) => new URL(target!, `file:///${path}`).pathname.split('/')[1]!, // both exist in a match
		);
		const allowed = mayImport[room];
		expect(allowed, `src/${room} is a room without a rule`).toBeDefined();
		expect(targets.filter((target) => target !== room && !allowed?.includes(target))).toEqual([]);
	});

	test.each(files.filter(({ path }) => pure.includes(path.split('/')[0]!)))('$path is pure', ({ source }) => {
		const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|`[^`]*`/g, '');
		expect(world.exec(code)?.[0]).toBeUndefined();
	});
});
