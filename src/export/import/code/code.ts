import type { Call, Headers } from '../call';
import { Misread } from '../misread';
import {
	constant,
	hole,
	itemsOf,
	memberOf,
	readJson,
	stringOf,
	text,
	without,
	type Member,
	type ObjectValue,
	type Value,
} from '../value';
import { Clients, type Client } from './client';
import { CodeReader, missingOf, type Arguments } from './expression';
import { headersOf, overridden, shown } from './headers';
import { afterTypes, closingOf } from './scopes';
import { wordsIn, type Language, type Token } from './token';

// Python and JavaScript are read by this folder's own readers, not by @lezer/python and @lezer/javascript: their trees say which
// characters are a string or a call, and what a request needs comes after that and is most of what stands here: escapes undone,
// variables followed, holes named, each with its exact place. They would come on top of it, with more to load for a paste,
// and where a text is broken their error nodes say neither what is missing nor where, which is what is quoted here.

const HELPERS = /^(?:create|stream|parse|count_tokens|countTokens|tool_runner|toolRunner)$/;
/** What the SDKs take beside the body and do not put into it. */
const OPTIONS = ['extra_headers', 'extra_query', 'extra_body', 'timeout'];
/** What they send as headers: `MessageCreateParamsBase` of @anthropic-ai/sdk 1.12.0, checked 2026-11-22. */
const SENT_AS_HEADERS: Readonly<Record<string, string>> = {
	user_profile_id: 'anthropic-user-profile-id',
	workspace_id: 'anthropic-workspace-id',
};

/** Which method is called: its name and the names before it, nearest first, where that is among the tokens, and its parenthesis. */
interface Method {
	readonly name: string;
	readonly path: readonly string[];
	readonly index: number;
	readonly parenthesis: number;
}

/**
 * The requests that source text makes: through the SDK of Anthropic or OpenAI, with `fetch`, or with one of Python's
 * libraries for HTTP. Nothing is run. Throws a `Misread` where a string or bracket is not closed.
 */
export function callsIn(source: string, language: Language): Call[] {
	const reader = new CodeReader(source, language);
	const clients = new Clients(reader, language);
	const surroundings = setElsewhere(reader.tokens);
	return methodsIn(reader.tokens).flatMap((method) => {
		const call = callOf(method, reader, clients, language);
		const notes = reader.takeNotes();
		return call ? [{ ...call, notes: [...call.notes, ...notes, ...surroundings] }] : [];
	});
}

/** The variables of the environment that tell Anthropic's SDKs where to send, and with which headers: @anthropic-ai/sdk 1.12.0 `client.ts`. */
const VARIABLE = /^ANTHROPIC_(?:BASE_URL|CUSTOM_HEADERS)$/;

/** A sentence for each of those variables that the text sets, as only running would tell what for. */
function setElsewhere(tokens: readonly Token[]): string[] {
	const set = tokens.flatMap((token, index) => {
		const name = token.kind === 'string' ? (wordsIn(token) ?? '') : token.source;
		const next = tokens[index + 1]?.source;
		const isSet = next === '=' || next === ':' || (next === ']' && tokens[index + 2]?.source === '=');
		return isSet && VARIABLE.test(name) ? [name] : [];
	});
	return [...new Set(set)].map((name) => `The text sets ${name}, which was left out.`);
}

/** An object or a list that a text gives a name, or hands on without one. */
export interface NamedLiteral {
	/** Null where it has none: `export default {…}`. */
	readonly name: string | null;
	readonly value: Value;
	readonly notes: readonly string[];
}

/**
 * The objects, lists and texts with JSON in them that stand in the text by a name: `params = {…}`,
 * `export const params: Params = {…}`, `return {…}`. None of them within another. Throws a `Misread` where there is none but one that breaks off.
 */
export function namedLiteralsIn(source: string, language: Language): NamedLiteral[] {
	const reader = new CodeReader(source, language);
	const { tokens } = reader;
	const literals: NamedLiteral[] = [];
	let failure: Misread | undefined;
	let read = 0;
	for (const [index, { source: mark, kind }] of tokens.entries()) {
		if (index < read || !(mark === '=' || (kind === 'name' && /^(?:return|default)$/.test(mark)))) continue;
		const first = tokens[index + 1];
		if (!first || (first.kind !== 'string' && !BEGINS_LITERAL.test(first.source))) continue;
		const name = mark === '=' ? nameSetAt(tokens, index) : null;
		try {
			const { value: written, next } = reader.valueAt(index + 1);
			const value = literalOf((name !== null && reader.laterValueOf(name, index)) || written, reader);
			if (value?.kind !== 'object' && value?.kind !== 'array') continue;
			literals.push({ name, value, notes: reader.takeNotes() });
			read = next;
		} catch (error) {
			if (!(error instanceof Misread)) throw error;
			failure ??= error;
		}
	}
	if (literals.length === 0 && failure) throw failure;
	return literals;
}

