import { describe, expect, test } from 'vitest';
import { languageWith, textOf, token } from '../../../src/export/code';

describe('languageWith', () => {
	test('colours the words of the language and quoted texts, and leaves alone what is put in between', () => {
		const tag = languageWith(['import', 'as']);
		expect(tag`import basic as "import" ${'import'} ${token('number', '1')}`).toEqual([
			token('keyword', 'import'),
			token('plain', ' basic '),
			token('keyword', 'as'),
			token('plain', ' '),
			token('string', '"import"'),
			token('plain', ' '),
			token('plain', 'import'),
			token('plain', ' '),
			token('number', '1'),
		]);
	});
});

describe('textOf', () => {
	test('puts what belongs there in the place of an attachment', () => {
		const code = [token('string', '"'), token('attachment', 'a'), token('string', '"a"')];
		expect(textOf(code)).toBe('"a"a"');
		expect(textOf(code, (reference) => reference.repeat(3))).toBe('"aaa"a"');
	});
});
