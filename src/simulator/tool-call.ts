import { everyBlock, isServerResult, toolsIn, turnsIn, typeOf } from '../lint/conversation';
import { isJsonArray, isJsonObject, valueAt, type JsonObject, type JsonValue } from '../model/json';
import type { Exchange } from './exchange';
import { newId, type Random } from './random';
import type { ReplyBlock } from './reply';
import { sampleOf } from './sample';
import { tokensOf } from './tokenizer';
import { lastUserTurn, questionIn } from './words';

/** A tool by the name it is called by, with an input for it. */
interface Call {
	readonly name: string;
	readonly input: JsonValue;
}

/** A tool the API brings along for the client to run: what one answer after the other calls, several calls in one. */
interface Brought {
	readonly rounds: readonly (readonly Call[])[];
	/** The name of a toolset, whose members are what is called. */
	readonly toolset?: string;
}

const editor = (name: string): Brought => ({ rounds: [[{ name, input: { command: 'view', path: '/' } }]] });
const screen: Brought = { rounds: [[{ name: 'computer', input: { action: 'screenshot' } }]] };

const brought: Readonly<Record<string, Brought>> = {
	bash_20250124: { rounds: [[{ name: 'bash', input: { command: 'echo simulated' } }]] },
	text_editor_20250124: editor('str_replace_editor'),
	text_editor_20250429: editor('str_replace_based_edit_tool'),
	text_editor_20250728: editor('str_replace_based_edit_tool'),
	memory_20250818: { rounds: [[{ name: 'memory', input: { command: 'view', path: '/memories' } }]] },
	computer_20250124: screen,
	computer_20251124: screen,
	computer_toolset_20260801: {
		toolset: 'computer',
		rounds: [
			[{ name: 'screenshot', input: {} }],
			[
				{ name: 'left_click', input: { coordinate: [320, 240] } },
				{ name: 'type', input: { text: 'simulated' } },
			],
		],
	},
	browser_toolset_20260801: {
		toolset: 'browser',
		rounds: [[{ name: 'list_tabs', input: {} }], [{ name: 'screenshot', input: {} }]],
	},
};

/** The server's own tools that are played. */
const searches = ['tool_search_tool_regex', 'tool_search_tool_bm25'];
const serverTools = ['web_search', 'web_fetch', 'code_execution', ...searches];

/** The tools that the answer to `request` calls, and whether the request leaves it no choice. */
export function wantedTools(request: JsonObject): { readonly tools: readonly JsonObject[]; readonly forced: boolean } {
	const choice = isJsonObject(request.tool_choice) ? request.tool_choice : { type: 'auto' };
	const all = toolsIn(request).flatMap(({ value }) => (isPlayed(value) ? [value] : []));
	// A tool that is deferred is called when the search has found it: before, or in this turn.
	const found = namesFound(request);
	const hidden = all.filter(({ name, defer_loading: deferred }) => deferred === true && !found.includes(name!)); // it has one
	const canSearch = all.some(isSearch);
	const asked = all.filter((tool) =>
		isSearch(tool)
			? hidden.some((other) => isAsked(other, request))
			: isAsked(tool, request) && (canSearch || !hidden.includes(tool)),
	);
	switch (choice.type) {
		case 'tool':
			return { tools: all.filter(({ name }) => name === choice.name), forced: true };
		case 'any':
			return {
				tools: asked.length > 0 ? asked : all.filter((tool) => !isSearch(tool) && !hidden.includes(tool)).slice(0, 1),
				forced: true,
			};
		case 'auto':
			return {
				tools: isAnswered(request) ? all.filter((tool) => isGoingOn(tool, request)) : asked,
				forced: false,
			};
		default:
			return { tools: [], forced: false };
	}
}

/** The calls of those of `tools` that the client runs. An input satisfies the tool's schema. */
export function callsOf(tools: readonly JsonObject[], exchange: Exchange): ReplyBlock[] {
	const { request, random } = exchange;
	const calls = tools.flatMap((tool) => {
		if (isServerTool(tool)) return [];
		const { rounds, toolset } = broughtBy(tool) ?? {};
		const name = typeof tool.name === 'string' ? tool.name : '';
		const round = rounds?.[roundsOf(toolset, request)] ?? rounds?.[0] ?? [{ name, input: inputFor(tool, random) }];
		return round.map((call) => blockOf(call, toolset, exchange));
	});
	const single = isJsonObject(request.tool_choice) && request.tool_choice.disable_parallel_tool_use === true;
	return single ? calls.slice(0, 1) : calls;
}

