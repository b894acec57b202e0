import { blocksIn, everyBlock, wordsOf, type Block } from '../lint/conversation';
import { isJsonObject, valueAt, type JsonObject, type JsonValue } from '../model/json';
import type { ApiVersion } from '../model/target';
import type { Exchange } from './exchange';
import { textBlock, type ReplyBlock } from './reply';
import { quote } from './words';

/** The most sources that are cited. */
const MOST = 3;

/**
 * A sentence with its citation about each of the first sources whose citations are enabled: documents by character, page
 * or block, search results by block. Counted as https://platform.claude.com/docs/en/build-with-claude/citations says,
 * checked 2026-11-22: characters and blocks from 0, pages from 1, ends exclusive, documents over the whole request.
 */
export function citedBlocks(exchange: Exchange): ReplyBlock[] {
	const blocks = everyBlock(exchange.request);
	const cited = ['document', 'search_result'].flatMap((type) =>
		blocks
			.filter((block) => block.type === type)
			.flatMap((block, index) =>
				valueAt(block.value, ['citations', 'enabled']) === true
					? (citationOf(block, index, exchange.apiVersion) ?? [])
					: [],
			),
	);
	return cited.slice(0, MOST).map((citation) => {
		const name = typeof citation.document_title === 'string' ? citation.document_title : citation.title;
		const source = typeof name === 'string' ? quote(name) : 'The source';
		return textBlock(` ${source} says: ${quote(citation.cited_text)}.`, exchange, [citation]);
	});
}

/** What is cited of a source; null when nothing in it could be. */
function citationOf(
	{ type, value }: Block,
	index: number,
	apiVersion: ApiVersion,
): (JsonObject & { readonly cited_text: string }) | null {
	const title = value.title ?? null;
	if (type === 'search_result') {
		const cited = firstWords(value.content);
		return (
			cited && {
				type: 'search_result_location',
				cited_text: cited.words,
				search_result_index: index,
				source: value.source ?? null,
				title,
				...cited.place,
			}
		);
	}
	const source = isJsonObject(value.source) ? value.source : {};
	// The older version leaves it out: recorded answers, checked 2026-11-22.
	const fileId = apiVersion === '2023-06-01' ? {} : { file_id: source.file_id ?? null };
	const document = { document_index: index, document_title: title };
	if (source.type === 'text' && typeof source.data === 'string') {
		const words = firstSentence(source.data);
		if (words.trim() === '') return null;
		const place = { start_char_index: 0, end_char_index: [...words].length, ...fileId };
		return { type: 'char_location', cited_text: words, ...document, ...place };
	}
	if (source.type === 'content') {
		const cited = firstWords(source.content);
		return cited && { type: 'content_block_location', cited_text: cited.words, ...document, ...cited.place, ...fileId };
	}
	return {
		type: 'page_location',
		cited_text: 'Simulated: this page does not read PDFs.',
		...document,
		start_page_number: 1,
		end_page_number: 2,
		...fileId,
	};
}

/** The first block with words in it: a picture cannot be cited. */
function firstWords(content: JsonValue | undefined) {
	const texts = (blocksIn(content, []) ?? []).map((block) => wordsOf(block) ?? '');
	const at = texts.findIndex((words) => words.trim() !== '');
	return at < 0 ? null : { words: texts[at]!, place: { start_block_index: at, end_block_index: at + 1 } }; // it was found
}

function firstSentence(text: string): string {
	return /^[\s\S]{0,300}?[.!?](?=\s|$)/.exec(text)?.[0] ?? text.slice(0, 300);
}
