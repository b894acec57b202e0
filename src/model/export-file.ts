import { fromBase64, referencesIn, toBase64 } from './attachment';
import type { Conversation } from './conversation';
import { faultOf } from './draft';
import { isJsonArray, isJsonObject } from './json';
import { maskKeys, withoutKeys } from './mask-keys';
import { newRequest } from './new-request';
import { hideKeys, type Recording } from './recording';
import type { Chunk, Run } from './run';
import { isId, isTime, type KeptRun } from './saved';
import { API_VERSIONS } from './target';

// The file that conversations leave and enter the page in: `export.schema.json`, beside the page, describes it field by
// field. Every version of it stays readable; its fixtures are in tests/fixtures/saved.

/** A conversation in the file, with its runs. What only this browser needs (revision, record version) is left out. */
export type ExportedConversation = Omit<Conversation, 'version' | 'revision'> & {
	readonly runs: readonly ExportedRun[];
};
export type ExportedRun = Omit<KeptRun, 'version' | 'conversation' | 'chunks'> & {
	readonly chunks: readonly ExportedChunk[];
};
export type ExportedRecording = Omit<Recording, 'version' | 'chunks'> & { readonly chunks: readonly ExportedChunk[] };
/** Bytes of an answer: as text where they are whole UTF-8, else as base64. */
export type ExportedChunk =
	{ readonly at: number; readonly text: string } | { readonly at: number; readonly base64: string };
/** The bytes of an attachment: as base64 or, in a zip, in a file beside this one. */
export type ExportedAttachment =
	{ readonly mediaType: string; readonly data: string } | { readonly mediaType: string; readonly file: string };

/** What a file to import turned out to be. */
export type Import =
	| {
			readonly kind: 'export';
			readonly conversations: readonly ExportedConversation[];
			/** By their SHA-256, which is yet to be checked. */
			readonly attachments: Readonly<Record<string, ExportedAttachment>>;
			/** None in files of before there were any. */
			readonly recordings?: readonly ExportedRecording[];
	  }
	/** A bare request body, or one made around a bare `messages` array. */
	| { readonly kind: 'request'; readonly text: string }
	/** `reason` is a sentence. */
	| { readonly kind: 'refused'; readonly reason: string };

const FORMAT = 'messages-playground';

/** An export is its start, the conversations with commas between them, this, the attachments likewise, this, the recordings, and its end. */
export const exportStart = (exportedAt: string): string =>
	`{\n"format": "${FORMAT}",\n"version": 1,\n"exportedAt": ${JSON.stringify(exportedAt)},\n"conversations": [\n`;
export const EXPORT_ATTACHMENTS = '\n],\n"attachments": {\n';
export const EXPORT_RECORDINGS = '\n},\n"recordings": [\n';
export const EXPORT_END = '\n]\n}\n';
/** The name of this file in a zip that holds the attachments beside it. */
export const EXPORT_NAME = 'export.json';

/**
 * Put a conversation into the form of the file. Headers that carry credentials stay out of it, and keys that an answer
 * echoed are hidden, also where they came in pieces: those that look like Anthropic's, and the user's own, `held`.
 */
export function exported(
	conversation: Conversation,
	runs: readonly KeptRun[],
	held: string | null = null,
): ExportedConversation {
	const { id, title, named, pinned, createdAt, changedAt, text, apiVersion, headers, target, origin } = conversation;
	return {
		id,
		title,
		named,
		pinned,
		createdAt,
		changedAt,
		...(origin && { origin: known(origin, originFields) }),
		apiVersion,
		headers: headers.filter(([name]) => !/^(x-api-key|authorization)$/i.test(name)),
		target: knownKind(target, targets),
		text,
		runs: runs.map(({ id, startedAt, pinned, target, request, response, ending, duration, chunks }) => ({
			id,
			startedAt,
			...(pinned && { pinned }),
			target: knownKind(target, targets),
			request: known(request, requestFields),
			response: response && {
				...known(response, responseFields),
				...(response.replayOf && { replayOf: known(response.replayOf, replayFields) }),
			},
			ending: ending && knownKind(ending, endings),
			duration,
			chunks: keyless(chunks, held).map(exportedChunk),
		})),
	};
}

/** Put a recording into the form of the file. */
export function exportedRecording({
	id,
	name,
	recordedAt,
	api,
	response,
	ending,
	duration,
	chunks,
}: Recording): ExportedRecording {
	return {
		id,
		name,
		recordedAt,
		api,
		response: known(response, responseFields),
		ending: knownKind(ending, recordedEndings),
		duration,
		chunks: chunks.map(exportedChunk),
	};
}

/** A recording of the file as it is kept. */
export function importedRecording({ chunks, ...rest }: ExportedRecording): Recording {
	return { ...rest, version: 1, chunks: chunks.map(importedChunk) };
}

