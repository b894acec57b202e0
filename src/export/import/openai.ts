import { Misread } from './misread';
import {
	array,
	constant,
	itemsOf,
	memberOf,
	object,
	readJson,
	stringOf,
	text,
	type Member,
	type ObjectValue,
	type Value,
} from './value';
import { STARTING_MODEL } from '../../model/models';

// Requests of OpenAI's two APIs as requests of this one. Their parameters: https://platform.openai.com/docs/api-reference.
// What has a counterpart here: https://platform.claude.com/docs/en/cli-sdks-libraries/libraries/openai-sdk, checked 2026-11-22.

export interface Converted {
	readonly body: ObjectValue;
	/** What changed and why, in the order of the body. */
	readonly notes: readonly string[];
}

const MAX_TOKENS = 1024;

/** Parameters that only Chat Completions has. */
const ONLY_CHAT =
	/^(?:frequency_penalty|presence_penalty|logit_bias|logprobs|top_logprobs|max_completion_tokens|n|response_format|seed|stop|parallel_tool_calls|reasoning_effort|stream_options|functions|function_call|modalities|prediction)$/;
/** Parameters that Chat Completions has not. */
const ONLY_MESSAGES = /^(?:system|stop_sequences|thinking|output_config|anthropic_version|top_k|mcp_servers)$/;

/** Whether a body without an address is meant for Chat Completions: by its model, else by what only one of the two APIs has. */
export function looksLikeChat(body: ObjectValue): boolean {
	if (memberOf(body, 'messages')?.kind !== 'array') return false;
	const model = stringOf(memberOf(body, 'model'));
	if (model !== null)
		return !/claude|anthropic/i.test(model) && (/^(?:gpt|o\d|chatgpt|ft:gpt)/i.test(model) || hasSigns(body));
	return hasSigns(body);
}

function hasSigns(body: ObjectValue): boolean {
	const names = body.members.map(([name]) => name);
	if (names.some((name) => ONLY_MESSAGES.test(name))) return false;
	const messages = itemsOf(memberOf(body, 'messages'));
	return (
		names.some((name) => ONLY_CHAT.test(name)) ||
		/^(?:system|developer)$/.test(stringOf(memberOf(messages[0], 'role')) ?? '') ||
		messages.some((message) => memberOf(message, 'tool_calls') || stringOf(memberOf(message, 'role')) === 'tool') ||
		itemsOf(memberOf(body, 'tools')).some((tool) => memberOf(tool, 'function'))
	);
}

/** Whether a body without an address is meant for Responses: it has an input, and no messages. */
export function looksLikeResponses(body: ObjectValue): boolean {
	return memberOf(body, 'input') !== undefined && memberOf(body, 'messages') === undefined;
}

/** A body of Chat Completions as one of Messages. */
export function convertChat(body: ObjectValue): Converted {
	const conversion = new Conversion();
	for (const message of itemsOf(memberOf(body, 'messages'))) conversion.chatMessage(message);
	return conversion.finish(body, {
		max_tokens: memberOf(body, 'max_completion_tokens') ?? memberOf(body, 'max_tokens'),
		format: memberOf(body, 'response_format'),
		effort: memberOf(body, 'reasoning_effort'),
		handled: ['messages', 'max_completion_tokens', 'max_tokens', 'response_format', 'reasoning_effort'],
	});
}

/** A body of Responses as one of Messages. */
export function convertResponses(body: ObjectValue): Converted {
	const conversion = new Conversion();
	const instructions = memberOf(body, 'instructions');
	if (instructions && isSet(instructions)) conversion.system(instructions, '`instructions`');
	const input = memberOf(body, 'input');
	if (input?.kind === 'array') for (const item of input.items) conversion.inputItem(item);
	else if (input) conversion.say('user', [input]);
	return conversion.finish(body, {
		max_tokens: memberOf(body, 'max_output_tokens'),
		format: memberOf(memberOf(body, 'text'), 'format'),
		effort: memberOf(memberOf(body, 'reasoning'), 'effort'),
		handled: ['instructions', 'input', 'max_output_tokens', 'text', 'reasoning'],
	});
}

interface Found {
	readonly max_tokens: Value | undefined;
	readonly format: Value | undefined;
	readonly effort: Value | undefined;
	/** The names of the parameters that have been seen to. */
	readonly handled: readonly string[];
}

/** What is null there is as good as left out. */
const isSet = (value: Value | undefined) => value !== undefined && !(value.kind === 'constant' && value.value === null);

