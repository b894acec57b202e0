import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TRAFFIC as folder } from '../fidelity/recorded-requests';
import { sections } from '../fidelity/sections';

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
