import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sections } from '../fidelity/sections';

/** Where recorded traffic lies beside a working copy; a clone has none. */
const folder = '../shared/traffic';

describe('recorded traffic', () => {
	if (existsSync(folder)) {
		test.each(sections)(
			'$name',
			async (section) => {
				const rows = await section.run(folder, false);
				expect(rows.length).toBeGreaterThan(0);
				expect(rows.filter(({ difference }) => difference !== null)).toEqual([]);
			},
			// Thousands of exchanges are read: this is when to give up, not how quick it should be.
			300_000,
		);
	} else {
		test(`is not at ${folder}: npm run fidelity -- FOLDER asks another folder`, () => {
			expect(sections).not.toEqual([]);
		});
	}
});
