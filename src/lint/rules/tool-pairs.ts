import { runsOf, turnsIn, type Block, type Turn } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

/** The day of the oldest refusal that names calls by their ids (OpenHands/OpenHands#7512). Before, results were only counted. */
const FIRST_BY_ID = '2025-03-25';

export const toolPairs: Rule = {
	id: 'tool-pairs',
	severity: 'rejected',
	title: 'Every tool call is answered in the next turn',
	why: 'The user turn after a tool call begins with a tool_result for each tool_use, by its id; no result may stand without its call, and no call has two.',
	link: docs('agents-and-tools/tool-use/handle-tool-calls'),
	checked: CHECKED,
	// The day of the oldest refusal that is known (theredsix/cerebellum#5); a recording of June 2024 shows a result without
	// its call accepted.
	since: '2024-11-06',
	check({ request, today }) {
		const runs = runsOf(turnsIn(request));
		/** The calls of the turn before, system turns aside. */
		let calls: readonly Block[] = [];
		return runs.flatMap((run, at) => {
			const role = run[0]?.role;
			if (role === 'system') return [];
			const blocks = blocksOf(run);
			const asked = calls;
			calls = role === 'assistant' ? callsIn(blocks) : [];
			if (today < FIRST_BY_ID) return role === 'user' ? uncounted(asked, blocks, at) : [];
			if (role === 'user')
				return [...unanswered(asked, blocks, at), ...unasked(asked, blocks, at), ...answeredAgain(blocks, at)];
			// The last turn makes calls that nothing follows.
			return at === runs.length - 1 ? unanswered(calls, [], at + 1) : [];
		});
	},
};

/*
 * The API counts in these refusals what it has merged: turns, not messages, and blocks within the turn, as a recording of
 * two neighbouring user messages shows.
 */

function blocksOf(run: readonly Turn[]): Block[] {
	return run.flatMap(({ blocks }) => blocks);
}

function callsIn(blocks: readonly Block[]): Block[] {
	return blocks.filter(({ type, value }) => type === 'tool_use' && typeof value.id === 'string');
}

/** Too few results at the beginning of the turn, as the API said it until early 2025 (quoted by cline, 2024). */
function uncounted(calls: readonly Block[], blocks: readonly Block[], turn: number): Fault[] {
	const others = blocks.findIndex(({ type }) => type !== 'tool_result');
	const [first] = blocks;
	if (!first || calls.length <= (others < 0 ? blocks.length : others)) return [];
	return [
		{
			path: first.path.slice(0, 3),
			message: 'This turn has to begin with the results of the tool calls before it.',
			apiMessage: `messages.${turn}: Did not find ${calls.length} \`tool_result\` block(s) at the beginning of this message. Messages following \`tool_use\` blocks must begin with a matching number of \`tool_result\` blocks.`,
		},
	];
}

/** The calls that the results at the beginning of the turn leave open: it is the turn after them that is refused. */
function unanswered(calls: readonly Block[], blocks: readonly Block[], turn: number): Fault[] {
	const others = blocks.findIndex(({ type }) => type !== 'tool_result');
	const results = blocks.slice(0, others < 0 ? undefined : others);
	const answered = new Set(results.map(({ value }) => value.tool_use_id));
	const open = calls.filter(({ value }) => !answered.has(value.id));
	const [first] = open;
	if (!first) return [];
	const ids = open.flatMap(({ value }) => (typeof value.id === 'string' ? [value.id] : [])).join(', ');
	return [
		{
			// The turn that should have begun with the results; without one, the call.
			path: blocks[0]?.path.slice(0, 3) ?? first.path,
			message: blocks[0]
				? `This turn has to begin with the results of the tool calls before it: ${ids}.`
				: `A user turn with the results of the tool calls has to follow: ${ids}.`,
			apiMessage: `messages.${turn}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
		},
	];
}

function unasked(calls: readonly Block[], blocks: readonly Block[], turn: number): Fault[] {
	const asked = new Set(calls.map(({ value }) => value.id));
	return blocks.flatMap(({ type, value: { tool_use_id: id }, path }, at) => {
		if (type !== 'tool_result' || typeof id !== 'string' || asked.has(id)) return [];
		return [
			{
				path: [...path, 'tool_use_id'],
				message: `The turn before makes no tool call ${id}.`,
				apiMessage: `messages.${turn}.content.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
				fixes: [{ label: 'Remove the result', changes: [{ kind: 'remove' as const, path }] }],
			},
		];
	});
}

/** Results of a call that has one already. */
function answeredAgain(blocks: readonly Block[], turn: number): Fault[] {
	const answered = new Set<unknown>();
	return blocks.flatMap(({ type, value: { tool_use_id: id }, path }, at) => {
		if (type !== 'tool_result' || typeof id !== 'string') return [];
		if (!answered.has(id)) {
			answered.add(id);
			return [];
		}
		return [
			{
				path,
				message: `The call ${id} has its result already.`,
				// Several repositories quote it, from 2025 to 2026.
				apiMessage: `messages.${turn}.content.${at}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`,
				fixes: [{ label: 'Remove the result', changes: [{ kind: 'remove' as const, path }] }],
			},
		];
	});
}
