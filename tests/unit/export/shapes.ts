import type { Sample } from './documents';

const hello = { model: 'claude-sonnet-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'Hi' }] };
const tools = (...tools: readonly unknown[]) => ({ tools });
const user = (...content: readonly unknown[]) => ({ messages: [{ role: 'user', content }] });
const assistant = (...content: readonly unknown[]) => ({
	messages: [
		{ role: 'user', content: 'Hi' },
		{ role: 'assistant', content },
	],
});
const ownTool = { name: 'add', input_schema: { type: 'object' } };
const search = { source: 's', title: 't', content: [{ type: 'text', text: 'x' }], citations: { enabled: true } };

const settled: Readonly<Record<string, object>> = {
	'a search with limits': tools({
		type: 'web_search_20250305',
		name: 'web_search',
		max_uses: 5,
		allowed_domains: ['example.com'],
		user_location: { type: 'approximate', city: 'Paris' },
	}),
	'a later search': tools({ type: 'web_search_20260209', name: 'web_search' }),
	'fetching with citations': tools({ type: 'web_fetch_20250910', name: 'web_fetch', citations: { enabled: true } }),
	'code execution': tools({ type: 'code_execution_20250825', name: 'code_execution' }),
	memory: tools({ type: 'memory_20250818', name: 'memory' }),
	'a search for tools': tools({ type: 'tool_search_tool_regex_20251119', name: 'tool_search_tool_regex' }),
	'an editor with a limit': tools({
		type: 'text_editor_20250728',
		name: 'str_replace_based_edit_tool',
		max_characters: 1000,
	}),
	'a tool with examples, for whoever may call it': tools({
		...ownTool,
		input_examples: [{ a: 1 }],
		allowed_callers: ['direct'],
		eager_input_streaming: true,
	}),
	'a search result': user({ type: 'search_result', ...search }),
	'a tool result that is a search result': user({
		type: 'tool_result',
		tool_use_id: 'toolu_1',
		content: [{ type: 'search_result', ...search }],
	}),
	'an answer to go on from': assistant(
		{ type: 'text', text: 'x', citations: null },
		{ type: 'tool_use', id: 'toolu_1', name: 'add', input: {}, caller: { type: 'direct' } },
	),
	'a search that was made': assistant(
		{ type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'x' } },
		{
			type: 'web_search_tool_result',
			tool_use_id: 'srvtoolu_1',
			content: [{ type: 'web_search_result', url: 'u', title: 't', encrypted_content: 'e' }],
		},
	),
	'a file for the container': user({ type: 'container_upload', file_id: 'file_1' }),
	'a document in blocks': user({
		type: 'document',
		source: { type: 'content', content: [{ type: 'text', text: 'x' }] },
	}),
	diagnostics: { diagnostics: { previous_message_id: null } },
	speed: { speed: 'fast' },
};

const ofBetas: Readonly<Record<string, readonly [beta: string, parameters: object]>> = {
	'servers of MCP': [
		'mcp-client-2025-11-20',
		{
			mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'n' }],
			...tools({ type: 'mcp_toolset', mcp_server_name: 'n' }),
		},
	],
	'context management': [
		'context-management-2025-06-27',
		{ context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } },
	],
	'computer use': [
		'computer-use-2025-01-24',
		tools({ type: 'computer_20250124', name: 'computer', display_width_px: 1, display_height_px: 1 }),
	],
	skills: [
		'skills-2025-10-02',
		{ container: { skills: [{ type: 'anthropic', skill_id: 'pptx', version: 'latest' }] } },
	],
	'a budget for the task': [
		'task-budgets-2026-03-13',
		{ output_config: { task_budget: { type: 'tokens', total: 20_000 } } },
	],
};

const sample = (name: string, parameters: object, headers: Sample['headers']): Sample => ({
	name,
	text: JSON.stringify({ ...hello, ...parameters }),
	apiVersion: '2026-10-21',
	headers,
});

/** What the documentation shows and the SDK's types know, a request each. */
export const shapes: readonly Sample[] = [
	...Object.entries(settled).map(([name, parameters]) => sample(name, parameters, [])),
	...Object.entries(ofBetas).map(([name, [beta, parameters]]) => sample(name, parameters, [['anthropic-beta', beta]])),
];