class Conversion {
	readonly #system: Value[] = [];
	readonly #turns: { role: 'user' | 'assistant'; content: Value[] }[] = [];
	/** By their text, so that one that is true of many turns is said once. */
	readonly #notes = new Set<string>();

	/** Add blocks, or words on their own, to the turn of `role`. */
	say(role: 'user' | 'assistant', content: readonly Value[]): void {
		const last = this.#turns.at(-1);
		// Results of several calls belong into one turn: https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview.
		const joins = last?.role === role && [...last.content.slice(-1), ...content].every(isToolBlock);
		if (joins) last.content.push(...content);
		else this.#turns.push({ role, content: [...content] });
	}

	/** Words for the system prompt; `name` is what they were. */
	system(content: Value, name: string): void {
		this.#system.push(...this.#blocks(content));
		this.#note(`${name} became \`system\`: here the system prompt stands beside the messages.`);
	}

	chatMessage(message: Value): void {
		const role = stringOf(memberOf(message, 'role')) ?? '';
		const content = memberOf(message, 'content');
		if (role === 'system' || role === 'developer') {
			if (this.#turns.length > 0) this.#note(`A later ${role} message was moved to \`system\` too.`);
			return this.system(content ?? text(''), `The ${role} message`);
		}
		if (role === 'tool' || role === 'function') {
			const id = memberOf(message, 'tool_call_id') ?? this.#lastCall(memberOf(message, 'name'));
			return this.#toolResult(id, content, `A message of the role \`${role}\``);
		}
		const calls = itemsOf(memberOf(message, 'tool_calls')).map((call) =>
			this.#toolUse(memberOf(call, 'id'), memberOf(call, 'function'), '`tool_calls`'),
		);
		const legacy = memberOf(message, 'function_call');
		if (legacy && isSet(legacy))
			calls.push(this.#toolUse(this.#lastCall(memberOf(legacy, 'name')), legacy, '`function_call`'));
		const blocks = isSet(content) || calls.length === 0 ? this.#content(content ?? text(''), calls.length > 0) : [];
		this.say(role === 'assistant' ? 'assistant' : 'user', [...blocks, ...calls]);
		if (memberOf(message, 'name')) this.#note('The `name` of a message was left out: messages have none here.');
		if (role !== 'assistant' && role !== 'user') this.#note(`The role \`${role}\` became \`user\`.`);
	}

	inputItem(item: Value): void {
		const type = stringOf(memberOf(item, 'type')) ?? 'message';
		switch (type) {
			case 'message':
				return this.chatMessage(item);
			case 'function_call':
				return this.say('assistant', [this.#toolUse(memberOf(item, 'call_id'), item, '`function_call`')]);
			case 'function_call_output':
				return this.#toolResult(memberOf(item, 'call_id'), memberOf(item, 'output'), '`function_call_output`');
			default:
				this.#note(`An input of the type \`${type}\` was left out: nothing here is the same.`);
		}
	}

	finish(body: ObjectValue, { max_tokens, format, effort, handled }: Found): Converted {
		const members = new Map<string, Value>();
		members.set('model', this.#model(memberOf(body, 'model')));
		members.set('max_tokens', this.#maxTokens(max_tokens));
		if (this.#system.length > 0) members.set('system', joinedText(this.#system) ?? array(this.#system));
		members.set('messages', array(this.#turns.map(turnOf)));
		const rest = body.members.filter(([name, value]) => name !== 'model' && !handled.includes(name) && isSet(value));
		for (const member of rest) this.#parameter(member, members);
		const output = object({ effort: this.#effort(effort), format: this.#format(format) });
		if (output.members.length > 0) members.set('output_config', output);
		return { body: { kind: 'object', members: [...members] }, notes: [...this.#notes] };
	}

	#note(sentence: string): void {
		this.#notes.add(sentence);
	}

	#model(model: Value | undefined): Value {
		const name = stringOf(model);
		if (model && (name === null || /claude/i.test(name))) return model;
		this.#note(
			`\`model\` became ${STARTING_MODEL}: ${name === null ? 'none was named' : `${name} is not a model of this API`}.`,
		);
		return text(STARTING_MODEL);
	}

	#maxTokens(given: Value | undefined): Value {
		if (given && isSet(given)) return given;
		this.#note(`\`max_tokens\` became ${MAX_TOKENS}: here it is required.`);
		return { kind: 'number', spelling: String(MAX_TOKENS) };
	}

	/** One parameter that both of their APIs have. */
	#parameter([name, value]: Member, members: Map<string, Value>): void {
		switch (name) {
			case 'stream':
			case 'top_p':
				members.set(name, value);
				break;
			case 'temperature':
				members.set(name, this.#temperature(value));
				break;
			case 'stop':
				members.set('stop_sequences', value.kind === 'array' ? value : array([value]));
				this.#note('`stop` became `stop_sequences`, a list.');
				break;
			case 'user':
			case 'safety_identifier':
				members.set('metadata', object({ user_id: value }));
				this.#note(`\`${name}\` became \`metadata.user_id\`.`);
				break;
			case 'tools':
			case 'functions':
				this.#tools(name, value, members);
				break;
			case 'tool_choice':
			case 'function_call':
				this.#toolChoice(name, value, members);
				break;
			case 'parallel_tool_calls':
				if (value.kind === 'constant' && value.value === false) this.#oneToolAtATime(members);
				break;
			default:
				this.#note(`\`${name}\` was left out: this API has no such parameter.`);
		}
	}

	#temperature(value: Value): Value {
		if (value.kind !== 'number' || Number(value.spelling) <= 1) return value;
		this.#note(`\`temperature\` became 1, the highest here; it was ${value.spelling}.`);
		return { kind: 'number', spelling: '1' };
	}

	#tools(name: string, value: Value, members: Map<string, Value>): void {
		const tools = itemsOf(value).flatMap((tool) => {
			const type = stringOf(memberOf(tool, 'type')) ?? 'function';
			if (type.startsWith('web_search')) {
				this.#note('The web search became the one of this API.');
				return [object({ type: text('web_search_20250305'), name: text('web_search') })];
			}
			if (type !== 'function') {
				this.#note(`A tool of the type \`${type}\` was left out: this API has no such tool.`);
				return [];
			}
			const declared = memberOf(tool, 'function') ?? tool;
			const strict = memberOf(declared, 'strict');
			return [
				object({
					name: memberOf(declared, 'name'),
					description: memberOf(declared, 'description'),
					input_schema: memberOf(declared, 'parameters') ?? object({ type: text('object') }),
					strict: isSet(strict) ? strict : undefined,
				}),
			];
		});
		if (tools.length > 0) members.set('tools', array(tools));
		this.#note(`In \`${name}\` each function lost its wrapping, and its \`parameters\` became \`input_schema\`.`);
	}

	#toolChoice(name: string, value: Value, members: Map<string, Value>): void {
		const before = memberOf(members.get('tool_choice'), 'disable_parallel_tool_use');
		const chosen = memberOf(memberOf(value, 'function') ?? value, 'name');
		const types: Readonly<Record<string, string>> = { auto: 'auto', none: 'none', required: 'any' };
		const type = chosen ? 'tool' : types[stringOf(value) ?? ''];
		if (type === undefined) return this.#note(`\`${name}\` was left out: nothing here is the same.`);
		members.set('tool_choice', object({ type: text(type), name: chosen, disable_parallel_tool_use: before }));
		this.#note(`\`${name}\` became \`tool_choice.type\`: ${type}.`);
	}

	#oneToolAtATime(members: Map<string, Value>): void {
		const choice = members.get('tool_choice');
		const type = memberOf(choice, 'type') ?? text('auto');
		members.set(
			'tool_choice',
			object({ type, name: memberOf(choice, 'name'), disable_parallel_tool_use: constant(true) }),
		);
		this.#note('`parallel_tool_calls` became `tool_choice.disable_parallel_tool_use`.');
	}

	#effort(value: Value | undefined): Value | undefined {
		if (!isSet(value)) return undefined;
		const level = stringOf(value);
		if (level !== null && !/^(?:low|medium|high|xhigh|max)$/.test(level)) {
			this.#note(
				`The reasoning effort ${level} ${level === 'minimal' ? 'became low' : 'was left out'}: this API has no such level.`,
			);
			return level === 'minimal' ? text('low') : undefined;
		}
		this.#note('The reasoning effort became `output_config.effort`.');
		return value;
	}

	#format(value: Value | undefined): Value | undefined {
		const type = stringOf(memberOf(value, 'type'));
		if (value === undefined || type === 'text' || !isSet(value)) return undefined;
		const schema = memberOf(memberOf(value, 'json_schema') ?? value, 'schema');
		if (!schema) {
			this.#note(`The response format ${type ?? 'given'} was left out: this API wants a schema.`);
			return undefined;
		}
		this.#note('The response format became `output_config.format`.');
		return object({ type: text('json_schema'), schema });
	}

	#toolUse(id: Value | undefined, called: Value | undefined, name: string): Value {
		this.#note(`${name} became blocks of the type \`tool_use\`, the arguments an object.`);
		return object({
			type: text('tool_use'),
			id: id ?? text('toolu_1'),
			name: memberOf(called, 'name') ?? text(''),
			input: this.#input(memberOf(called, 'arguments')),
		});
	}

	/** The arguments, which are JSON inside a string there. */
	#input(args: Value | undefined): Value {
		const json = stringOf(args);
		if (json === null) return args ?? object({});
		try {
			return json.trim() === '' ? object({}) : readJson([{ text: json, at: 0 }]);
		} catch (error) {
			if (!(error instanceof Misread)) throw error;
			this.#note('The arguments of a call are no JSON, so they stand in the input as they were, under `arguments`.');
			return object({ arguments: text(json) });
		}
	}