/** Write a conversation or a recording as the file holds it. A key that was pasted into a message does not leave the page either. */
export function writeExported(content: ExportedConversation | ExportedRecording, held: string | null = null): string {
	return withoutKeys(JSON.stringify(content, null, '\t'), held);
}

/** The SHA-256 of every attachment that a conversation or one of its runs names. */
export function attachmentsOf({ text, runs }: ExportedConversation): string[] {
	return [...new Set([text, ...runs.map(({ request }) => request.text)].flatMap(referencesIn))];
}

/** What two conversations must have in common, runs apart, for one of them to be enough. */
export function contentOf({ title, text, apiVersion, headers, target }: ExportedConversation): string {
	const where = target.kind === 'custom' ? [target.kind, target.baseUrl] : [target.kind];
	// As they are when they have been out and in again.
	return maskKeys(withoutKeys(JSON.stringify([title, text, apiVersion, headers, where])));
}

/** A conversation of the file as it is kept under `id`; it has never been saved. */
export function importedConversation({ runs: _, ...rest }: ExportedConversation, id: string): Conversation {
	return { ...rest, version: 1, revision: 0, id };
}

/** A run of the file as it is kept with `conversation`. */
export function importedRun({ chunks, ...rest }: ExportedRun, conversation: string): KeptRun {
	return { ...rest, version: 1, conversation, chunks: chunks.map(importedChunk) };
}

/** Read a file to import: an export of any version, a bare request body, or a bare `messages` array. */
export function readImport(text: string): Import {
	const value = parsed(text);
	if (value === undefined) {
		const fault = faultOf(text);
		return refused(`It is not JSON. Line ${fault?.line ?? 1}, column ${fault?.column ?? 1}: ${fault?.reason ?? ''}`);
	}
	if (isJsonArray(value)) {
		if (value.length === 0) return refused('It is an empty list.');
		const problem = list(message)(value, 'messages');
		return problem === null
			? { kind: 'request', text: newRequest(text.trim()) }
			: refused(`It is a list, but not of messages: ${problem}`);
	}
	if (!isJsonObject(value) || (value.format === undefined && !isJsonArray(value.messages)))
		return refused('It is neither an export of this page, nor a request body, nor a messages array.');
	if (value.format === undefined) return { kind: 'request', text };
	if (value.format !== FORMAT) return refused(`Its format is ${JSON.stringify(value.format)}, not "${FORMAT}".`);
	if (value.version !== 1)
		return refused(
			typeof value.version === 'number' && value.version > 1
				? 'It was exported by a later version of this page.'
				: `There is no version ${JSON.stringify(value.version ?? null)} of exports.`,
		);
	const problem = exportFile(value, '');
	if (problem !== null) return refused(problem);
	return {
		kind: 'export',
		...(value as unknown as Omit<Import & { kind: 'export' }, 'kind'>),
	}; // each of their fields was looked at
}

/** Say what is wrong with the value at `path`, as a sentence; null when nothing is. Fields that it does not know are let be. */
type Check = (value: unknown, path: string) => string | null;
/** By the names of the fields, … */
type Checks = Readonly<Record<string, Check>>;
/** … and those by what `kind` says. */
type Kinds = Readonly<Record<string, Checks>>;

const text = check('must be text', (value) => typeof value === 'string');
const flag = check('must be true or false', (value) => typeof value === 'boolean');
const number = check('must be a number', Number.isFinite);
const time = check('must be a time such as 2026-11-22T12:00:00.000Z', isTime);
const id = check('must be letters, digits, “-” and “_”', isId);
const base64 = check('must be base64', (value) => typeof value === 'string' && fromBase64(value) !== null);
const object = check('must be an object', isJsonObject);

const message: Check = (value, path) =>
	fields({ role: text })(value, path) ??
	check('must be text or a list of blocks', (content) => typeof content === 'string' || isJsonArray(content))(
		(value as { content?: unknown }).content, // an object, by the line above
		`${path}.content`,
	);
const header = check('must be a name and a value', (value) => {
	return isJsonArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
});
const targets: Kinds = { simulated: {}, anthropic: {}, custom: { baseUrl: text } };
const target = kinds(targets);
const originFields = { conversation: id, turn: number };
const requestFields = {
	method: check('must be "POST"', (value) => value === 'POST'),
	url: text,
	headers: list(header),
	text,
	bytes: number,
};
const responseFields = { at: number, status: number, statusText: text, headers: list(header) };
const replayFields = { name: text, recordedAt: time };
const response = { ...responseFields, replayOf: optional(fields(replayFields)) };
const recordedEndings: Kinds = { complete: {}, stopped: {}, broken: { reason: text } };
const reasoned = { cause: text, reason: text };
const endings: Kinds = { ...recordedEndings, 'no-answer': reasoned, 'not-sent': reasoned };
const chunk: Check = (value, path) =>
	isJsonObject(value) && 'text' in value
		? fields({ at: number, text })(value, path)
		: fields({ at: number, base64 })(value, path);
