import { describe, expect, test } from 'vitest';
import { fold, matchOf, rank, wordsIn, type Piece } from '../../../src/model/search';

/** Pieces as one text, what was found between brackets. */
const written = (pieces: readonly Piece[]) => pieces.map(({ text, found }) => (found ? `[${text}]` : text)).join('');
const titleOf = (query: string, title: string) => written(matchOf(wordsIn(query), title, '').title);
const excerptOf = (query: string, text: string) => written(matchOf(wordsIn(query), '', text).excerpt);
const rankOf = (query: string, title: string, text = '') => rank(wordsIn(query), fold(title), fold(text));

describe('fold', () => {
	test.each([
		['Café', 'cafe'],
		['cafe\u0301', 'cafe'],
		['ＬＬＭ', 'llm'],
		['ﬁt', 'fit'],
		['İstanbul', 'istanbul'],
		['Łódź', 'lodz'],
		['Ørsted, ǿre', 'orsted, ore'],
		['Đà Nẵng', 'da nang'],
		['Diyarbakır', 'diyarbakir'],
		['straße', 'strasse'],
		['GROẞ', 'gross'],
		['Æther, ǣ', 'aether, ae'],
		['Cœur', 'coeur'],
		['Ħamrun, Ŧ', 'hamrun, t'],
		['Sigurður Þór', 'sigurdur thor'],
		['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
		['Οδυσσεύς', 'οδυσσευσ'],
		['שָׁלוֹם', 'שלום'],
		['مُحَمَّد', 'محمد'],
		['𝐀𝐧𝐭 🐜', 'ant 🐜'],
	])('takes %j as %j', (text, folded) => {
		expect(fold(text)).toBe(folded);
	});

	test.each([
		['か', 'が'],
		['काम', 'कम'],
		['하', '바'],
		['ŋ', 'n'],
		['ə', 'e'],
		['🐜', '🐝'],
	])('tells %s from %s', (one, other) => {
		expect(fold(one)).not.toBe(fold(other));
	});

	test.each(['Café au lait', 'e\u0301\u0323x', 'ΣΑΣ ΣΑΣ', '한국어', 'が𝐀', 'ẞÆǿ ıİŁ'])(
		'folds %j alike in one piece and in two',
		(text) => {
			const characters = [...text];
			for (const place of characters.keys()) {
				const halves = [characters.slice(0, place), characters.slice(place)].map((half) => fold(half.join('')));
				expect(halves.join('')).toBe(fold(text));
			}
		},
	);
});

describe('wordsIn', () => {
	test('splits at white space of every kind, and names no word twice', () => {
		expect(wordsIn('  Ant\u3000für ant\t')).toEqual(['ant', 'fur']);
		expect(wordsIn(' ')).toEqual([]);
	});
});

describe('rank', () => {
	test('needs every word, in any order, in the title or the text', () => {
		expect(rankOf('ant latin', 'Latin for ant')).not.toBeNull();
		expect(rankOf('ant formica', 'Latin for ant', 'It is formica.')).not.toBeNull();
		expect(rankOf('ant bee', 'Latin for ant', 'It is formica.')).toBeNull();
	});

	test('puts the title before the text, and a word before a part of one', () => {
		const ranks = [
			rankOf('ant', 'Ant'),
			rankOf('ant', 'Antenna'),
			rankOf('ant', '', 'an ant.'),
			rankOf('ant', '', 'antenna'),
		];
		expect(ranks).toEqual([0, 1, 2, 3]);
		expect(rankOf('ant', '', 'antenna, elephant, ant')).toBe(2);
		expect(rankOf('ant', '', `antenna${' '.repeat(150)}ant`)).toBe(2);
		// Too far from the first place to be looked for.
		expect(rankOf('ant', '', `antenna${' '.repeat(10_000)}ant`)).toBe(3);
		expect(rankOf('ant latin', 'Latin', 'ant')).toBeLessThan(rankOf('ant latin', '', 'latin ant') ?? 0);
	});

	test.each([
		['a.c', 'abc'],
		['.*', 'abc'],
		['[', 'abc'],
		['\\d', '5'],
		['$', 'abc'],
	])('takes %j as it stands', (query, other) => {
		expect(rankOf(query, '', other)).toBeNull();
		expect(rankOf(query, '', `so: ${query}!`)).not.toBeNull();
	});

	test.each([
		['蟻', '「蟻」はラテン語で何ですか', 2],
		['ラテン語', '蟻はラテン語で何ですか', 3],
		['نمل', 'ما هو النمل؟', 3],
		['🐜', 'x🐜x', 3],
		['🐜', 'an 🐜!', 2],
		['𠮷', '𠮷野家', 3],
	])('finds %s in %s', (query, text, expected) => {
		expect(rankOf(query, '', text)).toBe(expected);
	});
});

describe('matchOf', () => {
	test('marks every word in the title as it was written', () => {
		expect(titleOf('cafe LAIT', 'Café au lait, cafétéria')).toBe('[Café] au [lait], [café]téria');
		expect(titleOf('bee', 'Café au lait')).toBe('Café au lait');
	});

	test.each([
		['cafe', 'un cafe\u0301!', 'un [cafe\u0301]!'],
		['f', 'ﬁt', '[ﬁ]t'],
		['it', 'ﬁt', '[ﬁt]'],
		['ant', 'antant', '[antant]'],
		['ana', 'banana', 'b[anana]'],
		['strasse', 'in der Straße!', 'in der [Straße]!'],
		['straße', 'STRASSE', '[STRASSE]'],
		['s', 'Ruß', 'Ru[ß]'],
		['coe', 'cœur', '[cœ]ur'],
		['lodz', 'z Łodzi, Łódź', 'z [Łodz]i, [Łódź]'],
		['𝐚', 'x𝐀y', 'x[𝐀]y'],
		['하', '한국', '[한]국'],
		['سلام', 'قال: السَّلام', 'قال: ال[سَّلام]'],
	])('marks %j in %j whole characters', (query, title, marked) => {
		expect(titleOf(query, title)).toBe(marked);
	});

	test('shows the text around the first place where the longest word is one', () => {
		const text = `${'Some words before it. '.repeat(20)}Anteater, then\n\nthe ÄNT itself ${'and after '.repeat(50)}`;
		const shown = excerptOf('ant', text);
		expect(shown).toMatch(/^…[^…]{1,20}\[ÄNT\] itself and after .*…$/);
		expect(shown.length).toBeLessThan(230);
		expect(excerptOf('x before', text)).toMatch(/^Some words \[before\] it/);
	});

	test('shows nothing of a text that has none of the words', () => {
		expect(excerptOf('bee', 'ant')).toBe('');
	});

	test('cuts no character in two, and starts with no stray accent', () => {
		for (let length = 10; length < 40; length++) {
			const shown = excerptOf('ant', `${'🐜'.repeat(length)}ant${'é'.repeat(length)}${'🐜'.repeat(200)}`);
			expect(shown.isWellFormed()).toBe(true);
			expect(shown).toContain('[ant]');
			expect(excerptOf('ant', `x${'e\u0301'.repeat(length)}ant`)).toMatch(/^(?:x|…(?!\u0301))/);
		}
	});

	test.each([
		['plain', 'x'],
		['accents', 'é'],
		['accents of their own', 'e\u0301'],
		['characters that fold to more', 'ﬃ'],
		['letters that fold to two', 'ß'],
		['surrogates', '🐜'],
		['Hangul', '한'],
	])('finds the place again in a long text of %s', (_, filler) => {
		for (const many of [998, 999, 1000, 1001, 5000])
			expect(excerptOf('needle', `${filler.repeat(many)} Needle.`)).toContain('[Needle].');
	});
});
