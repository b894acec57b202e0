import { pick, type Random } from './random';

/** Part of a regular expression: adds what it matches to `before`, which is how far the text has come. */
type Part = (before: string, extra: number) => string;

const DIGITS = '0123456789';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const WORD = `${LETTERS}${LETTERS.toUpperCase()}${DIGITS}_`;
const PRINTABLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('');
const CLASSES: Readonly<Record<string, string>> = { d: DIGITS, w: WORD, s: ' ' };
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', 0: '\0' };

/** As long as a text gets; then no more is repeated. */
const LONGEST = 20_000;

/**
 * A text that the regular expression `pattern` matches, with `extra` repetitions wherever more are allowed than are
 * needed. What cannot be made piece by piece, such as looking ahead, is left out: the caller has to see whether it fits.
 */
export function textLike(pattern: string, extra: number, random: Random): string {
	const characters = [...pattern];
	const groups: string[] = [];
	const names = new Map<string, number>();
	let at = 0;
	return alternatives()('', extra);

	function alternatives(): Part {
		const choices: [Part, ...Part[]] = [sequence()];
		while (characters[at] === '|') {
			at++;
			choices.push(sequence());
		}
		return (before, more) => pick(random, choices)(before, more);
	}

	function sequence(): Part {
		const parts: Part[] = [];
		while (at < characters.length && characters[at] !== '|' && characters[at] !== ')') parts.push(repeated(atom()));
		return (before, more) => parts.reduce((text, part) => part(text, more), before);
	}

	/** The part with the quantifier behind it, if there is one. */
	function repeated(part: Part): Part {
		const [whole, sign, least, comma, most] =
			/^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(characters.slice(at, at + 20).join('')) ?? [];
		if (whole === undefined) return part;
		at += whole.length;
		const from = sign === undefined ? Number(least) : sign === '+' ? 1 : 0;
		const open = sign === undefined ? comma !== '' && most === '' : sign !== '?';
		const to = open ? Infinity : sign === '?' ? 1 : most === '' ? from : Number(most);
		return (before, more) => {
			let text = before;
			const times = Math.min(from + more, to);
			for (let time = 0; time < times && text.length < LONGEST; time++) text = part(text, more);
			return text;
		};
	}

	function atom(): Part {
		const character = characters[at++] ?? '';
		if (character === '(') return group();
		if (character === '[') return oneOf(set());
		if (character === '\\') return escaped();
		if (character === '.') return oneOf(LETTERS);
		if (character === '^' || character === '$') return (before) => before;
		return (before) => before + character;
	}

	function group(): Part {
		const [kind = '', name] = /^\?(?:<([A-Za-z_]\w*)>|:|<?[=!])/.exec(characters.slice(at, at + 60).join('')) ?? [];
		at += kind.length;
		const isLook = /[=!]$/.test(kind);
		const index = kind === '' || name !== undefined ? groups.push('') - 1 : null;
		if (name !== undefined && index !== null) names.set(name, index);
		const inner = alternatives();
		at++; // its closing bracket
		return (before, more) => {
			if (isLook) return before;
			const text = inner(before, more);
			if (index !== null) groups[index] = text.slice(before.length);
			return text;
		};
	}

	function escaped(): Part {
		const character = characters[at++] ?? '';
		if (character === 'b' || character === 'B') return (before) => before;
		if (/[1-9]/.test(character)) return (before) => before + (groups[Number(character) - 1] ?? '');
		if (character === 'k') {
			const [whole = '', name = ''] = /^<(\w+)>/.exec(characters.slice(at).join('')) ?? [];
			at += whole.length;
			return (before) => before + (groups[names.get(name) ?? -1] ?? '');
		}
		return oneOf(meantBy(character));
	}

	/** The characters that an escape stands for; the backslash and `character` have been read. */
	function meantBy(character: string): string {
		const lower = character.toLowerCase();
		if (lower === 'p') {
			const [whole = '', property = ''] = /^\{(?:[\w]+=)?(\w+)\}/.exec(characters.slice(at).join('')) ?? [];
			at += whole.length;
			const fits = whole === '' ? null : new RegExp(`\\${character}${whole}`, 'u');
			return [...PRINTABLE].filter((each) => fits?.test(each) ?? property === '').join('');
		}
		const known = CLASSES[lower];
		if (known !== undefined) return character === lower ? known : without(known);
		const [code] = /^(?:\{[\da-f]+\}|[\da-f]{4})/i.exec(character === 'u' ? rest(8) : '') ?? [];
		const [byte] = /^[\da-f]{2}/i.exec(character === 'x' ? rest(2) : '') ?? [];
		const number = code ?? byte;
		if (number === undefined) return CONTROLS[character] ?? character;
		at += number.length;
		return String.fromCodePoint(Number.parseInt(number.replace(/[{}]/g, ''), 16));
	}

	/** The characters between square brackets, of which the first has been read. */
	function set(): string {
		const isNegated = characters[at] === '^';
		if (isNegated) at++;
		let members = '';
		while (at < characters.length && characters[at] !== ']') {
			const from = member();
			if (characters[at] !== '-' || characters[at + 1] === ']' || [...from].length !== 1) {
				members += from;
				continue;
			}
			at++;
			members += between(from, member());
		}
		at++; // its closing bracket
		return isNegated ? without(members) : members;
	}

	function member(): string {
		const character = characters[at++] ?? '';
		if (character !== '\\') return character;
		const next = characters[at++] ?? '';
		return next === 'b' ? '\b' : meantBy(next);
	}

	function rest(length: number): string {
		return characters.slice(at, at + length).join('');
	}

	function oneOf(choices: string): Part {
		const [first = '', ...others] = choices;
		return (before) => before + pick(random, [first, ...others]);
	}
}

/** The characters from `from` to `to`; of a long row the first hundred. */
function between(from: string, to: string): string {
	const first = from.codePointAt(0) ?? 0;
	const last = Math.min(to.codePointAt(0) ?? first, first + 99);
	return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => String.fromCodePoint(first + at)).join('');
}

function without(members: string): string {
	return [...LETTERS, ...PRINTABLE].filter((each) => !members.includes(each)).join('');
}
