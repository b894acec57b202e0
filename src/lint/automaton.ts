import { regexOf } from './json-schema';

/*
 * Regular expressions as machines that go through a text once, however they are written: a browser's own may take as long
 * as it likes over `(a+)+$`. Being in known states, several of them can also be walked together, to find a text that all
 * of them take. What looks back, or ahead elsewhere than at the beginning, has no such machine.
 */

/** States of a machine; more are too many to be walked. */
const MOST_STATES = 3000;
/** Groups within groups; what is nested deeper is not read. */
const MOST_NESTED = 200;
/** States looked at for one text; then it is not known whether the text is taken. */
const MOST_STEPS = 500_000;
/** How many combinations of states are looked at for a text that every machine takes. */
const MOST_LOOKED_AT = 1500;

type Test = (character: string) => boolean;
type Part =
	| { readonly kind: 'one'; readonly test: Test }
	| { readonly kind: 'row' | 'choice'; readonly parts: readonly Part[] }
	| { readonly kind: 'repeated'; readonly part: Part; readonly from: number; readonly to: number }
	| { readonly kind: 'start' | 'end' }
	| { readonly kind: 'ahead'; readonly part: Part; readonly wanted: boolean };

/** To `to`: for a character that passes the test, or for nothing, at the start or the end of the text only. */
type Edge = { readonly to: number } & (
	{ readonly kind: 'one'; readonly test: Test } | { readonly kind: 'free' | 'start' | 'end' }
);

interface Machine {
	readonly edges: readonly (readonly Edge[])[];
	/** The states from which the last can be reached once the start of the text is behind. */
	readonly alive: ReadonlySet<number>;
	/** Whether the text has to be one that the machine takes, or one that it does not. */
	readonly wanted: boolean;
}
type States = readonly number[];

/** A regular expression that can be walked. */
export interface Automaton {
	readonly machines: readonly Machine[];
	/** Characters to try besides the usual ones. */
	readonly characters: string;
}

/** The automaton of `pattern`; null where it cannot be made. Whatever `pattern` is, this and asking it take little time. */
export function automatonOf(pattern: string): Automaton | null {
	const whole = partsOf(pattern);
	if (!whole) return null;
	const [first, ...rest] = whole.kind === 'row' ? whole.parts : [whole];
	const looks = rest.slice(
		0,
		lengthWhere(rest, ({ kind }) => kind === 'ahead'),
	);
	const parts: [Part, boolean][] = [[whole, true]];
	if (first?.kind === 'start' && looks.length > 0) {
		parts[0] = [{ kind: 'row', parts: [first, ...rest.slice(looks.length)] }, true];
		for (const look of looks)
			if (look.kind === 'ahead') parts.push([{ kind: 'row', parts: [first, look.part] }, look.wanted]);
	}
	const machines = parts.map(([part, wanted]) => machineOf(part, wanted));
	const known = machines.filter((machine) => machine !== null);
	return known.length === machines.length ? { machines: known, characters: `${pattern}${codesIn(pattern)}` } : null;
}

/** Whether `text` is as `automaton` wants it; null where it would take too many steps to say so. */
export function takes({ machines }: Automaton, text: string): boolean | null {
	let steps = 0;
	for (const machine of machines) {
		let states = startOf(machine);
		for (const character of text) {
			steps += states.length;
			if (steps > MOST_STEPS) return null;
			states = after(machine, states, character);
		}
		if (!isTaken(machine, states, text === '')) return false;
	}
	return true;
}

/**
 * Texts of `least` to `most` characters that all of `automata` take, short ones first: of each way through them at most
 * `variants`. Not every such text is found, and none where there is too much to look at.
 */
export function* textsOf(
	automata: readonly Automaton[],
	least: number,
	most: number,
	variants: number,
): Generator<string> {
	const machines = automata.flatMap((automaton) => automaton.machines);
	const classes = classesOf(machines, automata.map(({ characters }) => characters).join(''));
	interface Place {
		readonly states: readonly States[];
		readonly way: readonly string[][];
	}
	const queue: Place[] = [{ states: machines.map(startOf), way: [] }];
	const seen = new Set<string>();
	for (let at = 0; at < queue.length && at < MOST_LOOKED_AT; at++) {
		const { states, way } = queue[at]!; // just seen to be there
		if (way.length >= least && machines.every((machine, nth) => isTaken(machine, states[nth]!, way.length === 0)))
			yield* textsAlong(way, variants);
		if (way.length >= most) continue;
		for (const members of classes) {
			const next = machines.map((machine, nth) => after(machine, states[nth]!, members[0]!)); // a class has members
			if (machines.some(({ wanted }, nth) => wanted && next[nth]!.length === 0)) continue;
			const key = `${Math.min(way.length + 1, least)}/${next.join('/')}`;
			if (seen.has(key)) continue;
			seen.add(key);
			queue.push({ states: next, way: [...way, members] });
		}
	}
}

