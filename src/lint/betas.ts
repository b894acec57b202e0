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
	return betas.some((beta) => featureOf(beta) === featureOf(name));
}

/** Whether one of `betas` may add something to a request that is not known here. */
export function mayAddMore(betas: readonly string[]): boolean {
	return betas.some((beta) => !KNOWN_WHOLE.includes(featureOf(beta)));
}

function featureOf(beta: string): string {
	return beta.replace(/-\d{4}-?\d\d-?\d\d$/, '');
}

/**
 * The features of which all that they add to a request is known here: it stands in the tables below, in the rules about
 * `thinking`, `output_config` and system messages, or it has long been everyone's.
 */
const KNOWN_WHOLE =
	'advanced-tool-use advisor-tool cache-diagnosis claude-code code-execution compact computer-use context-1m context-management effort extended-cache-ttl fallback-credit fast-mode files-api fine-grained-tool-streaming interleaved-thinking max-tokens-3-5-sonnet mcp-client message-batches mid-conversation-output-config mid-conversation-system-clear-at mid-conversation-tool-changes model-context-window-exceeded oauth output-128k output-300k pdfs prompt-caching search-results server-side-fallback skills structured-outputs task-budgets thinking-binding-controls thinking-display-updates token-counting token-efficient-tools tool-examples web-fetch web-search'.split(
		' ',
	);

/** The top-level keys that beta features add. Source: @anthropic-ai/sdk 1.12.0 `beta/messages`, checked 2026-11-22. */
export const BETA_KEYS: Readonly<Record<string, readonly string[]>> = {
	compaction: ['compact-2026-09-04'],
	// Compaction began as one of the edits of that key.
	context_management: ['context-management-2025-06-27', 'compact-2026-01-12'],
	fallback_credit_token: ['fallback-credit-2026-07-01'],
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

/**
 * Every value that the SDK knows and that still does something: @anthropic-ai/sdk 1.12.0 `AnthropicBeta`, checked 2026-11-23.
 * Some more that clients were recorded to send, and that were taken.
 */
export const BETAS: readonly string[] = [
	'admin-user-sign-out-2026-10-08',
	'advanced-tool-use-2025-11-20',
	'advisor-tool-2026-03-01',
	'agent-memory-2026-07-22',
	'analytics-usage-cost-2026-08-24',
	'ce-claude-code-managed-settings-2026-10-06',
	'ce-plugins-2026-09-01',
	'ce-user-management-2026-07-13',
	'claude-code-20250219',
	'code-execution-2025-05-22',
	'compact-2026-01-12',
	'compact-2026-09-04',
	'computer-use-2024-10-22',
	'computer-use-2025-01-24',
	'computer-use-2025-11-24',
	'context-1m-2025-08-07',
	'context-management-2025-06-27',
	'dev-full-thinking-2025-05-14',
	'dreaming-2026-04-21',
	'effort-2025-11-24',
	'experimental-claude-tag-2026-10-21',
	'fallback-credit-2026-06-01',
	'fallback-credit-2026-07-01',
	'fast-mode-2026-02-01',
	'files-api-2025-04-14',
	'inline-tools-2026-09-15',
	'interleaved-thinking-2025-05-14',
	'managed-agents-2026-04-01',
	'mcp-client-2025-04-04',
	'mcp-client-2025-11-20',
	'mcp-client-2026-09-15',
	'mcp-tunnels-2026-06-22',
	'message-threads-2026-08-12',
	'mid-conversation-output-config-2026-07-01',
	'mid-conversation-system-clear-at-2026-08-21',
	'mid-conversation-tool-changes-2026-07-01',
	'model-context-window-exceeded-2025-08-26',
	'output-128k-2025-02-19',
	'output-300k-2026-03-24',
	'prompt-caching-scope-2026-01-05',
	'server-side-fallback-2026-06-01',
	'server-side-fallback-2026-07-01',
	'skills-2025-10-02',
	'spend-limit-reads-2026-09-26',
	'structured-outputs-2025-11-13',
	'structured-outputs-2025-12-15',
	'task-budgets-2026-03-13',
	'telemetry-destinations-2026-08-11',
	'thinking-binding-controls-2026-08-01',
	'thinking-display-updates-2026-08-18',
	'thinking-token-count-2026-05-13',
	'tools-2024-04-04',
	'tools-2024-05-16',
	'user-profiles-2026-03-24',
	'user-profiles-2026-08-18',
	'user-profiles-2026-09-04',
	'user-profiles-billing-2026-10-01',
	'web-fetch-2025-09-10',
	'webhooks-2026-10-07',
];