/** Whether the server runs it; a tool of the user's own may have such a name, and then a schema too. */
export function isServerTool({ name, input_schema: schema }: JsonObject): boolean {
	return typeof name === 'string' && serverTools.includes(name) && schema === undefined;
}

/** Newer models name the caller of a tool, and so does the newer version of the API. */
export function callerIn({ model, apiVersion }: Exchange): JsonObject {
	return apiVersion !== '2023-06-01' || model?.tokenizer !== 'older' ? { caller: { type: 'direct' } } : {};
}

/** The connected servers that the answer to `request` asks for something. */
export function wantedServers(request: JsonObject): JsonObject[] {
	const { mcp_servers: servers, tool_choice: choice } = request;
	if (!isJsonArray(servers) || isAnswered(request) || (typeOf(choice) ?? 'auto') !== 'auto') return [];
	return servers.filter(isJsonObject).filter((server) => isAsked(server, request));
}

/** Whether the tool looks for others. */
export function isSearch(tool: JsonObject): boolean {
	return isServerTool(tool) && searches.some((name) => name === tool.name);
}

/** The tools that the search has found in the turns before, or that a tool of the user's has named. */
function namesFound(request: JsonObject): JsonValue[] {
	const references = everyBlock(request).flatMap(({ type, value }) => {
		const listed = type === 'tool_search_tool_result' ? valueAt(value.content, ['tool_references']) : [value];
		return isJsonArray(listed) ? listed : [];
	});
	return references.flatMap((reference) => valueAt(reference, ['tool_name']) ?? []);
}

/** An input that satisfies the tool's schema; an empty one where nothing that does is an object. */
function inputFor({ input_schema: schema }: JsonObject, random: Random): JsonObject {
	const input = sampleOf(schema, random);
	return isJsonObject(input) ? input : {};
}

function blockOf({ name, input }: Call, toolset: string | undefined, exchange: Exchange): ReplyBlock {
	return {
		kind: 'input',
		start: {
			type: 'tool_use',
			id: newId(exchange.ids, 'toolu_01'),
			name,
			input: {},
			...(toolset ? { toolset_name: toolset } : {}),
			...callerIn(exchange),
		},
		tokens: tokensOf(JSON.stringify(input)),
	};
}

function broughtBy({ type }: JsonObject): Brought | undefined {
	return typeof type === 'string' && Object.hasOwn(brought, type) ? brought[type] : undefined;
}

function isPlayed(tool: JsonObject): boolean {
	if (broughtBy(tool)) return true;
	return isServerTool(tool) || (typeof tool.name === 'string' && isJsonObject(tool.input_schema));
}

/** Whether a word of the tool's name is in the question: `get_weather`, “What is the weather like?” */
function isAsked({ name, type }: JsonObject, request: JsonObject): boolean {
	const question = questionIn(request).toLowerCase();
	const called = typeof name === 'string' ? name : typeof type === 'string' ? type : '';
	return called.split(/[^a-zA-Z]+|(?=[A-Z])/).some((word) => word.length >= 4 && question.includes(word.toLowerCase()));
}

/** Whether the tools have done their part: their results are what the user sends, or what the assistant was left off at. */
function isAnswered(request: JsonObject): boolean {
	const last = turnsIn(request).at(-1)?.blocks.at(-1);
	return (
		(last && isServerResult(last)) ||
		(lastUserTurn(request)?.blocks.some(({ type }) => type === 'tool_result') ?? false)
	);
}

/** Whether a toolset in use has another round to play. */
function isGoingOn(tool: JsonObject, request: JsonObject): boolean {
	const { rounds = [], toolset } = broughtBy(tool) ?? {};
	const played = roundsOf(toolset, request);
	return played > 0 && played < rounds.length;
}

/** How many of the assistant's turns since the user last said something called members of `toolset`. */
function roundsOf(toolset: string | undefined, request: JsonObject): number {
	if (toolset === undefined) return 0;
	const turns = turnsIn(request);
	const said = turns.findLastIndex(({ role, blocks }) => role === 'user' && blocks.some(({ type }) => type === 'text'));
	return turns
		.slice(said + 1)
		.filter(({ blocks }) => blocks.some(({ value }) => value.type === 'tool_use' && value.toolset_name === toolset))
		.length;
}
