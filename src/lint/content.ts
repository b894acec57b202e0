import { IMAGE_TYPES } from '../model/image';
import { BETA_BLOCKS, hasBeta } from './betas';
import {
	anything,
	cacheControl,
	filledText,
	flag,
	listOf,
	object,
	oneOf,
	openObject,
	orNull,
	tagged,
	text,
	textLike,
	textOr,
	unlessBeta,
	upTo,
	wholeNumber,
	type Shape,
} from './shape';

/*
 * What the blocks of a message must look like. Source: @anthropic-ai/sdk 1.12.0 `ContentBlockParam`, and the API's answers
 * to malformed ones; checked 2026-11-22.
 */

export const toolId = textLike(/^[a-zA-Z0-9_-]+$/, 'may hold only letters, digits, _ and -');

const index = wholeNumber();
/** Titles may be null; what else a citation brings along when it comes back is left alone. */
const citation = tagged({
	char_location: openObject({
		cited_text: text,
		document_index: index,
		start_char_index: index,
		end_char_index: index,
	}),
	content_block_location: openObject({
		cited_text: text,
		document_index: index,
		start_block_index: index,
		end_block_index: index,
	}),
	page_location: openObject({
		cited_text: text,
		document_index: index,
		start_page_number: index,
		end_page_number: index,
	}),
	search_result_location: openObject({
		cited_text: text,
		search_result_index: index,
		source: text,
		start_block_index: index,
		end_block_index: index,
	}),
	web_search_result_location: openObject({ cited_text: text, encrypted_index: text, url: text }),
});
const textBlock = object({ text }, { citations: orNull(listOf(citation)), cache_control: cacheControl });

const imageSource = tagged({
	base64: object({ media_type: oneOf(IMAGE_TYPES), data: text }),
	url: object({ url: text }),
	file: object({ file_id: text }),
});
const transformations = orNull(object({}, { oversized_image: oneOf(['downsize', 'error']) }));
const image = object({ source: imageSource }, { transformations, cache_control: cacheControl });
const citations = orNull(object({}, { enabled: flag }));

const textsAndImages = textOr(listOf(tagged({ text: textBlock, image })));
const documentSource = tagged({
	base64: object({ media_type: oneOf(['application/pdf']), data: text }),
	content: object({ content: textsAndImages }),
	file: object({ file_id: text }),
	text: object({ media_type: oneOf(['text/plain']), data: text }),
	url: object({ url: text }),
});
const document = object(
	{ source: documentSource },
	{ title: orNull(text), context: orNull(text), citations, cache_control: cacheControl },
);

const searchResult = object(
	{ content: listOf(tagged({ text: textBlock })), source: text, title: text },
	{ citations, cache_control: cacheControl },
);

/** The API's own pattern, from its refusals (2026). */
const serverToolId = textLike(
	/^srvtoolu_[a-zA-Z0-9_]+$/,
	'begins with srvtoolu_, and holds letters, digits and _ only',
);
/** The tools of the server: @anthropic-ai/sdk 1.12.0 `ServerToolUseBlockParam`; one more is a beta feature. */
const SERVER_TOOLS = [
	'web_search',
	'web_fetch',
	'code_execution',
	'bash_code_execution',
	'text_editor_code_execution',
	'tool_search_tool_regex',
	'tool_search_tool_bm25',
];
const serverToolName: Shape = (value, place) => {
	const found = filledText(value, place);
	const isKnown = SERVER_TOOLS.some((name) => name === value);
	if (found.length > 0 || isKnown || (value === 'advisor' && hasBeta(place.betas, 'advisor-tool'))) return found;
	return [unlessBeta(place, { path: place.path, message: 'This is none of the tools that run on the server.' })];
};
const fromCode = openObject({ tool_id: text });
const caller = tagged({
	direct: openObject({}),
	code_execution_20250825: fromCode,
	code_execution_20260120: fromCode,
	code_execution_20260521: fromCode,
});

const toolUse = object(
	{ id: toolId, name: upTo(200, filledText), input: openObject({}) },
	{ caller: orNull(caller), toolset_name: orNull(text), cache_control: cacheControl },
);

const browserState = object(
	{ tabs: listOf(openObject({ tab_id: text, title: text, url: text })) },
	{ state_changes: orNull(listOf(openObject({}))), cache_control: cacheControl },
);
const resultContent = textOr(
	listOf(
		tagged({
			browser_state: browserState,
			document,
			image,
			search_result: searchResult,
			text: textBlock,
			tool_reference: object({ tool_name: text }, { cache_control: cacheControl }),
		}),
	),
);
const toolResult = object(
	{ tool_use_id: toolId },
	{ content: orNull(resultContent), is_error: orNull(flag), toolset_name: orNull(text), cache_control: cacheControl },
);

/** Blocks that only the API makes: sent back as they came, so their insides are left alone. */
const serverResult = openObject({ tool_use_id: text, content: anything });

/** One block of a message, in the alphabetical order in which the API lists what it would have taken. */
export const contentBlock: Shape = tagged(
	{
		bash_code_execution_tool_result: serverResult,
		code_execution_tool_result: serverResult,
		container_upload: object({ file_id: text }, { cache_control: cacheControl }),
		document,
		image,
		redacted_thinking: object({ data: text }),
		search_result: searchResult,
		server_tool_use: openObject({ id: serverToolId, name: serverToolName, input: openObject({}) }),
		text: textBlock,
		text_editor_code_execution_tool_result: serverResult,
		thinking: object({ thinking: text, signature: text }),
		tool_result: toolResult,
		tool_search_tool_result: serverResult,
		tool_use: toolUse,
		web_fetch_tool_result: serverResult,
		web_search_tool_result: serverResult,
	},
	BETA_BLOCKS,
);

/** One block of the system prompt. */
export const systemBlock = tagged({ text: textBlock });
