import { everyBlock } from '../lint/conversation';
import { toBase64 } from '../model/attachment';
import { isJsonArray, isJsonObject, valueAt, type JsonObject, type JsonValue } from '../model/json';
import type { Exchange } from './exchange';
import { questionIn } from './question';
import { newId } from './random';
import { instant } from './rate-limits';
import type { Draft, ReplyBlock } from './reply';
import { tokensOf } from './tokenizer';
import { callerIn, isSearch, isServerTool, wantedServers } from './tool-call';

/** What the API's own tools did before the answer. */
export interface ServerRun extends Draft {
	/** What the text behind them cites. */
	readonly citations: readonly JsonObject[];
}

const HOUR = 3_600_000;
const OPAQUE = toBase64(new TextEncoder().encode('simulated'));

/**
 * Call those of `tools` that run on the server, and the servers that are connected, and give what comes of it, in the shapes of recorded answers. Nothing is
 * searched, fetched or executed: every result says that it is simulated.
 */
export function runServerTools(tools: readonly JsonObject[], exchange: Exchange): ServerRun {
	const { request, ids, apiVersion, now } = exchange;
	const question = questionIn(request);
	const blocks: ReplyBlock[] = [];
	const citations: JsonObject[] = [];
	const requests = { web_search_requests: 0, web_fetch_requests: 0 };
	let container: JsonObject | null = null;

	const add = (start: JsonObject, input: JsonObject, result: JsonObject) =>
		blocks.push(
			{ kind: 'input', start, tokens: tokensOf(JSON.stringify(input)) },
			{ kind: 'whole', start: result, tokens: [] },
		);
	const run = (name: string, input: JsonObject, content: JsonValue, caller: JsonObject = {}) => {
		const id = newId(ids, 'srvtoolu_01');
		const start = { type: 'server_tool_use', id, name, input: {}, ...caller };
		add(start, input, { type: `${name}_tool_result`, tool_use_id: id, content, ...caller });
	};

	for (const server of wantedServers(request)) {
		const id = newId(ids, 'mcptoolu_01');
		const start = { type: 'mcp_tool_use', id, name: 'simulated_tool', input: {}, server_name: server.name ?? '' };
		const content = [{ type: 'text', text: 'This result is simulated: no server was asked.' }];
		add(start, { query: question }, { type: 'mcp_tool_result', tool_use_id: id, is_error: false, content });
	}
	for (const tool of tools.filter(isServerTool)) {
		const { name, type } = tool;
		if (isSearch(tool)) {
			const id = newId(ids, 'srvtoolu_01');
			const found = tools.flatMap((other) =>
				other.defer_loading === true && typeof other.name === 'string' ? [other.name] : [],
			);
			const input: JsonObject = name === 'tool_search_tool_regex' ? { pattern: found.join('|') } : { query: question };
			const references = found.map((tool_name) => ({ type: 'tool_reference', tool_name }));
			const content = { type: 'tool_search_tool_search_result', tool_references: references };
			add({ type: 'server_tool_use', id, name: name!, input: {}, ...callerIn(exchange) }, input, {
				type: 'tool_search_tool_result',
				tool_use_id: id,
				content,
			});
		} else if (name === 'web_search') {
			const url = 'https://example.com/simulated';
			const title = 'A simulated result';
			const result = { type: 'web_search_result', title, url, encrypted_content: OPAQUE, page_age: null };
			run(name, { query: question }, [result], callerIn(exchange));
			citations.push({
				type: 'web_search_result_location',
				cited_text: 'This result is simulated: nothing was searched.',
				url,
				title,
				encrypted_index: OPAQUE,
			});
			requests.web_search_requests++;
		} else if (name === 'web_fetch') {
			const url = /https?:\/\/[^\s"'<>)]+/.exec(question)?.[0] ?? 'https://example.com/';
			const data = 'This page is simulated: nothing was fetched.';
			const isCited = valueAt(tool, ['citations', 'enabled']) === true;
			const document = {
				type: 'document',
				source: { type: 'text', media_type: 'text/plain', data },
				title: 'Simulated',
				...(isCited ? { citations: { enabled: true } } : {}),
			};
			const result = { type: 'web_fetch_result', url, retrieved_at: new Date(now).toISOString(), content: document };
			run(name, { url }, result, callerIn(exchange));
			if (isCited)
				citations.push({
					type: 'char_location',
					cited_text: data,
					// The documents of the request are counted before it.
					document_index: everyBlock(request).filter((block) => block.type === 'document').length,
					document_title: document.title,
					start_char_index: 0,
					end_char_index: data.length,
					...(apiVersion === '2023-06-01' ? {} : { file_id: null }),
				});
			requests.web_fetch_requests++;
		} else if (name === 'code_execution') {
			const result = { stdout: 'simulated\n', stderr: '', return_code: 0, content: [] };
			// Its first version ran Python, the others run commands.
			if (type === 'code_execution_20250522')
				run(name, { code: "print('simulated')" }, { type: 'code_execution_result', ...result });
			else run('bash_code_execution', { command: 'echo simulated' }, { type: 'bash_code_execution_result', ...result });
			container = {
				id: containerIdIn(request) ?? newId(ids, 'container_011C'),
				expires_at: instant(now + HOUR),
				...skillsOf(exchange),
			};
		}
	}
	return {
		blocks,
		citations,
		...(blocks.length > 0 ? { serverToolUse: requests } : {}),
		...(container ? { container } : {}),
	};
}

/** The container that the request goes on with, if it names one. */
function containerIdIn({ container }: JsonObject): string | null {
	const id = isJsonObject(container) ? container.id : container;
	return typeof id === 'string' ? id : null;
}

/** The skills that the request has loaded into the container, as they were asked for; the older version says nothing of none. */
function skillsOf({ request, apiVersion }: Exchange): JsonObject {
	const asked = valueAt(request.container, ['skills']);
	if (!isJsonArray(asked)) return apiVersion === '2023-06-01' ? {} : { skills: null };
	return { skills: asked.filter(isJsonObject).map((skill) => ({ version: 'latest', ...skill })) };
}
