import { messagesUrl, type Headers, type Platform } from '../call';
import { memberOf, stringOf, type Value } from '../value';
import { missingOf, type CodeReader } from './expression';
import { headersOf, overridden, shown } from './headers';
import { afterTypes, closingOf } from './scopes';
import { wordsIn, type Language, type Token } from './token';

/** What a client of the SDK is told when it is made. */
export interface Client {
	/** Where it sends messages; with the names of holes in it where it is not known. */
	readonly url: string;
	readonly headers: Headers;
	readonly notes: readonly string[];
	/** Whose clouds it sends to, which have addresses of their own; null for the API itself. */
	readonly platform: Platform | null;
}

/** The classes of both SDKs, and what stands before the one of a platform in its package's name. */
const CLASS = /^(?:Async|Base)?Anthropic(Bedrock(?:Mantle)?|Vertex|Foundry|A[wW][sS])?$/;
const PACKAGE = /^@anthropic-ai\/(?:(bedrock|vertex|foundry|aws)-)?sdk$/;
const PLATFORMS: Readonly<Record<string, Platform>> = {
	bedrock: 'AWS Bedrock',
	bedrockmantle: 'AWS Bedrock',
	vertex: 'Google Vertex AI',
	foundry: 'Microsoft Foundry',
	aws: 'AWS',
};
/** What Python's libraries for HTTP call theirs: httpx, requests and aiohttp. */
const OF_HTTP = /^(?:(?:Async)?Client|(?:Client)?Session)$/;
/** The methods that give a client like another but for what they are told. */
const COPIES = /^(?:with_options|withOptions|copy)$/;
/** What a client's own members are called: what is named before them is the client. */
const MEMBER =
	/^(?:beta|batches|chat|completions|embeddings|messages|responses|with_raw_response|with_streaming_response)$/;
/** Words that a client may be named after, and that are no client. */
const WORD = /^(?:async|await|case|else|if|in|new|not|of|or|return|typeof|void|yield)$/;

const READ =
	/^(?:api_key|apiKey|auth_token|authToken|base_url|baseURL|(?:set_)?default_headers|defaultHeaders|headers)$/;
const QUERY = /^(?:(?:set_)?default_query|defaultQuery|params)$/;
/** What a client is told of how it waits, tries and speaks: none of it is in the request. `ClientOptions` of @anthropic-ai/sdk 1.12.0, and the same in Python. */
const NOT_SENT =
	/^(?:timeout|max_retries|maxRetries|webhook_key|webhookKey|dangerouslyAllowBrowser|logger|logLevel|openTelemetry|_strict_response_validation)$/;

/** A client, and the index of the first token after what says so. */
interface Found {
	readonly client: Client;
	readonly next: number;
}

/** The clients that a text makes, each told from the others by the names it is called by. */
export class Clients {
	readonly #reader: CodeReader;
	readonly #tokens: readonly Token[];
	readonly #python: boolean;
	readonly #closing: ReadonlyMap<number, number>;
	readonly #opening: ReadonlyMap<number, number>;
	/** The platform by the name of its class, as far as the text gives it another; null for the API itself. */
	readonly #classes: ReadonlyMap<string, Platform | null>;
	readonly #made = new Map<number, Client>();
	/** Names that are being looked up, lest one that names itself is looked up for ever. */
	readonly #looking = new Set<string>();

	constructor(reader: CodeReader, language: Language) {
		this.#reader = reader;
		this.#tokens = reader.tokens;
		this.#python = language === 'python';
		this.#closing = closingOf(reader.tokens);
		this.#opening = new Map(Array.from(this.#closing, ([open, close]) => [close, open]));
		this.#classes = classesIn(reader.tokens);
	}

	/** The client whose method is named at `index`; null where the text does not say which. */
	namedAt(index: number): Client | null {
		return this.#clientAt(this.#beginning(index), index)?.client ?? null;
	}

	/** The client whose method is named at `index`; where the text does not say, the only one that it makes, or the API's own. */
	calledAt(index: number): Client {
		const start = this.#beginning(index);
		return this.#clientAt(start, index)?.client ?? this.#onlyOne(start);
	}

