// How text is searched: folded, so that case and accents do not matter, and shown as it was written.

/** A piece of a text, and whether it is what was searched for. */
export interface Piece {
	readonly text: string;
	readonly found: boolean;
}

/** What is shown of a conversation that was found; there is no excerpt where its title alone has the words. */
export interface Match {
	readonly title: readonly Piece[];
	readonly excerpt: readonly Piece[];
}

/** Of a text that was folded, so many characters before the first match are shown, … */
const BEFORE = 16;
/** … and so many of the text in all. */
const LONGEST = 200;
/**
 * A single letter is in a text hundreds of times: so many places are looked at for one where it is a word, all of them in
 * as much as is shown. To look through the rest would take longer than the search.
 */
const LOOKS = 20;
/** What is folded at a time to find out where a place in a folded text was written. */
const STEP = 1000;

/**
 * Small letters that are taken for accented or joined ones, though Unicode does not take them apart. To its collation (the
 * root of CLDR, as in `Intl.Collator`), most differ from what is written here no more than accents do; ŧ, ı and þ are letters
 * of their own there, but are typed like this where a keyboard lacks them. A sigma at the end of a word is written in its own
 * way, and nowhere else.
 */
const BASES: Readonly<Record<string, string>> = {
	æ: 'ae',
	ð: 'd',
	đ: 'd',
	ħ: 'h',
	ı: 'i',
	ł: 'l',
	œ: 'oe',
	ø: 'o',
	ß: 'ss',
	þ: 'th',
	ŧ: 't',
	ς: 'σ',
};
const BASED = new RegExp(`[${Object.keys(BASES).join('')}]`, 'g');

/**
 * `text` without what a search does not tell apart: case, accents and other diacritics, full and half width, ligatures.
 * Vowel signs stay, and so do the marks that make another sound of a kana. Folding two texts and joining them gives the
 * same as folding them joined.
 */
export function fold(text: string): string {
	// Most text is plain, and has nothing to take apart.
	if (!/[\u0080-\uffff]/.test(text)) return text.toLowerCase();
	const bare = text.normalize('NFKD').replace(/(?![\u3099\u309a])(?=\p{M})\p{Diacritic}/gu, '');
	return bare.toLowerCase().replace(BASED, (letter) => BASES[letter] ?? letter);
}

/** The folded words of `query`, each of which must be found; none when it is blank. */
export function wordsIn(query: string): readonly string[] {
	return [...new Set(fold(query).split(/\s+/).filter(Boolean))];
}

/**
 * How well a conversation fits `words`, by its folded `title` and `text`: null when one of them is missing, and else less
 * is better. A word counts 0 as a word of the title, 1 as a part of one, 2 as a word of the text and 3 as a part of one.
 */
export function rank(words: readonly string[], title: string, text: string): number | null {
	let sum = 0;
	for (const word of words) {
		const inTitle = placeOf(title, word);
		const found = inTitle ?? placeOf(text, word);
		if (!found) return null;
		sum += (inTitle ? 0 : 2) + (found.whole ? 0 : 1);
	}
	return sum;
}

/** What to show of a conversation that was found by the folded `words`. `title` and `text` are as they were written. */
export function matchOf(words: readonly string[], title: string, text: string): Match {
	return { title: piecesOf(words, title), excerpt: excerptOf(words, text) };
}

