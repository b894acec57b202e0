import { isCredentialHeader } from '../../model/credentials';
import { problemOfKey } from '../../model/entered-key';
import { keysIn } from '../../model/key';
import { TAKEN_OUT } from '../../model/mask-keys';
import type { RecordedError } from '../../model/outcome';
import type { Header } from '../../model/run';
import { ANTHROPIC_ORIGIN, API_VERSIONS, type ApiVersion } from '../../model/target';
import { convertChat, convertResponses, looksLikeChat, looksLikeResponses } from './openai/openai';
import { constant, holesIn, itemsOf, memberOf, stringOf, text, without, type ObjectValue, type Value } from './value';
import type { JsonPath } from '../../model/json';

/** Headers as they were pasted; null for a value that is not known. */
export type Headers = readonly (readonly [name: string, value: string | null])[];

/** Whose clouds have the same models, each under an address of its own, for credentials of its own. */
export type Platform = 'AWS' | 'AWS Bedrock' | 'Google Vertex AI' | 'Microsoft Foundry';

/** A call as it was pasted: what is sent where. Null stands for what is not known. */
export interface Call {
	readonly url: string | null;
	/** Null where what was pasted does not speak of headers at all. */
	readonly headers: Headers | null;
	/** The body; a hole when all of it is still to be filled in. */
	readonly body: Value;
	/** What was left out or guessed on the way here, a sentence each. */
	readonly notes: readonly string[];
	/** Through whose clouds it goes, where that is not told by the address. */
	readonly platform?: Platform | null;
	/** What the API answered, where that was recorded too and is an error. */
	readonly error?: RecordedError;
}

/** A request that was understood, and how it is sent. */
export interface Imported {
	/** Turned into text by `writeValue`. */
	readonly body: Value;
	/** What the user has to fill in, one for each place. */
	readonly holes: readonly { readonly name: string; readonly path: JsonPath }[];
	/** Null where what was pasted does not say. */
	readonly apiVersion: ApiVersion | null;
	/** The betas and the headers of one's own; null where what was pasted does not speak of headers at all. */
	readonly headers: readonly Header[] | null;
	/** Where it is sent, without a trailing slash; null where that is not known. */
	readonly baseUrl: string | null;
	/** Whose request it was before it was converted; null where it was one for messages. */
	readonly from: 'OpenAI Chat Completions' | 'OpenAI Responses' | null;
	/** What it is let in with, where that stands in the text; it is not among the headers. */
	readonly key: string | null;
	/** What was changed, left out or guessed, a sentence each. */
	readonly notes: readonly string[];
	/** The error the API answered it with; null where none was recorded. */
	readonly error: RecordedError | null;
}

/** What every client sends by itself, and what has a place of its own. */
const NOT_OWN =
	/^(?::.*|accept.*|anthropic-dangerous-direct-browser-access|anthropic-version|cache-control|connection|content-.*|dnt|host|openai-.*|origin|pragma|priority|referer|sec-.*|te|transfer-encoding|upgrade-.*|user-agent|x-stainless-.*)$/;

