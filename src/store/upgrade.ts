// Reads every shape ever saved in today's. There is one so far, version 1 of each record; a later one adds its step from
// the one before, and a fixture of the old shape stays in tests/fixtures/saved. What is none of them gives null.
import type { Conversation, Origin, Summary } from '../model/conversation';
import type { Chunk, Ending, Header, ResponseHead, SentRequest } from '../model/run';
import { isId, isTime, type Left, type Listed, type RunHead, type Unsaved } from '../model/saved';
import { API_VERSIONS, type Target } from '../model/target';
import type { LockedKey } from './locked-key';

/** The record of the key: as it is, or locked. `last4` is all that is ever shown of it. */
export type KeptKey =
	| { readonly version: 1; readonly kind: 'plain'; readonly key: string }
	| { readonly version: 1; readonly kind: 'locked'; readonly locked: LockedKey; readonly last4: string };

/** Read the record `conversation/<id>`; one that says it is another is not read as either. */
export function upgradeConversation(raw: unknown, id: unknown): Conversation | null {
	const known =
		isRecord(raw) &&
		isId(raw.id) &&
		areTexts(raw.title, raw.text) &&
		isTime(raw.createdAt) &&
		isTime(raw.changedAt) &&
		raw.id === id &&
		Number.isSafeInteger(raw.revision) &&
		typeof raw.named === 'boolean' &&
		typeof raw.pinned === 'boolean' &&
		API_VERSIONS.some((version) => version === raw.apiVersion) &&
		areHeaders(raw.headers) &&
		isTarget(raw.target) &&
		(raw.origin === undefined || isOrigin(raw.origin));
	return known ? (raw as unknown as Conversation) : null; // each of its fields was looked at
}

/** Read the record `key`, which is `run/<conversation>/<id>`; one that says it is another is not read as either. */
export function upgradeRunHead(raw: unknown, key: string): RunHead | null {
	const known =
		isRecord(raw) &&
		isId(raw.id) &&
		isId(raw.conversation) &&
		isTime(raw.startedAt) &&
		`run/${raw.conversation}/${raw.id}` === key &&
		isTarget(raw.target) &&
		isSentRequest(raw.request) &&
		(raw.response === null || isResponseHead(raw.response)) &&
		(raw.ending === null || isEnding(raw.ending)) &&
		(raw.duration === null || isNumber(raw.duration)) &&
		(raw.pinned === undefined || typeof raw.pinned === 'boolean');
	return known ? (raw as unknown as RunHead) : null; // each of its fields was looked at
}

/** Read a record `chunks/…`. */
export function upgradeChunks(raw: unknown): readonly Chunk[] | null {
	return isRecord(raw) && isArrayOf(raw.chunks, isChunk) ? raw.chunks : null;
}

/** Read a record `index/…`, or the record `first`. */
export function upgradeShard(raw: unknown): readonly Summary[] | null {
	return isRecord(raw) && isArrayOf(raw.summaries, isSummary) ? raw.summaries : null;
}

/** Read a record `fresh/…`: what is listed of a conversation, or null where that was deleted; undefined for none of both. */
export function upgradeFresh(raw: unknown): Listed | null | undefined {
	return isRecord(raw) && (raw.listed === null || isListed(raw.listed)) ? raw.listed : undefined;
}

/** Read the record `unsaved/<tab>`, or a note of it. */
export function upgradeLeft(raw: unknown, tab: string): Left | null {
	if (!isRecord(raw) || !isArrayOf(raw.drafts, isUnsaved)) return null;
	return { tab, at: typeof raw.at === 'number' ? raw.at : 0, drafts: raw.drafts };
}

/** Read a record `attachment/…`. */
export function upgradeAttachment(raw: unknown): Blob | null {
	return isRecord(raw) && raw.blob instanceof Blob ? raw.blob : null;
}

