import { everyBlock, isServerResult, turnsIn, typeOf } from '../lint/conversation';
import { toolsIn } from '../lint/tools-in';
import { isJsonArray, isJsonObject, valueAt, type JsonObject, type JsonValue } from '../model/json';
import type { Exchange } from './exchange';
import { questionIn } from './question';
import { newId, type Random } from './random';
import type { ReplyBlock } from './reply';
import { sampleOf } from './sample';
import { afterThoughts } from './signature';
import { tokensOf } from './tokenizer';
import { lastUserTurn } from './words';

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
	/** Words for what it is good for: it comes without a description. */
	readonly about: string;
}

const editor = (name: string): Brought => ({
	about: 'Views and edits files.',
	rounds: [[{ name, input: { command: 'view', path: '/' } }]],
});
const SCREEN = 'Takes a screenshot of the desktop, moves the mouse, clicks.';
const screen: Brought = { about: SCREEN, rounds: [[{ name: 'computer', input: { action: 'screenshot' } }]] };

const brought: Readonly<Record<string, Brought>> = {
	bash_20250124: {
		about: 'Runs a command in a shell or terminal.',
		rounds: [[{ name: 'bash', input: { command: 'echo simulated' } }]],
	},
	text_editor_20250124: editor('str_replace_editor'),
	text_editor_20250429: editor('str_replace_based_edit_tool'),
	text_editor_20250728: editor('str_replace_based_edit_tool'),
	memory_20250818: {
		about: 'Remembers.',
		rounds: [[{ name: 'memory', input: { command: 'view', path: '/memories' } }]],
	},
	computer_20250124: screen,
	computer_20251124: screen,
	computer_toolset_20260801: {
		toolset: 'computer',
		about: SCREEN,
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
		about: 'Opens a website, takes a screenshot of a page.',
		rounds: [[{ name: 'list_tabs', input: {} }], [{ name: 'screenshot', input: {} }]],
	},
};

/** The server's own tools that are played. */
const searches = ['tool_search_tool_regex', 'tool_search_tool_bm25'];
const serverTools = ['web_search', 'web_fetch', 'code_execution', ...searches];

/** Where all tools are asked for: “Use all your tools in parallel.” */
const EVERY_TOOL = /\b(?:all|every|each|both)\b[^.?!]*\btools?\b/i;
/** Letters of a word in a description that is likely to be about what the tool does. */
const LONG = 5;
/** Words that say nothing of what a tool is for. */
const COMMON = [
	...[
		'',
		'a',
		'an',
		'and',
		'are',
		'at',
		'by',
		'can',
		'do',
		'for',
		'from',
		'get',
		'in',
		'is',
		'it',
		'make',
		'me',
		'my',
		'new',
	],
	...['of', 'on', 'or', 'set', 'that', 'the', 'this', 'to', 'tool', 'use', 'what', 'when', 'with', 'you', 'your'],
	...['about', 'given', 'return', 'returns', 'should', 'their', 'there', 'these', 'tools', 'using', 'which', 'would'],
];

/** The tools that the answer to `request` calls, and whether the request leaves it no choice. */
export function wantedTools(request: JsonObject): { readonly tools: readonly JsonObject[]; readonly forced: boolean } {
	const choice = isJsonObject(request.tool_choice) ? request.tool_choice : { type: 'auto' };
	const all = toolsIn(request).flatMap(({ value }) => (isPlayed(value) ? [value] : []));
	// A tool that is deferred is called when the search has found it: before, or in this turn.
	const found = namesFound(request);
	const hidden = all.filter(({ name, defer_loading: deferred }) => deferred === true && !found.includes(name!)); // it has one
	const canSearch = all.some(isSearch);
	const question = questionIn(request);
	const meant = (isMeant: (tool: JsonObject, question: string) => boolean) =>
		all.filter((tool) =>
			isSearch(tool)
				? hidden.some((other) => isMeant(other, question))
				: isMeant(tool, question) && (canSearch || !hidden.includes(tool)),
		);
	const named = meant(isNamed);
	const asked = named.length > 0 ? named : meant(isDescribed);
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

/**
 * The calls of those of `tools` that the client runs, after so many `thoughts` in the same answer. An input satisfies the
 * tool's schema.
 */
export function callsOf(tools: readonly JsonObject[], thoughts: number, exchange: Exchange): ReplyBlock[] {
	const { request, random } = exchange;
	const calls = tools.flatMap((tool) => {
		if (isServerTool(tool)) return [];
		const brought = broughtBy(tool);
		const name = typeof tool.name === 'string' ? tool.name : '';
		if (!brought) return [blockOf({ name, input: inputFor(tool, random) }, undefined, thoughts, exchange)];
		const { rounds, toolset } = brought;
		const round = rounds[roundsOf(toolset, request)] ?? rounds[0] ?? [];
		return round.map((call) => blockOf(call, toolset, thoughts, exchange));
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
	const question = questionIn(request);
	return servers.filter(isJsonObject).filter((server) => isNamed(server, question));
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

function blockOf({ name, input }: Call, toolset: string | undefined, thoughts: number, exchange: Exchange): ReplyBlock {
	return {
		kind: 'input',
		start: {
			type: 'tool_use',
			id: newId(exchange.ids, 'toolu_01', afterThoughts(thoughts)),
			name,
			input: {},
			...(toolset ? { toolset_name: toolset } : {}),
			...callerIn(exchange),
		},
		tokens: tokensOf(JSON.stringify(input)),
	};
}

function broughtBy({ type, configs }: JsonObject): Brought | undefined {
	const tool = typeof type === 'string' && Object.hasOwn(brought, type) ? brought[type] : undefined;
	if (!tool?.toolset) return tool;
	// A member that is switched off is not there to be called.
	const isOn = ({ name }: Call) => valueAt(configs, [name, 'enabled']) !== false;
	const rounds = tool.rounds.map((round) => round.filter(isOn)).filter((round) => round.length > 0);
	return { ...tool, rounds };
}

function isPlayed(tool: JsonObject): boolean {
	if (broughtBy(tool)) return true;
	return isServerTool(tool) || (typeof tool.name === 'string' && isJsonObject(tool.input_schema));
}

/** Whether a word of the tool's name is in the question, or all tools are: `get_weather`, “What is the weather like?” */
function isNamed({ name, type }: JsonObject, question: string): boolean {
	const called = typeof name === 'string' ? name : typeof type === 'string' ? type : '';
	return EVERY_TOOL.test(question) || speaksOf(question, called.split(/[^a-zA-Z]+|(?=[A-Z])/));
}

/** Whether a long word of what the tool is for is in the question. */
function isDescribed(tool: JsonObject, question: string): boolean {
	const { description = broughtBy(tool)?.about } = tool;
	const words = typeof description === 'string' ? wordsIn(description) : [];
	return speaksOf(
		question,
		words.filter((word) => word.length >= LONG),
	);
}

/** Whether one of `words` is in the question: those of a few letters as words of their own, others within one too. */
function speaksOf(question: string, words: readonly string[]): boolean {
	const said = wordsIn(question);
	return words
		.map((word) => word.toLowerCase())
		.some(
			(word) =>
				!COMMON.includes(word) && said.some((each) => each === word || (word.length >= 4 && each.includes(word))),
		);
}

function wordsIn(text: string): string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
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
