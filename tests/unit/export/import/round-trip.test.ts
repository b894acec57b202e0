import { describe, expect, test } from 'vitest';
import { textOf } from '../../../../src/export/code';
import { readSource } from '../../../../src/export/source';
import { ownHeaders } from '../../../../src/export/target';
import { exportTargets } from '../../../../src/export/targets';
import { recognise } from '../../../../src/export/import/recognise';
import { writeValue } from '../../../../src/export/import/value';
import { PICTURE_REFERENCE, samples } from '../documents';
import { exactly } from '../run-code';

const BASE = 'http://localhost:8080/it&me';

describe.each(exportTargets)('$name', (target) => {
	test.each(samples())('gives back what it was written from: $name', ({ text, apiVersion, headers }) => {
		const source = readSource(text)!; // every sample is a request
		for (const images of text.includes(PICTURE_REFERENCE) ? (['inline', 'file'] as const) : (['inline'] as const)) {
			const code = textOf(target.write(source, { apiVersion, headers, baseUrl: BASE, images }));
			const understood = recognise(code);
			if (understood.kind !== 'requests') throw new Error(JSON.stringify(understood));
			expect(understood.requests).toHaveLength(1);
			const [imported] = understood.requests;
			const filled = writeValue(imported!.body, () => PICTURE_REFERENCE);
			expect(JSON.parse(exactly(filled))).toEqual(JSON.parse(exactly(text)));
			expect(imported!.holes.length > 0).toBe(images === 'file');
			expect(imported!.baseUrl).toBe(BASE);
			expect(imported!.notes).toEqual([]);
			expect(ownHeaders(imported!.headers ?? [])).toEqual(ownHeaders(headers));
		}
	});
});