/** `text` in pieces, those marked that fold to one of `words`. */
function piecesOf(words: readonly string[], text: string): readonly Piece[] {
	let folded = '';
	/** Where each character of the folded text was written. */
	const origins: number[] = [];
	let written = 0;
	for (const character of text) {
		for (const unit of fold(character).split('')) {
			folded += unit;
			origins.push(written);
		}
		written += character.length;
	}
	origins.push(written);
	const marked = new Uint8Array(text.length);
	for (const word of words)
		for (let place = folded.indexOf(word); place >= 0; place = folded.indexOf(word, place + 1)) {
			const last = origins[place + word.length - 1];
			let end = place + word.length;
			// One written character can fold to several: it is marked as a whole, as are accents that fold to nothing.
			while (end < folded.length && origins[end] === last) end++;
			marked.fill(1, origins[place], origins[end]);
		}
	const pieces: Piece[] = [];
	for (let start = 0; start < text.length;) {
		const change = marked.indexOf(1 - (marked[start] ?? 0), start);
		const end = change < 0 ? text.length : change;
		pieces.push({ text: text.slice(start, end), found: marked[start] === 1 });
		start = end;
	}
	return pieces;
}

/** The part of `text` around the best place of the longest of `words` that is in it; nothing when none is. */
function excerptOf(words: readonly string[], text: string): readonly Piece[] {
	const longestFirst = words.toSorted((a, b) => b.length - a.length);
	const place = placeIn(longestFirst, text)?.start;
	if (place === undefined) return [];
	const start = place <= BEFORE ? 0 : place - BEFORE;
	const before = text.slice(start, place);
	// From the start of a word, if there is one on the way; never from within a character.
	const lead = start === 0 ? before : before.replace(/^\S*\s+|^[\udc00-\udfff]?\p{M}*/u, '');
	const rest = text.slice(place, place + LONGEST).replace(/[\ud800-\udbff]$/, '');
	const window = `${lead}${rest}`.replace(/\s+/g, ' ').trim();
	const cut = { text: '…', found: false };
	return [...(start > 0 ? [cut] : []), ...piecesOf(words, window), ...(place + rest.length < text.length ? [cut] : [])];
}

/** From and up to which character the first of the folded `words` that is in `text` has its best place there, as written. */
export function placeIn(
	words: readonly string[],
	text: string,
): { readonly start: number; readonly end: number } | null {
	const folded = fold(text);
	for (const word of words) {
		const found = placeOf(folded, word);
		if (!found) continue;
		const last = writtenAt(text, found.at + word.length - 1);
		return { start: writtenAt(text, found.at), end: isHalf(text, last + 1) ? last + 2 : last + 1 };
	}
	return null;
}

/** Where the character was written that is at `place` in the folded text. */
function writtenAt(text: string, place: number): number {
	let [start, before] = [0, 0];
	for (let step = STEP; ;) {
		const end = start + step;
		// Half a character does not fold as the whole one does.
		const piece = text.slice(start, isHalf(text, end) ? end + 1 : end);
		const { length } = fold(piece);
		if (before + length <= place && start + piece.length < text.length) {
			before += length;
			start += piece.length;
		} else if (step === 1) return start;
		// It is in this piece: character by character from here on.
		else step = 1;
	}
}

function isHalf(text: string, place: number): boolean {
	const unit = text.charCodeAt(place);
	return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Where `word` is in `text`: near the first place, where it is a word of its own, else that first; null where it is not. */
function placeOf(text: string, word: string): { readonly at: number; readonly whole: boolean } | null {
	const first = text.indexOf(word);
	let at = first;
	let near: string | null = null;
	for (let looks = 0; at >= 0 && looks < LOOKS; looks++) {
		if (!isLetterBefore(text, at) && !isLetterAfter(text, at + word.length)) return { at, whole: true };
		near ??= text.slice(0, first + LONGEST);
		at = near.indexOf(word, at + 1);
	}
	return first < 0 ? null : { at: first, whole: false };
}

function isLetterBefore(text: string, place: number): boolean {
	return place > 0 && isLetter(text.codePointAt(place - (isHalf(text, place - 1) ? 2 : 1)));
}

function isLetterAfter(text: string, place: number): boolean {
	return isLetter(text.codePointAt(place));
}

function isLetter(code: number | undefined): boolean {
	if (code === undefined) return false;
	// What is folded has no capital letters.
	if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
	return /[\p{L}\p{N}\p{M}]/u.test(String.fromCodePoint(code));
}
