import type { Header } from '../model/run';

/** The features asked for with `anthropic-beta`, by their full names. */
export function betasOf(headers: readonly Header[]): string[] {
	return headers
		.filter(([name]) => name.toLowerCase() === 'anthropic-beta')
		.flatMap(([, value]) => value.split(','))
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

/** Whether `betas` ask for this feature, in whichever of its dated forms. */
export function hasBeta(betas: readonly string[], name: string): boolean {
	const feature = (beta: string) => beta.replace(/-\d{4}-\d\d-\d\d$/, '');
	return betas.some((beta) => feature(beta) === feature(name));
}

/** The top-level keys that beta features add. Source: @anthropic-ai/sdk 1.12.0 `beta/messages`, checked 2026-11-22. */
export const BETA_KEYS: Readonly<Record<string, readonly string[]>> = {
	compaction: ['compact-2026-09-04'],
	// Compaction began as one of the edits of that key.
	context_management: ['context-management-2025-06-27', 'compact-2026-01-12'],
	fallbacks: ['server-side-fallback-2026-07-01'],
	mcp_servers: ['mcp-client-2026-09-15'],
	output_format: ['structured-outputs-2025-11-13'],
};

/** The tools that a beta feature adds. */
export const BETA_TOOLS: Readonly<Record<string, string>> = {
	computer_20251124: 'computer-use-2025-11-24',
	computer_20250124: 'computer-use-2025-01-24',
	computer_20241022: 'computer-use-2024-10-22',
	bash_20241022: 'computer-use-2024-10-22',
	text_editor_20241022: 'computer-use-2024-10-22',
	advisor_20260301: 'advisor-tool-2026-03-01',
	mcp_toolset: 'mcp-client-2026-09-15',
};

/** The blocks that a beta feature adds. */
export const BETA_BLOCKS: Readonly<Record<string, string>> = {
	mcp_tool_use: 'mcp-client-2026-09-15',
	mcp_tool_result: 'mcp-client-2026-09-15',
	mcp_tool_listing: 'mcp-client-2026-09-15',
	compaction: 'compact-2026-09-04',
	fallback: 'server-side-fallback-2026-07-01',
	advisor_tool_result: 'advisor-tool-2026-03-01',
	tool_addition: 'mid-conversation-tool-changes-2026-07-01',
	tool_removal: 'mid-conversation-tool-changes-2026-07-01',
};

/** Values that no longer do anything. Source: the change log of @anthropic-ai/sdk 1.9.0, checked 2026-11-22. */
export const USELESS_BETAS: readonly string[] = [
	'prompt-caching-2024-07-31',
	'pdfs-2024-09-25',
	'token-counting-2024-11-01',
	'token-efficient-tools-2025-02-19',
	'extended-cache-ttl-2025-04-11',
	'cache-diagnosis-2026-04-07',
	'message-batches-2024-09-24',
];
