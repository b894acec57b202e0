import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json';

/** Whether a value is what a type of the SDK says. It may say no to a value the type would take, never yes to one it refuses. */
type Shape = (value: JsonValue) => boolean;

const text: Shape = (value) => typeof value === 'string';
const number: Shape = (value) => typeof value === 'number';
const boolean: Shape = (value) => typeof value === 'boolean';
const anything: Shape = () => true;
const oneOf =
	(...values: readonly JsonValue[]): Shape =>
	(value) =>
		values.includes(value);
const either =
	(...shapes: readonly Shape[]): Shape =>
	(value) =>
		shapes.some((shape) => shape(value));
const orNull = (shape: Shape): Shape => either(oneOf(null), shape);
const listOf =
	(shape: Shape): Shape =>
	(value) =>
		isJsonArray(value) && value.every(shape);
const record =
	(required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape =>
	(value) =>
		isJsonObject(value) &&
		Object.keys(required).every((name) => Object.hasOwn(value, name)) &&
		Object.entries(value).every(([name, inner]) => {
			if (Object.hasOwn(required, name)) return required[name]?.(inner);
			return Object.hasOwn(optional, name) && optional[name]?.(inner);
		});

const schema = (value: JsonValue) => isJsonObject(value);
const cacheControl = orNull(record({ type: oneOf('ephemeral') }, { ttl: oneOf('5m', '1h') }));
const cached = { cache_control: cacheControl };

const textBlock = record({ type: oneOf('text'), text }, cached);
const byUrl = record({ type: oneOf('url'), url: text });
const byFileId = record({ type: oneOf('file'), file_id: text });
const imageTypes = oneOf('image/jpeg', 'image/png', 'image/gif', 'image/webp');
const image = record(
	{
		type: oneOf('image'),
		source: either(record({ type: oneOf('base64'), media_type: imageTypes, data: text }), byUrl, byFileId),
	},
	cached,
);
const documentBlock = record(
	{
		type: oneOf('document'),
		source: either(
			record({ type: oneOf('base64'), media_type: oneOf('application/pdf'), data: text }),
			record({ type: oneOf('text'), media_type: oneOf('text/plain'), data: text }),
			byUrl,
			byFileId,
		),
	},
	{ ...cached, title: orNull(text), context: orNull(text), citations: orNull(record({}, { enabled: boolean })) },
);
const toolUse = record({ type: oneOf('tool_use'), id: text, name: text, input: anything }, cached);
const toolResult = record(
	{ type: oneOf('tool_result'), tool_use_id: text },
	{ ...cached, content: either(text, listOf(either(textBlock, image, documentBlock))), is_error: boolean },
);
const thinkingBlock = record({ type: oneOf('thinking'), thinking: text, signature: text });
const redactedThinking = record({ type: oneOf('redacted_thinking'), data: text });
const block = either(textBlock, image, documentBlock, toolUse, toolResult, thinkingBlock, redactedThinking);
const message = either(
	record({ role: oneOf('user', 'assistant'), content: either(text, listOf(block)) }),
	record({ role: oneOf('system'), content: either(text, listOf(textBlock)) }),
);

const inputSchema: Shape = (value) =>
	isJsonObject(value) &&
	value['type'] === 'object' &&
	(value['required'] === undefined || orNull(listOf(text))(value['required']));
const ownTool = record(
	{ name: text, input_schema: inputSchema },
	{ ...cached, type: orNull(oneOf('custom')), description: text, strict: boolean, defer_loading: boolean },
);
const serverTool = (type: string, name: string) => record({ type: oneOf(type), name: oneOf(name) }, cached);
const tool = either(
	ownTool,
	serverTool('web_search_20250305', 'web_search'),
	serverTool('web_fetch_20250910', 'web_fetch'),
	serverTool('bash_20250124', 'bash'),
	serverTool('text_editor_20250728', 'str_replace_based_edit_tool'),
);

const parallel = { disable_parallel_tool_use: boolean };
const display = { display: orNull(oneOf('summarized', 'omitted')) };

/**
 * Parameters as both majors of both SDKs type them. What is not here reaches the API all the same, but has to be passed
 * beside the types. Source: @anthropic-ai/sdk 0.137.0 and 1.12.0 `MessageCreateParamsBase`, checked 2026-11-22.
 */
const parameters: Readonly<Record<string, Shape>> = {
	model: text,
	max_tokens: number,
	messages: listOf(message),
	cache_control: cacheControl,
	container: orNull(text),
	inference_geo: orNull(text),
	metadata: record({}, { user_id: orNull(text) }),
	output_config: record(
		{},
		{
			effort: orNull(oneOf('low', 'medium', 'high', 'xhigh', 'max')),
			format: orNull(record({ type: oneOf('json_schema'), schema })),
		},
	),
	service_tier: oneOf('auto', 'standard_only'),
	stop_sequences: listOf(text),
	stream: boolean,
	system: either(text, listOf(textBlock)),
	thinking: either(
		record({ type: oneOf('enabled'), budget_tokens: number }, display),
		record({ type: oneOf('adaptive') }, display),
		record({ type: oneOf('disabled') }),
	),
	tool_choice: either(
		record({ type: oneOf('auto', 'any') }, parallel),
		record({ type: oneOf('tool'), name: text }, parallel),
		record({ type: oneOf('none') }),
	),
	tools: listOf(tool),
};

/** Whether the SDKs' types know this parameter and take this value for it. */
export function isTyped(name: string, value: JsonValue): boolean {
	return Object.hasOwn(parameters, name) && parameters[name]?.(value) === true;
}

/**
 * Whether an SDK's `messages.create` gets as far as sending this request: it looks into what it must have before it
 * sends. What it cannot take is posted as a bare body instead.
 */
export function isCallable({ model, max_tokens, messages, tools }: JsonObject): boolean {
	return (
		typeof model === 'string' &&
		typeof max_tokens === 'number' &&
		isJsonArray(messages) &&
		messages.every(isJsonObject) &&
		(tools === undefined || isJsonArray(tools))
	);
}

/** Without a stream and with more tokens than this, the SDKs refuse to send unless they are told how long to wait: an hour for 128,000 tokens must fit into ten minutes. */
const LONGEST_WITHOUT_STREAM = 21_333;

/** Whether the SDKs want to be told how long to wait for the answer. */
export function needsTimeout({ stream, max_tokens }: JsonObject): boolean {
	return stream !== true && typeof max_tokens === 'number' && max_tokens > LONGEST_WITHOUT_STREAM;
}
