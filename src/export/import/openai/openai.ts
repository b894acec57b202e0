import { itemsOf, memberOf, stringOf, type ObjectValue, type Value } from '../value';
import { isSet } from './content';
import { Conversion, type Converted } from './conversion';

// Requests of OpenAI's two APIs as requests of this one. Their parameters, messages and items are those of the types
// `ChatCompletionCreateParamsBase` and `ResponseCreateParamsBase` of openai 6.49.0, checked 2026-11-23. How the system prompt
// is joined and the temperature is capped: https://platform.claude.com/docs/en/cli-sdks-libraries/libraries/openai-sdk, of
// which only excerpts were at hand.

/** Parameters that only Chat Completions has. */
const ONLY_CHAT =
	/^(?:frequency_penalty|presence_penalty|logit_bias|logprobs|top_logprobs|max_completion_tokens|n|response_format|seed|stop|parallel_tool_calls|reasoning_effort|stream_options|functions|function_call|modalities|prediction|verbosity|web_search_options)$/;
/** What stands in a body of Chat Completions and can stand in no other, whatever its model is called. */
const isUnmistakable = (body: ObjectValue) =>
	memberOf(body, 'stop') !== undefined ||
	itemsOf(memberOf(body, 'tools')).some((tool) => memberOf(tool, 'function')?.kind === 'object') ||
	itemsOf(memberOf(body, 'messages')).some(
		(message) =>
			memberOf(message, 'tool_calls') ||
			/^(?:tool|function|developer)$/.test(stringOf(memberOf(message, 'role')) ?? '') ||
			itemsOf(memberOf(message, 'content')).some((part) => stringOf(memberOf(part, 'type')) === 'image_url'),
	);

/** Parameters that Chat Completions has not. */
const ONLY_MESSAGES = /^(?:system|stop_sequences|thinking|output_config|anthropic_version|top_k|mcp_servers)$/;

/** What they are called whose requests these are; their routers put who made them before it. */
const MODEL = /^(?:[\w.-]+\/)?(?:gpt|o\d|chatgpt|ft:gpt)/i;

/** Whether a body without an address is meant for Chat Completions: by its model, else by what only one of the two APIs has. */
export function looksLikeChat(body: ObjectValue): boolean {
	if (memberOf(body, 'messages')?.kind !== 'array') return false;
	const model = stringOf(memberOf(body, 'model')) ?? '';
	return isUnmistakable(body) || MODEL.test(model) || (!/claude|anthropic/i.test(model) && hasSigns(body));
}

function hasSigns(body: ObjectValue): boolean {
	const names = body.members.map(([name]) => name);
	if (names.some((name) => ONLY_MESSAGES.test(name))) return false;
	const messages = itemsOf(memberOf(body, 'messages'));
	return names.some((name) => ONLY_CHAT.test(name)) || stringOf(memberOf(messages[0], 'role')) === 'system';
}

/** Whether a body without an address is meant for Responses: it has an input for a model that answers, and no messages. */
export function looksLikeResponses(body: ObjectValue): boolean {
	const model = memberOf(body, 'model');
	return (
		memberOf(body, 'input') !== undefined &&
		memberOf(body, 'messages') === undefined &&
		model !== undefined &&
		!/embed|moderation|tts|image/i.test(stringOf(model) ?? '')
	);
}

/** A body of Chat Completions as one of Messages. */
export function convertChat(body: ObjectValue): Converted {
	const conversion = new Conversion();
	const messages = memberOf(body, 'messages');
	for (const message of itemsOf(messages)) conversion.message(message);
	return conversion.finish(body, {
		unread: messages?.kind === 'hole' ? messages : undefined,
		max_tokens: [memberOf(body, 'max_completion_tokens'), memberOf(body, 'max_tokens')].find(isSet),
		format: memberOf(body, 'response_format'),
		effort: memberOf(body, 'reasoning_effort'),
		handled: ['messages', 'max_completion_tokens', 'max_tokens', 'response_format', 'reasoning_effort'],
	});
}

/** A body of Responses as one of Messages. */
export function convertResponses(body: ObjectValue): Converted {
	const conversion = new Conversion();
	const instructions = memberOf(body, 'instructions');
	if (isSet(instructions)) conversion.system(instructions, '`instructions`');
	const input = memberOf(body, 'input');
	if (input?.kind === 'array') for (const item of input.items) addItem(item, conversion);
	else if (isSet(input)) conversion.say('user', [input]);
	for (const [name, part] of [
		['text', 'verbosity'],
		['reasoning', 'summary'],
	] as const)
		if (isSet(memberOf(memberOf(body, name), part)))
			conversion.note(`\`${name}.${part}\` was left out: this API has no such parameter.`);
	return conversion.finish(body, {
		unread: undefined,
		max_tokens: [memberOf(body, 'max_output_tokens')].find(isSet),
		format: memberOf(memberOf(body, 'text'), 'format'),
		effort: memberOf(memberOf(body, 'reasoning'), 'effort'),
		handled: ['instructions', 'input', 'max_output_tokens', 'text', 'reasoning'],
	});
}

function addItem(item: Value, conversion: Conversion): void {
	const type = stringOf(memberOf(item, 'type')) ?? 'message';
	switch (type) {
		case 'message':
			return conversion.message(item);
		case 'function_call':
		case 'custom_tool_call':
			return conversion.call(memberOf(item, 'call_id'), item, `\`${type}\``);
		case 'function_call_output':
		case 'custom_tool_call_output':
			return conversion.result(memberOf(item, 'call_id'), memberOf(item, 'output'), `\`${type}\``);
		default:
			conversion.note(`An input of the type \`${type}\` was left out: nothing here is the same.`);
	}
}
