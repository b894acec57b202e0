import { toolsIn } from '../lint/conversation';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import type { Exchange } from './exchange';
import { newId } from './random';
import type { ReplyBlock } from './reply';
import { sampleOf } from './sample';
import { tokensOf } from './tokenizer';
import { lastUserTurn, questionIn } from './words';

/** A call the simulated answer makes. */
export interface ToolCall {
	readonly name: string;
	/** Whether the request leaves no choice. */
	readonly forced: boolean;
	readonly block: ReplyBlock;
}

/** A tool by the name it is called by, with a first input for it. */
interface Call {
	readonly name: string;
	readonly input: JsonValue;
	/** The toolset that a member tool belongs to. */
	readonly toolset?: string;
}

/** The tools the API brings along for the client to run, and a first call of each. Those of the server run unseen. */
const brought: Readonly<Record<string, Call>> = {
	bash_20250124: { name: 'bash', input: { command: 'echo simulated' } },
	text_editor_20250124: { name: 'str_replace_editor', input: { command: 'view', path: '/' } },
	text_editor_20250429: { name: 'str_replace_based_edit_tool', input: { command: 'view', path: '/' } },
	text_editor_20250728: { name: 'str_replace_based_edit_tool', input: { command: 'view', path: '/' } },
	memory_20250818: { name: 'memory', input: { command: 'view', path: '/memories' } },
	computer_toolset_20260801: { name: 'screenshot', input: {}, toolset: 'computer' },
	browser_toolset_20260801: { name: 'list_tabs', input: {}, toolset: 'browser' },
};

/**
 * The tool call with which the simulated answer ends, if any: the one that is forced, or else one whose name shares a
 * word with the question. Its input satisfies the tool's schema.
 */
export function toolCallIn(exchange: Exchange): ToolCall | null {
	const { request, random } = exchange;
	const choice = isJsonObject(request.tool_choice) ? request.tool_choice : { type: 'auto' };
	const forced = choice.type === 'tool' || choice.type === 'any';
	const tools = toolsIn(request).flatMap(({ value }) => (isCallable(value) ? [value] : []));
	const tool =
		choice.type === 'tool'
			? tools.find(({ name }) => name === choice.name)
			: choice.type === 'any'
				? (tools.find((each) => isAsked(each, request)) ?? tools[0])
				: choice.type === 'auto' && !hasResults(request)
					? tools.find((each) => isAsked(each, request))
					: undefined;
	if (!tool) return null;
	const known = typeof tool.type === 'string' ? brought[tool.type] : undefined;
	const name = typeof tool.name === 'string' ? tool.name : '';
	const call = known ?? { name, input: sampleOf(tool.input_schema, random) };
	return { name: call.name, forced, block: blockOf(call, exchange) };
}

function blockOf({ name, input, toolset }: Call, exchange: Exchange): ReplyBlock {
	return {
		kind: 'tool_use',
		start: {
			type: 'tool_use',
			id: newId(exchange.ids, 'toolu_01'),
			name,
			input: {},
			...(toolset ? { toolset_name: toolset } : {}),
			...(callerIsNamed(exchange) ? { caller: { type: 'direct' } } : {}),
		},
		tokens: tokensOf(JSON.stringify(input)),
	};
}

/** Newer models name the caller of a tool, and so does the newer version of the API. */
function callerIsNamed({ model, apiVersion }: Exchange): boolean {
	return apiVersion !== '2023-06-01' || model?.tokenizer !== 'older';
}

function isCallable(tool: JsonObject): boolean {
	if (typeof tool.type === 'string' && Object.hasOwn(brought, tool.type)) return true;
	return typeof tool.name === 'string' && isJsonObject(tool.input_schema);
}

/** Whether a word of the tool's name is in the question: `get_weather`, “What is the weather like?” */
function isAsked({ name, type }: JsonObject, request: JsonObject): boolean {
	const question = questionIn(request).toLowerCase();
	const called = typeof name === 'string' ? name : typeof type === 'string' ? type : '';
	return called.split(/[^a-zA-Z]+|(?=[A-Z])/).some((word) => word.length >= 4 && question.includes(word.toLowerCase()));
}

function hasResults(request: JsonObject): boolean {
	return lastUserTurn(request)?.blocks.some(({ type }) => type === 'tool_result') ?? false;
}
