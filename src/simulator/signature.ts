import { runsOf, turnsIn, type Block, type Turn } from '../lint/conversation';
import { toBase64 } from '../model/attachment';
import { valueAt, type JsonObject } from '../model/json';
import type { Model } from '../model/models';
import { thinkingOf, type Exchange } from './exchange';
import { hash, newId } from './random';
import { refuse, type Refusal } from './refusal';

/*
 * A signature of the simulation decodes to words that say what it is, and to numbers that tell whether it or the thinking
 * was changed. It protects nothing; it shows what happens. The signatures of real answers cannot be checked, and pass:
 * they are base64 of bytes that are no text. What is neither was made up, or was the simulation's and is damaged.
 */
const NAME = 'simulated signature';
/** After the name an id, then marks: of the conversation before, of the thinking, and of all these. */
const PARTS = new RegExp(`^${NAME} \\S+ (\\S+) (\\S+) (\\S+)$`);
/** Every signature of a real answer that was seen is much longer. */
const LEAST_BYTES = 64;
const THOUGHTS = ['thinking', 'redacted_thinking'];
type Fault = 'signature' | 'text' | 'place';
/** In place of a mark of the conversation: none in particular. */
const ANY = 'any';

/**
 * Sign the `thinking` of an answer; what is hidden may come back as anything, since the API ignores what is typed into it.
 * A model that binds its thinking wants it back only after what it was asked here.
 */
export function sign(
	thinking: string,
	hidden: boolean,
	{ ids, request, model }: Pick<Exchange, 'ids' | 'request' | 'model'>,
): string {
	const asked = runsOf(turnsIn(request));
	const before = asked.at(-1)?.[0]?.role === 'assistant' ? asked.slice(0, -1) : asked;
	const prefix = model?.bindsThinking ? markOf(before, request) : ANY;
	const words = `${NAME} ${newId(ids, 'msg_01')} ${prefix} ${hidden ? 'hidden' : mark(thinking)}`;
	return toBase64(new TextEncoder().encode(`${words} ${mark(words)}`));
}

/**
 * The API's refusal of the first thinking block whose signature is none, or that the simulation signed and that has been
 * changed or moved since, or comes after another conversation, if there is one; or else, where the model thinks on after
 * tools, of the turn that has lost a thought.
 */
export function refusalOfSignature(request: JsonObject, model: Model | null): Refusal | null {
	const runs = runsOf(turnsIn(request));
	const dropped = thinkingOf({ request, model }) === 'disabled' ? null : droppedBefore(runs);
	if (dropped) return refuse(400, cannotBeModified(dropped));
	const last = runs.flat().findLast(({ role }) => role === 'assistant');
	const binds = model?.bindsThinking && !dropsUnbound(request);
	for (const [index, run] of runs.entries())
		for (const turn of run.filter(({ role }) => role === 'assistant'))
			for (const [at, block] of turn.blocks.entries()) {
				const unbound = binds && isUnbound(block, () => markOf(runs.slice(0, index), request));
				const moved = turn === last && isMoved(block, turn.blocks.slice(0, at));
				const refusal = unbound
					? refusalOfUnbound(block)
					: refusalOf(block, moved ? 'place' : faultOf(block), turn === last);
				if (refusal) return refusal;
			}
	return null;
}

function refusalOfUnbound({ path }: Block): Refusal {
	return refuse(
		400,
		`${path.join('.')}: Invalid \`signature\` in \`thinking\` block. The block is bound to a different conversation. Remove the block, or set \`thinking.block_binding.prefix_mismatch_behavior\` to "drop_block". That setting requires the \`thinking-binding-controls-2026-08-01\` value in the \`anthropic-beta\` header.`,
	);
}

/**
 * Wording as in https://platform.claude.com/docs/en/api/errors and as seen; of what was changed or moved, in the last turn.
 * That of hidden thoughts is not in the documentation, but quoted by several clients (checked 2026-11-29).
 */
function refusalOf(block: Block, fault: Fault | null, inLast: boolean): Refusal | null {
	if (fault === null) return null;
	const place = block.path.join('.');
	if (fault !== 'signature' && inLast) return refuse(400, cannotBeModified(place));
	return block.type === 'redacted_thinking'
		? refuse(400, `${place}: Invalid \`data\` in \`redacted_thinking\` block`)
		: refuse(400, `${place}: Invalid \`signature\` in \`thinking\` block`);
}