/** Different texts of a character of each class of `way`. */
function* textsAlong(way: readonly (readonly string[])[], variants: number): Generator<string> {
	for (let nth = 0; nth < variants; nth++) {
		let rest = nth;
		const text = way.map((members) => {
			const chosen = members[rest % members.length];
			rest = Math.floor(rest / members.length);
			return chosen;
		});
		if (rest > 0) return;
		yield text.join('');
	}
}

const USUAL = `abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ${String.raw` -_.,:;/@!?#$%&*+='"()[]{}<>|^~\``}`;
const UNUSUAL = '`\t\n\réßжאع中あ한€😀';

/** The characters that are tried, in rows of those that no machine tells apart. */
function classesOf(machines: readonly Machine[], further: string): string[][] {
	const edges = machines.flatMap((machine) => machine.edges.flat());
	const tests = [...new Set(edges.flatMap((edge) => (edge.kind === 'one' ? [edge.test] : [])))];
	const classes = new Map<string, string[]>();
	for (const character of new Set([...USUAL, ...further, ...UNUSUAL])) {
		const key = tests.map((test) => (test(character) ? '1' : '0')).join('');
		const members = classes.get(key);
		if (members) members.push(character);
		else classes.set(key, [character]);
	}
	return [...classes.values()];
}

function machineOf(part: Part, wanted: boolean): Machine | null {
	const edges: Edge[][] = [[]];
	const add = (from: number, edge: Edge) => edges[from]?.push(edge);
	const newState = () => edges.push([]) - 1;
	const any: Test = () => true;
	/** Lay `part` out from the state `from`; the state it ends in, or null where that cannot be done. */
	const lay = (part: Part, from: number): number | null => {
		if (edges.length > MOST_STATES || part.kind === 'ahead') return null;
		if (part.kind === 'row')
			return part.parts.reduce<number | null>((at, each) => (at === null ? null : lay(each, at)), from);
		const end = newState();
		if (part.kind === 'choice') {
			for (const each of part.parts) {
				const start = newState();
				add(from, { kind: 'free', to: start });
				const last = lay(each, start);
				if (last === null) return null;
				add(last, { kind: 'free', to: end });
			}
			return end;
		}
		if (part.kind !== 'repeated') {
			add(from, part.kind === 'one' ? { kind: 'one', test: part.test, to: end } : { kind: part.kind, to: end });
			return end;
		}
		let at = from;
		for (let time = 0; time < part.from; time++) {
			const last = lay(part.part, at);
			if (last === null) return null;
			// Nothing, however often, is nothing.
			if (last === at) break;
			at = last;
		}
		if (part.to === Infinity) {
			const again = newState();
			add(at, { kind: 'free', to: again });
			const last = lay(part.part, again);
			if (last === null) return null;
			add(last, { kind: 'free', to: again });
			add(again, { kind: 'free', to: end });
			return end;
		}
		for (let time = part.from; time < part.to; time++) {
			add(at, { kind: 'free', to: end });
			const last = lay(part.part, at);
			if (last === null) return null;
			if (last === at) break;
			at = last;
		}
		add(at, { kind: 'free', to: end });
		return end;
	};
	add(0, { kind: 'one', test: any, to: 0 });
	const last = lay(part, 0);
	if (last === null) return null;
	// What has been found is found, whatever follows.
	const found = newState();
	add(last, { kind: 'free', to: found });
	add(found, { kind: 'one', test: any, to: found });
	return { edges, alive: leadingTo(found, edges), wanted };
}

function leadingTo(state: number, edges: readonly (readonly Edge[])[]): ReadonlySet<number> {
	const before = new Map<number, number[]>();
	for (const [from, out] of edges.entries())
		for (const { kind, to } of out) if (kind !== 'start') before.set(to, [...(before.get(to) ?? []), from]);
	const reached = new Set([state]);
	for (const each of reached) for (const from of before.get(each) ?? []) reached.add(from);
	return reached;
}

function startOf(machine: Machine): States {
	return reachedFrom(machine, [0], ['free', 'start']);
}

/** The states after reading `character`. */
function after(machine: Machine, states: States, character: string): States {
	const next = states.flatMap((state) =>
		machine.edges[state]!.flatMap((edge) => (edge.kind === 'one' && edge.test(character) ? [edge.to] : [])),
	);
	return reachedFrom(machine, next, ['free']).filter((state) => machine.alive.has(state));
}

