import { runsOf, turnsIn, type Block, type Turn } from '../lint/conversation';
import { toBase64 } from '../model/attachment';
import { valueAt, type JsonObject } from '../model/json';
import type { Model } from '../model/models';
import type { Exchange } from './exchange';
import { hash, newId } from './random';
import { refuse, type Refusal } from './refusal';

/*
 * A signature of the simulation decodes to words that say what it is, and to numbers that tell whether it or the thinking
 * was changed. It protects nothing; it shows what happens. The signatures of real answers cannot be checked, and pass.
 */
const NAME = 'simulated signature';
/** After the name an id, then marks: of the conversation before, of the thinking, and of all these. */
const PARTS = new RegExp(`^${NAME} \\S+ (\\S+) (\\S+) (\\S+)$`);
const THOUGHTS = ['thinking', 'redacted_thinking'];
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
 * The API's refusal of the first thinking block that the simulation signed and that has been changed since, or comes after
 * another conversation, if there is one.
 */
export function refusalOfSignature(request: JsonObject, model: Model | null): Refusal | null {
	const runs = runsOf(turnsIn(request));
	const last = runs.flat().findLast(({ role }) => role === 'assistant');
	const binds = model?.bindsThinking && !dropsUnbound(request);
	for (const [index, run] of runs.entries())
		for (const turn of run.filter(({ role }) => role === 'assistant'))
			for (const block of turn.blocks) {
				const unbound = binds && isUnbound(block, () => markOf(runs.slice(0, index), request));
				const refusal = unbound ? refusalOfUnbound(block) : refusalOfChanged(block, turn === last);
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

/** Wording as in https://platform.claude.com/docs/en/api/errors and as seen; of a changed text, in the last turn. */
function refusalOfChanged(block: Block, inLast: boolean): Refusal | null {
	const fault = faultOf(block);
	// Hidden thoughts carry no signature beside them that could be called invalid.
	const isHidden = block.type === 'redacted_thinking';
	if (fault === null || (isHidden && !inLast)) return null;
	const place = block.path.join('.');
	return isHidden || (fault === 'text' && inLast)
		? refuse(
				400,
				`${place}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.`,
			)
		: refuse(400, `${place}: Invalid \`signature\` in \`thinking\` block`);
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

function faultOf({ type, value: { thinking, signature, data } }: Block): 'signature' | 'text' | null {
	const written = type === 'thinking' ? signature : type === 'redacted_thinking' ? data : null;
	const signed = typeof written === 'string' ? decoded(written) : '';
	if (!signed.startsWith(NAME)) return null;
	const [, , of, own] = PARTS.exec(signed) ?? [];
	const words = signed.slice(0, signed.lastIndexOf(' '));
	if (own !== mark(words)) return 'signature';
	return of === 'hidden' || of === mark(typeof thinking === 'string' ? thinking : '') ? null : 'text';
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
