import { describe, expect, test } from 'vitest';
import { survivesAsDouble } from '../../../src/export/numbers';

describe('survivesAsDouble', () => {
	test.each(['0', '-0', '0.0', '1.50', '0.1e-7', '1E+2', '0.1', '5e-324', '9007199254740992', '1e23', '100e-2'])(
		'is true of %s, however it is spelled',
		(spelling) => {
			expect(survivesAsDouble(spelling)).toBe(true);
		},
	);

	test.each(['9007199254740993', '12345678901234567890', '1E400', '-1e400', '1e-400', '1.00000000000000000001'])(
		'is false of %s',
		(spelling) => {
			expect(survivesAsDouble(spelling)).toBe(false);
		},
	);
});