	#toolResult(id: Value | undefined, content: Value | undefined, name: string): void {
		this.#note(`${name} became a block of the type \`tool_result\` in a user turn.`);
		const blocks = content && this.#content(content, false);
		const result = blocks?.length === 1 && isText(blocks[0]) ? blocks[0] : blocks && array(blocks);
		this.say('user', [object({ type: text('tool_result'), tool_use_id: id ?? text('toolu_1'), content: result })]);
	}

	/** The id for a call by its function's name: before tools had ids, there was only that. */
	#lastCall(name: Value | undefined): Value {
		return text(`toolu_${stringOf(name) ?? '1'}`);
	}

	/** Words as they are, or blocks; with `asBlocks`, words as a block too. */
	#content(content: Value, asBlocks: boolean): Value[] {
		return content.kind === 'array' || asBlocks ? this.#blocks(content) : [content];
	}

	#blocks(content: Value): Value[] {
		if (content.kind !== 'array') return [object({ type: text('text'), text: content })];
		return content.items.flatMap((part) => {
			const block = this.#block(part);
			return block ? [block] : [];
		});
	}

	#block(part: Value): Value | null {
		const type = stringOf(memberOf(part, 'type')) ?? '';
		switch (type) {
			case 'text':
			case 'input_text':
			case 'output_text':
				return object({ type: text('text'), text: memberOf(part, 'text') ?? text('') });
			case 'refusal':
				return object({ type: text('text'), text: memberOf(part, 'refusal') ?? text('') });
			case 'image_url':
			case 'input_image': {
				const given = memberOf(part, 'image_url');
				const url = given?.kind === 'object' ? memberOf(given, 'url') : given;
				this.#note(`\`${type}\` became a block of the type \`image\`.`);
				return url
					? object({ type: text('image'), source: sourceOf(url) })
					: this.#lost('An image by the id of a file');
			}
			case 'file':
			case 'input_file': {
				const file = memberOf(part, 'file') ?? part;
				const data = memberOf(file, 'file_data') ?? memberOf(file, 'file_url');
				this.#note(`\`${type}\` became a block of the type \`document\`.`);
				return data
					? object({ type: text('document'), source: sourceOf(data), title: memberOf(file, 'filename') })
					: this.#lost('A file by its id');
			}
			default:
				if (part.kind === 'string' || part.kind === 'hole') return object({ type: text('text'), text: part });
				return this.#lost(`A part of the type \`${type}\``);
		}
	}

	#lost(what: string): null {
		this.#note(`${what} was left out: this API cannot take it.`);
		return null;
	}
}