/** Read the record `unnamed`: since when, in milliseconds since 1970, nothing names an attachment, by its SHA-256. */
export function upgradeUnnamed(raw: unknown): Readonly<Record<string, number>> {
	return isRecord(raw) && isFields(raw.since) && Object.values(raw.since).every((time) => typeof time === 'number')
		? (raw.since as Record<string, number>) // each of its values was looked at
		: {};
}

/** Read a record `setting/…`; whoever set it knows which values are good. */
export function upgradeSetting(raw: unknown): unknown {
	return isRecord(raw) ? raw.value : undefined;
}

/** Read the record `key`. */
export function upgradeKey(raw: unknown): KeptKey | null {
	if (!isRecord(raw)) return null;
	if (raw.kind === 'plain' && isText(raw.key)) return { version: 1, kind: 'plain', key: raw.key };
	if (raw.kind === 'locked' && isText(raw.last4) && isLockedKey(raw.locked))
		return { version: 1, kind: 'locked', locked: raw.locked, last4: raw.last4 };
	return null;
}

type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null;
}

export function isRecord(raw: unknown): raw is Fields & { readonly version: 1 } {
	return isFields(raw) && raw.version === 1;
}

export function isText(value: unknown): value is string {
	return typeof value === 'string';
}

/** No other number can be said in an export. */
export function isNumber(value: unknown): value is number {
	return Number.isFinite(value);
}

export function areTexts(...values: readonly unknown[]): boolean {
	return values.every(isText);
}

export function isArrayOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
	return Array.isArray(value) && value.every(isItem);
}

export function areHeaders(value: unknown): value is readonly Header[] {
	return isArrayOf(value, (item): item is Header => isArrayOf(item, isText) && item.length === 2);
}

export function isTarget(value: unknown): value is Target {
	if (!isFields(value)) return false;
	return (
		value.kind === 'simulated' || value.kind === 'anthropic' || (value.kind === 'custom' && areTexts(value.baseUrl))
	);
}

function isOrigin(value: unknown): value is Origin {
	return isFields(value) && isId(value.conversation) && isNumber(value.turn);
}

function isSentRequest(value: unknown): value is SentRequest {
	return (
		isFields(value) &&
		value.method === 'POST' &&
		areTexts(value.url, value.text) &&
		areHeaders(value.headers) &&
		isNumber(value.bytes)
	);
}

export function isResponseHead(value: unknown): value is ResponseHead {
	return (
		isFields(value) &&
		isNumber(value.at) &&
		isNumber(value.status) &&
		areTexts(value.statusText) &&
		areHeaders(value.headers) &&
		(value.replayOf === undefined ||
			(isFields(value.replayOf) && isText(value.replayOf.name) && isTime(value.replayOf.recordedAt)))
	);
}

export function isEnding(value: unknown): value is Ending {
	if (!isFields(value)) return false;
	if (value.kind === 'complete' || value.kind === 'stopped') return true;
	if (value.kind === 'broken') return areTexts(value.reason);
	return (value.kind === 'no-answer' || value.kind === 'not-sent') && areTexts(value.cause, value.reason);
}

function isChunk(value: unknown): value is Chunk {
	return isFields(value) && isNumber(value.at) && value.bytes instanceof Uint8Array;
}

function isListed(value: unknown): value is Listed {
	return (
		isFields(value) &&
		areTexts(value.id, value.title) &&
		// What cannot be read is listed without a time.
		(value.changedAt === '' || isTime(value.changedAt)) &&
		typeof value.pinned === 'boolean' &&
		(value.origin === undefined || isOrigin(value.origin))
	);
}

export function isSummary(value: unknown): value is Summary {
	return isListed(value) && 'runs' in value && typeof value.runs === 'number';
}

function isUnsaved(value: unknown): value is Unsaved {
	return (
		isFields(value) &&
		[value.saved, value.current].every((part) => isFields(part) && upgradeConversation(part, part.id) !== null)
	);
}

function isLockedKey(value: unknown): value is LockedKey {
	return (
		isFields(value) &&
		Number.isSafeInteger(value.iterations) &&
		[value.salt, value.iv, value.data].every((part) => part instanceof Uint8Array)
	);
}
