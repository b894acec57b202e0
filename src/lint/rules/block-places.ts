import { isJsonArray } from '../../model/json';
import { blocksIn, isServerResult, turnsIn, type Block, type Turn } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

const USERS = ['image', 'container_upload'];
const ASSISTANTS = ['tool_use', 'server_tool_use'];

export const blockPlaces: Rule = {
	id: 'block-places',
	severity: 'rejected',
	title: 'Each block stands with the side that says it',
	why: 'Users send images, documents and tool results; the assistant calls tools and thinks. Version 2026-10-21 also refuses documents from the assistant and citations from the user.',
	link: docs('api/versioning'),
	checked: CHECKED,
	check: ({ request, apiVersion }) =>
		turnsIn(request).flatMap((turn) =>
			turn.blocks.flatMap((block) => {
				const said =
					turn.role === 'user'
						? userRefusal(turn, block)
						: turn.role === 'assistant'
							? assistantRefusal(turn, block)
							: null;
				if (said !== null) return [misplaced(block, turn, said)];
				return apiVersion === '2026-10-21' ? newerRefusals(turn, block) : [];
			}),
		),
};

function userRefusal({ index }: Turn, block: Block): string | null {
	const { type } = block;
	if (ASSISTANTS.includes(type) || isServerResult(block))
		return `messages.${index}: \`${type}\` blocks can only be in \`assistant\` messages`;
	if (type === 'thinking' || type === 'redacted_thinking')
		return `messages.${index}.content: thinking blocks may only be in \`assistant\` messages`;
	return null;
}

function assistantRefusal({ index }: Turn, { type }: Block): string | null {
	if (USERS.includes(type))
		return `messages.${index}.content: '${type}' blocks are not permitted within assistant turns`;
	if (type === 'tool_result') return `messages.${index}: \`tool_result\` blocks can only be in \`user\` messages`;
	return null;
}

/** What the newer version refuses; no answer with its wording has been seen. */
function newerRefusals(turn: Turn, block: Block): Fault[] {
	if (turn.role === 'assistant' && block.type === 'document')
		return [
			misplaced(
				block,
				turn,
				`messages.${turn.index}.content: 'document' blocks are not permitted within assistant turns`,
			),
		];
	if (turn.role !== 'user') return [];
	const texts =
		block.type === 'search_result' ? (blocksIn(block.value.content, [...block.path, 'content']) ?? []) : [block];
	return texts
		.filter(({ type, value: { citations } }) => type === 'text' && isJsonArray(citations) && citations.length > 0)
		.map(({ path }) => ({
			path: [...path, 'citations'],
			message: 'API version 2026-10-21 takes citations from the assistant only.',
			fixes: [{ label: 'Remove the citations', changes: [{ kind: 'remove', path: [...path, 'citations'] }] }],
		}));
}

function misplaced({ path, type }: Block, { role }: Turn, apiMessage: string): Fault {
	return {
		path,
		message: `A ${type} block cannot stand in ${role === 'user' ? 'a user' : 'an assistant'} turn.`,
		apiMessage,
		fixes: [{ label: 'Remove the block', changes: [{ kind: 'remove', path }] }],
	};
}