function cannotBeModified(place: string): string {
	return `${place}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.`;
}

/**
 * Where the turn begins whose tools are being answered, if fewer thoughts come before its calls than came there: they have
 * to come back (https://platform.claude.com/docs/en/build-with-claude/thinking, checked 2026-11-22). What the answers of
 * others began with is not known.
 */
function droppedBefore(runs: readonly (readonly Turn[])[]): string | null {
	const isAnswered = runs.at(-1)?.some(({ blocks }) => blocks.some(({ type }) => type === 'tool_result'));
	const blocks = (isAnswered ? runs.at(-2) : undefined)?.flatMap((turn) => turn.blocks) ?? [];
	const isShort = blocks.some(
		(block, at) => thoughtsBefore(block) > blocks.slice(0, at).filter(({ type }) => THOUGHTS.includes(type)).length,
	);
	return isShort ? (blocks[0]?.path.join('.') ?? null) : null;
}

/** What the id of a call says: how many thoughts came before it in the answer. No other id has the digit in this place. */
export function afterThoughts(count: number): string {
	return '0'.repeat(Math.min(count, 9));
}

function thoughtsBefore({ type, value: { id } }: Block): number {
	const [, marks = ''] = (type === 'tool_use' && typeof id === 'string' && /^toolu_01Sim(0+)/.exec(id)) || [];
	return marks.length;
}

/** Whether thinking of the simulation came after another conversation than the one whose mark is `prefix`. */
function isUnbound({ type, value: { signature } }: Block, prefix: () => string): boolean {
	if (type !== 'thinking' || typeof signature !== 'string') return false;
	const [, bound = ANY] = PARTS.exec(decoded(signature)) ?? [];
	return bound !== ANY && bound !== prefix();
}

function dropsUnbound({ thinking }: JsonObject): boolean {
	return valueAt(thinking, ['block_binding', 'prefix_mismatch_behavior']) === 'drop_block';
}

/**
 * A mark of what thinking is bound to: system, tools, and the turns before it, as in
 * https://platform.claude.com/docs/en/build-with-claude/preserved-thinking/prefix-checks (checked 2026-11-23). Cache markers
 * may move, and thinking may be left out; that one is not left out between others, the simulation does not mind.
 */
function markOf(runs: readonly (readonly Turn[])[], { system = null, tools = null }: JsonObject): string {
	const said = runs.map((run) => run.flatMap(({ blocks }) => blocks.filter(({ type }) => !THOUGHTS.includes(type))));
	const values = said.map((blocks) => blocks.map(({ value }) => value));
	return mark(
		JSON.stringify([system, tools, values], (key, value: unknown) => (key === 'cache_control' ? undefined : value)),
	);
}

/** Whether a thought of the simulation stands behind what it came before, or a second time. */
function isMoved(block: Block, before: readonly Block[]): boolean {
	const written = writtenIn(block);
	return (
		written !== null &&
		decoded(written).startsWith(NAME) &&
		before.some((other) => other.type === 'text' || other.type === 'tool_use' || writtenIn(other) === written)
	);
}

function faultOf(block: Block): Exclude<Fault, 'place'> | null {
	const written = writtenIn(block);
	if (written === null) return null;
	const { thinking } = block.value;
	const signed = decoded(written);
	const [, , of, own] = PARTS.exec(signed) ?? [];
	if (own === undefined) return isForeign(signed) ? null : 'signature';
	if (own !== mark(signed.slice(0, signed.lastIndexOf(' ')))) return 'signature';
	return of === 'hidden' || of === mark(typeof thinking === 'string' ? thinking : '') ? null : 'text';
}

/** Whether these bytes, a character each, may be a real signature: many enough, and many of them of no text. */
function isForeign(signed: string): boolean {
	const binary = signed.replaceAll(/[ -~]/g, '').length;
	return signed.length >= LEAST_BYTES && binary > signed.length / 4;
}

/** What a thought is signed with, if it is one and there is such a text; of what is hidden, all there is. */
function writtenIn({ type, value: { signature, data } }: Block): string | null {
	const written = type === 'thinking' ? signature : type === 'redacted_thinking' ? data : null;
	return typeof written === 'string' ? written : null;
}

function mark(text: string): string {
	return (hash(text) >>> 0).toString(36);
}

function decoded(base64: string): string {
	try {
		return atob(base64);
	} catch {
		// Not base64, so not of our making.
		return '';
	}
}