const run = fields({
	id,
	startedAt: time,
	pinned: optional(flag),
	target,
	request: fields(requestFields),
	response: nullable(fields(response)),
	ending: nullable(kinds(endings)),
	duration: nullable(number),
	chunks: list(chunk),
});
const recording = fields({
	id,
	name: text,
	recordedAt: time,
	api: text,
	response: fields(response),
	ending: kinds(recordedEndings),
	duration: number,
	chunks: list(chunk),
});
const conversationFields = fields({
	id,
	title: text,
	named: flag,
	pinned: flag,
	createdAt: time,
	changedAt: time,
	origin: optional(fields(originFields)),
	apiVersion: check(`must be one of ${API_VERSIONS.join(', ')}`, (value) =>
		API_VERSIONS.some((known) => known === value),
	),
	headers: list(header),
	target,
	text,
	runs: list(run),
});
const conversation: Check = (value, path) =>
	conversationFields(value, path) ?? sameRun(value as ExportedConversation, path); // each of its fields was looked at
/** Only one of two runs with one id could be kept. */
function sameRun({ id, runs }: ExportedConversation, path: string): string | null {
	const ids = new Set<string>();
	const again = runs.find((run) => ids.size === ids.add(run.id).size);
	return again ? `${path}: two runs of the conversation “${id}” have the id “${again.id}”.` : null;
}
const attachment: Check = (value, path) =>
	fields({ mediaType: text, ...(isJsonObject(value) && 'file' in value ? { file: text } : { data: text }) })(
		value,
		path,
	);
const exportFile = fields({
	conversations: list(conversation),
	recordings: optional(list(recording)),
	attachments: (value, path) =>
		object(value, path) ??
		first(Object.entries(value as object), ([sha256, bytes]) =>
			/^[0-9a-f]{64}$/.test(sha256)
				? attachment(bytes, `${path}.${sha256}`)
				: `${path}: ${JSON.stringify(sha256)} is not a SHA-256.`,
		),
});

function check(must: string, holds: (value: unknown) => boolean): Check {
	return (value, path) => (holds(value) ? null : `${path} ${must}.`);
}

function optional(inner: Check): Check {
	return (value, path) => (value === undefined ? null : inner(value, path));
}

function nullable(inner: Check): Check {
	return (value, path) => (value === null ? null : inner(value, path));
}

function list(item: Check): Check {
	return (value, path) =>
		isJsonArray(value)
			? first([...value.entries()], ([at, one]) => item(one, `${path}.${at}`))
			: `${path} must be a list.`;
}

function fields(checks: Checks): Check {
	return (value, path) =>
		object(value, path) ??
		first(
			Object.entries(checks),
			([name, inner]) => inner((value as Record<string, unknown>)[name], path === '' ? name : `${path}.${name}`), // an object, by the line above
		);
}

function kinds(known: Kinds): Check {
	const kind = check(`must be one of ${Object.keys(known).join(', ')}`, (value) => {
		return typeof value === 'string' && Object.hasOwn(known, value);
	});
	return (value, path) =>
		fields({ kind })(value, path) ?? fields(known[(value as { kind: string }).kind] ?? {})(value, path); // its kind is known, by the check before
}

/**
 * Of what is kept, only the fields that a file has: whatever else is in a record need not be anything that JSON can say, and
 * the whole export would fail for it, or be none that its schema knows.
 */
function known<T extends object>(value: T, checks: Checks): T {
	return Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(checks, name))) as T; // there is a check for each field of its type
}

function knownKind<T extends { readonly kind: string }>(value: T, kinds: Kinds): T {
	return known(value, { kind: text, ...kinds[value.kind] });
}

function first<T>(items: readonly T[], problemOf: (item: T) => string | null): string | null {
	for (const item of items) {
		const problem = problemOf(item);
		if (problem !== null) return problem;
	}
	return null;
}

function refused(reason: string): Import {
	return { kind: 'refused', reason };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined; // why is for `faultOf` to say
	}
}

function keyless(chunks: readonly Chunk[], held: string | null): readonly Chunk[] {
	const hidden = hideKeys(
		chunks.map(({ bytes }) => bytes),
		held,
	);
	return chunks.map(({ at }, index) => ({ at, bytes: hidden[index]! })); // one for each
}

function exportedChunk({ at, bytes }: Chunk): ExportedChunk {
	try {
		return { at, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
	} catch {
		// A character may have been cut in two between this chunk and the next.
		return { at, base64: toBase64(bytes) };
	}
}

function importedChunk(chunk: ExportedChunk): Run['chunks'][number] {
	if ('text' in chunk) return { at: chunk.at, bytes: new TextEncoder().encode(chunk.text) };
	return { at: chunk.at, bytes: fromBase64(chunk.base64)! }; // it was looked at when the file was read
}
