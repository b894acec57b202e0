import { equalJson, isJsonArray, isJsonObject } from '../../model/json';
import { contentBlock } from '../content';
import { CHECKED, docs, type Fault, type Rule } from '../rule';
import { below, fault, listOf, object, requiredKey, textOr, type Place, type Shape } from '../shape';

const ROLES = ['user', 'assistant', 'system'];
/** The most messages a request may hold: @anthropic-ai/sdk 1.12.0 `MessageCreateParamsBase.messages`. */
const MOST = 100_000;

const role: Shape = (value, place) =>
	typeof value === 'string' && ROLES.includes(value) ? [] : unexpectedRole(value, place);
const parts = { role, content: textOr(listOf(contentBlock)) };
const OTHERWISE = 'Input does not match the expected shape.';
const ofSides = object(parts, {}, OTHERWISE);
const ofSystem = object(parts, {}, OTHERWISE, {
	output_config: 'mid-conversation-output-config-2026-07-01',
	clear_at: 'mid-conversation-system-clear-at-2026-08-21',
});

const message: Shape = (value, place) => {
	if (!isJsonObject(value) || value.role !== 'system') return ofSides(value, place);
	const directive = below(place, 'output_config');
	// Measured in September 2026: of this key the API does not name the message.
	return ofSystem(value, place).map((found) =>
		equalJson(found.path, directive.path)
			? { ...found, apiMessage: 'output_config: Extra inputs are not permitted' }
			: found,
	);
};

/** The API names no index when it refuses a role. */
function unexpectedRole(value: unknown, { path }: Place): Fault[] {
	const said = `messages: Unexpected role ${JSON.stringify(value)}. Allowed roles are "user" or "assistant"`;
	return [
		{ path, message: `A message is the user's or the assistant's, not ${JSON.stringify(value)}.`, apiMessage: said },
	];
}

const messages: Shape = (value, place) => {
	if (isJsonArray(value) && value.length === 0) {
		const fix = {
			label: 'Add a user turn',
			changes: [
				{ kind: 'set' as const, path: below(place, 0).path, value: { role: 'user', content: 'Hello, Claude' } },
			],
		};
		return [fault(place, 'is empty: there is nothing to answer', 'at least one message is required', [fix])];
	}
	if (isJsonArray(value) && value.length > MOST)
		return [{ path: place.path, message: `A request holds at most ${MOST.toLocaleString('en')} messages.` }];
	return listOf(message)(value, place);
};

export const messagesShape: Rule = {
	id: 'messages-shape',
	severity: 'rejected',
	title: 'Messages have a role and content',
	why: 'The API keeps nothing between requests: messages carries the whole conversation, each with a role and its content as text or a list of blocks.',
	link: docs('build-with-claude/working-with-messages'),
	checked: CHECKED,
	check: requiredKey('messages', messages, () => ({
		label: 'Add a user turn',
		changes: [{ kind: 'set', path: ['messages'], value: [{ role: 'user', content: 'Hello, Claude' }] }],
	})),
};
