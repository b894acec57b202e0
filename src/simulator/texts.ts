import { automatonOf, takes, textsOf, type Automaton } from '../lint/automaton';
import { regexOf, type TextRules } from '../lint/json-schema';
import { isJsonArray, type JsonObject, type JsonValue } from '../model/json';
import { formatOf } from './formats';
import { textLike } from './pattern';
import type { Random } from './random';

/** A longer text than this is not made, whatever a schema asks for. */
const LONGEST = 10_000;
/** What has no automaton is asked only about texts of a length that cannot take it long. */
const LONGEST_ASKED = 1000;
/** Repetitions of what is a repetition itself, or a choice: these are what a browser may take for ever over. */
const REPEATED_TWICE = /[*+}?|][^()]*\)[*+{]/;

/** Whether `text` has what `pattern` looks for; where that would take too long to say, it is taken to have it. */
export function hasMatch(text: string, pattern: string): boolean {
	if (text.length <= LONGEST_ASKED && !REPEATED_TWICE.test(pattern)) return regexOf(pattern)?.test(text) ?? false;
	const automaton = automatonOf(pattern);
	return !automaton || (takes(automaton, text) ?? true);
}

/** What texts are held against in one search: every pattern is looked into once. */
export interface TextMaker extends TextRules {
	/** Texts as `schema` wants them, in which `pattern` and `format` are lists; plain words are named after `name`. */
	readonly texts: (schema: JsonObject, name: string, variants: number) => Generator<string>;
}

/** Makes and judges texts, in an order that `random` chooses. */
export function textMaker(random: Random): TextMaker {
	const automata = new Map<string, Automaton | null>();
	const found = new Map<string, readonly string[]>();
	const automatonFor = (pattern: string): Automaton | null => {
		const known = automata.get(pattern);
		if (known !== undefined) return known;
		const made = automatonOf(pattern);
		automata.set(pattern, made);
		return made;
	};

	/** A pattern that has no automaton, and that would take too long otherwise, is taken to fit. */
	function matches(text: string, pattern: string): boolean {
		const automaton = automatonFor(pattern);
		if (automaton) return takes(automaton, text) ?? true;
		if (text.length > LONGEST_ASKED || REPEATED_TWICE.test(pattern)) return true;
		return regexOf(pattern)?.test(text) ?? true;
	}

	function hasFormat(text: string, format: string): boolean {
		const known = formatOf(format);
		return !known || matches(text, known.pattern);
	}

	/** The first `variants` texts that all of `known`, the automata of `patterns`, take: looked for once. */
	function searched(
		patterns: readonly string[],
		known: readonly Automaton[],
		least: number,
		most: number,
		variants: number,
	): readonly string[] {
		const key = JSON.stringify([patterns, least, most, variants]);
		const before = found.get(key);
		if (before) return before;
		const all: string[] = [];
		for (const text of textsOf(known, least, most, variants)) if (all.push(text) >= variants) break;
		found.set(key, all);
		return all;
	}

	function* texts(schema: JsonObject, name: string, variants: number): Generator<string> {
		const patterns = stringsIn(schema.pattern).filter((pattern) => regexOf(pattern));
		const formats = stringsIn(schema.format).flatMap((format) => formatOf(format) ?? []);
		const { minLength, maxLength } = schema;
		const least = typeof minLength === 'number' ? Math.min(minLength, LONGEST) : 0;
		const most = typeof maxLength === 'number' ? maxLength : Infinity;
		if (patterns.length === 0 && formats.length === 0) {
			yield* words(name, least, most, variants);
			return;
		}
		const all = [...patterns, ...formats.map(({ pattern }) => pattern)];
		const fits = (text: string) =>
			lengthOf(text) >= least && lengthOf(text) <= most && all.every((pattern) => matches(text, pattern));
		for (const text of likely(
			patterns,
			formats.map(({ sample }) => sample),
		))
			if (fits(text)) yield text;
		const known = all.flatMap((pattern) => automatonFor(pattern) ?? []);
		if (known.length === all.length) yield* searched(all, known, least, most, variants);

		/** Texts as one of them wants it, if not the others too. */
		function* likely(patterns: readonly string[], samples: readonly ((nth: number) => string)[]): Generator<string> {
			for (let nth = 1; nth <= Math.min(variants, 12); nth++)
				for (const sample of samples) {
					yield sample(nth);
					yield sample(nth).padEnd(least, '.');
				}
			for (const pattern of patterns)
				for (const extra of extrasFor(pattern)) {
					const text = textLike(pattern, extra, random);
					yield text;
					if (text.length < least) yield text.padEnd(least, '.');
				}
		}

		/** How many repetitions more than have to be are worth a try: few, and about as many as make it long enough. */
		function extrasFor(pattern: string): number[] {
			const [short, longer] = [textLike(pattern, 0, random).length, textLike(pattern, 1, random).length];
			const few = Array.from({ length: variants + 1 }, (_, extra) => extra);
			if (least <= short || longer <= short) return few;
			const about = Math.ceil((least - short) / (longer - short));
			return [...few, about, about + 1].filter((extra) => extra <= LONGEST);
		}
	}

	return { matches, hasFormat, texts };
}

function* words(name: string, least: number, most: number, variants: number): Generator<string> {
	for (let nth = 1; nth <= variants; nth++) {
		const words = `simulated ${name.replaceAll(/[_-]+/g, ' ')}${nth === 1 ? '' : ` ${nth}`}`;
		const text = [...words.padEnd(least, '.')].slice(0, most).join('');
		// Cut short, they would all be the same.
		yield nth > 1 && text.length < words.length ? `${nth}${text}`.slice(0, most) : text;
	}
}

function stringsIn(list: JsonValue | undefined): string[] {
	return isJsonArray(list) ? list.filter((each) => typeof each === 'string') : [];
}

function lengthOf(text: string): number {
	return [...text].length;
}
