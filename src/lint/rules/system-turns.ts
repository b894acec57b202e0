import { isJsonObject, valueAt, type JsonObject } from '../../model/json';
import { hasBeta } from '../betas';
import { isServerResult, turnsIn, wordsOf, type Turn } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';
import { rootOf } from '../shape';

const DIRECTIVE = '; the directive-only form (content: [] with output_config) is accepted at any position';
/** The day of Opus 4.8, the first model that takes system messages. */
const FIRST_DAY = '2026-05-28';
const TAKEN = ['text', 'tool_addition', 'tool_removal'];

export const systemTurns: Rule = {
	id: 'system-turns',
	severity: 'rejected',
	title: 'A system message follows the user',
	why: 'In the middle of a conversation a system message must come after a user message and before the answer; at the beginning the place for it is the system parameter. Models up to Opus 4.7 take none.',
	link: docs('build-with-claude/mid-conversation-system-messages'),
	checked: CHECKED,
	check(context) {
		// That feature makes a message that only directs legal, wherever it stands.
		const mayDirect = hasBeta(rootOf(context).betas, 'mid-conversation-output-config');
		const turns = turnsIn(context.request).filter((turn) => !mayDirect || !isDirective(turn, context.request));
		return turns.flatMap((turn, at): Fault[] => {
			if (turn.role !== 'system') return [];
			if (context.today < FIRST_DAY)
				return [
					{
						path: turn.path,
						message: 'No model takes system messages; use the system parameter.',
						apiMessage:
							'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
					},
				];
			if (context.model?.systemTurns === false)
				return [
					{
						path: turn.path,
						message: `${context.model.name} takes no system messages; use the system parameter.`,
						apiMessage: "role 'system' is not supported on this model",
					},
				];
			const wrong = problemOf(turns, at);
			return wrong
				? [{ path: turn.path, message: wrong.message, apiMessage: `messages.${turn.index}: ${wrong.said}` }]
				: [];
		});
	},
};

/** Whether a system message has no words, but settings. */
function isDirective({ role, path, blocks }: Turn, request: JsonObject): boolean {
	return role === 'system' && blocks.length === 0 && isJsonObject(valueAt(request, [...path, 'output_config']));
}

/** The checks in the order in which the API makes them: its answers to pairs of faults, August 2026. */
function problemOf(turns: readonly Turn[], at: number): { message: string; said: string } | null {
	const turn = turns[at]!; // the caller walks over them
	if (turn.blocks.length === 0)
		return {
			message: 'A system message needs at least one block.',
			said: 'system content must contain at least one block',
		};
	if (turn.blocks.some(({ type }) => !TAKEN.includes(type)))
		return {
			message: 'A system message holds text only.',
			said: "role 'system' supports text, tool_addition, and tool_removal blocks only",
		};
	if (turn.index === 0)
		return {
			message: 'A conversation does not begin with a system message: use the system parameter.',
			said: `use the top-level 'system' parameter for the initial system prompt${DIRECTIVE}`,
		};
	// Of neighbouring system messages the API names the last.
	if (turns[at + 1]?.role === 'system') return null;
	const before = turns.slice(0, at).findLast(({ role }) => role !== 'system');
	const after = turns[at + 1];
	if (before?.role === 'assistant' && !before.blocks.slice(-1).some(isServerResult))
		return {
			message: 'A system message comes after a user message.',
			said: `role 'system' must follow a 'user' message or an 'assistant' message ending in a server tool result${DIRECTIVE}`,
		};
	if (after && after.role !== 'assistant')
		return {
			message: 'A system message comes before an assistant message, or last.',
			said: `role 'system' must precede an 'assistant' message or end the array${DIRECTIVE}`,
		};
	if (turn.blocks.some((block) => wordsOf(block)?.trim() === ''))
		return {
			message: 'A system message has words in it.',
			said: 'system text blocks must contain non-whitespace text',
		};
	return null;
}
