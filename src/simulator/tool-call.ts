import { toolsIn } from '../lint/conversation';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import type { Exchange } from './exchange';
import { sampleOf } from './sample';
import { lastUserTurn, questionIn } from './words';

/** A call the simulated answer makes. */
export interface ToolCall {
	readonly name: string;
	readonly input: JsonValue;
	/** The toolset that a member tool belongs to. */
	readonly toolset?: string;
}

/** The tools the API brings along for the client to run, and a first call of each. Those of the server run unseen. */
const brought: Readonly<Record<string, ToolCall>> = {
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
export function toolCallIn({ request, random }: Exchange): ToolCall | null {
	const choice = isJsonObject(request.tool_choice) ? request.tool_choice : { type: 'auto' };
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
	return known ?? { name: typeof tool.name === 'string' ? tool.name : '', input: sampleOf(tool.input_schema, random) };
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
