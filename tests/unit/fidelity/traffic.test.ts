import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TRAFFIC as folder } from '../../fidelity/recorded-requests';
import { outcomeOf } from '../../fidelity/section';
import { sections } from '../../fidelity/sections';

describe('recorded traffic', () => {
	if (existsSync(folder)) {
		test.each(sections)(
			'$name',
			async (section) => {
				const { asked, different, holds } = outcomeOf(section, await section.run(folder, false));
				expect(asked).toBeGreaterThan(0);
				// What may differ is a share of a section that names one, and nothing of any other.
				if (section.least === undefined) expect(different).toEqual([]);
				expect(holds, JSON.stringify(different, null, 2)).toBe(true);
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
