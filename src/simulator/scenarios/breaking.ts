import type { Reply } from '../reply';
import type { Script, Step } from '../script';

/** The first half of a stream's steps, with a whole piece of its first block at least; of another body, half of its text. */
export function firstHalf({ steps }: Script): readonly Step[] {
	const [only, ...others] = steps;
	if (only && others.length === 0) return [{ ...only, text: only.text.slice(0, Math.ceil(only.text.length / 2)) }];
	const piece = steps.findIndex(
		({ text }) => typeof text === 'string' && text.startsWith('event: content_block_delta'),
	);
	return steps.slice(0, Math.max(piece + 1, Math.floor(steps.length / 2)));
}

/** The reply broken off in the middle of its first text, or of its last call where it says nothing; what would come behind it does not. */
export function cutShort(reply: Reply): Reply {
	const words = reply.blocks.findIndex(({ kind }) => kind === 'text');
	const at = words < 0 ? reply.blocks.findLastIndex(({ kind }) => kind === 'input') : words;
	const block = reply.blocks[at];
	if (!block) return reply;
	const tokens = block.tokens.slice(0, Math.ceil(block.tokens.length / 2));
	return { ...reply, blocks: [...reply.blocks.slice(0, at), { ...block, tokens }], stopSequence: null };
}
