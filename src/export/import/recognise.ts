import { faultAt, faultOf, type Fault } from '../../model/draft';
import { isJsonObject, type JsonValue } from '../../model/json';
import { keysIn, looksLikeKey } from '../../model/key';
import { TAKEN_OUT, takeOutKeys } from '../../model/mask-keys';
import { STARTING_MODEL } from '../../model/models';
import type { RecordedError } from '../../model/outcome';
import { importedFrom, isRequest, type Call, type Imported } from './call';
import { callsIn, literalIn, namedLiteralsIn, type NamedLiteral } from './code/code';
import { callsOfHar } from './har';
import { CODE, CURL, holdsProgram, INVOKE } from './marks';
import { Misread } from './misread';
import { looksLikeChat, looksLikeResponses } from './openai/openai';
import { errorIn, errorInJson, type FoundError } from './recorded-error';
import type { Command } from './shell/command';
import { callsOf } from './shell/curl';
import { readBash } from './shell/bash';
import { readCmd } from './shell/cmd';
import { callsOfInvoke } from './shell/invoke';
import { readPowerShell } from './shell/powershell';
import { array, memberOf, object, readJson, stringOf, text as textValue, writeValue, type Value } from './value';

/** What a text that was pasted or dropped is. */
export type Understood =
	| {
			readonly kind: 'requests';
			/** What it was read as: "A curl command". */
			readonly what: string;
			/** One at least. */
			readonly requests: readonly Imported[];
			/** The keys that were found in the text; they are nowhere in the requests. */
			readonly keys: readonly string[];
	  }
	/** An error that the API answered with: there is nothing to import, but something to read. */
	| { readonly kind: 'error'; readonly error: RecordedError }
	/** Something else, and where it stops being what it seemed to be. */
	| ({ readonly kind: 'unknown'; readonly quote: string } & Fault);

/** What a reader made of a text: calls, or else an error that it holds. */
interface Read {
	readonly what: string;
	readonly calls: readonly Call[];
	readonly error?: RecordedError | null;
	/** What could not be read, in a sentence. */
	readonly unread?: string | null;
}

/**
 * Say what `text` is, and read the requests in it: a command for curl, code, a recording of a browser, or JSON. Nothing in
 * it is run. A key in it is taken out before anything is read.
 */
