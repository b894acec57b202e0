import { readImage, recognise } from '../model/image-bytes';
import { readPdf } from '../model/pdf';
import type { AttachmentDescription } from './attachments.svelte';
import { thumbnailOf } from './pictures';

/** Twice the pixels of the largest place a thumbnail is shown in, for screens of double density. */
const THUMBNAIL_SIDE = 192;

/** Look at an attachment's bytes, and make its small picture. */
export async function describe(blob: Blob): Promise<AttachmentDescription> {
	const bytes = new Uint8Array(await blob.arrayBuffer());
	const image = readImage(bytes);
	const pdf = image ? null : readPdf(bytes);
	const thumbnail = await thumbnailOf(blob, THUMBNAIL_SIDE);
	return {
		mediaType: image?.mediaType ?? (pdf && 'application/pdf') ?? recognise(bytes)?.mediaType ?? null,
		width: image?.width ?? null,
		height: image?.height ?? null,
		bytes: bytes.length,
		...(pdf && { pdf }),
		url: thumbnail && URL.createObjectURL(thumbnail),
	};
}
