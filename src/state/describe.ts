import { readImage, recognise } from '../model/image-bytes';
import type { AttachmentDescription } from './attachments.svelte';
import { thumbnailOf } from './pictures';

/** Twice the pixels of the largest place a thumbnail is shown in, for screens of double density. */
const THUMBNAIL_SIDE = 192;

/** Look at an attachment's bytes, and make its small picture. */
export async function describe(blob: Blob): Promise<AttachmentDescription> {
	const bytes = new Uint8Array(await blob.arrayBuffer());
	const { mediaType, width, height } = readImage(bytes) ?? { mediaType: null, width: null, height: null };
	const thumbnail = await thumbnailOf(blob, THUMBNAIL_SIDE);
	return {
		mediaType: mediaType ?? recognise(bytes)?.mediaType ?? null,
		width,
		height,
		bytes: bytes.length,
		url: thumbnail && URL.createObjectURL(thumbnail),
	};
}
