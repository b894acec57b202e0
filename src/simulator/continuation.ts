import { pick, type Random } from './random';

/** What the simulation happens to know of the guide's example and its neighbours. */
const facts: readonly (readonly [question: RegExp, answer: RegExp])[] = [
	[/\bants?\b/i, /formicidae/i],
	[/\bbees?\b/i, /apoidea/i],
	[/\bbutterfl(?:y|ies)\b/i, /rhopalocera/i],
];
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"', '“': '”' };

/** What may stand where a JSON value breaks off, before the brackets that are open. */
const FILLERS = [
	...['"simulated": true', ', "simulated": true', 'simulated": true', ': "simulated"'],
	...['"simulated"', ', "simulated"', 'simulated"', ''],
];

/**
 * How an answer goes on that begins with `prefill`, so that the two make one text: a choice among the letters that
 * `question` offers, the rest of a JSON value, a tag closed again, or a sentence carried on with `words`.
 */
export function continuePrefill(prefill: string, question: string, words: string, random: Random): string {
	const last = prefill.at(-1) ?? '';
	const choice = last === '(' || last === '[' ? chooseLetter(question, random) : null;
	if (choice) return `${choice.letter}${closing[last]} ${choice.answer}. ${words}`;
	const json = finishJson(prefill);
	if (json !== null) return json;
	const tag = /<([\w-]+)>[^<]*$/.exec(prefill)?.[1];
	if (tag) return `${words}</${tag}>`;
	if (closing[last]) return `simulated${closing[last]} ${words}`;
	// After a finished sentence or a heading the simulation speaks for itself; else it finishes the sentence first.
	return /[.!?:]$/.test(prefill) ? ` ${words}` : ` something only a model could finish. ${words}`;
}

/** A letter among those that `question` offers as (A) … (B) …: the right one where it is known. */
function chooseLetter(question: string, random: Random): { letter: string; answer: string } | null {
	const offers = [...question.matchAll(/(?:^|[\s(])([A-Z])[).:]\s*([^(),;\n]+)/g)].map(
		([, letter = '', answer = '']) => ({
			letter,
			answer: answer.trim(),
		}),
	);
	const [first, ...others] = offers;
	if (!first || others.length === 0) return null;
	const asked = question.slice(0, question.indexOf(first.answer));
	const fact = facts.find(([about]) => about.test(asked));
	return offers.find(({ answer }) => fact?.[1].test(answer)) ?? pick(random, [first, ...others]);
}

/** What is missing for `text` to end with a whole JSON object or array, and its fence; null when it ends in none. */
function finishJson(text: string): string | null {
	if (/```json\s*$/.test(text)) return '{"simulated": true}\n```';
	// One begins a line, or comes behind a colon.
	for (const { index, 0: before } of text.matchAll(/(?:^|\n|:)[^\S\n]*(?=[{[])/g)) {
		const start = index + before.length;
		const rest = finishValue(text.slice(start));
		const isFenced = text.slice(0, start).split('```').length % 2 === 0;
		if (rest !== null) return isFenced ? `${rest}\n\`\`\`` : rest;
	}
	return null;
}

/** What is missing for `start` to be a JSON object or array, said to be simulated where there is room; null when it is none. */
function finishValue(start: string): string | null {
	const open: string[] = [];
	let inText = false;
	for (let at = 0; at < start.length; at++) {
		const character = start[at]!; // the loop stays inside
		if (inText && character === '\\') at++;
		else if (character === '"') inText = !inText;
		else if (!inText && (character === '{' || character === '['))
			open.unshift(closing[character]!); // both are in the table
		else if (!inText && (character === '}' || character === ']')) open.shift();
	}
	const ends = open.join('');
	const begun = /[a-z]+$/.exec(start)?.[0] ?? '';
	const word = ['true', 'false', 'null'].find((each) => begun !== '' && each.startsWith(begun));
	const ways = ['', word?.slice(begun.length) ?? '', '0'].flatMap((first) =>
		FILLERS.map((filler) => first + filler + ends),
	);
	return ways.find((way) => way !== '' && isJson(start + way)) ?? null;
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		// That is the question.
		return false;
	}
}
