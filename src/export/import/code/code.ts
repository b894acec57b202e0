import { messagesUrl, type Call } from '../call';
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
import { CodeReader, missingOf, type Arguments } from './expression';
import type { Language, Token } from './token';

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

/** What a client is told when it is made. */
interface Client {
	/** Where it sends messages; with the names of holes in it where it is not known. */
	readonly url: string;
	readonly headers: Headers;
	readonly notes: readonly string[];
}

type Headers = NonNullable<Call['headers']>;

/** Which method is called: its name and the names before it, nearest first, and its parenthesis. */
interface Method {
	readonly name: string;
	readonly path: readonly string[];
	readonly at: number;
	readonly parenthesis: number;
}

/**
 * The requests that source text makes: through the SDK of Anthropic or OpenAI, with `fetch`, or with one of Python's
 * libraries for HTTP. Nothing is run. Throws a `Misread` where a string or bracket is not closed.
 */
export function callsIn(source: string, language: Language): Call[] {
	const reader = new CodeReader(source, language);
	const methods = methodsIn(reader.tokens);
	const client = clientOf(reader, methods, language);
	reader.takeNotes();
	return methods.flatMap((method) => {
		const call = callOf(method, reader, client, language);
		const notes = reader.takeNotes();
		return call ? [{ ...call, notes: [...call.notes, ...notes] }] : [];
	});
}

/** A literal on its own: an object of JavaScript, a dictionary of Python. Throws a `Misread` when it is none. */
export function literalIn(source: string, language: Language): Value {
	return new CodeReader(source, language).wholeValue();
}

function methodsIn(tokens: readonly Token[]): Method[] {
	const methods: Method[] = [];
	for (const [index, { kind, source, at }] of tokens.entries()) {
		if (kind !== 'name') continue;
		const parenthesis = afterTypes(tokens, index + 1);
		if (tokens[parenthesis]?.source !== '(') continue;
		const path: string[] = [];
		for (let i = index; /^\??\.$/.test(tokens[i - 1]?.source ?? '') && tokens[i - 2]; i -= 2)
			path.push(tokens[i - 2]!.source);
		methods.push({ name: source, path, at, parenthesis });
	}
	return methods;
}

/** Where the token after `<…>` is, or `index` when there are no types. */
function afterTypes(tokens: readonly Token[], index: number): number {
	if (tokens[index]?.source !== '<') return index;
	let depth = 0;
	for (let at = index; at < tokens.length; at++) {
		const source = tokens[at]?.source ?? '';
		if (source === '<') depth++;
		else if (source === '>' && --depth === 0) return at + 1;
		else if (/^[;(){}]$/.test(source)) return index;
	}
	return index;
}

/** What the first client in the text is told; the API's own address when it is told none. */
function clientOf(reader: CodeReader, methods: readonly Method[], language: Language): Client {
	const made = methods.find(({ name }) => /^(?:Async)?Anthropic$/.test(name));
	if (!made) return { url: messagesUrl(), headers: [], notes: [] };
	const python = language === 'python';
	const { positional, named, unknown } = reader.argumentsAt(made.parenthesis);
	const [options] = python ? [named] : positional;
	const told = (inPython: string, inJavaScript: string) => memberOf(options, python ? inPython : inJavaScript);
	const baseUrl = told('base_url', 'baseURL');
	const key = told('api_key', 'apiKey');
	const token = told('auth_token', 'authToken');
	const notes = unknown.map(missingOf);
	return {
		url: baseUrl && shown(baseUrl) !== '' ? messagesUrl(shown(baseUrl)) : messagesUrl(),
		headers: [
			...(key ? [['x-api-key', stringOf(key)] as const] : []),
			...(token ? [['authorization', stringOf(token) && `Bearer ${stringOf(token)}`] as const] : []),
			...headersOf(told('default_headers', 'defaultHeaders'), notes),
		],
		notes,
	};
}

function callOf(method: Method, reader: CodeReader, client: Client, language: Language): Call | null {
	const { name, path, parenthesis } = method;
	if (HELPERS.test(name)) {
		const api = path.find((part) => /^(?:messages|completions|responses|batches|embeddings)$/.test(part));
		if (api === undefined || api === 'batches') return null;
		const args = reader.argumentsAt(parenthesis);
		if (api !== 'messages') {
			const url = api === 'completions' && path.includes('chat') ? '/chat/completions' : `/${api}`;
			const body = language === 'python' ? args.named : args.positional[0];
			return body ? { url, headers: [], body, notes: [] } : null;
		}
		const call = language === 'python' ? pythonCall(args, client) : javascriptCall(args, client);
		if (!call || call.body.kind !== 'object' || name !== 'stream') return call;
		const streaming: Member = ['stream', constant(true)];
		return { ...call, body: { kind: 'object', members: [...call.body.members, streaming] } };
	}
	if (name === 'fetch') return fetchCall(method, reader);
	if (name === 'request' || name === 'Request') return requestCall(method, reader, language);
	if (name === 'post') return postCall(method, reader, client, language);
	return null;
}