const isToolBlock = (value: Value) => /^tool_/.test(stringOf(memberOf(value, 'type')) ?? '');

const isText = (value: Value | undefined) => value?.kind === 'string' || value?.kind === 'hole';

function turnOf({ role, content }: { role: string; content: readonly Value[] }): Value {
	const [only] = content;
	return object({ role: text(role), content: content.length === 1 && only && isText(only) ? only : array(content) });
}

/** Blocks of words as one text, a blank line between them; null when one has more to it than its words. */
function joinedText(blocks: readonly Value[]): Value | null {
	const words = blocks.map((block) => memberOf(block, 'text'));
	if (!words.every((value) => value?.kind === 'string' || value?.kind === 'hole')) return null;
	const parts = words.flatMap((value, index) => [
		...(index > 0 ? ['\n\n'] : []),
		...(value?.kind === 'string' ? value.parts : value?.kind === 'hole' ? [value] : []),
	]);
	const [only] = words;
	return words.length === 1 && only ? only : text(...parts);
}

/** Where a picture or file comes from: an address, or base64 inside an address of its own. */
function sourceOf(url: Value): Value {
	const [, mediaType, data] = /^data:([\w/+.-]+);base64,([^]*)$/.exec(stringOf(url) ?? '') ?? [];
	return mediaType !== undefined && data !== undefined
		? object({ type: text('base64'), media_type: text(mediaType), data: text(data) })
		: object({ type: text('url'), url });
}
