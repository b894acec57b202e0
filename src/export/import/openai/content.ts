import { fromBase64 } from '../../../model/attachment';
import { array, memberOf, object, stringOf, text, type Value } from '../value';

/** Says, as a sentence, what changed and why. */
export type Note = (sentence: string) => void;

/** What is null there is as good as left out. */
export const isSet = (value: Value | undefined): value is Value =>
	value !== undefined && !(value.kind === 'constant' && value.value === null);

/** Say which members of a part of a request are left out: those whose names `read` does not know. */
export function noteUnread(value: Value | undefined, read: RegExp, whose: string, note: Note): void {
	if (value?.kind !== 'object') return;
	for (const [name, member] of value.members)
		if (!read.test(name) && isSet(member)) note(`The \`${name}\` of ${whose} was left out: there is none here.`);
}

/** Whether a value is words and nothing else, as far as can be told. */
export const isText = (value: Value | undefined) => value?.kind === 'string' || value?.kind === 'hole';

/** Words as they are, or blocks. */
export function contentOf(content: Value, note: Note): readonly Value[] {
	return content.kind === 'array' ? blocksOf(content, note) : [content];
}

/** Words and parts of either of their APIs as blocks. */
export function blocksOf(content: Value, note: Note): readonly Value[] {
	if (content.kind !== 'array') return [textBlock(content)];
	return content.items.flatMap((part) => blockOf(part, note) ?? []);
}

/** Blocks of words as one text, a blank line between them; null when one has more to it than its words. */
export function joinedText(blocks: readonly Value[]): Value | null {
	const words = blocks.map((block) => memberOf(block, 'text'));
	if (!words.every(isText)) return null;
	const parts = words.flatMap((value, index) => [
		...(index > 0 ? ['\n\n'] : []),
		...(value?.kind === 'string' ? value.parts : value?.kind === 'hole' ? [value] : []),
	]);
	const [only] = words;
	return words.length === 1 && only ? only : text(...parts);
}

/** A turn with these blocks, or words on their own. */
export function turnOf(role: string, content: readonly Value[]): Value {
	const [only] = content;
	return object({ role: text(role), content: content.length === 1 && only && isText(only) ? only : array(content) });
}

const textBlock = (words: Value, part?: Value) =>
	object({ type: text('text'), text: words, cache_control: memberOf(part, 'cache_control') });

/** What is read of a part of a message. */
const MEMBERS_OF_PART =
	/^(?:cache_control|custom|detail|file|file_data|file_id|file_url|filename|image_url|input_audio|refusal|text|type)$/;

function blockOf(part: Value, note: Note): Value | null {
	noteUnread(part, MEMBERS_OF_PART, 'a part of a message', note);
	const type = stringOf(memberOf(part, 'type')) ?? '';
	const lost = (what: string) => {
		note(`${what} was left out: this API cannot take it.`);
		return null;
	};
	switch (type) {
		case 'text':
		case 'input_text':
		case 'output_text':
			return textBlock(memberOf(part, 'text') ?? text(''), part);
		case 'refusal':
			return textBlock(memberOf(part, 'refusal') ?? text(''));
		case 'image_url':
		case 'input_image': {
			const given = memberOf(part, 'image_url');
			const url = given?.kind === 'object' ? memberOf(given, 'url') : given;
			if (!isSet(url)) return lost('An image by the id of a file');
			if (/^data:/.test(stringOf(url) ?? '') && !DATA_URL.test(stringOf(url) ?? ''))
				return lost('An image in a data URL that is not base64');
			note(`\`${type}\` became a block of the type \`image\`.`);
			if (isSet(memberOf(part, 'detail') ?? memberOf(given, 'detail')))
				note('The `detail` of an image was left out: here the pixels of the image decide.');
			return object({ type: text('image'), source: sourceOf(url), cache_control: memberOf(part, 'cache_control') });
		}
		case 'file':
		case 'input_file': {
			const file = memberOf(part, 'file') ?? part;
			const data = memberOf(file, 'file_data');
			const url = memberOf(file, 'file_url');
			if (!isSet(data) && !isSet(url)) return lost('A file by its id');
			note(`\`${type}\` became a block of the type \`document\`.`);
			const source = isSet(data) ? documentSourceOf(data) : object({ type: text('url'), url });
			return object({ type: text('document'), source, title: memberOf(file, 'filename') });
		}
		default:
			return isText(part) ? textBlock(part) : lost(`A part of the type \`${type}\``);
	}
}

const DATA_URL = /^data:([\w/+.-]+);base64,([^]*)$/;

/** Where a picture comes from: an address, or base64 inside an address of its own. */
function sourceOf(url: Value): Value {
	const [, mediaType, data] = DATA_URL.exec(stringOf(url) ?? '') ?? [];
	if (mediaType === undefined || data === undefined) return object({ type: text('url'), url });
	return object({ type: text('base64'), media_type: text(mediaType.replace(/\/jpg$/, '/jpeg')), data: text(data) });
}

/** A file that stands in the request itself, with or without its type: PDF as base64, text as it reads. */
function documentSourceOf(data: Value): Value {
	const [, mediaType = 'application/pdf', base64] = DATA_URL.exec(stringOf(data) ?? '') ?? [];
	const bytes = mediaType.startsWith('text/') ? fromBase64(base64 ?? '') : null;
	if (bytes)
		return object({ type: text('text'), media_type: text('text/plain'), data: text(new TextDecoder().decode(bytes)) });
	const encoded = base64 === undefined ? data : text(base64);
	return object({ type: text('base64'), media_type: text(mediaType), data: encoded });
}
