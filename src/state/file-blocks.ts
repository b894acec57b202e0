import { TAKEN_TYPES } from '../model/image-limits';
import { writeBytes } from '../model/measures';
import { recognise } from '../model/image-bytes';
import type { JsonObject } from '../model/json';
import { LARGEST_BODY } from '../model/target';
import type { Attachments } from './attachments.svelte';
import { bytesOf, takePicture, type PictureNeeds, type Taken } from './pictures';

/** Where the bytes of files are kept. */
type Keeper = Pick<Attachments, 'dataOf'>;
/** A file that is no block (yet): refused, or with an offer to make it one. */
export type NotIn = Exclude<Taken, { kind: 'ready' }>;
export type Read = { readonly kind: 'block'; readonly block: JsonObject } | NotIn;

const TAKEN_FILES = `${TAKEN_TYPES} images, PDF and text`;

/** Read a file as an image block, or say why it is none. */
export async function readPicture(file: File, needs: PictureNeeds, keeper: Keeper): Promise<Read> {
	return blockOf(await takePicture(file, needs), keeper);
}

/** The block of a picture that is ready; anything else as it is. */
export async function blockOf(taken: Taken, keeper: Keeper): Promise<Read> {
	if (taken.kind !== 'ready') return taken;
	const data = await keeper.dataOf(taken.bytes);
	return block({ type: 'image', source: { type: 'base64', media_type: taken.mediaType, data } });
}

/** Read a file as a document block: PDF as base64, UTF-8 as text. Anything else is refused with the reason. */
export async function readDocument(file: File, keeper: Keeper): Promise<Read> {
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
