import { runsOf, turnsIn, type Block, type Turn } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

export const toolPairs: Rule = {
	id: 'tool-pairs',
	severity: 'rejected',
	title: 'Every tool call is answered in the next turn',
	why: 'The user turn after a tool call begins with a tool_result for each tool_use, by its id; no result may stand without its call, and no call has two.',
	link: docs('agents-and-tools/tool-use/handle-tool-calls'),
	checked: CHECKED,
	// A recording of June 2024 shows a result without its call accepted; refusals are known from this day on.
	since: '2025-03-25',
	check({ request }) {
		const runs = runsOf(turnsIn(request));
		/** The calls of the turn before, system turns aside. */
		let calls: readonly Block[] = [];
		return runs.flatMap((run, at) => {
			const role = run[0]?.role;
			if (role === 'system') return [];
			const blocks = blocksOf(run);
			const asked = calls;
			calls = role === 'assistant' ? callsIn(blocks) : [];
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
