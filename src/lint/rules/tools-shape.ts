import { isJsonObject } from '../../model/json';
import { BETA_TOOLS } from '../betas';
import { CHECKED, docs, type Rule } from '../rule';
import {
	anything,
	cacheControl,
	fault,
	flag,
	listOf,
	object,
	oneOf,
	openObject,
	optionalKey,
	orNull,
	tagged,
	text,
	textLike,
	type Shape,
} from '../shape';

const inputSchema = openObject({ type: oneOf(['object']) }, 'Input does not match the expected shape.');

const custom = object(
	{
		name: textLike(/^[a-zA-Z0-9_-]{1,128}$/, 'may hold only letters, digits, _ and -, and no more than 128'),
		input_schema: inputSchema,
	},
	{
		description: orNull(text),
		strict: orNull(flag),
		eager_input_streaming: orNull(flag),
		defer_loading: orNull(flag),
		allowed_callers: orNull(listOf(text)),
		input_examples: orNull(listOf(openObject({}))),
		cache_control: cacheControl,
	},
);

/** The tools the API brings along, by the name each must have. Source: @anthropic-ai/sdk 1.12.0 `ToolUnion`, checked 2026-11-22. */
const names: Readonly<Record<string, string>> = {
	bash_20250124: 'bash',
	code_execution_20250522: 'code_execution',
	code_execution_20250825: 'code_execution',
	code_execution_20260120: 'code_execution',
	code_execution_20260521: 'code_execution',
	memory_20250818: 'memory',
	text_editor_20250124: 'str_replace_editor',
	text_editor_20250429: 'str_replace_based_edit_tool',
	text_editor_20250728: 'str_replace_based_edit_tool',
	tool_search_tool_bm25: 'tool_search_tool_bm25',
	tool_search_tool_bm25_20251119: 'tool_search_tool_bm25',
	tool_search_tool_regex: 'tool_search_tool_regex',
	tool_search_tool_regex_20251119: 'tool_search_tool_regex',
	web_fetch_20250910: 'web_fetch',
	web_fetch_20260209: 'web_fetch',
	web_fetch_20260309: 'web_fetch',
	web_fetch_20260318: 'web_fetch',
	web_search_20250305: 'web_search',
	web_search_20260209: 'web_search',
	web_search_20260318: 'web_search',
};

/** The members of the toolsets: @anthropic-ai/sdk 1.12.0 `BROWSER_MEMBER_NAME_VALUES`, `COMPUTER_MEMBER_NAME_VALUES`. */
const pointer =
	'screenshot zoom left_click right_click middle_click double_click triple_click left_click_drag left_mouse_down left_mouse_up mouse_move scroll type key hold_key wait';
const computer = `cursor_position ${pointer}`;
const browser = `navigate list_tabs new_tab switch_tab close_tab read_page get_page_text read_console read_network find form_input file_upload scroll_to hover javascript_exec ${pointer}`;
const member = orNull(object({}, { enabled: orNull(flag), defer_loading: orNull(flag) }));
const toolset = (members: string): Shape =>
	object(
		{},
		{
			configs: orNull(object({}, Object.fromEntries(members.split(' ').map((name) => [name, member])))),
			allowed_callers: anything,
			cache_control: cacheControl,
		},
	);
const known = tagged(
	{
		browser_toolset_20260801: toolset(browser),
		computer_toolset_20260801: toolset(computer),
		custom,
		...Object.fromEntries(Object.entries(names).map(([type, name]) => [type, openObject({ name: oneOf([name]) })])),
	},
	BETA_TOOLS,
);

/** A tool without a type, or with null for it, is one of the user's own. */
const tool: Shape = (value, place) => {
	if (!isJsonObject(value)) return [fault(place, 'must be an object', 'Input should be an object')];
	return known(value.type === undefined || value.type === null ? { ...value, type: 'custom' } : value, place);
};

export const toolsShape: Rule = {
	id: 'tools-shape',
	severity: 'rejected',
	title: 'A tool has a name and a schema of its input',
	why: 'Your own tool is { name, description, input_schema }, flat; a nested "function" or "parameters" belongs to another API. Tools the API brings along are named by their type.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check: optionalKey('tools', listOf(tool)),
};