/** The request in `call`; null when it is no request for messages. */
export function importedFrom(call: Call): Imported | null {
	const path = call.url === null ? null : /^[^?#]*/.exec(call.url)![0].replace(/\/+$/, ''); // the pattern takes anything
	const here = path === null ? null : /^(.*?)\/v1\/messages(\/count_tokens)?$/.exec(path);
	const notes = [...call.notes];
	const platform = call.platform ?? platformOf(path ?? '');
	if (platform) return ofPlatform(call, platform, path ?? '', notes);
	const { body } = call;
	const query = here && /\?[^#]+/.exec(call.url ?? '')?.[0];
	if (query) notes.push(`\`${query}\` was left out of the address.`);
	if (here?.[2]) notes.push(COUNTS);
	if (body.kind !== 'object') return body.kind === 'hole' && here ? assemble(call, body, here[1] ?? null, notes) : null;
	if (here) return assemble(call, body, here[1] ?? null, notes);
	const isChat = path?.endsWith('/chat/completions') || looksLikeChat(body);
	if (isChat || path?.endsWith('/responses') || (path === null && looksLikeResponses(body))) {
		const converted = isChat ? convertChat(body) : convertResponses(body);
		if (path !== null && URL.canParse(path)) notes.push(`The address ${path} was left out: it is OpenAI's.`);
		const request = assemble({ ...call, headers: null }, converted.body, null, [...notes, ...converted.notes]);
		return { ...request, from: isChat ? 'OpenAI Chat Completions' : 'OpenAI Responses' };
	}
	if (!isRequest(body)) return null;
	if (path !== null) notes.push(`The address ${path} is not one of the Messages API and was left out.`);
	return assemble(call, body, null, notes);
}

const COUNTS = 'It asks for a count of tokens; the same body can be sent as a request.';

/** Whose cloud an address is in, whatever it asks there: the hosts that https://platform.claude.com/docs/en/api/overview leads to, checked 2026-11-29. */
function platformOf(address: string): Platform | null {
	if (/^https?:\/\/[^/]*\b(?:bedrock-runtime|bedrock-mantle)\b[^/]*/.test(address)) return 'AWS Bedrock';
	if (/^https?:\/\/[^/]*aiplatform\.googleapis\.com\//.test(address)) return 'Google Vertex AI';
	return /^https?:\/\/[^/]*\.services\.ai\.azure\.com\/anthropic\//.test(address) ? 'Microsoft Foundry' : null;
}

/** A request that goes through one of these clouds; null when it is one of another API of theirs. */
function ofPlatform(call: Call, platform: Platform, address: string, notes: string[]): Imported | null {
	notes.push(
		`It goes through ${platform}, which has an address, credentials and names of models of its own: the address and the credentials were left out.`,
	);
	if (/\/count_tokens$|count-tokens:rawPredict$/.test(address)) notes.push(COUNTS);
	const headers = call.headers?.filter(
		([name]) => !/^(?:authorization|x-api-key|api-key|x-amz-.*|x-goog-.*)$/i.test(name),
	);
	const sent = { ...call, headers: headers ?? null };
	if (call.body.kind === 'hole') return assemble(sent, call.body, null, notes);
	// Bedrock's Converse API has blocks of its own.
	if (call.body.kind !== 'object' || !isRequest(call.body) || /\/converse(?:-stream)?$/.test(address)) return null;
	const version = memberOf(call.body, 'anthropic_version');
	const betas = memberOf(call.body, 'anthropic_beta');
	const named = /\/model\/([^/]+)\/invoke|\/models\/([^/:]+):(?:streamR|r)awPredict/.exec(address);
	const model = !memberOf(call.body, 'model') && (named?.[1] ?? named?.[2]);
	const streams = address.endsWith('/invoke-with-response-stream') && !memberOf(call.body, 'stream');
	if (version) notes.push('`anthropic_version` was left out: the API takes its version as a header.');
	if (model) notes.push('`model` stood in the address.');
	if (streams) notes.push('`stream` stood in the address.');
	const names = itemsOf(betas).flatMap((beta) => stringOf(beta) ?? []);
	if (betas) notes.push('`anthropic_beta` became the header anthropic-beta.');
	const rest = without(call.body, ['anthropic_version', 'anthropic_beta']).members;
	const body: Value = {
		kind: 'object',
		members: [
			...(model ? [['model', text(decodeURIComponent(model))] as const] : []),
			...rest,
			...(streams ? [['stream', constant(true)] as const] : []),
		],
	};
	const further = names.length > 0 ? [['anthropic-beta', names.join(',')] as const] : [];
	return assemble(
		{ ...sent, headers: further.length > 0 ? [...(sent.headers ?? []), ...further] : sent.headers },
		body,
		null,
		notes,
	);
}

/** Whether an object is, by its parameters, a request for messages. */
export function isRequest(body: ObjectValue): boolean {
	const messages = memberOf(body, 'messages');
	return (
		messages?.kind === 'array' ||
		messages?.kind === 'hole' ||
		// With a prompt it is a request of the time before messages.
		(['max_tokens', 'model'].every((name) => memberOf(body, name) !== undefined) && !memberOf(body, 'prompt'))
	);
}

function assemble({ headers, error }: Call, body: Value, base: string | null, notes: string[]): Imported {
	const version = (headers ?? []).find(([name]) => name.toLowerCase() === 'anthropic-version')?.[1] ?? null;
	const apiVersion = API_VERSIONS.find((known) => known === version) ?? null;
	if (version !== null && apiVersion === null)
		notes.push(`The API version ${version} is not live, so it was left out.`);
	const own: Header[] = [];
	let key: string | null = null;
	for (const [name, value] of headers ?? []) {
		const known = name.toLowerCase();
		if (NOT_OWN.test(known)) continue;
		const opens = opensWith(known, value);
		if (opens !== undefined) key ??= opens;
		else if (value === null) notes.push(`The header ${name} takes its value from a variable, so it was left out.`);
		else if (isCredentialHeader(name) || value.includes(TAKEN_OUT))
			notes.push(`The header ${name} holds a credential, so it was left out.`);
		else own.push([name, value]);
	}
	const baseUrl = base !== null && URL.canParse(base) && /^https?:/.test(base) ? base : null;
	if (base !== null && baseUrl === null)
		notes.push(
			base.includes('<')
				? `The address takes a part from a variable, so it was left out: ${base}.`
				: `The address ${base} is not a whole one, so it was left out.`,
		);
	return {
		body,
		holes: holesIn(body),
		apiVersion,
		headers: headers && own,
		baseUrl,
		from: null,
		key,
		notes,
		error: error ?? null,
	};
}

/** The key in a header that lets a client in, null where it is not there to be read; undefined for every other header. */
function opensWith(name: string, value: string | null): string | null | undefined {
	if (name === 'x-api-key' || name === 'api-key') return value && keyOf(value);
	if (name !== 'authorization') return undefined;
	if (value === null) return null;
	const [, token] = /^Bearer\s+(.*)$/i.exec(value) ?? [];
	return token === undefined ? undefined : keyOf(token);
}

/** What examples and servers of one's own take in the place of a key. */
const NO_KEY = /your|example|here\b|api.?key|x{4}|\.{3}|[<>$*{}•…]/i;

/** `value` where it looks like a key of some server's, else null. One that was taken out is no longer here to be told of. */
function keyOf(value: string): string | null {
	const isKey = value.startsWith('sk-') ? keysIn(value).length > 0 : value.length >= 8 && !NO_KEY.test(value);
	return isKey && problemOfKey(value) === null ? value : null;
}

/** The address of the API's own, under which a client asks that is told no other. */
export const messagesUrl = (baseUrl: string = ANTHROPIC_ORIGIN): string => `${baseUrl.replace(/\/+$/, '')}/v1/messages`;
