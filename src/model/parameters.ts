import type { Field } from './fields';
import { isJsonObject, type JsonObject, type JsonValue } from './json';

/** A top-level parameter of a request that the form knows how to edit. */
export interface Parameter {
	/** The API's own name. */
	readonly key: string;
	readonly about: string;
	/** Its page below https://platform.claude.com/docs/en/. */
	readonly page: string;
	/** The value of `anthropic-beta` without which it is refused. */
	readonly beta?: string;
	/** What it becomes when it is first set. */
	readonly start: JsonValue;
	/** Its parts; a field with an empty path is the parameter itself. */
	readonly fields: readonly Field[];
}

const whole = (control: Field['control'], start: JsonValue): Field[] => [{ path: [], control, start, required: true }];

/**
 * The optional parameters of `POST /v1/messages`, in the order of the SDK's type; `model`, `max_tokens`, `messages`, `system`
 * and `stream` have places of their own. Source: @anthropic-ai/sdk 1.12.0 `MessageCreateParamsBase` and, for the sampling
 * parameters it no longer types, https://platform.claude.com/docs/en/api/versioning; checked 2026-11-22.
 */
export const parameters: readonly Parameter[] = [
	{
		key: 'stop_sequences',
		about:
			'Texts at which the model stops. The one that matched is named in stop_sequence and is not part of the answer.',
		page: 'build-with-claude/handling-stop-reasons',
		start: ['\n\nHuman:'],
		fields: whole({ kind: 'strings' }, []),
	},
	{
		key: 'thinking',
		about: 'Whether and how the model thinks before it answers. Which types a model takes differs by generation.',
		page: 'build-with-claude/thinking',
		start: { type: 'adaptive' },
		fields: [
			{
				path: ['type'],
				control: { kind: 'choice', options: ['adaptive', 'enabled', 'disabled', 'between_tools'] },
				start: 'adaptive',
				required: true,
			},
			{ path: ['budget_tokens'], control: { kind: 'number', min: 1024, step: 1024 }, start: 1024 },
			{ path: ['display'], control: { kind: 'choice', options: ['summarized', 'omitted'] }, start: 'summarized' },
		],
	},
	{
		key: 'output_config',
		about: 'How much effort goes into the answer, and the JSON Schema it must follow.',
		page: 'build-with-claude/structured-outputs',
		start: { effort: 'medium' },
		fields: [
			{
				path: ['effort'],
				control: { kind: 'choice', options: ['low', 'medium', 'high', 'xhigh', 'max'] },
				start: 'medium',
			},
			{
				path: ['format'],
				control: { kind: 'json' },
				start: {
					type: 'json_schema',
					schema: {
						type: 'object',
						properties: { answer: { type: 'string' } },
						required: ['answer'],
						additionalProperties: false,
					},
				},
			},
		],
	},
	{
		key: 'tools',
		about: 'What the model may call: your own tools with a JSON Schema for their input, and Anthropic’s by their type.',
		page: 'agents-and-tools/tool-use/define-tools',
		start: [
			{
				name: 'get_weather',
				description: 'Get the current weather in a given city.',
				input_schema: {
					type: 'object',
					properties: { city: { type: 'string', description: 'For example: Lisbon' } },
					required: ['city'],
				},
			},
		],
		fields: whole({ kind: 'json' }, []),
	},
	{
		key: 'tool_choice',
		about: 'Whether the model may, must or may not call a tool.',
		page: 'agents-and-tools/tool-use/define-tools',
		start: { type: 'auto' },
		fields: [
			{
				path: ['type'],
				control: { kind: 'choice', options: ['auto', 'any', 'tool', 'none'] },
				start: 'auto',
				required: true,
			},
			{ path: ['name'], control: { kind: 'text' }, start: 'get_weather' },
			{ path: ['disable_parallel_tool_use'], control: { kind: 'switch' }, start: true },
		],
	},
	{
		key: 'cache_control',
		about: 'Caches the prompt up to its last block, so that the same beginning costs less the next time.',
		page: 'build-with-claude/prompt-caching',
		start: { type: 'ephemeral' },
		fields: [
			{ path: ['type'], control: { kind: 'choice', options: ['ephemeral'] }, start: 'ephemeral', required: true },
			{ path: ['ttl'], control: { kind: 'choice', options: ['5m', '1h'] }, start: '5m' },
		],
	},
	{
		key: 'metadata',
		about: 'An opaque id of the person you send this for. No names, no addresses.',
		page: 'api/messages/create',
		start: { user_id: 'user-1' },
		fields: [{ path: ['user_id'], control: { kind: 'text' }, start: 'user-1' }],
	},
	{
		key: 'service_tier',
		about: 'Whether the request may use priority capacity.',
		page: 'api/service-tiers',
		start: 'auto',
		fields: whole({ kind: 'choice', options: ['auto', 'standard_only'] }, 'auto'),
	},
	{
		key: 'speed',
		about: 'Faster output at a higher price, on models that offer it.',
		page: 'build-with-claude/fast-mode',
		start: 'fast',
		fields: whole({ kind: 'choice', options: ['standard', 'fast'] }, 'fast'),
	},
	{
		key: 'inference_geo',
		about: 'Where the model runs.',
		page: 'manage-claude/data-residency',
		start: 'global',
		fields: whole({ kind: 'choice', options: ['global', 'us'] }, 'global'),
	},
	{
		key: 'container',
		about: 'The container that code execution or skills work in: its id, or an object with id and skills.',
		page: 'agents-and-tools/tool-use/code-execution-tool',
		start: { skills: [] },
		fields: whole({ kind: 'text' }, ''),
	},
	{
		key: 'diagnostics',
		about: 'Asks why a prompt that was cached before was not read from the cache.',
		page: 'build-with-claude/cache-diagnostics',
		start: { previous_message_id: null },
		fields: [{ path: ['previous_message_id'], control: { kind: 'text' }, start: 'msg_' }],
	},
	{
		key: 'temperature',
		about: 'How varied the answer is. Removed in API version 2026-10-21; models from 4.7 on only take 1.',
		page: 'api/versioning',
		start: 1,
		fields: whole({ kind: 'number', min: 0, max: 1, step: 0.1 }, 1),
	},
	{
		key: 'top_p',
		about: 'Nucleus sampling. Removed in API version 2026-10-21.',
		page: 'api/versioning',
		start: 0.99,
		fields: whole({ kind: 'number', min: 0, max: 1, step: 0.01 }, 0.99),
	},
	{
		key: 'top_k',
		about: 'Samples from the k likeliest tokens only. Removed in API version 2026-10-21.',
		page: 'api/versioning',
		start: 40,
		fields: whole({ kind: 'number', step: 1 }, 40),
	},
	// What beta features add: @anthropic-ai/sdk 1.12.0 `beta/messages`, checked 2026-11-22.
	{
		key: 'mcp_servers',
		about: 'Servers whose tools the API calls by itself, over the Model Context Protocol.',
		page: 'agents-and-tools/mcp-connector',
		beta: 'mcp-client-2026-09-15',
		start: [{ type: 'url', name: 'example', url: 'https://' }],
		fields: whole({ kind: 'json' }, []),
	},
	{
		key: 'context_management',
		about: 'What is cleared from a conversation by itself when that grows long.',
		page: 'build-with-claude/context-editing',
		beta: 'context-management-2025-06-27',
		start: { edits: [{ type: 'clear_tool_uses_20250919' }] },
		fields: whole({ kind: 'json' }, {}),
	},
	{
		key: 'compaction',
		about: 'How a conversation is summed up to go on in less room.',
		page: 'build-with-claude/compaction',
		beta: 'compact-2026-09-04',
		start: {},
		fields: whole({ kind: 'json' }, {}),
	},
	{
		key: 'fallbacks',
		about: 'The models that answer in place of one that refuses.',
		page: 'api/beta-headers',
		beta: 'server-side-fallback-2026-07-01',
		start: 'default',
		fields: whole({ kind: 'json' }, 'default'),
	},
];

