import { isJsonObject } from '../../model/json';
import { BETA_TOOLS, hasBeta } from '../betas';
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
	upTo,
	wholeNumber,
	type Shape,
} from '../shape';

const inputSchema = openObject({ type: oneOf(['object']) }, 'Input does not match the expected shape.');

const callers = ['direct', 'code_execution_20250825', 'code_execution_20260120', 'code_execution_20260521'];
const common = {
	allowed_callers: orNull(listOf(oneOf(callers))),
	cache_control: cacheControl,
	defer_loading: orNull(flag),
	strict: orNull(flag),
};
const examples = { input_examples: orNull(listOf(openObject({}))) };

const custom = object(
	{
		name: upTo(128, textLike(/^[a-zA-Z0-9_-]{1,128}$/, 'may hold only letters, digits, _ and -')),
		input_schema: inputSchema,
	},
	{ ...common, ...examples, description: orNull(text), eager_input_streaming: orNull(flag) },
);

const number = orNull(wholeNumber());
const web = { allowed_domains: orNull(listOf(text)), blocked_domains: orNull(listOf(text)), max_uses: number };
const place = orNull(text);
const search = {
	...web,
	user_location: orNull(
		object({ type: oneOf(['approximate']) }, { city: place, country: place, region: place, timezone: place }),
	),
};
const fetched = {
	...web,
	citations: orNull(object({}, { enabled: flag })),
	max_content_tokens: number,
	url_sources: orNull(openObject({})),
};
const cached = { use_cache: flag };
const inclusion = { response_inclusion: oneOf(['full', 'excluded']) };

/**
 * The tools the API brings along: the name each must have, and what it takes beside what all of them do. Source:
 * @anthropic-ai/sdk 1.12.0 `ToolUnion`, checked 2026-11-23.
 */
const own: readonly (readonly [type: string, name: string, fields?: Readonly<Record<string, Shape>>])[] = [
	['bash_20250124', 'bash', examples],
	['code_execution_20250522', 'code_execution'],
	['code_execution_20250825', 'code_execution'],
	['code_execution_20260120', 'code_execution'],
	['code_execution_20260521', 'code_execution'],
	['memory_20250818', 'memory', examples],
	['text_editor_20250124', 'str_replace_editor', examples],
	['text_editor_20250429', 'str_replace_based_edit_tool', examples],
	['text_editor_20250728', 'str_replace_based_edit_tool', { ...examples, max_characters: number }],
	['tool_search_tool_bm25', 'tool_search_tool_bm25'],
	['tool_search_tool_bm25_20251119', 'tool_search_tool_bm25'],
	['tool_search_tool_regex', 'tool_search_tool_regex'],
	['tool_search_tool_regex_20251119', 'tool_search_tool_regex'],
	['web_fetch_20250910', 'web_fetch', fetched],
	['web_fetch_20260209', 'web_fetch', fetched],
	['web_fetch_20260309', 'web_fetch', { ...fetched, ...cached }],
	['web_fetch_20260318', 'web_fetch', { ...fetched, ...cached, ...inclusion }],
	['web_search_20250305', 'web_search', search],
	['web_search_20260209', 'web_search', search],
	['web_search_20260318', 'web_search', { ...search, ...inclusion }],
];

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
		...Object.fromEntries(
			own.map(([type, name, fields]) => [type, object({ name: oneOf([name]) }, { ...common, ...fields })]),
		),
	},
	BETA_TOOLS,
);

const ofScreen = {
	required: { name: oneOf(['computer']), display_width_px: wholeNumber(), display_height_px: wholeNumber() },
	optional: { ...common, ...examples, display_number: number },
};
const screen = object(ofScreen.required, ofScreen.optional);
/** Tools of beta features whose form is known: @anthropic-ai/sdk 1.12.0 `BetaToolUnion`, checked 2026-11-29. */
const early: Readonly<Record<string, Shape>> = {
	computer_20241022: screen,
	computer_20250124: screen,
	computer_20251124: object(ofScreen.required, { ...ofScreen.optional, enable_zoom: flag }),
	bash_20241022: object({ name: oneOf(['bash']) }, { ...common, ...examples }),
	text_editor_20241022: object({ name: oneOf(['str_replace_editor']) }, { ...common, ...examples }),
};
const withBeta = tagged(early);

/** A tool without a type, or with null for it, is one of the user's own. */
const tool: Shape = (value, place) => {
	if (!isJsonObject(value)) return [fault(place, 'must be an object', 'Input should be an object')];
	const { type } = value;
	const beta = typeof type === 'string' && Object.hasOwn(early, type) ? BETA_TOOLS[type] : undefined;
	if (beta !== undefined && hasBeta(place.betas, beta)) return withBeta(value, place);
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
