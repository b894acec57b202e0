import { turnsIn, type Block } from '../lint/conversation';
import { toBase64 } from '../model/attachment';
import type { JsonObject } from '../model/json';
import { hash, newId, type Random } from './random';
import { refuse, type Refusal } from './refusal';

/*
 * A signature of the simulation decodes to words that say what it is, and to numbers that tell whether it or the thinking
 * was changed. It protects nothing; it shows what happens. The signatures of real answers cannot be checked, and pass.
 */
const NAME = 'simulated signature';

/** Sign `thinking`; what is hidden may come back as anything, since the API ignores what is typed into it. */
export function sign(thinking: string, hidden: boolean, random: Random): string {
	const words = `${NAME} ${newId(random, 'msg_01')} ${hidden ? 'hidden' : mark(thinking)}`;
	return toBase64(new TextEncoder().encode(`${words} ${mark(words)}`));
}

/** The API's refusal of the first thinking block that the simulation signed and that has been changed since, if there is one. */
export function refusalOfSignature(request: JsonObject): Refusal | null {
	const turns = turnsIn(request).filter(({ role }) => role === 'assistant');
	for (const turn of turns)
		for (const block of turn.blocks) {
			const fault = faultOf(block);
			if (fault === null) continue;
			const place = block.path.join('.');
			// Wording as in https://platform.claude.com/docs/en/api/errors and as seen; of a changed text, in the last turn.
			// Hidden thoughts carry no signature beside them that could be called invalid.
			const isHidden = block.type === 'redacted_thinking';
			if (isHidden && turn !== turns.at(-1)) continue;
			return isHidden || (fault === 'text' && turn === turns.at(-1))
				? refuse(
						400,
						`${place}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.`,
					)
				: refuse(400, `${place}: Invalid \`signature\` in \`thinking\` block`);
		}
	return null;
}

function faultOf({ type, value: { thinking, signature, data } }: Block): 'signature' | 'text' | null {
	const written = type === 'thinking' ? signature : type === 'redacted_thinking' ? data : null;
	const signed = typeof written === 'string' ? decoded(written) : '';
	if (!signed.startsWith(NAME)) return null;
	const [, words = '', of, own] = /^(.* (\S+)) (\S+)$/.exec(signed) ?? [];
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
