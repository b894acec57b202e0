import { STARTING_MODEL } from '../../../model/models';
import { Misread } from '../misread';
import { array, itemsOf, memberOf, object, readJson, stringOf, text, type ObjectValue, type Value } from '../value';
import { blocksOf, contentOf, isSet, isText, joinedText, noteUnread, turnOf, type Note } from './content';
import { addParameter, checkToolChoice, effortOf, formatOf } from './parameters';

export interface Converted {
	readonly body: ObjectValue;
	/** What changed and why, a sentence each. */
	readonly notes: readonly string[];
}

/** What the two APIs have under different names. */
interface Found {
	/** The messages, where they are a hole. */
	readonly unread: Value | undefined;
	readonly max_tokens: Value | undefined;
	readonly format: Value | undefined;
	readonly effort: Value | undefined;
	/** The names of the parameters that have been seen to. */
	readonly handled: readonly string[];
}

const MAX_TOKENS = 1024;
/** What is read of a message, and what says nothing that a request needs. */
const MEMBERS_OF_MESSAGE =
	/^(?:content|function_call|id|name|object|refusal|role|status|tool_call_id|tool_calls|type)$/;

/** The turns of one request of either API, one after the other, and at the end the whole request. */
export class Conversion {
	readonly #system: Value[] = [];
	readonly #turns: { role: 'user' | 'assistant'; content: Value[] }[] = [];
	/** How often each function has been called, by those calls that had no id. */
	readonly #called = new Map<string, number>();
	/** By their text, so that one that is true of many turns is said once. */
	readonly #notes = new Set<string>();
	readonly note: Note = (sentence) => this.#notes.add(sentence);

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
		this.#system.push(...blocksOf(content, this.note));
		this.note(`${name} became \`system\`: here the system prompt stands beside the messages.`);
	}

	/** A message of Chat Completions, or one among the input of Responses. */
	message(message: Value): void {
		if (message.kind !== 'object') {
			this.note('A message that has no role became a user turn.');
			return this.say('user', contentOf(message, this.note));
		}
		noteUnread(message, MEMBERS_OF_MESSAGE, 'a message', this.note);
		const role = stringOf(memberOf(message, 'role')) ?? '';
		const content = memberOf(message, 'content');
		if (role === 'system' || role === 'developer') {
			if (this.#turns.length > 0) this.note(`A later ${role} message was moved to \`system\` too.`);
			return this.system(content ?? text(''), `The ${role} message`);
		}
		if (role === 'tool' || role === 'function') {
			const id = memberOf(message, 'tool_call_id') ?? this.#lastCall(memberOf(message, 'name'));
			return this.result(id, content, `A message of the role \`${role}\``);
		}
		const calls = itemsOf(memberOf(message, 'tool_calls')).map((call) =>
			this.#toolUse(memberOf(call, 'id'), memberOf(call, 'function') ?? memberOf(call, 'custom'), '`tool_calls`'),
		);
		const legacy = memberOf(message, 'function_call');
		if (isSet(legacy)) calls.push(this.#toolUse(this.#nextCall(memberOf(legacy, 'name')), legacy, '`function_call`'));
		this.say(role === 'assistant' ? 'assistant' : 'user', [...this.#saidBeside(calls, message), ...calls]);
		if (isSet(memberOf(message, 'name'))) this.note('The `name` of a message was left out: messages have none here.');
		if (role !== 'assistant' && role !== 'user') this.note(`The role \`${role}\` became \`user\`.`);
	}

	/** A call of a tool, a turn of the assistant. */
	call(id: Value | undefined, called: Value, name: string): void {
		this.say('assistant', [this.#toolUse(id, called, name)]);
	}

	/** What a tool gave, for the user's turn. */
	result(id: Value | undefined, content: Value | undefined, name: string): void {
		this.note(`${name} became a block of the type \`tool_result\` in a user turn.`);
		const blocks = isSet(content) ? contentOf(content, this.note) : undefined;
		const result = blocks?.length === 1 && isText(blocks[0]) ? blocks[0] : blocks && array(blocks);
		this.say('user', [object({ type: text('tool_result'), tool_use_id: id ?? text('toolu_1'), content: result })]);
	}

	/** The request, with the parameters of `body` that have not been seen to. */
	finish(body: ObjectValue, { unread, max_tokens, format, effort, handled }: Found): Converted {
		const members = new Map<string, Value>();
		members.set('model', this.#model(memberOf(body, 'model')));
		members.set('max_tokens', this.#maxTokens(max_tokens));
		if (this.#system.length > 0) members.set('system', joinedText(this.#system) ?? array(this.#system));
		if (unread) this.note('The messages are to be filled in, as this API has them.');
		members.set('messages', unread ?? array(this.#turns.map(({ role, content }) => turnOf(role, content))));
		for (const [name, value] of body.members)
			if (name !== 'model' && !handled.includes(name) && isSet(value)) addParameter([name, value], members, this.note);
		checkToolChoice(members, this.note);
		const output = object({ effort: effortOf(effort, this.note), format: formatOf(format, this.note) });
		if (output.members.length > 0) members.set('output_config', output);
		return { body: { kind: 'object', members: [...members] }, notes: [...this.#notes] };
	}

	/** What a message says, or why it says nothing; beside calls as blocks, and nothing where there are no words. */
	#saidBeside(calls: readonly Value[], message: Value): readonly Value[] {
		const said = [memberOf(message, 'content'), memberOf(message, 'refusal')].find(isSet);
		if (calls.length === 0) return contentOf(said ?? text(''), this.note);
		return said && stringOf(said) !== '' ? blocksOf(said, this.note) : [];
	}

	#model(model: Value | undefined): Value {
		const name = stringOf(model);
		const [, own] = /^(?:[\w-]+\/)*(claude-[\w-]+)$/i.exec(name ?? '') ?? [];
		if (own !== undefined && own !== name) {
			this.note(`\`model\` became ${own}: here nobody else's models are named.`);
			return text(own);
		}
		if (model && (name === null || /claude/i.test(name))) return model;
		this.note(
			`\`model\` became ${STARTING_MODEL}: ${name === null ? 'none was named' : `${name} is not a model of this API`}.`,
		);
		return text(STARTING_MODEL);
	}

	#maxTokens(given: Value | undefined): Value {
		if (given) return given;
		this.note(`\`max_tokens\` became ${MAX_TOKENS}: here it is required.`);
		return { kind: 'number', spelling: String(MAX_TOKENS) };
	}

	#toolUse(id: Value | undefined, called: Value | undefined, name: string): Value {
		this.note(`${name} became blocks of the type \`tool_use\`, the arguments an object.`);
		const words = memberOf(called, 'input');
		return object({
			type: text('tool_use'),
			id: id ?? text('toolu_1'),
			name: memberOf(called, 'name') ?? text(''),
			// A custom tool takes words in the place of arguments.
			input: words ? object({ input: words }) : this.#input(memberOf(called, 'arguments')),
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
			this.note('The arguments of a call are no JSON, so they stand in the input as they were, under `arguments`.');
			return object({ arguments: text(json) });
		}
	}

	/** An id for the next call of a function: before tools had ids, there was only its name. */
	#nextCall(name: Value | undefined): Value {
		const called = stringOf(name) ?? '1';
		this.#called.set(called, (this.#called.get(called) ?? 0) + 1);
		return this.#lastCall(name);
	}

	/** The id of the last call of a function. */
	#lastCall(name: Value | undefined): Value {
		const called = stringOf(name) ?? '1';
		const count = this.#called.get(called) ?? 1;
		return text(`toolu_${called}${count > 1 ? `_${count}` : ''}`);
	}
}

const isToolBlock = (value: Value) => /^tool_/.test(stringOf(memberOf(value, 'type')) ?? '');