	#sourceAt(index: number): string {
		return this.#tokens[index]?.source ?? '';
	}

	#isPoint(index: number): boolean {
		return /^\??\.$/.test(this.#sourceAt(index));
	}

	/** Where the chain of names and calls begins that the token `index` ends. */
	#beginning(index: number): number {
		let at = this.#called(index);
		while (this.#isPoint(at - 1) && this.#tokens[at - 2]) at = this.#called(at - 2);
		return at;
	}

	/** What is called or looked into by the brackets that end at `index`; where nothing is, they are around all of it. */
	#called(index: number): number {
		let at = index;
		for (;;) {
			while (this.#sourceAt(at) === '!' && at > 0) at--;
			const open = /^[)\]]$/.test(this.#sourceAt(at)) ? this.#opening.get(at) : undefined;
			if (open === undefined) return at;
			const before = this.#tokens[open - 1];
			const named = before && (before.kind === 'name' ? !WORD.test(before.source) : /^[)\]!]$/.test(before.source));
			if (!named) return open;
			at = open - 1;
		}
	}

	/** The client that the chain from `start` on gives, up to the token `until`; null where the text does not say which. */
	#clientAt(start: number, until = Infinity): Found | null {
		let at = start;
		while (/^(?:await|new)$/.test(this.#sourceAt(at))) at++;
		let client: Client | null = null;
		/** The names since the last call. */
		let names: number[] = [];
		if (this.#sourceAt(at) === '(') {
			const end = this.#closing.get(at);
			if (end === undefined) return null;
			client = this.#clientAt(at + 1)?.client ?? null;
			at = end + 1;
		} else if (this.#tokens[at]?.kind === 'name') names.push(at++);
		else return null;
		for (;;) {
			while (this.#sourceAt(at) === '!' && !this.#python) at++;
			if (this.#isPoint(at) && this.#tokens[at + 1]?.kind === 'name' && at + 1 < until) {
				names.push(at + 1);
				at += 2;
				continue;
			}
			const parenthesis = afterTypes(this.#tokens, at, this.#closing);
			const end = this.#sourceAt(parenthesis) === '(' ? this.#closing.get(parenthesis) : undefined;
			if (end === undefined || end >= until) break;
			const name = this.#sourceAt(names.at(-1) ?? -1);
			const platform = this.#platformOf(name);
			if (platform !== undefined || OF_HTTP.test(name)) client = this.#madeAt(parenthesis, platform ?? null);
			else if (COPIES.test(name))
				client = this.#told(client ?? this.#named(names.slice(0, -1)) ?? this.#onlyOne(start), parenthesis);
			else client = null;
			names = [];
			at = end + 1;
		}
		client ??= this.#named(names);
		return client && { client, next: at };
	}

	/** The platform of a class, null for the API itself; undefined where the name is of no class that makes a client. */
	#platformOf(name: string): Platform | null | undefined {
		const known = this.#classes.get(name);
		if (known !== undefined) return known;
		const match = CLASS.exec(name);
		return match ? (PLATFORMS[match[1]?.toLowerCase() ?? ''] ?? null) : undefined;
	}

	#madeAt(parenthesis: number, platform: Platform | null): Client {
		const known = this.#made.get(parenthesis);
		if (known) return known;
		const made = this.#told({ url: messagesUrl(), headers: [], notes: [], platform }, parenthesis);
		this.#made.set(parenthesis, made);
		return made;
	}

	/** The client like `before` that is told, too, what stands in the parenthesis at `index`. */
	#told(before: Client, index: number): Client {
		const { positional, named, unknown } = this.#reader.argumentsAt(index);
		const options = this.#python ? named : positional[0];
		const notes = [...before.notes, ...this.#reader.takeNotes(), ...unknown.map(missingOf)];
		if (options?.kind === 'hole') notes.push(missingOf(options.name));
		const told = (inPython: string, inJavaScript: string) => present(options, this.#python ? inPython : inJavaScript);
		const baseUrl = told('base_url', 'baseURL');
		const key = told('api_key', 'apiKey');
		const token = told('auth_token', 'authToken');
		const only = told('set_default_headers', 'defaultHeaders');
		const more = this.#python ? (told('default_headers', '') ?? told('headers', '')) : undefined;
		if (before.platform === null) notes.push(...leftOut(options));
		return {
			url: baseUrl && shown(baseUrl) !== '' ? messagesUrl(shown(baseUrl)) : before.url,
			headers: overridden(only ? before.headers.filter(([name]) => OPENS.test(name)) : before.headers, [
				...(key ? [['x-api-key', stringOf(key)] as const] : []),
				...(token ? [['authorization', stringOf(token) && `Bearer ${stringOf(token)}`] as const] : []),
				...headersOf(only, notes),
				...headersOf(more, notes),
			]),
			notes,
			platform: before.platform,
		};
	}

	/** The client that these names stand for: that of a variable, or of what is a member of something. */
	#named(names: readonly number[]): Client | null {
		const member = names.findIndex((index, place) => place > 0 && MEMBER.test(this.#sourceAt(index)));
		const own = member === -1 ? names : names.slice(0, member);
		const here = own.at(-1);
		const name = this.#sourceAt(here ?? -1);
		if (here === undefined || this.#looking.has(name)) return null;
		this.#looking.add(name);
		const set = this.#settingsOf(name, own.length > 1);
		this.#looking.delete(name);
		const last = set.findLast(({ at }) => at < here) ?? set[0];
		if (!last || (own.length === 1 && this.#reader.isHidden(name, here, last.at))) return null;
		if (last.client === null) return null;
		const same = set.every(({ client }) => client && sameClient(client, last.client!)); // it was just looked at
		if (same) return last.client;
		const note = `\`${name}\` is set more than once; it is taken as it was set last before.`;
		return { ...last.client, notes: [...last.client.notes, note] };
	}

	/** Where a variable or, of whatever, a member of this name is set, and to which client; null where only running would tell. */
	#settingsOf(name: string, isMember: boolean): { readonly at: number; readonly client: Client | null }[] {
		return this.#tokens.flatMap((token, at) => {
			if (token.kind !== 'name' || token.source !== name || (!isMember && this.#isPoint(at - 1))) return [];
			const value = this.#valueOf(at, isMember);
			if (value === null) return [];
			const found = this.#clientAt(value);
			const next = this.#tokens[found?.next ?? -1];
			const over = !next || next.first || /^(?:[,;)\]}:]|as|satisfies)$/.test(next.source);
			// What is set to no client at all is something else of that name, unless it might become one.
			if (!found && !this.#makesOneAfter(value)) return [];
			return [{ at, client: found && over ? found.client : null }];
		});
	}

	/** Whether a client is made in what begins at `index`, up to the end of its line or statement. */
	#makesOneAfter(index: number): boolean {
		for (let at = index; this.#tokens[at] && this.#sourceAt(at) !== ';'; at++) {
			if (at > index && this.#tokens[at]!.first) return false; // the loop's bound
			const name = this.#sourceAt(at);
			const isClass = this.#platformOf(name) !== undefined || OF_HTTP.test(name);
			if (isClass && this.#sourceAt(at + 1) === '(') return true;
		}
		return false;
	}

	/** Where the value begins that the name at `index` is set to; null where it is not set there. */
	#valueOf(index: number, isMember: boolean): number | null {
		const next = this.#sourceAt(index + 1);
		if (next === '=') return index + 2;
		if (this.#python && this.#sourceAt(index - 1) === 'as' && this.#sourceAt(index - 2) === ')')
			return this.#beginning(index - 2);
		if (next !== ':') return null;
		for (let at = index + 2; at < index + LONGEST_TYPE && !/^[,;(){}]$/.test(this.#sourceAt(at)); at++)
			if (this.#sourceAt(at) === '=') return at + 1;
		return isMember && !this.#python ? index + 2 : null;
	}

	/** The client there must be where there is no other, and the API's own where there is none. */
	#onlyOne(start: number): Client {
		const made = this.#tokens.flatMap(({ kind, source }, index) => {
			const platform = kind === 'name' ? this.#platformOf(source) : undefined;
			const parenthesis = afterTypes(this.#tokens, index + 1, this.#closing);
			const isCall = platform !== undefined && this.#sourceAt(parenthesis) === '(' && this.#closing.has(parenthesis);
			return isCall ? [this.#madeAt(parenthesis, platform)] : [];
		});
		const [first] = made;
		if (!first) return { url: messagesUrl(), headers: [], notes: [], platform: null };
		if (made.every((client) => sameClient(client, first))) return first;
		const name = this.#sourceAt(start);
		return {
			url: messagesUrl(`<${name}>`),
			headers: [],
			notes: [`Which of the clients \`${name}\` is was not to be told, so the headers it is told are missing.`],
			platform: null,
		};
	}
}

/** No type is as long as this, in tokens. */
const LONGEST_TYPE = 40;
const OPENS = /^(?:x-api-key|authorization)$/;

const sameClient = (one: Client, other: Client) => JSON.stringify(one) === JSON.stringify(other);

/** The member `name`, unless it is there to say that there is nothing. */
function present(options: Value | undefined, name: string): Value | undefined {
	const value = memberOf(options, name);
	return value?.kind === 'constant' ? undefined : value;
}

/** A sentence for each thing a client is told that the request cannot be. */
function leftOut(options: Value | undefined): string[] {
	const members = options?.kind === 'object' ? options.members : [];
	return members.flatMap(([name, value]) => {
		if (QUERY.test(name)) return [`\`${name}\` was left out: the API takes no query.`];
		if (READ.test(name) || NOT_SENT.test(name) || value.kind === 'constant') return [];
		return [`The client is told \`${name}\`, which was left out.`];
	});
}

/** What a text calls the classes that it imports: `import Claude from '@anthropic-ai/sdk'`, `Anthropic as Claude`. */
function classesIn(tokens: readonly Token[]): Map<string, Platform | null> {
	const classes = new Map<string, Platform | null>();
	const sourceAt = (index: number) => tokens[index]?.source ?? '';
	for (const [index, token] of tokens.entries()) {
		const match = CLASS.exec(token.source);
		if (match && sourceAt(index + 1) === 'as' && tokens[index + 2]?.kind === 'name')
			classes.set(sourceAt(index + 2), PLATFORMS[match[1]?.toLowerCase() ?? ''] ?? null);
		const words = token.kind === 'string' ? wordsIn(token) : undefined;
		const imported = words === undefined ? null : PACKAGE.exec(words);
		if (!imported) continue;
		const platform = PLATFORMS[imported[1] ?? ''] ?? null;
		if (sourceAt(index - 2) === 'require' && sourceAt(index - 3) === '=') classes.set(sourceAt(index - 4), platform);
		if (sourceAt(index - 1) !== 'from') continue;
		let start = index - 1;
		while (start > 0 && sourceAt(start) !== 'import') start--;
		const name = sourceAt(start + 1) === 'type' ? '' : sourceAt(start + 1);
		if (tokens[start + 1]?.kind === 'name' && name !== '') classes.set(name, platform);
	}
	return classes;
}