const BEGINS_LITERAL = /^[[{(<]$|^(?:await|deepcopy|dict|json|JSON|new|Object|structuredClone|\w*Params?\w*)$/;

/** `value`, or what it is the JSON of; null for a text that is no JSON. */
function literalOf(value: Value, reader: CodeReader): Value | null {
	const written = reader.jsonIn(value);
	if (written || value.kind !== 'string') return written ?? value;
	const [start] = value.parts;
	return typeof start === 'string' && /^\s*[[{]\s*["{]/.test(start) ? readJson(reader.piecesOf(value)) : null;
}

/** The name, or the path of names, before the equals sign at `index`, and before its type where it has one. */
function nameSetAt(tokens: readonly Token[], index: number): string | null {
	let start = index - 1;
	while (start > 0 && !tokens[start]?.first && !/^(?:[;{]|const|let|var)$/.test(tokens[start - 1]?.source ?? ''))
		start--;
	while (/^(?:export|const|let|var|public|private|readonly|static)$/.test(tokens[start]?.source ?? '')) start++;
	const name: string[] = [];
	for (let at = start; at < index && tokens[at]?.source !== ':'; at++) name.push(tokens[at]?.source ?? '');
	return name.join('') || null;
}

/** A literal on its own: an object of JavaScript, a dictionary of Python. Throws a `Misread` when it is none. */
export function literalIn(source: string, language: Language): Value {
	return new CodeReader(source, language).wholeValue();
}

function methodsIn(tokens: readonly Token[]): Method[] {
	const methods: Method[] = [];
	const closing = closingOf(tokens);
	for (const [index, { kind, source }] of tokens.entries()) {
		if (kind !== 'name') continue;
		const parenthesis = afterTypes(tokens, index + 1, closing);
		if (tokens[parenthesis]?.source !== '(') continue;
		methods.push({ name: source, path: namesBefore(tokens, index), index, parenthesis });
	}
	return methods;
}

/** The names that stand before the one at `index`, with points between them, nearest first. */
function namesBefore(tokens: readonly Token[], index: number): string[] {
	const path: string[] = [];
	let at = index;
	while (/^\??\.$/.test(tokens[at - 1]?.source ?? '') && tokens[at - 2]) {
		at -= 2;
		while (tokens[at]?.source === '!' && tokens[at - 1]) at--;
		path.push(tokens[at]!.source); // it was just looked at
	}
	return path;
}

function callOf(method: Method, reader: CodeReader, clients: Clients, language: Language): Call | null {
	const { name, path, index, parenthesis } = method;
	if (HELPERS.test(name)) {
		const api = path.find((part) => /^(?:messages|completions|responses|batches|embeddings)$/.test(part));
		if (api === undefined || api === 'batches') return null;
		if (api !== 'messages') {
			const args = reader.argumentsAt(parenthesis);
			const url = api === 'completions' && path.includes('chat') ? '/chat/completions' : `/${api}`;
			const body = language === 'python' ? args.named : args.positional[0];
			return body ? { url, headers: [], body, notes: addressesOfOpenAi(reader, language) } : null;
		}
		const client = clients.calledAt(index);
		const args = reader.argumentsAt(parenthesis);
		const call = language === 'python' ? pythonCall(args, client) : javascriptCall(args, client);
		return call && asCalled(call, name);
	}
	if (name === 'fetch') return fetchCall(method, reader);
	if (name === 'request' || name === 'Request') return requestCall(method, reader, language);
	if (name === 'post') return postCall(method, reader, clients, language);
	return null;
}

/** A sentence for each address that a client of OpenAI's SDK is given. */
function addressesOfOpenAi(reader: CodeReader, language: Language): string[] {
	return reader.tokens.flatMap(({ kind, source }, index) => {
		if (kind !== 'name' || !/^(?:Async)?(?:Azure)?OpenAI$/.test(source) || reader.tokens[index + 1]?.source !== '(')
			return [];
		const { named, positional } = reader.argumentsAt(index + 1);
		const options = language === 'python' ? named : positional[0];
		const address =
			memberOf(options, language === 'python' ? 'base_url' : 'baseURL') ?? memberOf(options, 'azure_endpoint');
		return address ? [`The client's address ${shown(address)} was left out: it is not one of the Messages API.`] : [];
	});
}

/** `call` as the method of this name makes it. */
function asCalled(call: Call, name: string): Call {
	if (/^count_?tokens$/i.test(name)) return { ...call, url: call.url && `${call.url}/count_tokens` };
	const { body } = call;
	if (body.kind !== 'object') return call;
	if (name === 'stream') {
		const streaming: Member = ['stream', constant(true)];
		return { ...call, body: { kind: 'object', members: [...without(body, ['stream']).members, streaming] } };
	}
	const ofRunner = /^tool_?runner$/i.test(name) ? OF_RUNNER.filter((own) => memberOf(body, own)) : [];
	const notes = ofRunner.map((own) => `\`${own}\` was left out: it is for the runner, which does not send it.`);
	return { ...call, body: without(body, ofRunner), notes: [...call.notes, ...notes] };
}

/** What the runner of tools takes for itself. */
const OF_RUNNER = ['max_iterations', 'compaction_control', 'compactionControl'];

function pythonCall({ positional, named, unknown }: Arguments, client: Client): Call {
	const { url, platform } = client;
	const sent = { url, platform, headers: client.headers, notes: client.notes };
	const [all] = unknown;
	// `create(**params)`, of which nothing else is known, is a request that is still to be filled in.
	if (all !== undefined && unknown.length === 1 && named.members.length === 0 && positional.length === 0)
		return { ...sent, body: hole(all) };
	const [only, ...others] = positional;
	if (only && others.length === 0 && unknown.length === 0 && named.members.length === 0) return { ...sent, body: only };
	const extra = memberOf(named, 'extra_body');
	const added = extra?.kind === 'object' ? extra.members : [];
	const moved = moveToHeaders(named);
	const body = without(moved.body, [...OPTIONS, ...added.map(([name]) => name)]);
	const notes = [...client.notes, ...unknown.map(missingOf)];
	if (positional.length > 0) notes.push('What it is given without a name is not known, so it is missing.');
	if (extra && extra.kind !== 'object') notes.push('What `extra_body` adds is not known, so it is missing.');
	if (memberOf(named, 'extra_query')) notes.push('`extra_query` was left out: the API takes no query.');
	return {
		...sent,
		headers: overridden(overridden(client.headers, moved.headers), headersOf(memberOf(named, 'extra_headers'), notes)),
		body: { kind: 'object', members: [...body.members, ...added] },
		notes,
	};
}

function javascriptCall({ positional: [body, options] }: Arguments, client: Client): Call | null {
	if (!body) return null;
	const { url, platform } = client;
	const notes = [...client.notes];
	const moved = body.kind === 'object' ? moveToHeaders(body) : { body, headers: [] };
	const headers = overridden(overridden(client.headers, moved.headers), optionsOf(options, ['headers'], notes));
	return { url, platform, headers, body: moved.body, notes };
}

/** The headers among the options of a call of JavaScript; a note says of the others that count, but for those that are `read`, that they are left out. */
function optionsOf(options: Value | undefined, read: readonly string[], notes: string[]) {
	if (options?.kind === 'hole') notes.push(missingOf(options.name));
	for (const [name] of options?.kind === 'object' ? options.members : []) {
		if (name === 'query') notes.push('`query` was left out: the API takes no query.');
		else if (!read.includes(name) && !NOT_SENT.test(name))
			notes.push(`The call is told \`${name}\`, which was left out.`);
	}
	return headersOf(memberOf(options, 'headers'), notes);
}

/** What a call is told of how it waits and tries. */
const NOT_SENT = /^(?:maxRetries|signal|timeout)$/;

/** The parameters that the SDKs send as headers, taken out of the body. */
function moveToHeaders(body: ObjectValue): { body: ObjectValue; headers: Headers } {
	const betas = memberOf(body, 'betas');
	const headers: (readonly [string, string | null])[] = [];
	if (betas) {
		const names = itemsOf(betas).map(stringOf);
		const known = betas.kind === 'array' && names.every((name) => name !== null);
		headers.push(['anthropic-beta', known ? names.join(',') : null]);
	}
	for (const [name, header] of Object.entries(SENT_AS_HEADERS)) {
		const value = memberOf(body, name);
		if (value) headers.push([header, stringOf(value)]);
	}
	return {
		body: without(body, ['betas', ...Object.keys(SENT_AS_HEADERS)]),
		headers,
	};
}

function fetchCall({ parenthesis, path }: Method, reader: CodeReader): Call | null {
	if (path.length > 0 && !/^(?:globalThis|window|self)$/.test(path[0] ?? '')) return null;
	const [address, options] = reader.argumentsAt(parenthesis).positional;
	const body = memberOf(options, 'body');
	if (!address || !body) return null;
	const notes: string[] = [];
	return {
		url: shown(address),
		headers: overridden([], headersOf(memberOf(options, 'headers'), notes)),
		body: bodyOf(body, reader, shown(address)),
		notes,
	};
}

/** `requests.request` and `urllib.request.Request` of Python, and the `Request` that JavaScript hands to `fetch`. */
function requestCall({ name, parenthesis }: Method, reader: CodeReader, language: Language): Call | null {
	const { positional, named } = reader.argumentsAt(parenthesis);
	const options = language === 'python' ? named : positional[1];
	const address = (name === 'request' ? positional[1] : positional[0]) ?? memberOf(named, 'url');
	const body = ['json', 'data', 'content', 'body'].map((key) => memberOf(options, key)).find(Boolean);
	if (!address || !body) return null;
	const notes = leftOutOf(options);
	const headers = overridden([], headersOf(memberOf(options, 'headers'), notes));
	return { url: shown(address), headers, body: bodyOf(body, reader, shown(address)), notes };
}

/** `client.post` of either SDK, which takes a path, and `post` of libraries for HTTP, which takes an address. */
function postCall(method: Method, reader: CodeReader, clients: Clients, language: Language): Call | null {
	const { path, parenthesis, index } = method;
	const python = language === 'python';
	const isPath = shown(reader.argumentsAt(parenthesis).positional[0] ?? text('')).startsWith('/v1/messages');
	const client = isPath ? clients.calledAt(index) : clients.namedAt(index);
	const { positional, named } = reader.argumentsAt(parenthesis);
	const address = shown(positional[0] ?? memberOf(named, 'url') ?? text(''));
	const options = python ? named : positional[1];
	const notes = [...(client?.notes ?? []), ...reader.headersSetOn(path[0] ?? '')];
	const sent = (body: Value, own: Value | undefined, url: string): Call => ({
		url,
		platform: client?.platform ?? null,
		headers: overridden(client?.headers ?? [], headersOf(own, notes)),
		body: bodyOf(body, reader, url),
		notes,
	});
	const names = python ? ['body', 'json', 'content', 'data'] : ['body'];
	const body = names.map((key) => memberOf(options, key)).find(Boolean);
	if (client && isPath && body) {
		const further = memberOf(options, 'options') ?? options;
		notes.push(...leftOutOf(options), ...(further === options ? [] : leftOutOf(further)));
		return sent(
			body,
			memberOf(options, 'headers') ?? memberOf(further, 'headers'),
			client.url.replace(/\/v1\/messages$/, address),
		);
	}
	// What axios makes takes the body itself, and is told its address where nobody can follow it.
	if (!python && options && !body && (isPath || path[0] === 'axios')) {
		if (isPath) notes.push(`The address that \`${path[0] ?? ''}\` asks is not known.`);
		notes.push(...leftOutOf(positional[2]));
		const headers = overridden([], headersOf(memberOf(positional[2], 'headers'), notes));
		return { url: isPath ? null : address, headers, body: bodyOf(options, reader, address), notes };
	}
	if (!body || !python) return null;
	notes.push(...leftOutOf(named));
	return sent(body, memberOf(named, 'headers'), address);
}

/** A sentence for each part of a call over HTTP that the request cannot have. */
function leftOutOf(options: Value | undefined): string[] {
	const members = options?.kind === 'object' ? options.members : [];
	return members.flatMap(([name]) =>
		/^(?:auth|cookies|files|params|query)$/.test(name) ? [`\`${name}\` of the call was left out.`] : [],
	);
}

/** A body that is sent to `url`: what a text is the JSON of, the JSON in a text, or the object itself. */
function bodyOf(value: Value, reader: CodeReader, url: string): Value {
	const written = reader.jsonIn(value);
	if (written || value.kind !== 'string') return written ?? value;
	try {
		return readJson(reader.piecesOf(value));
	} catch (error) {
		// Sent elsewhere it need not be JSON.
		if (error instanceof Misread && !/\/(?:messages|chat\/completions|responses)\b/.test(url)) return value;
		throw error;
	}
}
