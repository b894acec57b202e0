import { applyEdits, composeEdits, type Edit } from './edit';
import { isJsonArray, isJsonObject, parsed, valueAt, type JsonPath, type JsonValue } from './json';
import { setValue } from './lens';
import { addBlock, addTurn, countTurns, lastTurn } from './turns';

/**
 * Add the content of a reply, and an empty user turn to go on with. A reply goes on from a prefill without a break, so the
 * two become one turn; a reply of nothing but plain text becomes string content.
 */
export function joinReply(text: string, reply: readonly JsonValue[]): Edit[] {
	const last = lastTurn(text);
	const [first, ...rest] = reply;
	if (first === undefined) return [];
	const steps: ((text: string) => Edit[])[] = [];
	if (last?.prefill) {
		const end = last.blocks.at(-1);
		const words = plainTextOf(first);
		const joins = end?.kind === 'text' && words !== null;
		if (joins) steps.push((now) => setValue(now, end.textPath, end.text + words));
		for (const block of joins ? rest : reply) steps.push((now) => addBlock(now, last.index, block));
	} else {
		const words = rest.length === 0 ? plainTextOf(first) : null;
		steps.push((now) => addTurn(now, 'assistant', words ?? reply));
	}
	return inSteps(text, [...steps, (now) => addTurn(now, 'user')]);
}

/** The turn that the request `sent` gains or goes on in when its reply is added, and where; null where it cannot be added. */
export function joinedTo(sent: string, reply: readonly JsonValue[]): { path: JsonPath; turn: JsonValue } | null {
	const edits = joinReply(sent, reply);
	const joined = edits.length > 0 ? parsed(applyEdits(sent, edits)) : undefined;
	if (!isJsonObject(joined)) return null;
	// Below it stands the empty one to go on with.
	const path = ['messages', countTurns(joined) - 2];
	return { path, turn: valueAt(joined, path) ?? null };
}

/** The words of a text block that says nothing beside them. */
function plainTextOf(block: JsonValue): string | null {
	if (!isJsonObject(block) || block.type !== 'text' || typeof block.text !== 'string') return null;
	const { citations } = block;
	const cited = isJsonArray(citations) && citations.length > 0;
	return cited ? null : block.text;
}

/** Edits that each speak of the text the ones before leave behind, as edits of `text`. */
function inSteps(text: string, steps: readonly ((text: string) => Edit[])[]): Edit[] {
	let now = text;
	let edits: Edit[] = [];
	for (const step of steps) {
		const next = step(now);
		edits = composeEdits(edits, next);
		now = applyEdits(now, next);
	}
	return edits;
}