function pythonCall({ named, unknown }: Arguments, client: Client): Call {
	const [all] = unknown;
	// `create(**params)`, of which nothing else is known, is a request that is still to be filled in.
	if (all !== undefined && unknown.length === 1 && named.members.length === 0) return { ...client, body: hole(all) };
	const extra = memberOf(named, 'extra_body');
	const added = extra?.kind === 'object' ? extra.members : [];
	const moved = moveToHeaders(named);
	const body = without(moved.body, [...OPTIONS, ...added.map(([name]) => name)]);
	const notes = [...client.notes, ...unknown.map(missingOf)];
	if (extra && extra.kind !== 'object') notes.push('What `extra_body` adds is not known, so it is missing.');
	if (memberOf(named, 'extra_query')) notes.push('`extra_query` was left out: the API takes no query.');
	const headers = [...client.headers, ...headersOf(memberOf(named, 'extra_headers'), notes)];
	return {
		url: client.url,
		headers: [...headers, ...moved.headers],
		body: { kind: 'object', members: [...body.members, ...added] },
		notes,
	};
}

function javascriptCall({ positional: [body, options] }: Arguments, client: Client): Call | null {
	if (!body) return null;
	const notes = [...client.notes];
	const headers = [...client.headers, ...headersOf(memberOf(options, 'headers'), notes)];
	if (body.kind !== 'object') return { url: client.url, headers, body, notes };
	const moved = moveToHeaders(body);
	return { url: client.url, headers: [...headers, ...moved.headers], body: moved.body, notes };
}

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
		headers: headersOf(memberOf(options, 'headers'), notes),
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
	const notes: string[] = [];
	const headers = headersOf(memberOf(options, 'headers'), notes);
	return { url: shown(address), headers, body: bodyOf(body, reader, shown(address)), notes };
}

/** `client.post` of either SDK, which takes a path, and `post` of libraries for HTTP, which takes an address. */
function postCall({ path, parenthesis }: Method, reader: CodeReader, client: Client, language: Language): Call | null {
	const { positional, named } = reader.argumentsAt(parenthesis);
	const address = shown(positional[0] ?? memberOf(named, 'url') ?? text(''));
	const options = language === 'python' ? named : positional[1];
	const notes: string[] = [];
	if (address.startsWith('/v1/messages')) {
		const body = memberOf(options, 'body');
		if (!body) return null;
		const given = memberOf(options, 'headers') ?? memberOf(memberOf(options, 'options'), 'headers');
		const headers = [...client.headers, ...headersOf(given, notes)];
		return { url: client.url, headers, body: bodyOf(body, reader, address), notes: [...client.notes, ...notes] };
	}
	if (path[0] === 'axios' && options) {
		const headers = headersOf(memberOf(positional[2], 'headers'), notes);
		return { url: address, headers, body: bodyOf(options, reader, address), notes };
	}
	const body = memberOf(options, 'json') ?? memberOf(options, 'data') ?? memberOf(options, 'content');
	if (!body || language !== 'python') return null;
	const headers = headersOf(memberOf(named, 'headers'), notes);
	return { url: address, headers, body: bodyOf(body, reader, address), notes };
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

/** A text with the names of its holes in it. */
const shown = (value: Value): string =>
	value.kind === 'string'
		? value.parts.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join('')
		: value.kind === 'hole'
			? `<${value.name}>`
			: '';

/** Headers as an object or a list of pairs gives them; a note says of others that they are not known. */
function headersOf(value: Value | undefined, notes: string[]): Headers {
	if (value?.kind === 'hole') notes.push(`The headers in \`${value.name}\` are not known.`);
	if (value?.kind === 'object') return value.members.map(([name, inner]) => [name, stringOf(inner)]);
	if (value?.kind !== 'array') return [];
	return value.items.flatMap((item) => {
		const [name, inner] = item.kind === 'array' ? item.items : [];
		const known = stringOf(name);
		return known === null ? [] : [[known, stringOf(inner)] as const];
	});
}