/** Parameters that the form shows in places of their own. */
const PLACED = new Set(['model', 'max_tokens', 'messages', 'system', 'stream']);

/** The parameters to show under "Parameters": the known ones that are set, then keys the form has never heard of. */
export function parametersOf(request: JsonObject): Parameter[] {
	const known = parameters.filter(({ key }) => Object.hasOwn(request, key)).map((found) => fitting(found, request));
	const unknown = Object.keys(request).filter(
		(key) => !PLACED.has(key) && !parameters.some((known) => known.key === key),
	);
	return [...known, ...unknown.map(unknownParameter)];
}

/** The known parameters that the request leaves out. */
export function parametersToOffer(request: JsonObject): Parameter[] {
	return parameters.filter(({ key }) => !Object.hasOwn(request, key));
}

/** A parameter with parts is shown by its parts only when its value has the shape for it. */
function fitting(parameter: Parameter, request: JsonObject): Parameter {
	const byParts = parameter.fields.every(({ path }) => path.length > 0);
	return byParts && !isJsonObject(request[parameter.key])
		? { ...parameter, fields: whole({ kind: 'json' }, null) }
		: parameter;
}

function unknownParameter(key: string): Parameter {
	return {
		key,
		about: 'Not a parameter this page knows. It is sent as it stands.',
		page: 'api/messages/create',
		start: null,
		fields: whole({ kind: 'json' }, null),
	};
}