/** Whether the text that has led to `states` is as the machine wants it. */
function isTaken(machine: Machine, states: States, isEmpty: boolean): boolean {
	const ends = reachedFrom(machine, states, isEmpty ? ['free', 'start', 'end'] : ['free', 'end']);
	return ends.includes(machine.edges.length - 1) === machine.wanted;
}

function reachedFrom({ edges }: Machine, states: States, kinds: readonly Edge['kind'][]): States {
	const reached = new Set(states);
	for (const state of reached) for (const { kind, to } of edges[state]!) if (kinds.includes(kind)) reached.add(to);
	return [...reached].sort((a, b) => a - b);
}

/** What the regular expression says, in parts; null where it says something of which there is no machine. */
function partsOf(pattern: string): Part | null {
	const regex = regexOf(pattern);
	if (!regex) return null;
	const { flags } = regex;
	const tests = new Map<string, Test>();
	let at = 0;
	let nested = 0;
	let isKnown = true;
	const whole = alternatives();
	return isKnown ? whole : null;

	function alternatives(): Part {
		const choices = [row()];
		while (pattern[at] === '|') {
			at++;
			choices.push(row());
		}
		return choices.length === 1 ? choices[0]! : { kind: 'choice', parts: choices };
	}

	function row(): Part {
		const parts: Part[] = [];
		while (isKnown && at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') parts.push(repeated(atom()));
		return { kind: 'row', parts };
	}

	function repeated(part: Part): Part {
		const sign = read(/[*+?]|\{\d+(?:,\d*)?\}/y);
		if (sign === '') return part;
		read(/\?/y);
		const [from = '', to = from] = sign.slice(1, -1).split(',');
		if (sign === '*' || sign === '+') return { kind: 'repeated', part, from: sign === '+' ? 1 : 0, to: Infinity };
		if (sign === '?') return { kind: 'repeated', part, from: 0, to: 1 };
		return { kind: 'repeated', part, from: Number(from), to: to === '' ? Infinity : Number(to) };
	}

	function atom(): Part {
		if (read(/\^/y)) return { kind: 'start' };
		if (read(/\$/y)) return { kind: 'end' };
		const opening = read(/\((?:\?(?:[:=!]|<[A-Za-z_]\w*>))?/y);
		if (opening) {
			if (++nested > MOST_NESTED) isKnown = false;
			const part: Part = isKnown ? alternatives() : { kind: 'row', parts: [] };
			nested--;
			at++; // its closing bracket
			const sign = opening.at(-1);
			return sign === '=' || sign === '!' ? { kind: 'ahead', part, wanted: sign === '=' } : part;
		}
		const source =
			read(/\[(?:\\[^]|[^\]\\])*\]/y) ||
			read(/\\ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}/iy) ||
			read(/\\(?:u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|[pP]\{[^}]*\}|[^\dbBkcpP]|0)/iy) ||
			read(flags === '' ? /[^\\(]/y : /[^\\(]/uy);
		if (source === '') isKnown = false;
		return { kind: 'one', test: testOf(source) };
	}

	/** Whether a character is as `source`, which is about one character, says. */
	function testOf(source: string): Test {
		const known = tests.get(source);
		if (known) return known;
		const single = isKnown ? regexOf(`^${source}$`) : null;
		// Without Unicode mode these mean something else, and a character is half of what it is here.
		const isOther = flags === '' && (/\\[pPu]\{/.test(source) || (source.startsWith('[^') && single?.flags === ''));
		if (!single || isOther) {
			isKnown = false;
			return () => false;
		}
		const test = (character: string) => single.test(character);
		tests.set(source, test);
		return test;
	}

	/** What `token`, which is sticky, finds here; nothing where it is not here. */
	function read(token: RegExp): string {
		token.lastIndex = at;
		const [text = ''] = token.exec(pattern) ?? [];
		at += text.length;
		return text;
	}
}

/** The characters that `pattern` names by their codes. */
function codesIn(pattern: string): string {
	const codes = [...pattern.matchAll(/\\(?:u\{([\da-f]{1,5})\}|u([\da-f]{4})|x([\da-f]{2}))/gi)];
	return codes.map(([, long, four, two]) => String.fromCodePoint(parseInt(long ?? four ?? two ?? '0', 16))).join('');
}

function lengthWhere<T>(items: readonly T[], is: (item: T) => boolean): number {
	const end = items.findIndex((item) => !is(item));
	return end === -1 ? items.length : end;
}