export function recognise(text: string): Understood {
	const { text: keyless } = takeOutKeys(text);
	const source = keyless.replace(/^\ufeff/, ' ').replaceAll('\r\n', '\n');
	const binary = /[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/.exec(source); // eslint-disable-line no-control-regex -- what no text holds
	if (source.trim() === '') return unknown(source, 'There is nothing here.', 0);
	if (binary) return unknown(source, 'This is not text: it holds a character that no text has.', binary.index);
	try {
		const { what, calls, error, unread } = readBlocks(withoutPrompts(source));
		const requests = calls.flatMap((call) => importedFrom(call) ?? []);
		const [asked] = calls.flatMap(({ url }) => url ?? []);
		const keys = new Set([...keysIn(text).filter(looksLikeKey), ...requests.flatMap(({ key }) => key ?? [])]);
		if (requests.length > 0)
			return {
				kind: 'requests',
				what: namedFor(what, requests),
				requests: requests.map(withNoteOfKey),
				keys: [...keys],
			};
		if (error) return { kind: 'error', error };
		return unknown(
			source,
			`${what}, and no request to the Messages API in it${asked ? `: it asks ${asked}` : ''}.${unread ? ` ${unread}` : ''}`,
			source.search(/\S/),
		);
	} catch (error) {
		if (error instanceof Misread) return unknown(source, error.reason, error.offset);
		// A reader calls itself for what lies inside; only what is nested thousands deep is too much for it.
		if (error instanceof RangeError) return unknown(source, 'This is nested deeper than any request.', 0);
		throw error;
	}
}

/** `text` without the keys in it, as long as it was: those that look like one, and those that a request in it is let in with. */
export function withoutKeysIn(text: string): { readonly text: string; readonly keys: readonly string[] } {
	const understood = recognise(text);
	const keys = understood.kind === 'requests' ? understood.keys : keysIn(text).filter(looksLikeKey);
	const masked = keys.reduce((kept, key) => kept.replaceAll(key, TAKEN_OUT.padEnd(key.length, '•')), text);
	return { text: takeOutKeys(masked).text, keys };
}

/** `what` with whose requests are in it, where they are not of the Messages API. */
function namedFor(what: string, [first, ...rest]: readonly Imported[]): string {
	if (!first?.from || rest.some(({ from }) => !from)) return what;
	if (what === BODY) return `An ${first.from} body`;
	return `${what} ${what === CURL_COMMAND || what === POWERSHELL_COMMAND ? 'to' : 'for'} OpenAI`;
}

const BODY = 'The body of a request';
const MESSAGES = 'A list of messages';
const REQUESTS = 'A list of requests';
const CURL_COMMAND = 'A curl command';
const POWERSHELL_COMMAND = 'A PowerShell command';

/** With a note where a key stood inside the body itself, which is something else without it. */
function withNoteOfKey(request: Imported): Imported {
	if (!writeValue(request.body).includes(TAKEN_OUT)) return request;
	return { ...request, notes: [...request.notes, 'A key stood in the request itself, and was taken out.'] };
}

function unknown(source: string, reason: string, offset: number): Understood {
	const fault = faultAt(
		source,
		offset,
		reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason,
	);
	const line = source.split('\n')[fault.line - 1] ?? '';
	return { kind: 'unknown', ...fault, quote: excerpt(line, fault.column - 1) };
}

/** Some reasons quote what they are about. */
const LONGEST_REASON = 200;
const AROUND = 40;

/** The part of a line around a place in it. */
function excerpt(line: string, at: number): string {
	const from = Math.max(0, at - AROUND);
	const to = Math.min(line.length, at + AROUND);
	return `${from > 0 ? '…' : ''}${line.slice(from, to).trim()}${to < line.length ? '…' : ''}`;
}

/** A block between fences, as in Markdown. */
const FENCED = /^([ \t]*(`{3,}|~{3,}).*\n)([^]*?)(?:\n[ \t]*\2.*$|(?![^]))/gm;

/** Read each block between fences where words stand around them, else all of it. */
function readBlocks(source: string): Read {
	const blocks = Array.from(source.matchAll(FENCED), ({ index, 1: fence = '', 3: inside = '' }) => {
		const from = index + fence.length;
		return blank(source.slice(0, from)) + inside;
	});
	const [first] = blocks;
	// A program may have fences in a text of its own.
	const before = source.slice(0, first?.search(/\S/));
	if (first === undefined || holdsProgram(before) || /^\s*[[{]/.test(before)) return read(source);
	const found: Read[] = [];
	let failure: Misread | undefined;
	for (const block of blocks) {
		try {
			found.push(read(block));
		} catch (error) {
			if (!(error instanceof Misread)) throw error;
			failure ??= error;
		}
	}
	const calls = found.flatMap((block) => block.calls);
	const useful =
		found.find((block) => block.calls.some((call) => importedFrom(call))) ?? found.find(({ error }) => error);
	if (useful) return { ...useful, calls };
	if (failure) throw failure;
	return read(source);
}

/** How the arguments of a call begin in Python: perhaps with one or two that have no name, then with a name or two asterisks. */
const PYTHON_CALL = /^\s*(?:#.*\s+)*(?:(?:"[^"\n]*"|'[^'\n]*'|\w+)\s*,\s*){0,2}(?:\w+\s*=(?![=>])|\*\*)/;
const PYTHON_LINE = /^[ \t]*(?:from\s+\S+\s+import\b|import\s+\w+(?:\s*,\s*\w+)*\s*$|(?:async\s+)?def\s)/m;

function read(source: string): Read {
	if (/^\s*[[{]/.test(source)) return readData(source);
	const found = errorIn(source);
	if (!found) return readProgram(source);
	const error: Read = { what: 'An error', calls: [], error: found.error };
	if (isThrown(source, found) || !holdsProgram(source)) return error;
	const asked = beforeAnswer(source, found);
	// A program that quotes an error is a program.
	if (asked === null) return readProgram(source);
	try {
		const { what, calls } = readProgram(asked);
		return {
			...error,
			what,
			calls: calls.length === 1 ? calls.map((call) => ({ ...call, error: found.error })) : calls,
		};
	} catch (failure) {
		// What stands before it may be anything: the error is what can be told of.
		if (failure instanceof Misread) return error;
		throw failure;
	}
}

/** Whether an error is what a program ended with: then the code above it is what the trace quotes. */
function isThrown(source: string, { at }: FoundError): boolean {
	return /(?:^|\n)(?![ \t]*(?:#|\/|\*))[^\n{"'`]*(?:Error|Exception)\b[^\n{"'`]*$/.test(source.slice(0, at));
}

/** What stands before an answer that a terminal shows below the command; null where the error is no such answer. */
function beforeAnswer(source: string, { at, end }: FoundError): string | null {
	const before = source.slice(0, at);
	// At most a prompt may follow.
	if (!/(?:^|\n)(?:data:)?[ \t]*$/.test(before) || !/^[^\n{}'"]*\s*[^\n{}'"]{0,80}$/.test(source.slice(end)))
		return null;
	const head = /^(?:< )?HTTP\/[\d.]+ \d{3}/m.exec(before);
	return head ? before.slice(0, head.index) : before;
}

/** Read by the reader whose mark comes first, and by another only when that one finds nothing. */
function readProgram(source: string): Read {
	const curl = CURL.exec(source)?.index ?? Infinity;
	const call = CODE.exec(source);
	const code = call?.index ?? Infinity;
	if (/^\s*event: ?message_start\s/.test(source))
		throw new Misread('This is an answer of the API as a stream, and there is no error in it.', source.search(/\S/));
	const invoked = INVOKE.exec(source)?.index ?? Infinity;
	if (Math.min(curl, code, invoked) === Infinity) {
		const literals = readLiterals(source);
		if (literals) return literals;
		throw new Misread('This is neither a curl command, nor code that sends a request, nor JSON.', source.search(/\S/));
	}
	const language = call && isPython(source, call) ? 'python' : 'javascript';
	const shell = (): Read => ({ what: CURL_COMMAND, calls: callsInShell(source) });
	const program = (): Read => ({
		what: language === 'python' ? 'Python' : 'TypeScript or JavaScript',
		calls: callsIn(source, language),
	});
	const powerShell = (): Read => ({ what: POWERSHELL_COMMAND, calls: callsOfInvoke(source) });
	const readers = [
		{ at: invoked, reader: powerShell },
		{ at: curl, reader: shell },
		{ at: code, reader: program },
	]
		.filter(({ at }) => at < Infinity)
		.sort((one, other) => one.at - other.at);
	let failure: unknown;
	let empty: Read | undefined;
	for (const { reader } of readers) {
		try {
			const found = reader();
			if (found.calls.some((call) => importedFrom(call))) return found;
			empty ??= found;
		} catch (error) {
			if (!(error instanceof Misread)) throw error;
			failure ??= error;
		}
	}
	if (failure instanceof Misread) throw failure;
	return readLiterals(source) ?? empty!; // every reader either threw or found nothing
}

/** What only JavaScript writes. */
const OF_JAVASCRIPT =
	/\b(?:const|export|let|module|var)\b|\/\/|[;`]\s*$|[\s:,[(](?:true|false|null|undefined)\s*[,)}\]]|\breturn\s*\{\s*\w/m;

/** The bodies that stand in the text by a name, though nothing there sends them; null when there are none. Throws a `Misread` where one breaks off. */
function readLiterals(source: string): Read | null {
	if (!/\bmessages\b|\bmodel\b|\brole\b/.test(source)) return null;
	const isJavascript = OF_JAVASCRIPT.test(source);
	let failure: Misread | undefined;
	for (const language of isJavascript ? (['javascript', 'python'] as const) : (['python', 'javascript'] as const)) {
		try {
			const literals = namedLiteralsIn(source, language);
			// Messages that have a name of their own are in the body already.
			const objects = callsFrom(literals.filter(({ value }) => value.kind === 'object'));
			if (objects.length > 0)
				return { what: language === 'python' ? 'A Python dictionary' : 'A JavaScript object', calls: objects };
			const lists = callsFrom(literals);
			if (lists.length > 0) return { what: MESSAGES, calls: lists };
		} catch (error) {
			if (!(error instanceof Misread)) throw error;
			failure ??= error;
		}
	}
	if (failure) throw failure;
	return null;
}

function callsFrom(literals: readonly NamedLiteral[]): Call[] {
	return literals.flatMap(({ name, value, notes }) => {
		const call = callWith(value);
		const taken = name === null ? [] : [`\`${name}\` was taken as the body: nothing in the text sends it.`];
		return call ? [{ ...call, notes: [...call.notes, ...taken, ...notes] }] : [];
	});
}

function isPython(source: string, { 0: call, index }: RegExpExecArray): boolean {
	return PYTHON_CALL.test(source.slice(index + call.length)) || PYTHON_LINE.test(source.slice(0, index));
}

type ShellReader = (source: string) => Command[];

/** What curl is told to send, in the shell that the text looks most like, else in the first of the others that makes sense of it. */
function callsInShell(source: string): Call[] {
	const guessed = shellOf(source);
	let empty: Call[] | undefined;
	let failure: Misread | undefined;
	const others = guessed === readPowerShell ? [readCmd, readBash] : [readBash, readPowerShell, readCmd];
	for (const reader of new Set([guessed, ...others])) {
		try {
			const calls = callsOf(reader(source));
			// Of what is nothing but a gap another shell only thinks that it understands it.
			if (calls.some((call) => (reader === guessed || call.body.kind !== 'hole') && importedFrom(call))) return calls;
			if (reader === guessed) empty = calls;
		} catch (error) {
			if (!(error instanceof Misread)) throw error;
			if (reader === guessed) failure = error;
		}
	}
	if (failure) throw failure;
	return empty ?? []; // the guessed one either threw or found nothing
}

/** By what comes before the body, in which anything may stand: how lines go on, how variables and quotes are written. */
function shellOf(source: string): ShellReader {
	const from = CURL.exec(source)?.index ?? 0;
	const head = source.slice(from, source.indexOf('{', from) + 1 || undefined);
	if (/\\\n/.test(head)) return readBash;
	if (/\^[ \t]*\n|\^"|%[a-z_]\w*%/i.test(head)) return readCmd;
	if (/`[ \t]*\n|\$env:|\bcurl\.exe\b/i.test(head) || /^[ \t]*\$\w+[ \t]*=/m.test(source.slice(0, from)))
		return readPowerShell;
	return readBash;
}

/** What a terminal shows before a command, and before the further lines of it. */
const PROMPT =
	/^([ \t]*(?:[$%>❯]|➜[ \t]+\S+|PS[^\n>]*>|[a-z]:\\[^\n<>"|]*>|[\w.-]+@[\w.-]+[^\n'"`]{0,200}?[$%#])[ \t]*)(curl(?:\.exe)?[\s\u00a0].*(?:\n(?:(?:quote|dquote)?>|>>)(?: .*)?$)*)/gim;
const ROOT_PROMPT = /^[ \t]*#(?=[ \t]*curl\s)/gm;
const COMMENT = /^[ \t]*#.*$/gm;

/** `source` with blanks in the place of the prompts that were copied with it. */
function withoutPrompts(source: string): string {
	const bare = source.replace(PROMPT, (_all, prompt: string, command: string) => {
		const further = command.replace(/\n(?:(?:quote|dquote)?>|>>)(?= |$)/gm, (mark) => `\n${blank(mark.slice(1))}`);
		return blank(prompt) + further;
	});
	if (/^>>> /m.test(bare)) return bare.replace(/^(?:>>>|\.\.\.)(?= |$)/gm, blank);
	// A mark that begins a comment is a prompt where nothing is left without it.
	return CODE.test(bare) || CURL.test(bare.replace(COMMENT, blank)) ? bare : bare.replace(ROOT_PROMPT, blank);
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ');

/** JSON, or what a program would write in its place: without quotes, with a comma too many, with comments. */
function readData(source: string): Read {
	if (faultOf(source) === null) return readKnownJson(source);
	const fault = faultOf(source)!; // it was just found
	const isPython = /[\s:,[](?:True|False|None)\s*[,}\]]/.test(source);
	for (const language of isPython ? (['python', 'javascript'] as const) : (['javascript', 'python'] as const)) {
		try {
			const value = literalIn(source, language);
			const call = callWith(value);
			const what = language === 'python' ? 'A Python dictionary' : 'A JavaScript object';
			if (call) return { what: value.kind === 'array' ? MESSAGES : what, calls: [call] };
			const error = errorInJson(value);
			if (error) return { what: 'An error', calls: [], error };
		} catch (error) {
			// What is wrong with it as JSON is said instead.
			if (!(error instanceof Misread)) throw error;
		}
	}
	const lines = callsInLines(source);
	if (lines.length > 0) return { what: REQUESTS, calls: lines };
	throw new Misread(fault.reason, fault.offset);
}

/** The requests of JSON Lines, one on each; none where a line is something else. */
function callsInLines(source: string): Call[] {
	const lines = source.split('\n').filter((line) => line.trim() !== '');
	if (!lines.every((line) => faultOf(line) === null)) return [];
	return lines.flatMap((line) => callsWithin(readJson([{ text: line, at: 0 }])));
}

/** The requests in a list of them, or in the body of a batch, where each stands in a member of its own. */
function callsWithin(value: Value): Call[] {
	const list = memberOf(value, 'requests') ?? value;
	const items = list.kind === 'array' ? list.items : [list];
	return items.flatMap((item) => {
		const body = memberOf(item, 'params') ?? memberOf(item, 'body') ?? item;
		return (body.kind === 'object' && callWith(body)) || [];
	});
}

function readKnownJson(source: string): Read {
	const json = JSON.parse(source) as JsonValue; // faultOf has parsed it
	const recorded = callsOfHar(json);
	const value = readJson([{ text: source, at: 0 }]);
	if (recorded) {
		const { calls, unread } = recorded;
		const noted = calls.map((call) => (unread === null ? call : { ...call, notes: [...call.notes, unread] }));
		return { what: 'A HAR recording', calls: noted, error: errorInJson(value), unread };
	}
	const call = callWith(value);
	if (call) return { what: value.kind === 'array' ? MESSAGES : BODY, calls: [call] };
	const listed = callsWithin(value);
	if (listed.length > 0) return { what: REQUESTS, calls: listed };
	const start = source.search(/\S/);
	if (isJsonObject(json) && json.type === 'message')
		throw new Misread('This is an answer of the API, not a request.', start);
	const error = errorInJson(value);
	if (error) return { what: 'An error', calls: [], error };
	throw new Misread('This is JSON, but no request: it has no messages.', start);
}

/** The call that a body makes on its own; null when it is no body. Of headers it says nothing. */
function callWith(value: Value): Call | null {
	const bare = { url: null, headers: null, notes: [] };
	if (value.kind === 'object') return isRequest(value) || looksLikeResponses(value) ? { ...bare, body: value } : null;
	if (value.kind !== 'array' || value.items.length === 0) return null;
	if (!value.items.every((item) => stringOf(memberOf(item, 'role')) !== null)) return null;
	const chat = object({ messages: value });
	if (looksLikeChat(chat)) return { ...bare, body: chat };
	const body = object({
		model: textValue(STARTING_MODEL),
		max_tokens: { kind: 'number', spelling: '1024' },
		messages: array(value.items),
	});
	return {
		...bare,
		body,
		notes: [`\`model\` and \`max_tokens\` were not there: they became ${STARTING_MODEL} and 1024.`],
	};
}
