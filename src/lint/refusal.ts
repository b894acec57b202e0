import {
	equalJson,
	isJsonArray,
	isJsonObject,
	valueAt,
	type JsonObject,
	type JsonPath,
	type JsonValue,
} from '../model/json';
import { everyBlock, type Block } from './conversation';
import type { Finding } from './rule';

/**
 * The place in `request` that a refusal speaks of: the path its message begins with, a parameter it puts in backquotes, what
 * its words are known to be about, or the model it calls by name. What is missing has a place too. Null when the message names none.
 */
export function placeOf(message: string, request: JsonObject): JsonPath | null {
	const [, name = ''] = /^([^:\s]+): /.exec(message) ?? [];
	const own = pathCalled(name, request, /: Field required/.test(message));
	if (own) return own;
	for (const [, quoted = ''] of message.matchAll(/`([^`]+)`/g)) {
		const path = pathCalled(quoted, request, false);
		if (path) return path;
	}
	for (const [said, place] of PHRASES) {
		const path = said.test(message) ? place(request) : null;
		if (path && valueAt(request, path) !== undefined) return path;
	}
	return typeof request.model === 'string' && message.includes(`'${request.model}'`) ? ['model'] : null;
}

/**
 * Whether `request` has all of the place that `message` names, as `path` leads to it. Of another request than the one that
 * was refused it may not: there are fewer turns, or the model is not the one that does not exist.
 */
export function hasPlace(message: string, request: JsonObject, path: JsonPath): boolean {
	const [, name = '', words = ''] = /^([^:\s]+): (.*)/s.exec(message) ?? [];
	if (name === 'model' && !/\s/.test(words)) return request.model === words;
	const indices = name.split('.').filter((step) => /^\d+$/.test(step));
	return path.filter((step) => typeof step === 'number').length >= indices.length;
}

/**
 * The finding that foresaw a refusal: one in whose words it came, ids, numbers and addresses aside, be it certain or not; or
 * else the first certain one about the same place, or something in it. `findings` are of the request that was sent; null
 * when none of them explains it.
 */
export function explainRefusal(message: string, findings: readonly Finding[], place: JsonPath | null): Finding | null {
	const rejected = findings.filter(({ severity }) => severity === 'rejected');
	const alike = findings.filter(({ apiMessage }) => apiMessage !== undefined && gist(apiMessage) === gist(message));
	const here = ({ path }: Finding) => place !== null && equalJson(path, place);
	// A whole parameter holds too much for whatever is found in it to be the reason.
	const within = ({ path }: Finding) =>
		place !== null && place.length > 1 && equalJson(path.slice(0, place.length), place);
	return (
		alike.find(({ apiMessage }) => apiMessage === message) ??
		alike.find(here) ??
		alike[0] ??
		rejected.find(here) ??
		rejected.find(within) ??
		null
	);
}

/** What refusals are about that name no place, by their words: https://platform.claude.com/docs/en/api/errors and recordings. */
const PHRASES: readonly (readonly [RegExp, (request: JsonObject) => JsonPath])[] = [
	[/assistant message prefill/, ({ messages }) => ['messages', isJsonArray(messages) ? messages.length - 1 : 0]],
	[/effort (?:parameter|level)/, () => ['output_config', 'effort']],
	[/adaptive thinking|"thinking\.type\./, () => ['thinking', 'type']],
	[/tool_choice forces tool use/, () => ['tool_choice', 'type']],
	[/^Tool '.*' not found/, () => ['tool_choice', 'name']],
	[/process image/, (request) => theOnly(request, ({ type }) => type === 'image')],
	[/^Unable to download|robots\.txt/, (request) => theOnly(request, ({ value }) => isByAddress(value.source))],
	[/^The PDF|PDF pages/, (request) => theOnly(request, ({ type }) => type === 'document')],
	[/^Too much media|^prompt is too long|must define tools/, () => ['messages']],
	[/grammar is too large|too complex for compilation/, () => ['output_config', 'format', 'schema']],
	[/grammar is too large|too complex for compilation/, () => ['tools']],
];

/** The one block that is meant; all messages where there are several, or it is not in one of them. */
function theOnly(request: JsonObject, isMeant: (block: Block) => boolean): JsonPath {
	const [only, ...others] = everyBlock(request).filter(isMeant);
	return only && others.length === 0 ? only.path : ['messages'];
}

function isByAddress(source: JsonValue | undefined): boolean {
	return isJsonObject(source) && source.type === 'url';
}

/**
 * The path that the API calls `name`. Its names repeat the types of what they lead through, which are no steps in the
 * request: `messages.0.content.1.image.source.base64.media_type`. A tool without a type is called `custom`.
 */
function pathCalled(name: string, request: JsonObject, missing: boolean): JsonPath | null {
	const steps = name.split('.');
	if (!Object.hasOwn(request, steps[0]!) && !(missing && steps.length === 1)) return null; // split gives one step at least
	const path: (string | number)[] = [];
	let here: JsonValue | undefined = request;
	/** Whether the type of the object reached has been named: after it, a property may have the same name. */
	let typed = false;
	for (const [at, step] of steps.entries()) {
		const last = at === steps.length - 1;
		if (isJsonArray(here)) {
			if (!/^\d+$/.test(step)) continue;
			if (Number(step) >= here.length) break;
			path.push(Number(step));
			here = here[Number(step)];
			typed = false;
		} else if (isJsonObject(here)) {
			const tag: JsonValue | undefined = here.type;
			if (!typed && (step === tag || (step === 'custom' && tag === undefined))) {
				typed = true;
				continue;
			}
			const known = Object.hasOwn(here, step);
			// A name that leads on from nowhere is a type, too: one that the request does not give.
			if (!known && !(last && missing)) continue;
			path.push(step);
			here = known ? here[step] : undefined;
			typed = false;
		}
	}
	return path;
}

/** A message without what differs from one request to the next, and from year to year. */
function gist(message: string): string {
	return message
		.replace(/https?:\/\/\S+/g, '…')
		.replace(/\b(?:srv)?toolu_\w+/g, '…')
		.replace(/\d+/g, '…');
}
