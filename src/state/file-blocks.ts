import { EXPORT_START } from '../model/export-start';
import { TAKEN_TYPES } from '../model/image-limits';
import { writeBytes } from '../model/measures';
import { recognise } from '../model/image-bytes';
import type { JsonObject } from '../model/json';
import { keysIn, lastFour } from '../model/key';
import { maskKeys } from '../model/mask-keys';
import { LARGEST_BODY } from '../model/target';
import type { Attachments } from './attachments.svelte';
import { bytesOf, takePicture, type PictureNeeds, type Taken } from './pictures';

export { insertBlocks } from './insert';

/** Where the bytes of files are kept. */
type Keeper = Pick<Attachments, 'dataOf'>;
export type Read = { readonly kind: 'block'; readonly block: JsonObject } | NotIn;
/** A file that is no block (yet): refused, or with an offer to make it one: `action` says how. */
export type NotIn =
	| { readonly kind: 'offer'; readonly reason: string; readonly action: string; convert(): Promise<Read> }
	| { readonly kind: 'refused'; readonly reason: string };

const TAKEN_FILES = `${TAKEN_TYPES} images, PDF and text`;

/** Read a file as an image block, or say why it is none. */
export async function readPicture(file: File, needs: PictureNeeds, keeper: Keeper): Promise<Read> {
	return blockOf(await takePicture(file, needs), keeper);
}

/** The block of a picture that is ready; of one that is not, what came of it. */
async function blockOf(taken: Taken, keeper: Keeper): Promise<Read> {
	if (taken.kind === 'refused') return taken;
	if (taken.kind === 'offer') return { ...taken, convert: async () => blockOf(await taken.convert(), keeper) };
	const data = await keeper.dataOf(taken.bytes);
	return block({ type: 'image', source: { type: 'base64', media_type: taken.mediaType, data } });
}

/**
 * Read a file as a document block: PDF as base64, UTF-8 as text. Anything else is refused with the reason. A text with a
 * key in it, be it the user's own, `held`, is not taken before the user has said so, and then without the key.
 */
export async function readDocument(file: File, keeper: Keeper, held: string | null): Promise<Read> {
	if (file.size > LARGEST_BODY) return refused(`It is ${writeBytes(file.size)}; the API takes requests of 32 MB.`);
	const bytes = await bytesOf(file);
	if (!bytes) return refused('It could not be read.');
	if (bytes.length === 0) return refused('It is empty.');
	const kind = recognise(bytes);
	if (kind?.mediaType === 'application/pdf') {
		const data = await keeper.dataOf(bytes);
		return block({ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data } });
	}
	const text = kind ? null : textOf(bytes);
	if (text === null) return refused(`It is ${kind?.name ?? 'of an unknown kind'}; the API takes ${TAKEN_FILES}.`);
	if (EXPORT_START.test(text))
		return refused('It is an export of this page: drop it on the library, or choose Import there.');
	const keys = keysIn(text, held);
	if (keys.length === 0) return textBlock(text);
	const ends = keys.map((key) => `…${lastFour(key)}`).join(', ');
	return {
		kind: 'offer',
		reason: `It holds what looks like an API key, ${ends}, which would be saved with the conversation and sent to the API.`,
		action: 'Add it without the key',
		convert: () => Promise.resolve(textBlock(maskKeys(text, held))),
	};
}

function textBlock(text: string): Read {
	return block({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: text } });
}

function block(content: JsonObject): Read {
	return { kind: 'block', block: content };
}

function refused(reason: string): Read {
	return { kind: 'refused', reason };
}

/** Whether a file is an image by its first bytes, of a kind the API takes or not. */
export async function isPicture(file: File): Promise<boolean> {
	const start = await bytesOf(file.slice(0, 4096));
	return start !== null && (recognise(start)?.mediaType.startsWith('image/') ?? false);
}

/** The bytes as UTF-8, or null when they are not text. */
function textOf(bytes: Uint8Array): string | null {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return text.includes('\0') ? null : text;
	} catch (error) {
		if (error instanceof TypeError) return null;
		throw error;
	}
}
